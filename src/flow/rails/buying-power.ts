import { marginOf, roomAtMargin } from "./exposure.ts";
import { outlayOf, outlayPrice, roomForOutlay } from "./outlay.ts";
import { beyond } from "./room.ts";
import { pass, refuseState } from "./say.ts";
import type { Rail } from "./verdict.ts";

/**
 * Free is equity less the initial margin of everything held, on its way or reserved. Shares, coins and options need their whole value at
 * the worst price they may trade at, the fee on it, and cash for both: profit not yet realised, and what a short sale brought in, buy
 * nothing. What is sold short is owed at the market's price, however far below it the order may trade.
 */
export const buyingPower: Rail = {
  code: "buying_power",
  title: "Buying power",
  against: "orders that the broker would reject, and margin that is spent twice",
  judges: "entries",
  compares:
    "the order's initial margin with equity, and for cash instruments its whole value and fee (a short sale at no less than the market) with cash, that nothing else needs",
  limits: ["leverageMax"],
  refuses: ["buying_power", "buying_power.no_quote"],
  check: (scene, exposure) => {
    const found = exposure();
    if (found === undefined) return refuseState("buying_power", "buying_power.no_quote", "exposure is not known");
    const { candidate, charges, limits, standing } = scene;
    const { instrument, price, quantity, side } = candidate;
    const equityFree = standing.equity - found.margin;
    const verdict = (needed: bigint, free: bigint, room: bigint) =>
      needed <= free && standing.equity > 0n
        ? pass("buying_power", "money", needed, free)
        : beyond("buying_power", scene, "money", needed, free, room);
    if (instrument.kind === "perpetual")
      return verdict(marginOf(candidate.notional, instrument, limits), equityFree, roomAtMargin(equityFree, instrument, limits));
    const quote = scene.quote(instrument.id);
    if (quote === undefined) return refuseState("buying_power", "buying_power.no_quote", `${instrument.id} has no quote`);
    const cashFree = standing.cash - found.cashNeeded;
    const free = equityFree < cashFree ? equityFree : cashFree;
    const at = outlayPrice(price, side, quote);
    return verdict(outlayOf(at, quantity, instrument, charges), free, roomForOutlay(free, price, at, instrument, charges));
  },
};
