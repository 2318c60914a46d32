import { approximately, divideUnits, exactOne } from "../../words/exact.ts";
import type { Scene } from "./candidate.ts";
import { sameSideHeld, type Exposure } from "./exposure.ts";
import { bpsOfParts, fractionOfBps, sizeOf, unitsOfMultiple } from "./fractions.ts";
import { beyond } from "./room.ts";
import { pass, passState, refuseState } from "./say.ts";
import type { Rail } from "./verdict.ts";

const squared = exactOne * exactOne;

/**
 * After the order fills at its worst price P with the mark at M, the position is worth N at mark and B stands behind it; the rate is r.
 * A move by the fraction x against it liquidates when B − Nx = rN(1 ∓ x), minus for a long, so x = (B − rN) / (N(1 ∓ r)).
 * Source: Binance, "How to Calculate Liquidation Price of USDⓈ-M Futures Contracts", one bracket, solved for the move.
 * With K = r + d(1 ∓ r) the demand x ≥ d is B ≥ NK, linear in the order's notional: that is what is compared and solved for the trim.
 * Cross: B is equity, less what was paid beyond the mark and the maintenance of others. Isolated: B is the position's own margin with what
 * it has gained, and what the order brings, its notional over the leverage; less what was paid beyond the mark.
 */
export const liquidationDistance: Rail = {
  code: "liquidation_distance",
  title: "Liquidation distance",
  against: "a position that an ordinary move hands to the venue",
  judges: "entries",
  compares:
    "for perpetuals the move against the whole position after the order that would liquidate it; cross: other prices unchanged, isolated: its own margin and what the order brings",
  limits: ["liquidationDistanceBpsMin"],
  refuses: ["liquidation_distance", "liquidation_distance.no_quote"],
  check: (scene, exposure) => {
    const { candidate, standing, limits } = scene;
    const { instrument, side, price, notional } = candidate;
    if (instrument.kind !== "perpetual") return passState("liquidation_distance", instrument.kind);
    const found = exposure();
    const mark = scene.quote(instrument.id)?.mark;
    if (found === undefined || mark === undefined || mark <= 0n || price <= 0n)
      return refuseState("liquidation_distance", "liquidation_distance.no_quote", "exposure is not known");

    const { held, backing, leverage } = behind(scene, found);
    const rate = instrument.maintenanceMarginRate;
    const kept = side === "buy" ? exactOne - rate : exactOne + rate;
    const demand = rate * exactOne + fractionOfBps(limits.liquidationDistanceBpsMin) * kept;
    const overMark = side === "buy" ? price - mark : mark - price;
    const slipped = overMark > 0n ? overMark : 0n;
    const spare = backing * squared - held * demand;
    // What a unit of notional asks for less what it brings, times the leverage where it brings something.
    const asked = slipped * squared + mark * demand;
    const perPrice = leverage === undefined ? asked : asked * leverage - price * exactOne * squared;
    const spareThere = spare * price * (leverage ?? 1n);
    const traded = approximately(notional) / approximately(price);
    const brought = leverage === undefined ? 0 : approximately(notional) / approximately(leverage);
    const after = distanceBps(
      approximately(backing) + brought - traded * approximately(slipped),
      approximately(held) + traded * approximately(mark),
      rate,
      kept,
    );
    const measured = held > 0n ? Math.min(after, distanceBps(approximately(backing), approximately(held), rate, kept)) : after;
    // Before the order as well as after it, and so at any part of it that fills.
    if (spare >= 0n && notional * perPrice <= spareThere && standing.equity > 0n)
      return pass("liquidation_distance", "bps", measured, limits.liquidationDistanceBpsMin);
    const room = perPrice > 0n ? divideUnits(spareThere, perPrice, "down") : 0n;
    return beyond("liquidation_distance", scene, "bps", measured, limits.liquidationDistanceBpsMin, room);
  },
};

type Behind = {
  /** What the position is worth at mark before the order, on the order's side. */
  readonly held: bigint;
  readonly backing: bigint;
  /** In units of 10^-12, where an order brings margin of its own. */
  readonly leverage: bigint | undefined;
};

function behind({ candidate: { instrument, side }, standing }: Scene, found: Exposure): Behind {
  const position = standing.position(instrument.id);
  if ((position?.marginMode ?? standing.marginMode) === "cross")
    return { held: sameSideHeld(found, side), backing: standing.equity - found.othersMaintenance, leverage: undefined };
  const leverage = unitsOfMultiple(standing.leverage);
  // Other orders on their way bring what they need, or they had not passed; a position the other way round gives its margin back first.
  if (position === undefined || position.quantity > 0n !== (side === "buy")) return { held: 0n, backing: 0n, leverage };
  const gained = position.quantity > 0n ? found.held - position.cost : found.held + position.cost;
  return { held: sizeOf(found.held), backing: position.isolatedMargin + gained, leverage };
}

/** For evidence, in doubles: x of the formula above in basis points; below zero is past liquidation already. */
function distanceBps(equity: number, worth: number, rate: bigint, kept: bigint): number {
  return worth === 0 ? 0 : bpsOfParts(equity - approximately(rate) * worth, worth * approximately(kept));
}
