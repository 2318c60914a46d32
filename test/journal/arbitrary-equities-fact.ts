import * as fc from "fast-check";
import type { CalibrationMap } from "../../src/flow/calibration/calibrator.ts";
import type { EquitiesFact } from "../../src/journal/equities-facts.ts";
import { instrumentId, proposalId } from "../../src/words/ids.ts";
import { moneyOfUnits } from "../../src/words/money.ts";

type Arbitrary<Value> = fc.Arbitrary<Value>;
type OfKind<Kind extends EquitiesFact["kind"]> = Extract<EquitiesFact, { readonly kind: Kind }>;

const plain = <Of extends object>(fields: { [Key in keyof Of]: Arbitrary<Of[Key]> }): Arbitrary<Of> =>
  fc.record(fields, { noNullPrototype: true }) as Arbitrary<Of>;
const word = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._:/-]{0,20}$/);
const instrument = word.map(instrumentId);
const number = fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer());
const numbers = fc.array(number, { maxLength: 4 });
const text = fc.string({ unit: "binary", maxLength: 20 });

const map: Arbitrary<CalibrationMap> = fc.oneof(
  plain({ kind: fc.constant("shrunk" as const), base: number, mean: number, slope: number }),
  plain({ kind: fc.constant("isotonic" as const), knots: numbers, probabilities: numbers }),
  plain({ kind: fc.constant("platt" as const), slope: number, intercept: number }),
);

export const equitiesFactsByKind = {
  market_measured: plain<OfKind<"market_measured">>({
    kind: fc.constant("market_measured" as const),
    liquidity: fc.array(plain({ instrument, averageDailyValue: fc.bigInt({ min: 0n, max: 10n ** 30n }).map(moneyOfUnits) }), {
      maxLength: 3,
    }),
    buckets: fc.array(plain({ name: text, members: fc.array(instrument, { maxLength: 3 }) }), { maxLength: 3 }),
  }),
  calibrator_fitted: plain<OfKind<"calibrator_fitted">>({
    kind: fc.constant("calibrator_fitted" as const),
    calibrator: plain({ of: text, map, outcomes: fc.nat(), brierSaid: number, brierMapped: number, skill: number }),
  }),
  edge_weighed: plain<OfKind<"edge_weighed">>({
    kind: fc.constant("edge_weighed" as const),
    proposal: word.map(proposalId),
    instrument,
    edge: plain({
      pWinSaid: number,
      pWin: number,
      rewardBps: number,
      riskBps: number,
      costBps: number,
      evBps: number,
      riskReward: number,
      kelly: number,
    }),
    arithmetic: fc.dictionary(fc.constantFrom("equity", "byAtr", "byKelly"), text, { noNullPrototype: true }),
  }),
};
