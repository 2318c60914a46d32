import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CircuitBreaker, type Health } from "../../../src/runtime/models/circuit-breaker.ts";

const policy = { failuresMax: 3, openMs: 1_000 };

/** Words: `f` a call failed, `a` one was answered, `n` neither; a number is a wait in milliseconds. */
function after(...words: readonly (Health | number)[]) {
  const breaker = new CircuitBreaker(policy);
  let ms = 0;
  for (const word of words) {
    if (typeof word === "number") ms += word;
    else breaker.admit(ms)?.(word, ms);
  }
  return breaker.state(ms);
}

describe("a circuit breaker (MOD-3)", () => {
  it.each([
    ["closed", "two failures are not three", ["failed", "failed"]],
    ["open", "three in a row are", ["failed", "failed", "failed"]],
    ["closed", "an answer between them breaks the row", ["failed", "failed", "answered", "failed", "failed"]],
    ["open", "what is neither does not", ["failed", "failed", "neither", "failed"]],
    ["open", "until its time is over", ["failed", "failed", "failed", 999]],
    ["half_open", "then one may try", ["failed", "failed", "failed", 1_000]],
    ["closed", "an answer closes it", ["failed", "failed", "failed", 1_000, "answered"]],
    ["open", "one failure opens it again", ["failed", "failed", "failed", 1_000, "failed"]],
    ["half_open", "a probe that says nothing leaves it to the next", ["failed", "failed", "failed", 1_000, "neither"]],
    ["closed", "which is let through", ["failed", "failed", "failed", 1_000, "neither", "answered"]],
    ["closed", "failures before do not count after", ["failed", "failed", "failed", 1_000, "answered", "failed", "failed"]],
  ] as const)("is %s: %s", (state, _because, words) => {
    expect(after(...words)).toBe(state);
  });

  it("a call that began before it opened says nothing about the state after it", () => {
    const breaker = new CircuitBreaker(policy);
    const early = [1, 2, 3, 4, 5].map(() => breaker.admit(0));
    for (const ended of early.slice(0, 3)) ended?.("failed", 10);
    expect(breaker.state(10)).toBe("open");
    early[3]?.("answered", 11);
    expect(breaker.state(11)).toBe("open");
    const probe = breaker.admit(1_010);
    early[4]?.("failed", 1_011);
    expect(breaker.state(1_011)).toBe("half_open");
    probe?.("answered", 1_012);
    expect(breaker.state(1_012)).toBe("closed");
  });

  it("lets nothing through while open, and one call at a time while half open", () => {
    const call = fc.record({
      waitMs: fc.integer({ min: 0, max: 700 }),
      tookMs: fc.integer({ min: 0, max: 1_500 }),
      health: fc.constantFrom<Health>("answered", "failed", "neither"),
    });
    fc.assert(
      fc.property(fc.array(call, { maxLength: 40 }), (calls) => {
        const breaker = new CircuitBreaker(policy);
        let ms = 0;
        let under: { endMs: number; health: Health; probe: boolean; end: (health: Health, ms: number) => void }[] = [];
        for (const { waitMs, tookMs, health } of calls) {
          ms += waitMs;
          for (const each of under.filter(({ endMs }) => endMs <= ms)) each.end(each.health, each.endMs);
          under = under.filter(({ endMs }) => endMs > ms);
          const state = breaker.state(ms);
          const end = breaker.admit(ms);
          if (state === "open") expect(end).toBeUndefined();
          if (state === "closed") expect(end).toBeDefined();
          if (state === "half_open" && end !== undefined) expect(under.some(({ probe }) => probe)).toBe(false);
          if (end !== undefined) under.push({ endMs: ms + tookMs, health, probe: state === "half_open", end });
        }
      }),
      { seed: 20261121, numRuns: 500 },
    );
  });
});
