import type { Fill } from "../../src/flow/fills/fill.ts";
import type { Order } from "../../src/flow/orders/order.ts";
import type { VenueBalance, VenueOrder, VenuePayment, VenuePosition, VenueReport, VenueTime } from "../../src/ports/venue.ts";
import type { CancelOutcome, PlaceOutcome } from "../../src/ports/venue.ts";
import type { VenueSettings } from "../../src/sim/venue/settings.ts";
import { SimVenue } from "../../src/sim/venue/sim-venue.ts";
import type { ClientOrderId, InstrumentId } from "../../src/words/ids.ts";
import type { Price } from "../../src/words/price.ts";
import type { Rate } from "../../src/words/rate.ts";
import type { KillPoint } from "./kill-points.ts";
import { call } from "./upstream.ts";

type Ordered = "place" | "cancel" | "replace";
type Asked = "find" | "openOrders" | "conditionalOrders" | "executions" | "payments" | "positions" | "balance" | "time" | "drain";
type Moved = "startAt" | "openBar" | "rangeBar" | "closeBar" | "setMark" | "fund";

/**
 * The simulated venue as the desk's process sees it: every call goes to the one in the parent, which outlives this process. While it
 * is `muted` the market's moves go nowhere: a new process plays the past to its own columns only.
 */
export class FarVenue extends SimVenue {
  muted = true;
  #pending = false;
  readonly #reach: (point: KillPoint) => void;

  constructor(settings: VenueSettings, reach: (point: KillPoint) => void) {
    super(settings);
    this.#reach = reach;
  }

  #ask<Method extends Asked>(method: Method, ...args: Parameters<SimVenue[Method]>): ReturnType<SimVenue[Method]> {
    const { value, pending } = call(method, args);
    this.#pending = pending;
    return value as ReturnType<SimVenue[Method]>;
  }

  /** What could make a position, or end its protection: here a process may die around the wire. */
  #order<Method extends Ordered>(method: Method, ...args: Parameters<SimVenue[Method]>): ReturnType<SimVenue[Method]> {
    this.#reach("before_send");
    const { value, pending } = call(method, args, () => this.#reach("before_answer"));
    this.#reach("before_journalled");
    this.#pending = pending;
    return value as ReturnType<SimVenue[Method]>;
  }

  #move<Method extends Moved>(method: Method, ...args: Parameters<SimVenue[Method]>): void {
    if (!this.muted) this.#pending = call(method, args).pending;
  }

  override place(order: Order): PlaceOutcome {
    return this.#order("place", order);
  }
  override cancel(id: ClientOrderId, instrument: InstrumentId): CancelOutcome {
    return this.#order("cancel", id, instrument);
  }
  override replace(id: ClientOrderId, order: Order): PlaceOutcome {
    return this.#order("replace", id, order);
  }
  override find(id: ClientOrderId, instrument: InstrumentId): VenueOrder | "absent" {
    return this.#ask("find", id, instrument);
  }
  override openOrders(): readonly VenueOrder[] {
    return this.#ask("openOrders");
  }
  override conditionalOrders(): readonly VenueOrder[] {
    return this.#ask("conditionalOrders");
  }
  override executions(since: Temporal.Instant): readonly Fill[] {
    return this.#ask("executions", since);
  }
  override payments(since: Temporal.Instant): readonly VenuePayment[] {
    return this.#ask("payments", since);
  }
  override positions(): readonly VenuePosition[] {
    return this.#ask("positions");
  }
  override balance(): VenueBalance {
    return this.#ask("balance");
  }
  override time(): VenueTime {
    return this.#ask("time");
  }
  override get pending(): boolean {
    return this.#pending;
  }
  override drain(): readonly VenueReport[] {
    return this.#ask("drain");
  }

  override startAt(epochMs: number): void {
    this.#move("startAt", epochMs);
  }
  override openBar(...bar: Parameters<SimVenue["openBar"]>): void {
    this.#move("openBar", ...bar);
  }
  /** What the far market has to do in a bar is known there alone: each is played phase by phase. */
  override passBar(): boolean {
    return false;
  }
  override rangeBar(index: number): void {
    this.#move("rangeBar", index);
  }
  override closeBar(index: number): void {
    this.#move("closeBar", index);
  }
  override setMark(index: number, price: Price, atMs: number): void {
    this.#move("setMark", index, price, atMs);
  }
  override fund(index: number, rate: Rate, atMs: number): void {
    this.#move("fund", index, rate, atMs);
  }
}
