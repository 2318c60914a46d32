import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { cli, freshFolder, hookTimeoutMs, type Ran } from "./run-cli.ts";

type Line = {
  readonly entry: { readonly correlation?: string; readonly fact: { readonly kind: string } };
};

/** The decision in which such a fact was first written down, or the next one after it. */
function wakeWith(path: string, kind: string, next = false): string {
  const entries = readFileSync(path, "utf8")
    .trim()
    .split("\n")
    .map((line) => (JSON.parse(line) as Line).entry);
  const at = entries.findIndex(({ fact }) => fact.kind === kind);
  const found = next ? entries.slice(at).find(({ fact }) => fact.kind === "woke") : entries[at];
  if (at < 0 || found === undefined) throw new Error(`${path}: no ${kind}`);
  return found.correlation!;
}

describe("countersign replay on a council's journals (LINE-8)", () => {
  const folder = freshFolder();
  const at = (account: string): string => join(folder, `books/${account}.journal`);
  const replay = (account: string, id: string, ...words: string[]): Promise<Ran> => cli(folder, ["replay", id, at(account), ...words]);
  beforeAll(async () => {
    expect((await cli(folder, ["backtest", "council", "--synthetic", "6", "--journals", "books"])).code).toBe(0);
  }, hookTimeoutMs);

  it.each`
    account      | kind                 | says                       | because
    ${"council"} | ${"pack_frozen"}     | ${/chairman decided/}      | ${"a meeting is of recorded answers"}
    ${"council"} | ${"order_sent"}      | ${/approved .* by policy/} | ${"a release is of what the person said"}
    ${"council"} | ${"checkpoint_held"} | ${/checkpoint held/}       | ${"a checkpoint asks one question"}
    ${"pm-four"} | ${"seated"}          | ${/pm-four takes \w+ \w+/} | ${"a member copied the minutes"}
    ${"flat"}    | ${"woke"}            | ${/stays_flat/}            | ${"even the baseline decides"}
  `(
    "is the same for $kind of $account, since $because",
    async ({ account, kind, says }) => {
      const { code, out, err } = await replay(account, wakeWith(at(account), kind));
      expect([code, err]).toEqual([0, ""]);
      expect(out).toMatch(/the same, byte for byte: \d+ facts\n$/);
      expect(out).toMatch(says);
    },
    hookTimeoutMs,
  );

  it(
    "tells what another limit or setting would have made of it",
    async () => {
      const meeting = wakeWith(at("council"), "pack_frozen");
      const release = wakeWith(at("council"), "order_sent");
      const smaller = await replay("council", meeting, "--set", "council.twoPct=20");
      expect(smaller).toMatchObject({ code: 0, err: "" });
      expect(smaller.out).toContain("with council.twoPct=20, from here on:");
      expect(smaller.out).toMatch(/^- trade pending .*30,000\.00/m);
      expect(smaller.out).toMatch(/^\+ trade pending .*20,000\.00/m);
      const again = await replay("council", release, "--set", "council.twoPct=20");
      expect(again.out).toMatch(/^- order sent/m);
      expect(again.out).toMatch(/^\+ trade drifted .*size moved/m);
      const json = await replay("council", release, "--set", "council.quorum=4", "--json");
      expect(JSON.parse(json.out)).toMatchObject({ same: true, differsAt: null });
    },
    hookTimeoutMs,
  );

  it.each`
    account      | words                                                                             | line                              | because
    ${"council"} | ${["council.chairman=x/y"]}                                                       | ${"run a backtest with it"}       | ${"nobody asked that model"}
    ${"council"} | ${["council.meetingTime=10:00"]}                                                  | ${"run a backtest with it"}       | ${"the week went as it went"}
    ${"council"} | ${["council.members.one.instruments=SPY", "council.members.two.instruments=SPY"]} | ${"ask for one member at a time"} | ${"labels would be of others"}
    ${"pm-four"} | ${["council.quorum=5"]}                                                           | ${"pm-four holds no meetings"}    | ${"the meeting is in another journal"}
  `(
    "refuses $words with 2 since $because",
    async ({ account, words, line }) => {
      const set = (words as string[]).flatMap((pair) => ["--set", pair]);
      const { code, err } = await replay(account, wakeWith(at(account), "checkpoint_held"), ...set);
      expect([code, err]).toEqual([2, expect.stringContaining(line)]);
    },
    hookTimeoutMs,
  );
});

it(
  "replays a week that a person worked by command, in which some wakes waited for him (LINE-8, COUN-6)",
  async () => {
    const folder = freshFolder();
    const council = (...words: string[]): Promise<Ran> => cli(folder, ["council", ...words]);
    const begun = await council("run", "--synthetic", "7");
    const [mine] = /^[a-z0-9]{4}-[a-z0-9]{4}\.c/m.exec(begun.out) ?? [];
    expect((await council("approve", mine!, "--by", "anna")).code).toBe(0);
    expect((await council("run", "--leave")).code).toBe(0);
    const [books, outs] = [".countersign/council", [] as string[]];
    for (const [account, kind, next] of [
      ["council", "trade_released", false],
      // He was asked here and had not answered, of which the journal says nothing.
      ["pm-two", "trade_pending", true],
      ["pm-two", "trade_ended", false],
    ] as const) {
      const path = join(books, `${account}.journal`);
      const { code, out } = await cli(folder, ["replay", wakeWith(join(folder, path), kind, next), path]);
      expect([account, kind, code], out).toEqual([account, kind, 0]);
      outs.push(out);
    }
    expect(outs[0]).toContain("by anna");
    expect(outs[1]).not.toContain("trade answered");
    expect(outs[2]).toContain("nobody answered");
  },
  2 * hookTimeoutMs,
);
