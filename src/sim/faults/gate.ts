import { instantOfMs } from "../../words/instant.ts";
import type { Scene } from "./scene.ts";

export type TurnedAway = {
  readonly reason: "rate_limited" | "maintenance";
  /** Where the venue says until when. */
  readonly retryAt?: Temporal.Instant;
};

/** Whether a message gets as far as the exchange: `maintenance_reset` and `rate_limit`. */
export class Gate {
  readonly #scene: Scene;
  #shutUntilMs = -Infinity;
  #limitedUntilMs = -Infinity;
  /** A limit that nobody was told of can be run into; one that was told cannot. */
  #told = false;
  /** Messages sent before a `retryAt` that had been told. */
  violations = 0;

  constructor(scene: Scene) {
    this.#scene = scene;
  }

  get shut(): boolean {
    return this.#scene.nowMs() < this.#shutUntilMs;
  }

  shutUntil(atMs: number): void {
    this.#shutUntilMs = atMs;
  }

  /** A process that died before it wrote down what it was told has not been told. */
  forgotten(): void {
    this.#told = false;
  }

  open(): void {
    this.#shutUntilMs = -Infinity;
    this.#limitedUntilMs = -Infinity;
  }

  /** A read carries no `retryAt`, so a read that is turned away tells nobody. */
  turnsAway(says: "retry_at" | "nothing"): TurnedAway | undefined {
    const away = this.isAway(says);
    if (away !== undefined) return away;
    const { dice, nowMs } = this.#scene;
    if (!dice.falls("rate_limit")) return undefined;
    dice.happened("rate_limit");
    this.#limitedUntilMs = nowMs() + dice.delayMs("rate_limit");
    this.#told = false;
    return this.#limited(says);
  }

  /** The same for a message that weighs next to nothing: it is turned away with all others, and no limit begins with it. */
  isAway(says: "retry_at" | "nothing"): TurnedAway | undefined {
    const { dice, nowMs } = this.#scene;
    const now = nowMs();
    if (now < this.#limitedUntilMs) {
      if (this.#told) {
        this.violations += 1;
        this.#limitedUntilMs = Math.max(this.#limitedUntilMs, now + dice.terms.rate_limit.banMs);
      }
      return this.#limited(says);
    }
    return this.shut ? { reason: "maintenance" } : undefined;
  }

  #limited(says: "retry_at" | "nothing"): TurnedAway {
    if (says === "retry_at") this.#told = true;
    return { reason: "rate_limited", retryAt: instantOfMs(this.#limitedUntilMs) };
  }
}
