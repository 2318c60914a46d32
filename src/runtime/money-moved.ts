import type { Position } from "../flow/portfolio/position.ts";
import type { VenuePosition } from "../ports/venue.ts";
import type { InstrumentId } from "../words/ids.ts";
import type { Instrument } from "../words/instrument.ts";
import { minus, plus, type Money } from "../words/money.ts";

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
