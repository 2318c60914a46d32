import { AccountState } from "../src/journal/account-state.ts";
import { decodeEntry, encodeEntry } from "../src/journal/codec.ts";
import { runBacktest } from "../src/lab/backtest.ts";
import { demoMarket } from "../src/sim/market/demo-market.ts";
import { invariant } from "../src/words/invariant.ts";
import { paired, row } from "./paired.ts";
import { replayPlan } from "./replay-plan.ts";

/** An account's state from the texts of its journal, as at a start, against JSON.parse of the same texts. */
const days = Number(process.argv[2] ?? 60);
const plan = replayPlan(demoMarket("rebuild", days, "1m").slice(0, 3), "stop");
const run = runBacktest(plan);
const texts = Array.from(plan.journal.entries(), encodeEntry);

const rebuild = (): AccountState => {
  const state = new AccountState();
  for (const text of texts) {
    const entry = decodeEntry(text);
    invariant(entry.ok, "the journal is our own");
    state.apply(entry.value);
  }
  return state;
};

const result = paired(
  {
    name: "countersign",
    run: rebuild,
    check: (state) =>
      invariant(state.sequence === run.state.sequence && state.equity === run.state.equity, "the rebuilt books are those that were kept"),
  },
  {
    name: "JSON.parse",
    run: () => {
      let read = 0;
      for (const text of texts) if ((JSON.parse(text) as { sequence: number }).sequence > 0) read++;
      return read;
    },
    check: (read) => invariant(read === texts.length, "every text was parsed"),
  },
  texts.length,
  7,
  2,
);
console.log(`${texts.length} facts of ${(texts.reduce((sum, { length }) => sum + length, 0) / 1e6).toFixed(0)} MB`);
console.log(row("rebuild, ns a fact", result));
console.log(`a million facts in ${(result.oursNs / 1000).toFixed(1)} s`);
