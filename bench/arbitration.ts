import { arbitrate, usualArbitration } from "../src/flow/resolution/arbitrate.ts";
import { invariant } from "../src/words/invariant.ts";
import { cryptoDecision, localOffers } from "./decision-coins.ts";
import { paired, row } from "./paired.ts";

/** The arbitration table alone, over every pair of what the rules want of five coins; against JSON.parse of an AI trader's reply about them. */
const { text } = cryptoDecision;
const claims = localOffers.flatMap(({ proposal: { action, confidence }, sizePct }) =>
  action === "buy" || action === "sell" ? [{ side: action, confidence, sizePct }] : [],
);
invariant(claims.length > 0, "the rules want something");
const table = {
  name: "table",
  run: () => claims.filter((one) => claims.every((other) => arbitrate(one, other, usualArbitration).ok)).length,
  check: (of: number) => invariant(of === claims.length, "every pair is arbitrated"),
};
const parsed = {
  name: "JSON.parse",
  run: () => JSON.parse(text) as { decisions: unknown[] },
  check: (of: { decisions: unknown[] }) => invariant(of.decisions.length === 5, "all were parsed"),
};
const pairs = claims.length ** 2;
console.log(row(`the table over ${pairs} pairs`, paired(table, parsed, 1)));
