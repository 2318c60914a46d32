import type { Position } from "../flow/portfolio/position.ts";
import type { AccountState } from "../journal/account-state.ts";
import type { VenuePosition } from "../ports/venue.ts";
import type { InstrumentId } from "../words/ids.ts";
import type { Instrument } from "../words/instrument.ts";
import { minus, plus, type Money } from "../words/money.ts";
import type { VenueView } from "./line.ts";

/** Whether books and venue have moved the same money; a venue that does not say so is not doubted. */
export function sameMoney(state: AccountState, { positions, balance }: Pick<VenueView, "positions" | "balance">): boolean {
  if (positions === "unavailable" || balance === "unavailable") return true;
  const instrument = (id: InstrumentId): Instrument => state.instrument(id);
  return moneyMoved(balance.cash, positions, instrument) === moneyMoved(state.wallet, state.positions, instrument);
}

/**
 * Cash less the signed cost of what perpetuals are held: everything bought, sold, paid and received so far. It does not depend on the
 * order in which executions were booked, as the wallet does: a fill that was told late realises against another average, and comes to
 * the same only when the position is closed.
 */
export function moneyMoved(
  cash: Money,
  positions: readonly (Position | VenuePosition)[],
  instrument: (id: InstrumentId) => Instrument,
): Money {
  return positions
    .filter((held) => instrument(held.instrument).kind === "perpetual")
    .reduce((money, { quantity, cost }) => (quantity > 0n ? minus(money, cost) : plus(money, cost)), cash);
}
