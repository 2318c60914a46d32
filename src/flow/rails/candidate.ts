import type { Instrument } from "../../words/instrument.ts";
import type { ClientOrderId, IntentId } from "../../words/ids.ts";
import type { Money } from "../../words/money.ts";
import type { OrderType, Purpose } from "../../words/order-words.ts";
import type { Price } from "../../words/price.ts";
import type { Quantity } from "../../words/quantity.ts";
import type { Side } from "../../words/side.ts";
import type { Quote } from "../market/snapshot.ts";
import type { Standing } from "../portfolio/standing.ts";
import type { Limits } from "./limits.ts";
import type { Charges } from "./outlay.ts";

/** The most that could leave if the rails say yes: judged at proposal, at release, just before the wire and on every replace. */
export type Candidate = {
  readonly intent: IntentId;
  readonly instrument: Instrument;
  readonly side: Side;
  readonly purpose: Purpose;
  readonly type: OrderType;
  readonly reduceOnly: boolean;
  readonly quantity: Quantity;
  /** The worst price it may trade at: its limit, or for a stop its trigger. An order without any price is refused. */
  readonly price: Price;
  /** Quantity at that price. */
  readonly notional: Money;
  /** What will guard the position; required for entries where the limits say so. */
  readonly stopLoss?: Price | undefined;
  readonly takeProfit?: Price | undefined;
  /** Known from the wire on; absent while the intent has no order yet. */
  readonly order?: ClientOrderId | undefined;
  /** The order that this one takes the place of: its exposure is not counted twice. */
  readonly replaces?: ClientOrderId | undefined;
};

/** Everything a rail may look at. Judging it twice gives the same verdict. */
export type Scene = {
  readonly now: Temporal.Instant;
  /** `proposal` may trim; later stages only pass or refuse, since nothing may change size behind an approval. */
  readonly stage: "proposal" | "release" | "wire" | "replace";
  readonly candidate: Candidate;
  readonly standing: Standing;
  quote(instrument: Instrument["id"]): Quote | undefined;
  instrument(id: Instrument["id"]): Instrument | undefined;
  /** By the exchange calendar; the quote's own status must agree. */
  readonly sessionOpen: boolean;
  readonly limits: Limits;
  readonly charges: Charges;
};
