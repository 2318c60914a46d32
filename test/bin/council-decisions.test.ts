import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { DecisionRows, type Row } from "../../src/bin/decision-rows.ts";
import { AccountState } from "../../src/journal/account-state.ts";
import { entriesOf, ranCouncil } from "../lab/a-council-plan.ts";
import { ranMoody } from "../lab/a-moody-council.ts";
import { cli, freshFolder, hookTimeoutMs } from "./run-cli.ts";

const rowsOf = (entries: ReturnType<typeof entriesOf>): readonly Row[] => {
  const told = new DecisionRows();
  for (const entry of entries) told.see(entry);
  return told.rows;
};

/** What may become of a trade by what the person and the desk have made of it; an executed one is what the venue made of its last order. */
const fates: Readonly<Record<string, RegExp>> = {
  pending: /^waits for a person/,
  approved: /^approved$|^filled/,
  rejected: /^rejected: /,
  expired: /^expired: /,
  superseded: /^superseded: /,
  failed: /^failed: |^refused: |^withheld: |^too small$|^declined$|^rejected: /,
  executed: /^filled|^not filled$|^ordered$|^executed$|^refused: |^withheld: |^rejected: /,
};

describe("the decisions of a council (LINE-8, COUN-6)", () => {
  it("are its meetings and its checkpoints, each once, with what became of what they showed a person", async () => {
    const seen = new Set<string>();
    for (const [seed, set] of [
      ["1", ["council.driftBpsMax=3"]],
      ["5", ["council.quorum=5"]],
      ["6", ["council.expirySeconds=1200"]],
    ] as const) {
      const runs = await ranMoody(seed, set, 8);
      for (const { name } of runs) {
        const entries = entriesOf(runs, name);
        const rows = rowsOf(entries);
        const state = new AccountState();
        for (const entry of entries) state.apply(entry);
        const decided = entries.filter(({ fact }) => ["chairman_decided", "no_quorum", "seated", "checkpoint_held"].includes(fact.kind));
        const proposed = entries.filter(({ fact }) => fact.kind === "proposed");
        expect(rows.length, name).toBe(decided.length + proposed.length);
        const own = (trade: string): Row[] =>
          rows.filter(({ id, why }) => trade.startsWith(`${id}.`) && /^meeting: |^\d\d:\d\d: /.test(why));
        for (const { trade, status } of state.decisions.council.trades) {
          expect(own(trade), `${name} ${trade}`).toHaveLength(1);
          expect(own(trade)[0]!.fate, `${name} ${trade}`).toMatch(fates[status]!);
          seen.add(status);
        }
        for (const { fate } of rows) expect(fate).not.toBe("");
      }
    }
    expect([...seen], "a run in which none of it happened would prove nothing").toEqual(
      expect.arrayContaining(["rejected", "expired", "executed"]),
    );
  }, 30_000);

  it("say of a meeting without enough pitches, of one from which nothing came, and of a yes that never came, that there was no trade", async () => {
    const few = await ranCouncil({ sessions: 3, answer: ({ role }) => (role === "pm" ? "I would rather not" : undefined) });
    expect(rowsOf(entriesOf(few, "council")).map(({ action, instrument, fate }) => [action, instrument, fate])).toEqual([
      ["no council", "-", "no trade"],
    ]);
    expect(rowsOf(entriesOf(few, "pm-one")).map(({ action, fate, why }) => [action, fate, why])).toEqual([
      ["no trade", "no trade", "meeting: there was no council"],
    ]);
    const silent = await ranCouncil({ sessions: 3, person: () => () => undefined });
    expect(rowsOf(entriesOf(silent, "council")).map(({ action, fate }) => [action.slice(0, 5), fate])).toEqual([
      ["enter", "expired: nobody answered"],
    ]);
    const patient = await ranCouncil({ sessions: 8, set: ["council.expirySeconds=604800"], person: () => () => undefined });
    expect(rowsOf(entriesOf(patient, "council")).map(({ fate }) => fate)).toEqual(["expired: nobody answered", "waits for a person"]);
  });
});

describe("countersign decisions on a council's journal", () => {
  const folder = freshFolder();
  beforeAll(async () => {
    expect((await cli(folder, ["backtest", "council", "--synthetic", "8", "--journals", "books"])).code).toBe(0);
  }, hookTimeoutMs);

  it(
    "lists what was decided, and with --all what was left as it was; the flat account decides nothing",
    async () => {
      const some = await cli(folder, ["decisions", "books/council.journal"]);
      expect(some.out).toMatch(/ council +\w+ +enter (?:buy|sell) +\d+% +filled +meeting: by the chairman, wanted by /);
      expect(some.out).not.toMatch(/ stay /);
      const [id = ""] = /^[a-z0-9]{4}-[a-z0-9]{4}/m.exec(some.out) ?? [];
      expect((await cli(folder, ["replay", id, "books/council.journal"])).out).toContain("the same, byte for byte");
      const all = await cli(folder, ["decisions", "books/council.journal", "--all", "--last", "100", "--json"]);
      const rows = all.out
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line) as Row);
      const text = readFileSync(`${folder}/books/council.journal`, "utf8");
      const count = (kind: string): number => text.split(`"kind":"${kind}"`).length - 1;
      expect(rows.filter(({ why }) => why.startsWith("meeting: ")).length).toBe(count("chairman_decided"));
      expect(rows.filter(({ why }) => /^\d\d:\d\d: /.test(why)).length).toBe(count("checkpoint_held"));
      expect((await cli(folder, ["decisions", "books/flat.journal"])).out).toBe("no decisions in this journal\n");
    },
    hookTimeoutMs,
  );
});
