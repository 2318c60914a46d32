import { paired, row } from "./paired.ts";
import { readPortfolio } from "../src/flow/proposals/read-portfolio.ts";
import { malformedReplies } from "../src/sim/models/malformed.ts";
import { invariant } from "../src/words/invariant.ts";

/** What it costs to read an answer of 3 KB, against JSON.parse alone, and the slowest of the sixty malformed ones, which may take 50 ms. */
const decision = (n: number): object => ({
  symbol: `COIN${n}USDT`,
  action: "buy",
  allocation_usd: 1234.56,
  tp_price: 110.25,
  sl_price: 95.5,
  exit_plan: "out at the target, or at once when the hourly close falls below the moving average",
  rationale: "a rise of two noise units over eight bars with volume behind it, and funding that does not yet charge for it",
  confidence: 0.7,
  risk_level: "medium",
});
const plain = {
  decisions: Array.from({ length: 8 }, (_, n) => decision(n)),
  rationale: "r",
  total_allocation_usd: 9876.48,
  risk_level: "medium",
};
const said = JSON.stringify(plain);
const respelled = said.replaceAll('"symbol"', '"ticker"').replaceAll('"buy"', '"LONG"').replaceAll("0.7,", '"70%",');

const peer = {
  name: "JSON.parse",
  run: () => JSON.parse(said) as typeof plain,
  check: (of: typeof plain) => invariant(of.decisions.length === 8, "all were parsed"),
};
for (const [name, text, count] of [
  [`${said.length} characters as asked for`, said, 0],
  [`${respelled.length} characters in other spellings`, respelled, 24],
] as const) {
  const ours = {
    name,
    run: () => readPortfolio(text),
    check: (read: ReturnType<typeof readPortfolio>) => invariant(read.ok && read.value.normalised.count === count, "all were read"),
  };
  console.log(row(name, paired(ours, peer, 1)));
}

const slowest = malformedReplies
  .map(({ name, what, text }) => {
    const reply = text();
    const started = process.hrtime.bigint();
    readPortfolio(reply);
    return { name, what, ms: Number(process.hrtime.bigint() - started) / 1e6 };
  })
  .toSorted((a, b) => b.ms - a.ms)
  .slice(0, 3);
for (const { name, what, ms } of slowest) console.log(`${name} ${what}: ${ms.toFixed(2)} ms`);
