import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { chained, entryTextOf } from "../../src/journal/chain.ts";
import { cli, expectDone, expectRefused, freshFolder, hookTimeoutMs, tree, type Ran } from "./run-cli.ts";

const folder = freshFolder();
const journal = (dir: string): string => readFileSync(join(folder, dir, "options.journal"), "utf8");
const run = (dir: string, ...words: string[]): Promise<Ran> => cli(folder, ["options", "run", "--dir", dir, ...words]);
const answer = (dir: string, ...words: string[]): Promise<Ran> => cli(folder, ["queue", "answer", dir, ...words, "--by", "ann"]);
const copied = (from: string, to: string): void => cpSync(join(folder, from), join(folder, to), { recursive: true });

type Fact = { readonly kind: string } & Readonly<Record<string, unknown>>;
type Written = { readonly entry: { readonly at: string; readonly fact: Fact } };
const entries = (text: string) =>
  text
    .trimEnd()
    .split("\n")
    .map((line) => (JSON.parse(line) as Written).entry);
const factsOf = (text: string, ...kinds: string[]): Fact[] =>
  entries(text).flatMap(({ fact }) => (kinds.includes(fact.kind) ? [fact] : []));
const itemsOf = (text: string): string[] => factsOf(text, "person_asked").map(({ item }) => String(item));

let first: Ran;
let [one, two] = ["", ""];
beforeAll(async () => {
  first = await run("begun", "--synthetic", "1");
  [one = "", two = ""] = itemsOf(journal("begun"));
}, hookTimeoutMs);

describe("countersign options run", () => {
  it("stops where a person is needed and says what waits in words (LINE-5)", async () => {
    expectDone(first);
    expect(first.out).toMatch(/^it is 2026-06-01 15:15:00 UTC; 2 items wait for a person\n/);
    expect(first.out).toContain(
      `${one}  buy up to 9 of SYNA260618P00062000 (put at 62, expires 2026-06-18) on SYNA for at most 2,000 USD, 2.16 bid and 2.2 asked\n`,
    );
    expect(first.out).toContain("  no model may decide this, options.llm.decisions leaves it to a person\n");
    expect(first.out).toContain("  until 2026-06-01 15:45:00 UTC; answer approve or deny\n");
    expect((await cli(folder, ["queue", "list", "begun"])).out).toContain(two);
    expect(entries(journal("begun")).at(-1)?.fact.kind).toBe("scanned");
  });

  it(
    "obeys what a person said and lets the rest expire; what was written stays as it was written",
    async () => {
      copied("begun", "own");
      expectRefused(await run("own"), 1, /2 items wait for a person; countersign queue list own shows what, and --skip/);
      const atStop = journal("own");
      const approved = await answer("own", one, "approve", "--why", "the trend holds");
      expectDone(approved);
      expect(approved.out).toContain("; 1 more waits\n");
      const answered = journal("own");
      expect(answered.startsWith(atStop)).toBe(true);
      expect(entries(answered).at(-1)).toMatchObject({
        at: "2026-06-01T15:20:00Z",
        fact: { kind: "person_answered", item: one, action: "approve", by: "ann", why: "the trend holds" },
      });
      expectRefused(await answer("own", one, "deny"), 2, /it was answered before, approve by ann at 2026-06-01 15:20:00 UTC/);
      expectRefused(await run("own"), 1, /1 item waits/);
      expect(journal("own"), "nothing of this was written down").toBe(answered);

      const on = await run("own", "--skip");
      expectDone(on);
      expect(on.out).toContain("2026-06-01 15:20:00 UTC  entry of SYNA became approved_by_person\n");
      expect(on.out).toContain(`2026-06-01 15:45:00 UTC  ${two} entry of SYNB: nobody answered in time\n`);
      expect(on.out).toMatch(/ sell 9 of SYNA260618P00062000 .*, entered at 2\.12\n {2}the model was not sure enough: /);
      expect(journal("own").startsWith(answered)).toBe(true);
      expect(factsOf(journal("own"), "filled")).toMatchObject([{ fill: { instrument: "SYNA260618P00062000", side: "buy" } }]);
      expectRefused(await answer("own", two, "approve"), 2, /it expired at 2026-06-01 15:45:00 UTC; the desk asks anew/);
      expectDone(await cli(folder, ["journal", "verify", "own/options.journal"]));
    },
    2 * hookTimeoutMs,
  );

  it(
    "does in steps what the same answers do in one run: approve and deny under a kill switch",
    async () => {
      // Thrown before the bar at which both answers are heard, and taken back before the next.
      const kills = ["--kill", "2026-06-01T15:17:00Z=K1", "--kill", "2026-06-01T15:21:00Z=none"];
      // A long queue and a model that is always sure stop the run seldom.
      const sure = ["--watchlist", "SYNA,SYNB", "--llm-min-confidence", "0", "--set", "options.queueMinutes=200"];
      const words = ["--synthetic", "1", ...sure, ...kills];
      expectDone(await run("steps", ...words));
      const [denied = "", approved = ""] = itemsOf(journal("steps"));
      expectDone(await answer("steps", denied, "deny"));
      expectDone(await answer("steps", approved, "approve"));
      let stops = 0;
      for (let out = ""; !out.includes("this run is over"); stops++) {
        const on = await run("steps", ...(stops === 0 ? [] : ["--skip"]));
        expectDone(on);
        ({ out } = on);
      }
      expect(stops).toBeGreaterThan(1);
      const at = "2026-06-01T15:15:00.001Z";
      const answers = ["--answer", `${at}=SYNA:deny`, "--answer", `${at}=SYNB:approve`];
      expectDone(await cli(folder, ["backtest", "options", ...words, ...answers, "--journal", "whole.journal"]));
      const whole = readFileSync(join(folder, "whole.journal"), "utf8");
      expect(factsOf(whole, "filled").length).toBeGreaterThan(0);
      const asBacktest = entries(journal("steps")).map((entry) =>
        entry.fact.kind === "person_answered" ? { ...entry, fact: { ...entry.fact, by: "backtest" } } : entry,
      );
      expect(asBacktest).toEqual(entries(whole));
      expectRefused(await answer("steps", approved, "approve"), 2, /this run is over, and nobody would act on an answer/);
      expect((await run("steps")).out).toMatch(/^the data ended at 2026-06-01 20:00:00 UTC with an equity of [\d,.]+; this run is over\n$/);
    },
    4 * hookTimeoutMs,
  );

  it(
    "hears nobody where the desk looks again only after the item's time, or not at all",
    async () => {
      expectDone(await run("slow", "--synthetic", "1", "--interval", "15m", "--set", "options.queueMinutes=10"));
      const atStop = journal("slow");
      const [item = ""] = itemsOf(atStop);
      expectRefused(await answer("slow", item, "approve"), 2, /an answer is heard only at .*; let it expire with --skip/);
      expect(journal("slow")).toBe(atStop);
    },
    hookTimeoutMs,
  );
});

describe("what is asked wrongly is said in one line, and nothing is written", () => {
  it.each`
    words                                                                       | says                                                      | because
    ${() => ["begun", one, "sell"]}                                             | ${/is an entry; answer approve or deny/}                  | ${"only a contract that is held can be sold"}
    ${() => ["begun", one, "aprove"]}                                           | ${/one of sell, hold, approve, deny; did you mean appro/} | ${"there is no such answer"}
    ${() => ["begun", `${one}9`, "approve"]}                                    | ${/no such item waits in begun; did you mean/}            | ${"there is no such item"}
    ${() => ["begun", one]}                                                     | ${/write DIR ID ACTION/}                                  | ${"an answer is missing"}
    ${() => ["nowhere", one, "approve"]}                                        | ${/there is no run of the options desk in it/}            | ${"there is no such folder"}
    ${() => ["begun", one, "deny", "--why", " "]}                               | ${/--why: a line of at most 300 characters/}              | ${"blanks are no reason"}
    ${() => ["begun", one, "deny", "--at", "2026-06-01"]}                       | ${/has a time of its own/}                                | ${"its clock is the market's"}
    ${() => [one, "--journal", "begun/options.journal", "--action", "approve"]} | ${/answer with countersign queue answer begun/}           | ${"an entry between two of the run's own would not come out again"}
  `("queue answer refuses $because", async ({ words, says }: { words: () => string[]; says: RegExp }) => {
    const before = journal("begun");
    expectRefused(await cli(folder, ["queue", "answer", ...words(), "--by", "ann"]), 2, says);
    expect(journal("begun")).toBe(before);
  });

  it.each`
    words                                              | says                                                    | because
    ${["--synthetic", "2"]}                            | ${/began with --synthetic 1, not 2; leave those flags/} | ${"it is another market"}
    ${["--data", "."]}                                 | ${/began with --synthetic 1, not a store/}              | ${"it is a store"}
    ${["--synthetic", "1", "--seed", "2"]}             | ${/began with seed=1, not 2/}                           | ${"it is another configuration"}
    ${["--synthetic", "1", "--kill", "2026-06-01=K1"]} | ${/began with another --kill/}                          | ${"a person did something else"}
    ${["--synthetic", "0"]}                            | ${/a whole number of sessions from 1 to 40/}            | ${"no session is no market"}
  `("options run does not go on with $words since $because", async ({ words, says }: { words: string[]; says: RegExp }) => {
    const before = journal("begun");
    expectRefused(await run("begun", "--skip", ...words), 2, says);
    expect(journal("begun")).toBe(before);
  });

  it("begins nothing with a fault, and nothing over what is another desk's", async () => {
    expectRefused(await run("late", "--synthetic", "1", "--kill", "2027-01-01=K1"), 2, /the data ends before/);
    expect(existsSync(join(folder, "late"))).toBe(false);
    const council = freshFolder();
    writeFileSync(join(council, "market.json"), `{"format":"countersign.council@1"}`);
    expectRefused(await run(council, "--synthetic", "1"), 1, /market\.json: format/);
    expect(tree(council)).toEqual(["market.json"]);
  });
});

/** Two sessions of made-up minutes: a slow wave with a fast one of this period on it. */
function minutes(period: number): string {
  const rows = ["2024-01-08", "2024-01-09"].flatMap((date) => {
    const openMs = Temporal.Instant.from(`${date}T14:30:00Z`).epochMilliseconds;
    return Array.from({ length: 390 }, (_, at) => {
      const price = (minute: number): number => 100 + 2 * Math.sin(minute / 60) + 0.05 * Math.sin(minute / period);
      const [open, close] = [price(at), price(at + 1)];
      const prices = [open, Math.max(open, close) + 0.02, Math.min(open, close) - 0.02, close];
      return [openMs + at * 60_000, ...prices.map((each) => each.toFixed(2)), 5000].join(",");
    });
  });
  return `${["ts_ms,open,high,low,close,volume", ...rows].join("\n")}\n`;
}

describe("a journal that is not as this run wrote it is not gone on with", () => {
  const changes: readonly (readonly [string, (text: string) => string, exit: 1 | 2, RegExp])[] = [
    ["a changed word", (text) => text.replace('"trigger":"bar_close"', '"trigger":"bar_klose"'), 1, /broken at entry \d+: /],
    [
      "a changed word, chained anew",
      (text) => {
        let hash = "";
        const lines = text
          .trimEnd()
          .split("\n")
          .map((line) => {
            const next = chained(hash, entryTextOf(line).replace(`"item":"${one}"`, `"item":"${one}0"`));
            ({ hash } = next);
            return `${next.line}\n`;
          });
        return lines.join("");
      },
      2,
      /options\.journal: entry \d+ does not come out again from this market/,
    ],
  ];
  it.each(changes)("%s", async (name, change, exit, says) => {
    const dir = `changed-${name.length}`;
    copied("begun", dir);
    const changed = change(journal(dir));
    expect(changed).not.toBe(journal(dir));
    writeFileSync(join(folder, dir, "options.journal"), changed);
    expectRefused(await run(dir, "--skip"), exit, says);
    expectRefused(await answer(dir, two, "deny"), exit, says);
    // A reader of the queue looks at the chain alone, and says the same of it.
    const listed = await cli(folder, ["queue", "list", dir]);
    if (exit === 1) expectRefused(listed, exit, says);
    else expectDone(listed);
    expect(journal(dir)).toBe(changed);
  });

  it(
    "nor over other data than it began with, and goes on from another folder",
    async () => {
      const imported = ["data", "import", "--market", "etf", "--interval", "1m", "--symbol", "TST", "minutes.csv"];
      writeFileSync(join(folder, "minutes.csv"), minutes(7));
      expect((await cli(folder, imported)).code).toBe(0);
      expectDone(await run("stored"));
      const atStop = journal("stored");
      expect(itemsOf(atStop).length).toBeGreaterThan(0);
      const elsewhere = freshFolder();
      expectDone(await cli(elsewhere, ["options", "run", "--dir", join(folder, "stored"), "--skip"]));
      expect(journal("stored").startsWith(atStop)).toBe(true);
      rmSync(join(folder, ".countersign/store"), { recursive: true });
      writeFileSync(join(folder, "minutes.csv"), minutes(8));
      expect((await cli(folder, imported)).code).toBe(0);
      expectRefused(await run("stored", "--skip"), 2, /does not come out again from this market; the data, or this version, is another/);
    },
    2 * hookTimeoutMs,
  );

  it(
    "but goes on from one that was cut short within an answer or within a scan",
    async () => {
      copied("begun", "cut");
      copied("begun", "uncut");
      expectDone(await run("uncut", "--skip"));
      const whole = journal("uncut");
      const lines = whole.split("\n");
      const within = entries(journal("begun")).length + 1;
      writeFileSync(join(folder, "cut/options.journal"), `${lines.slice(0, within).join("\n")}\n${lines[within]?.slice(0, 40)}`);
      expectRefused(await answer("cut", two, "deny"), 2, /it was cut short within a scan; countersign options run --dir cut goes on first/);
      expectDone(await run("cut", "--skip"));
      expect(journal("cut")).toBe(whole);
    },
    hookTimeoutMs,
  );
});
