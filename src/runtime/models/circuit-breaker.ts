import type { BreakerState } from "../../ports/model-watch.ts";

export type BreakerPolicy = {
  /** Failures in a row that open it. */
  readonly failuresMax: number;
  /** For how long nothing is let through before one call tries again. */
  readonly openMs: number;
};

/** `failed` is the provider's fault, `answered` shows that it is well, `neither` says nothing about it, as a refused key does. */
export type Health = "answered" | "failed" | "neither";

/** Ends one admitted call; the first word counts. */
export type Ticket = (health: Health, endedMs: number) => void;

/**
 * Stops calls to a provider that fails, and lets one call at a time try it again. It is our own and not cockatiel's since that reads
 * `Date.now`, which no test could move, and holds callers of a half-open circuit until its probe returns, past any deadline of theirs.
 */
export class CircuitBreaker {
  readonly #policy: BreakerPolicy;
  #failures = 0;
  #openedAtMs: number | undefined;
  #probing = false;
  /** Calls that were admitted before the last change of state say nothing about the state after it. */
  #era = 0;

  constructor(policy: BreakerPolicy) {
    this.#policy = policy;
  }

  state(nowMs: number): BreakerState {
    if (this.#openedAtMs === undefined) return "closed";
    return nowMs - this.#openedAtMs < this.#policy.openMs ? "open" : "half_open";
  }

  /** Whether a call would be let through now. */
  admits(nowMs: number): boolean {
    const state = this.state(nowMs);
    return state === "closed" || (state === "half_open" && !this.#probing);
  }

  /** Lets a call through, which must be ended with its ticket; undefined where it is not let through. */
  admit(nowMs: number): Ticket | undefined {
    if (!this.admits(nowMs)) return undefined;
    if (this.#openedAtMs !== undefined) this.#probing = true;
    const era = this.#era;
    let ended = false;
    return (health, endedMs) => {
      if (ended || era !== this.#era) return;
      ended = true;
      this.#ended(health, endedMs);
    };
  }

  #ended(health: Health, nowMs: number): void {
    const probe = this.#openedAtMs !== undefined;
    this.#probing = false;
    if (health === "neither") return;
    if (health === "answered") {
      this.#failures = 0;
      if (probe) this.#turn(undefined);
      return;
    }
    this.#failures++;
    if (probe || this.#failures >= this.#policy.failuresMax) this.#turn(nowMs);
  }

  #turn(openedAtMs: number | undefined): void {
    this.#openedAtMs = openedAtMs;
    this.#failures = 0;
    this.#era++;
  }
}
