import { venueOrderId, type VenueOrderId } from "../../words/ids.ts";
import type { Scene } from "./scene.ts";

/** The numbers of orders as they are shown: the exchange's own, until `id_rollback` starts them again and they repeat. */
export class VenueIds {
  readonly #scene: Scene;
  readonly #shown = new Map<VenueOrderId, VenueOrderId>();
  #last = 0;

  constructor(scene: Scene) {
    this.#scene = scene;
  }

  shown(id: VenueOrderId): VenueOrderId {
    const { dice } = this.#scene;
    const known = this.#shown.get(id);
    // Once shown a number stays, also after the faults have ended.
    if (known !== undefined) return known;
    if (!dice.has("id_rollback") && this.#shown.size === 0) return id;
    if (dice.falls("id_rollback") && this.#last > 0) {
      dice.happened("id_rollback");
      this.#last = 0;
    }
    this.#last += 1;
    const fresh = venueOrderId(`v${this.#last}`);
    this.#shown.set(id, fresh);
    return fresh;
  }
}
