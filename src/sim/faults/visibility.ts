import type { ClientOrderId } from "../../words/ids.ts";
import type { Scene } from "./scene.ts";

/** Orders that the venue's records do not show as they are: not yet, or no longer. */
export class Visibility {
  readonly #scene: Scene;
  readonly #hiddenUntilMs = new Map<ClientOrderId, number>();
  readonly #ending = new Set<ClientOrderId>();

  constructor(scene: Scene) {
    this.#scene = scene;
  }

  hide(id: ClientOrderId, untilMs: number): void {
    this.#hiddenUntilMs.set(id, untilMs);
  }

  isHidden(id: ClientOrderId): boolean {
    return this.#scene.nowMs() < (this.#hiddenUntilMs.get(id) ?? -Infinity);
  }

  showAll(): void {
    this.#hiddenUntilMs.clear();
  }

  /** Said to be cancelled, and not yet so. */
  ending(id: ClientOrderId): void {
    this.#ending.add(id);
  }

  isEnding(id: ClientOrderId): boolean {
    return this.#ending.has(id);
  }

  ended(id: ClientOrderId): void {
    this.#ending.delete(id);
  }
}
