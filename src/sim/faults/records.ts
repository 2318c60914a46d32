import type { Fill } from "../../flow/fills/fill.ts";
import type { Read, VenueBalance, VenueOrder, VenuePayment, VenuePosition, VenueTime } from "../../ports/venue.ts";
import type { ClientOrderId, InstrumentId } from "../../words/ids.ts";
import { instantOfMs } from "../../words/instant.ts";
import type { Gate } from "./gate.ts";
import type { Scene } from "./scene.ts";
import type { VenueIds } from "./venue-ids.ts";
import type { Visibility } from "./visibility.ts";

const isLive = ({ state }: VenueOrder): boolean => state === "working" || state === "part_filled";

type Parts = { readonly scene: Scene; readonly gate: Gate; readonly ids: VenueIds; readonly visibility: Visibility };
type Seen = { readonly atMs: number; readonly positions: readonly VenuePosition[]; readonly balance: VenueBalance };

/** What the venue shows when it is asked: `late_visibility`, `hidden_conditionals`, `history_cap`, `position_lag`. */
export class Records {
  readonly #scene: Scene;
  readonly #parts: Parts;
  #seen: readonly Seen[] = [];

  constructor(parts: Parts) {
    this.#scene = parts.scene;
    this.#parts = parts;
  }

  find(id: ClientOrderId, instrument: InstrumentId): VenueOrder | "absent" | "unknown" {
    const { gate, visibility } = this.#parts;
    if (gate.turnsAway("nothing") !== undefined) return "unknown";
    const found = this.#scene.truth.find(id, instrument);
    if (found === "absent" || visibility.isHidden(id)) return "absent";
    const shown = this.#shown(found);
    return visibility.isEnding(id) && isLive(shown) ? { ...shown, state: "cancelled", conditional: false } : shown;
  }

  openOrders(): Read<readonly VenueOrder[]> {
    return this.#read(() => this.#listed(this.#scene.truth.openOrders()));
  }

  conditionalOrders(): Read<readonly VenueOrder[]> {
    return this.#read(() => {
      const { truth, dice } = this.#scene;
      const listed = this.#listed(truth.conditionalOrders());
      if (!dice.falls("hidden_conditionals") || listed.length === 0) return listed;
      dice.happened("hidden_conditionals");
      return [];
    });
  }

  executions(since: Temporal.Instant): Read<readonly Fill[]> {
    return this.#read(() => {
      const { truth, dice } = this.#scene;
      const { newest } = dice.terms.history_cap;
      const shown = truth.executions(since).filter(({ order }) => order === undefined || !this.#parts.visibility.isHidden(order));
      if (!dice.falls("history_cap") || shown.length <= newest) return shown;
      dice.happened("history_cap");
      return shown.slice(-newest);
    });
  }

  payments(since: Temporal.Instant): Read<readonly VenuePayment[]> {
    return this.#read(() => this.#scene.truth.payments(since));
  }

  positions(): Read<readonly VenuePosition[]> {
    return this.#read(() => this.#lagging()?.positions ?? this.#scene.truth.positions());
  }

  balance(): Read<VenueBalance> {
    return this.#read(() => this.#lagging()?.balance ?? this.#scene.truth.balance());
  }

  time(): Read<VenueTime> {
    const { clock, nowMs } = this.#scene;
    if (this.#parts.gate.isAway("nothing") !== undefined) return "unavailable";
    return { at: instantOfMs(clock.at(nowMs())), stepMs: 0 };
  }

  /** Keeps what is true now, for whom will be told it later. */
  remember(): void {
    const { truth, dice, nowMs } = this.#scene;
    if (!dice.has("position_lag")) return;
    const atMs = nowMs();
    const oldest = atMs - dice.terms.position_lag.msMax;
    const from = this.#seen.findLastIndex((seen) => seen.atMs <= oldest);
    const now = { atMs, positions: truth.positions(), balance: truth.balance() };
    this.#seen = [...this.#seen.slice(Math.max(0, from)).filter((seen) => seen.atMs < atMs), now];
  }

  #lagging(): Seen | undefined {
    const { dice, nowMs } = this.#scene;
    if (!dice.falls("position_lag")) return undefined;
    dice.happened("position_lag");
    const beforeMs = nowMs() - dice.delayMs("position_lag");
    return this.#seen.findLast(({ atMs }) => atMs <= beforeMs) ?? this.#seen[0];
  }

  #read<Value>(value: () => Value): Read<Value> {
    return this.#parts.gate.turnsAway("nothing") === undefined ? value() : "unavailable";
  }

  #listed(orders: readonly VenueOrder[]): readonly VenueOrder[] {
    const { visibility } = this.#parts;
    return orders.filter(({ id }) => !visibility.isHidden(id) && !visibility.isEnding(id)).map((order) => this.#shown(order));
  }

  #shown(order: VenueOrder): VenueOrder {
    return { ...order, venueOrder: this.#parts.ids.shown(order.venueOrder) };
  }
}
