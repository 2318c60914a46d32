import type { Order } from "../../flow/orders/order.ts";
import type { PlaceOutcome } from "../../flow/orders/outcome.ts";
import { formatExact } from "../../words/exact.ts";
import type { LatchName } from "../../flow/portfolio/standing.ts";
import type { Limits } from "../../flow/rails/limits.ts";
import type { AccountState } from "../../journal/account-state.ts";
import type { ClientOrderId, InstrumentId } from "../../words/ids.ts";
import type { Instrument } from "../../words/instrument.ts";

/** An invariant that did not hold, by its number, and what was seen. */
export type Breach = { readonly invariant: string; readonly what: string };

type Scenery = {
  readonly state: () => AccountState;
  readonly limits: Limits;
  readonly instrument: (id: InstrumentId) => Instrument;
  /** The venue's own position and the last price, in units of 10^-12. */
  readonly held: (id: InstrumentId) => bigint;
  readonly last: (id: InstrumentId) => bigint;
  /** What an order of ours can still fill by the venue's word; undefined when it has never heard of it. */
  readonly left: (id: ClientOrderId, instrument: InstrumentId) => bigint | undefined;
  readonly nowMs: () => number;
  readonly breach: (of: Breach) => void;
};

/** Latches that stand against something else than a loss: each has a judge of its own. */
const ofOther: ReadonlySet<LatchName> = new Set(["kill", "repeated_execution", "local_only"]);

/** What clocks may differ by, whatever the rails say of it. */
const clockMsMax = 500;
/** No venue of these storms takes longer to hear of an order. */
const arrivesWithinMs = 60_000;
const one = 10n ** 12n;
const abs = (of: bigint): bigint => (of < 0n ? -of : of);
const most = (left: bigint, right: bigint): bigint => (left > right ? left : right);

/**
 * Stands on the wire and judges what leaves a second time, by the venue's truth and arithmetic of its own (I3, I4, I20, I21). It knows nothing
 * of the rails but their limits.
 */
export class WireWatch {
  /** Every id that ever left as a placement, so that a second time is seen. */
  readonly #sent = new Set<ClientOrderId>();
  readonly #entries = new Map<ClientOrderId, { readonly sent: Order; readonly atMs: number }>();
  orders = 0;
  readonly #of: Scenery;

  constructor(of: Scenery) {
    this.#of = of;
  }

  /** What the venue says it turned away will not arrive. */
  readonly hear = (order: Order, { kind }: PlaceOutcome): void => {
    if (kind === "rejected") this.#entries.delete(order.id);
  };

  /** Every order as it leaves, before anything becomes of it. */
  readonly see = (order: Order): void => {
    this.orders++;
    const { state: stateNow, limits, instrument: instrumentOf, last, left, breach } = this.#of;
    const state = stateNow();
    const say = (invariant: string, what: string): void => breach({ invariant, what: `${order.id}: ${what}` });
    // Again under the same name is lawful only where it never arrived: some venues would take it for another order.
    if (this.#sent.has(order.id) && left(order.id, order.instrument) !== undefined) say("I1", "was sent again though the venue has it");
    this.#sent.add(order.id);
    const instrument = instrumentOf(order.instrument);
    const price = order.limit ?? order.stop;
    if (price === undefined) return say("I3", "left without a price");
    if (order.quantity <= 0n || order.quantity % instrument.lot !== 0n || price % instrument.tick !== 0n) say("I3", "off the grid");
    if (order.quantity > instrument.maxQuantity) say("I3", "larger than the venue takes");
    const entry = order.purpose === "entry";
    if (!entry) {
      if (!order.reduceOnly) say("I4", "takes no risk away and is no entry");
      return;
    }
    if (state.killLevel !== "none") say("I4", `an entry left after ${state.killLevel}`);
    if (state.latches.some(({ name }) => !ofOther.has(name))) say("I4", "an entry left while a loss limit was latched");
    const { clock } = state.measured;
    if (clock?.known === "unanswered") say("I20", "an entry left while nobody knew the venue's clock");
    if (
      clock?.known === "measured" &&
      (clock.skewMs - clock.uncertaintyMs > clockMsMax || -clock.skewMs - clock.uncertaintyMs > clockMsMax)
    )
      say("I20", `an entry left while the venue's clock was ${clock.skewMs} ms off`);
    if (limits.group !== undefined && state.measured.group?.members.length !== limits.group.others.length)
      say("I21", "an entry left while accounts of its group were not known");
    if (!limits.allowed.includes(order.instrument)) say("I3", "of an instrument that is not allowed");
    const worth = (price * order.quantity * instrument.multiplier) / one / one;
    if (worth > limits.orderNotionalMax) say("I3", "above the largest order");
    if (worth * 10_000n > state.equity * BigInt(limits.orderEquityBpsMax)) say("I3", "above the largest share of equity");
    if (limits.stopRequired && state.protection(order.instrument)?.stopLoss === undefined) say("I3", "without a stop");
    const reference = last(order.instrument);
    const worse = order.side === "buy" ? price - reference : reference - price;
    // The reference moves within the bar; twice the collar is far outside of what may leave.
    if (worse * 10_000n > reference * BigInt(limits.priceCollarBps * 2)) say("I3", "far beyond the collar");
    this.#judgeExposure(order, say);
  };

  /**
   * At last prices, what the venue holds and all that left here and may still fill there, both sides added, in units of 10^-12 of money. No more
   * of it than the books can know: an exit that was taken back, or a fill that was lost, is nobody's to count before the records are read.
   */
  staked(): bigint {
    const state = this.#of.state();
    let gross = 0n;
    for (const { id, size, worth } of this.#stakes()) {
      let told = abs(state.position(id)?.quantity ?? 0n);
      for (const order of state.openOrders) if (order.instrument === id && !order.reduceOnly) told += order.quantity - order.filled;
      gross += told < size ? (worth * told) / size : worth;
    }
    return gross;
  }

  /**
   * What the venue holds, and all that left here and may still fill there, may not pass the limits with this order. Ours to say is only
   * what was sent: an order that the venue has not heard of counts for as long as it may still arrive.
   */
  #judgeExposure(order: Order, say: (invariant: string, what: string) => void): void {
    const { state: stateNow, limits, nowMs } = this.#of;
    const state = stateNow();
    this.#entries.set(order.id, { sent: order, atMs: nowMs() });
    let gross = 0n;
    for (const { id, worth } of this.#stakes()) {
      gross += worth;
      // Marks and collars differ from the last price by a little: what is far beyond is a breach, what is near is not judged here.
      if (order.instrument === id && worth * 10n > limits.positionNotionalMax * 11n) say("I3", "makes a position larger than allowed");
    }
    if (gross * 10_000n * 10n > state.equity * BigInt(limits.grossExposureBpsMax) * 11n)
      say("I3", `makes an exposure of ${formatExact(gross)}, more than allowed on ${formatExact(state.equity)}`);
  }

  *#stakes(): Generator<{ readonly id: InstrumentId; readonly size: bigint; readonly worth: bigint }> {
    const { state, instrument: instrumentOf, held, last, left, nowMs } = this.#of;
    const coming = { buy: new Map<InstrumentId, bigint>(), sell: new Map<InstrumentId, bigint>() };
    for (const [id, { sent, atMs }] of this.#entries) {
      const open = left(id, sent.instrument) ?? (nowMs() - atMs > arrivesWithinMs ? 0n : sent.quantity);
      if (open === 0n) this.#entries.delete(id);
      else coming[sent.side].set(sent.instrument, (coming[sent.side].get(sent.instrument) ?? 0n) + open);
    }
    for (const { id } of state().opening.instruments) {
      const now = held(id);
      const size = most(abs(now + (coming.buy.get(id) ?? 0n)), abs(now - (coming.sell.get(id) ?? 0n)));
      yield { id, size, worth: (last(id) * size * instrumentOf(id).multiplier) / one / one };
    }
  }
}
