import type { Fill } from "../../flow/fills/fill.ts";
import type { Order } from "../../flow/orders/order.ts";
import type {
  CancelOutcome,
  PlaceOutcome,
  Read,
  Venue,
  VenueBalance,
  VenueOrder,
  VenuePayment,
  VenuePosition,
  VenueReport,
  VenueTime,
} from "../../ports/venue.ts";
import type { ClientOrderId, InstrumentId } from "../../words/ids.ts";
import type { SimVenue } from "../venue/sim-venue.ts";
import { Agenda } from "./agenda.ts";
import { Dice } from "./dice.ts";
import type { FaultName, Faults } from "./fault-names.ts";
import { Gate } from "./gate.ts";
import { Mishaps, type OnSplit } from "./mishaps.ts";
import { OrderEntry } from "./order-entry.ts";
import { Records } from "./records.ts";
import { Stream } from "./stream.ts";
import { VenueIds } from "./venue-ids.ts";
import { Visibility } from "./visibility.ts";
import { Stamps } from "./stamps.ts";
import { WrongClock } from "./wrong-clock.ts";

type FaultyVenueSettings = {
  readonly seed: string | number;
  /** Whole UTC milliseconds, never going back. */
  readonly nowMs: () => number;
  readonly faults: Faults;
  /** Stands on the wire: sees every order as it leaves, and then the answer that it got. */
  readonly onOrder?: (order: Order) => void;
  readonly onAnswer?: (order: Order, answer: PlaceOutcome) => void;
  /** Asked for where shares split: prices are in new shares from then on. */
  readonly onSplit?: OnSplit;
};

/**
 * A simulated venue as seen through a bad line, by named and seeded faults: the same seed, calls and clock give the same behaviour.
 * The exchange behind it stays exact and at hand as `truth`, the oracle, and its owner goes on driving its market. Time passes with
 * the clock, and is noticed at every call, `pending` and `drain` included.
 */
export class FaultyVenue implements Venue {
  readonly truth: SimVenue;
  readonly name: string;
  readonly able: Venue["able"];
  /** What its time and all its stamps are by. */
  readonly clock = new WrongClock();
  readonly #dice: Dice;
  readonly #agenda = new Agenda();
  readonly #gate: Gate;
  readonly #visibility: Visibility;
  readonly #stream: Stream;
  readonly #entry: OrderEntry;
  readonly #records: Records;
  readonly #mishaps: Mishaps;
  readonly #stamps = new Stamps(this.clock);
  readonly #nowMs: () => number;
  readonly #onOrder: FaultyVenueSettings["onOrder"];
  readonly #onAnswer: FaultyVenueSettings["onAnswer"];
  #lastMs: number;

  constructor(truth: SimVenue, { seed, nowMs, faults, onSplit, onOrder, onAnswer }: FaultyVenueSettings) {
    this.truth = truth;
    this.name = truth.name;
    this.able = truth.able;
    this.#dice = new Dice(seed, faults);
    const scene = { truth, dice: this.#dice, agenda: this.#agenda, nowMs: () => this.#agenda.runsAtMs ?? nowMs(), clock: this.clock };
    const gate = new Gate(scene);
    const ids = new VenueIds(scene);
    const visibility = new Visibility(scene);
    const stream = new Stream(scene, gate, ids);
    this.#gate = gate;
    this.#visibility = visibility;
    this.#stream = stream;
    this.#entry = new OrderEntry({ scene, gate, ids, stream, visibility });
    this.#records = new Records({ scene, gate, ids, visibility });
    this.#mishaps = new Mishaps(scene, gate, onSplit);
    this.#nowMs = nowMs;
    this.#onOrder = onOrder;
    this.#onAnswer = onAnswer;
    this.#lastMs = nowMs();
  }

  /** How often each fault has happened. */
  get fired(): Readonly<Record<FaultName, number>> {
    return this.#dice.fired;
  }

  /** Messages that were sent before a `retryAt` that the desk had been told. */
  get violations(): number {
    return this.#gate.violations;
  }

  /** The desk behind the line is another process now: a silence that was asked for has to be asked for again. */
  reconnected(): void {
    this.#gate.forgotten();
  }

  /** Ends all faults: what was held back comes out, what was on its way arrives, halts, auctions and bans are over. */
  off(): void {
    this.#pass();
    this.#dice.off();
    this.clock.set(this.#nowMs(), 0);
    this.#gate.open();
    this.#visibility.showAll();
    this.#agenda.finish();
    this.#stream.hear();
    this.#agenda.finish();
  }

  place(order: Order): PlaceOutcome {
    this.#pass();
    return this.#watched(order, () => this.#stamps.answer(this.#entry.place(order)));
  }

  cancel(id: ClientOrderId, instrument: InstrumentId): CancelOutcome {
    this.#pass();
    return this.#stamps.answer(this.#entry.cancel(id, instrument));
  }

  replace(id: ClientOrderId, order: Order): PlaceOutcome {
    this.#pass();
    return this.#watched(order, () => this.#stamps.answer(this.#entry.replace(id, order)));
  }

  find(id: ClientOrderId, instrument: InstrumentId): VenueOrder | "absent" | "unknown" {
    this.#pass();
    return this.#records.find(id, instrument);
  }

  openOrders(): Read<readonly VenueOrder[]> {
    this.#pass();
    return this.#records.openOrders();
  }

  conditionalOrders(): Read<readonly VenueOrder[]> {
    this.#pass();
    return this.#records.conditionalOrders();
  }

  executions(since: Temporal.Instant): Read<readonly Fill[]> {
    this.#pass();
    return this.#stamps.since(since, (from) => this.#records.executions(from), this.#stamps.fill);
  }

  payments(since: Temporal.Instant): Read<readonly VenuePayment[]> {
    this.#pass();
    return this.#stamps.since(since, (from) => this.#records.payments(from), this.#stamps.report);
  }

  positions(): Read<readonly VenuePosition[]> {
    this.#pass();
    return this.#records.positions();
  }

  balance(): Read<VenueBalance> {
    this.#pass();
    return this.#records.balance();
  }

  time(): Read<VenueTime> {
    this.#pass();
    return this.#records.time();
  }

  get pending(): boolean {
    this.#pass();
    return this.#stream.pending;
  }

  drain(): readonly VenueReport[] {
    this.#pass();
    return this.clock.isTrue ? this.#stream.drain() : this.#stream.drain().map(this.#stamps.report);
  }

  #watched(order: Order, send: () => PlaceOutcome): PlaceOutcome {
    this.#onOrder?.(order);
    const answer = send();
    this.#onAnswer?.(order, answer);
    return answer;
  }

  /** What has happened since the last call: the market's reports first, then what was due, then what befalls at this move of the clock. */
  #pass(): void {
    const now = this.#nowMs();
    this.#stream.hear();
    this.#agenda.runUntil(now);
    if (now > this.#lastMs) {
      this.#lastMs = now;
      this.#mishaps.befall();
    }
    this.#stream.hear();
    this.#records.remember();
  }
}
