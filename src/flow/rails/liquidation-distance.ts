import { divideUnits, exactOne } from "../../words/exact.ts";
import { sameSideHeld } from "./exposure.ts";
import { bpsBetween, fractionOfBps, sizeOf } from "./fractions.ts";
import { beyond } from "./room.ts";
import { pass, passState, refuseState } from "./say.ts";
import type { Rail } from "./verdict.ts";

/**
 * Cross margin, all other prices unchanged. After the order fills at its worst price P with the mark at M, the position is worth N at mark
 * and equity is E, less what was paid beyond the mark; others need maintenance O; the rate is r. A move by the fraction x against it
 * liquidates when E − Nx = O + rN(1 ∓ x), minus for a long, so x = (E − O − rN) / (N(1 ∓ r)).
 * Source: Binance, "How to Calculate Liquidation Price of USDⓈ-M Futures Contracts", one bracket, solved for the move.
 * With K = r + d(1 ∓ r) the demand x ≥ d is E − O ≥ NK, linear in the order's notional: that is what is compared and solved for the trim.
 */
export const liquidationDistance: Rail = {
  code: "liquidation_distance",
  title: "Liquidation distance",
  against: "a position that an ordinary move hands to the venue",
  judges: "entries",
  compares: "for perpetuals the move against the whole position after the order that would liquidate it, other prices unchanged",
  limits: ["liquidationDistanceBpsMin"],
  refuses: ["liquidation_distance", "liquidation_distance.no_quote", "liquidation_distance.isolated"],
  check: (scene, exposure) => {
    const { candidate, standing, limits } = scene;
    const { instrument, side, price, notional } = candidate;
    if (instrument.kind !== "perpetual") return passState("liquidation_distance", instrument.kind);
    const found = exposure();
    const mark = scene.quote(instrument.id)?.mark;
    if (found === undefined || mark === undefined || mark <= 0n || price <= 0n)
      return refuseState("liquidation_distance", "liquidation_distance.no_quote", "exposure is not known");
    // An isolated position is backed by its own margin, which an order does not carry: nothing may be added to it.
    if (standing.position(instrument.id)?.marginMode === "isolated")
      return refuseState("liquidation_distance", "liquidation_distance.isolated", "isolated margin");

    const rate = instrument.maintenanceMarginRate;
    const kept = side === "buy" ? exactOne - rate : exactOne + rate;
    const demand = rate * exactOne + fractionOfBps(limits.liquidationDistanceBpsMin) * kept;
    const held = sameSideHeld(found, side);
    const backing = standing.equity - found.othersMaintenance;
    const overMark = side === "buy" ? price - mark : mark - price;
    const slipped = overMark > 0n ? overMark : 0n;
    const spare = backing * exactOne * exactOne - held * demand;
    const perPrice = slipped * exactOne * exactOne + mark * demand;
    const measured = distanceBps(backing - sizeOf(notional * slipped) / price, held + (notional * mark) / price, rate, kept);
    if (notional * perPrice <= spare * price && standing.equity > 0n)
      return pass("liquidation_distance", "bps", measured, limits.liquidationDistanceBpsMin);
    const room = divideUnits(spare * price, perPrice, "down");
    return beyond("liquidation_distance", scene, "bps", measured, limits.liquidationDistanceBpsMin, room);
  },
};

/** For evidence, to the nearest unit: x of the formula above in basis points; below zero is past liquidation already. */
function distanceBps(equity: bigint, worth: bigint, rate: bigint, kept: bigint): number {
  const whole = worth * kept;
  return whole === 0n ? 0 : bpsBetween(equity * exactOne - rate * worth, whole);
}
