import { divideUnits, exactOne } from "../../words/exact.ts";
import { moneyOfUnits, notional, type Money } from "../../words/money.ts";
import { quantityOfUnits, toLot } from "../../words/quantity.ts";
import type { Candidate, Scene } from "./candidate.ts";
import type { RailCode, RefusalCode } from "./codes.ts";
import { sizeOf } from "./fractions.ts";
import { addsRisk } from "./open-orders.ts";
import { refuse } from "./say.ts";
import type { Unit, Verdict } from "./verdict.ts";

/** Says what happens to a size beyond a limit: trimmed to `room` while it may still change and something tradable is left, else refused. */
export function beyond(
  rail: RailCode & RefusalCode,
  scene: Scene,
  unit: Unit,
  measured: number | bigint,
  limit: number | bigint,
  room: bigint,
): Verdict {
  if (scene.stage !== "proposal" || room <= 0n || room < smallestNotional(scene.candidate))
    return refuse(rail, rail, unit, measured, limit);
  return { rail, outcome: "trimmed", code: rail, unit, measured, limit, notionalMax: moneyOfUnits(room) };
}

/** The least that the venue takes at the candidate's price, in whole lots, so that what is left of a trim can still be ordered. */
function smallestNotional(candidate: Candidate): Money {
  const { instrument, price } = candidate;
  const perUnit = sizeOf(price) * instrument.multiplier;
  if (perUnit === 0n) return candidate.notional;
  const forNotional = addsRisk(candidate) ? divideUnits(instrument.minNotional * exactOne * exactOne, perUnit, "up") : 0n;
  const least = quantityOfUnits(forNotional > instrument.minQuantity ? forNotional : instrument.minQuantity);
  return moneyOfUnits(sizeOf(notional(price, toLot(least, instrument.lot, "up"), instrument.multiplier, "up")));
}
