import type { Order } from "../../flow/orders/order.ts";
import type { CancelOutcome, PlaceOutcome } from "../../ports/venue.ts";
import type { ClientOrderId, InstrumentId } from "../../words/ids.ts";
import { instantOfMs } from "../../words/instant.ts";
import type { Gate } from "./gate.ts";
import type { Scene } from "./scene.ts";
import type { Stream } from "./stream.ts";
import type { VenueIds } from "./venue-ids.ts";
import type { Visibility } from "./visibility.ts";

type Parts = {
  readonly scene: Scene;
  readonly gate: Gate;
  readonly ids: VenueIds;
  readonly stream: Stream;
  readonly visibility: Visibility;
};

/** Placing, replacing and cancelling, with the faults of the way there and back. */
export class OrderEntry {
  readonly #scene: Scene;
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#scene = parts.scene;
    this.#parts = parts;
  }

  place(order: Order): PlaceOutcome {
    return this.#turnedAway() ?? this.#send(order, () => this.#scene.truth.place(order));
  }

  replace(id: ClientOrderId, order: Order): PlaceOutcome {
    const away = this.#turnedAway();
    if (away !== undefined) return away;
    const { truth, dice } = this.#scene;
    if (this.#parts.visibility.isEnding(id)) return this.#rejected(`order ${id} is cancelled`);
    const send = (): PlaceOutcome => truth.replace(id, order);
    if (!dice.falls("replace_race")) return this.#send(order, send);
    const way = dice.streamOf("replace_race").pick(["lost", "late", "gone"]);
    if (way === "late") {
      dice.happened("replace_race");
      return this.#arriveLater(order, dice.delayMs("replace_race"), send);
    }
    if (way === "gone") {
      if (!truth.withdraw(id)) return this.#accepted(order, send());
      dice.happened("replace_race");
      return this.#rejected(`order ${id} was cancelled, and then its replacement was refused`);
    }
    const outcome = this.#accepted(order, send());
    if (outcome.kind !== "accepted") return outcome;
    dice.happened("replace_race");
    return this.#unanswered();
  }

  cancel(id: ClientOrderId, instrument: InstrumentId): CancelOutcome {
    const { gate, visibility } = this.#parts;
    const { truth, dice, agenda, nowMs } = this.#scene;
    const at = instantOfMs(nowMs());
    const away = gate.turnsAway("retry_at");
    if (away !== undefined)
      return away.reason === "maintenance" && dice.streamOf("maintenance_reset").chance(0.5)
        ? this.#unanswered()
        : { kind: "turned_away", ...away, at };
    if (visibility.isEnding(id)) return { kind: "too_late", state: "cancelled", at };
    const found = truth.find(id, instrument);
    const live = found !== "absent" && (found.state === "working" || found.state === "part_filled");
    if (dice.falls("fill_after_cancel") && live) {
      dice.happened("fill_after_cancel");
      visibility.ending(id);
      agenda.plan(nowMs() + dice.delayMs("fill_after_cancel"), true, () => {
        visibility.ended(id);
        truth.cancel(id, instrument);
      });
      return { kind: "cancelled", at };
    }
    const outcome = truth.cancel(id, instrument);
    if (!dice.falls("accept_then_timeout") || outcome.kind !== "cancelled") return outcome;
    dice.happened("accept_then_timeout");
    return this.#unanswered();
  }

  #send(order: Order, send: () => PlaceOutcome): PlaceOutcome {
    const { dice, nowMs } = this.#scene;
    // All are drawn for every order, so that which of them wins changes nothing for the next.
    const late = dice.falls("late_arrival");
    const silent = dice.falls("accept_then_timeout");
    const overtaken = dice.falls("fill_before_ack");
    if (late) {
      dice.happened("late_arrival");
      return this.#arriveLater(order, dice.delayMs("late_arrival"), send);
    }
    const outcome = this.#accepted(order, send());
    if (outcome.kind !== "accepted" || !(silent || overtaken)) return outcome;
    dice.happened(silent ? "accept_then_timeout" : "fill_before_ack");
    if (!silent) {
      const { venueOrder, at } = outcome;
      this.#parts.stream.acceptLate({ kind: "accepted", order: order.id, venueOrder, at }, nowMs() + dice.delayMs("fill_before_ack"));
    }
    return this.#unanswered();
  }

  /** The exchange's own outcome, in the numbers that are shown; an accepted order meets its later fate here. */
  #accepted(order: Order, outcome: PlaceOutcome): PlaceOutcome {
    if (outcome.kind !== "accepted") return outcome;
    const { truth, dice, agenda, nowMs } = this.#scene;
    const { ids, visibility } = this.#parts;
    if (dice.falls("late_visibility")) {
      dice.happened("late_visibility");
      visibility.hide(order.id, nowMs() + dice.delayMs("late_visibility"));
    }
    if (dice.falls("self_cancel"))
      agenda.plan(nowMs() + dice.delayMs("self_cancel"), false, () => {
        if (truth.withdraw(order.id)) dice.happened("self_cancel");
      });
    return { ...outcome, venueOrder: ids.shown(outcome.venueOrder) };
  }

  #arriveLater(order: Order, delayMs: number, send: () => PlaceOutcome): PlaceOutcome {
    const { agenda, nowMs } = this.#scene;
    agenda.plan(nowMs() + delayMs, true, () => {
      const outcome = this.#accepted(order, send());
      // The same id sent again meanwhile is the order that lives; to report it rejected would be about the wrong one.
      if (outcome.kind === "rejected" && outcome.reason !== "duplicate_id")
        this.#parts.stream.tell({ kind: "rejected", order: order.id, reason: outcome.reason, detail: outcome.detail, at: outcome.at });
    });
    return this.#unanswered();
  }

  #turnedAway(): PlaceOutcome | undefined {
    const away = this.#parts.gate.turnsAway("retry_at");
    if (away === undefined) return undefined;
    const { dice, nowMs } = this.#scene;
    if (away.reason === "maintenance" && dice.streamOf("maintenance_reset").chance(0.5)) return this.#unanswered();
    const detail = away.reason === "maintenance" ? "closed for maintenance" : "too many requests";
    return { kind: "rejected", ...away, detail, at: instantOfMs(nowMs()) };
  }

  #unanswered(): { readonly kind: "unknown"; readonly detail: string; readonly at: Temporal.Instant } {
    return { kind: "unknown", detail: "no answer", at: instantOfMs(this.#scene.nowMs()) };
  }

  #rejected(detail: string): PlaceOutcome {
    return { kind: "rejected", reason: "other", detail, at: instantOfMs(this.#scene.nowMs()) };
  }
}
