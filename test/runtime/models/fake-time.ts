import type { Sleep } from "../../../src/ports/sleep.ts";
import { ManualClock } from "../../../src/sim/manual-clock.ts";

type Timer = { readonly atMs: number; readonly wake: () => void };

/** Time that moves only when nothing else can happen, straight to the next timer. */
export class FakeTime {
  readonly clock = new ManualClock(Date.UTC(2026, 10, 21, 12));
  readonly startMs = this.clock.ms;
  /** How long each wait was, in the order in which they began. */
  readonly waits: number[] = [];
  #timers: Timer[] = [];

  readonly sleep: Sleep = (ms, signal) => {
    this.waits.push(ms);
    return this.wait(ms, signal);
  };

  /** A wait of the world's, which is not in `waits`. */
  wait(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const timer = { atMs: this.clock.ms + ms, wake: resolve };
      this.#timers.push(timer);
      signal?.addEventListener("abort", () => {
        this.#timers = this.#timers.filter((other) => other !== timer);
        resolve();
      });
    });
  }

  get elapsedMs(): number {
    return this.clock.ms - this.startMs;
  }

  /** Runs until the promise is settled. */
  async until<Value>(promise: Promise<Value>): Promise<Value> {
    let settled = false;
    promise.then(
      () => (settled = true),
      () => (settled = true),
    );
    for (;;) {
      // A macrotask later every promise that could move has moved.
      await new Promise((resolve) => setImmediate(resolve));
      if (settled) return promise;
      const [next] = this.#timers.toSorted((left, right) => left.atMs - right.atMs);
      if (next === undefined) throw new Error("nothing can happen any more, and the promise is not settled");
      this.#timers = this.#timers.filter((timer) => timer !== next);
      this.clock.moveTo(Math.max(this.clock.ms, next.atMs));
      next.wake();
    }
  }
}
