import type { VenueReport } from "../../ports/venue.ts";
import type { ClientOrderId } from "../../words/ids.ts";
import { ticksOfPrice } from "../../words/price.ts";
import type { Gate } from "./gate.ts";
import type { Scene } from "./scene.ts";
import type { VenueIds } from "./venue-ids.ts";

const nothing: readonly VenueReport[] = Object.freeze([]);
type Accepted = Extract<VenueReport, { readonly kind: "accepted" }>;
type Filled = Extract<VenueReport, { readonly kind: "filled" }>;

/** How reports reach the desk: `duplicate_execution`, `dropped_report`, the late half of `fill_before_ack`, and what sets off `bust_and_correct`. */
export class Stream {
  readonly #scene: Scene;
  readonly #gate: Gate;
  readonly #ids: VenueIds;
  readonly #late = new Map<ClientOrderId, Accepted>();
  #told: VenueReport[] = [];

  constructor(scene: Scene, gate: Gate, ids: VenueIds) {
    this.#scene = scene;
    this.#gate = gate;
    this.#ids = ids;
  }

  get pending(): boolean {
    return this.#told.length > 0 && !this.#gate.shut;
  }

  drain(): readonly VenueReport[] {
    if (!this.pending) return nothing;
    const told = this.#told;
    this.#told = [];
    return told;
  }

  /** Takes over what the exchange has to say. */
  hear(): void {
    const { truth } = this.#scene;
    if (!truth.pending) return;
    for (const report of truth.drain()) {
      if (report.kind === "accepted") {
        if (!this.#late.has(report.order)) this.tell({ ...report, venueOrder: this.#ids.shown(report.venueOrder) });
      } else if (report.kind === "filled") this.#hearFill(report);
      else this.tell(report);
    }
  }

  /** Holds an acceptance back until the order's first fill has been told, or until `atMs`. */
  acceptLate(report: Accepted, atMs: number): void {
    this.#late.set(report.order, report);
    this.#scene.agenda.plan(atMs, true, () => this.#acceptNow(report.order));
  }

  tell(report: VenueReport): void {
    const { dice, agenda, nowMs } = this.#scene;
    this.#told.push(report);
    if (!dice.falls("duplicate_execution")) return;
    dice.happened("duplicate_execution");
    if (dice.streamOf("duplicate_execution").chance(0.5)) this.#told.push(report);
    else agenda.plan(nowMs() + dice.delayMs("duplicate_execution"), true, () => this.#told.push(report));
  }

  #hearFill(report: Filled): void {
    const { dice } = this.#scene;
    const { order } = report.fill;
    if (dice.falls("dropped_report")) dice.happened("dropped_report");
    else this.tell(report);
    if (order === undefined) return;
    this.#acceptNow(order);
    if (dice.falls("bust_and_correct")) this.#bustLater(report);
  }

  #acceptNow(order: ClientOrderId): void {
    const report = this.#late.get(order);
    if (report === undefined) return;
    this.#late.delete(order);
    this.tell(report);
  }

  #bustLater({ fill }: Filled): void {
    const { truth, dice, agenda, nowMs } = this.#scene;
    const random = dice.streamOf("bust_and_correct");
    const corrects = random.chance(0.5);
    const off = random.int(1, dice.terms.bust_and_correct.ticksMax) * (random.chance(0.5) ? 1 : -1);
    const instrument = truth.instruments.find(({ id }) => id === fill.instrument);
    if (instrument === undefined) return;
    const ticks = ticksOfPrice(fill.price, instrument.tick) + off;
    agenda.plan(nowMs() + dice.delayMs("bust_and_correct"), false, () => {
      const corrected = instrument.priceMayBeNegative ? ticks : Math.max(1, ticks);
      if (truth.bust(fill.execution, corrects ? corrected : undefined)) dice.happened("bust_and_correct");
    });
  }
}
