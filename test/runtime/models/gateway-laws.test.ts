import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { asking, aGateway, question } from "./a-gateway.ts";
import { breaks, cut, fails, refusedConnection, refuses, says, type Step } from "./scripted-provider.ts";

/** Each law has been seen to fail: with the retry limit off by one, a deadline taken for each call, and a settlement left out after a timeout. */
const waits = fc.integer({ min: 0, max: 12_000 });
const step: fc.Arbitrary<Step> = fc.oneof(
  waits.map((ms) => says("{}", ms)),
  waits.map((ms) => says("hm", ms)),
  fc.constant(cut("{}")),
  fc.constant(refuses()),
  fc.constant(refusedConnection()),
  fc
    .record({ status: fc.constantFrom(400, 401, 404, 408, 409, 429, 500, 502, 503, 529), after: fc.option(waits, { nil: undefined }) })
    .map(({ status, after }) => fails(status, after)),
  fc.constantFrom("network", "bad_body", "no_key", "timed_out").map((why) => breaks(why)),
  fc.constantFrom<Step>("stall", "deaf", { afterMs: 5, reply: "throws" }),
);
const schedule = fc.record({
  steps: fc.array(step, { maxLength: 12 }),
  second: fc.array(step, { maxLength: 8 }),
  fallbacks: fc.constantFrom([], ["two/beta"], ["two/beta", "one/other"], ["three/none", "two/beta"]),
  retriesMax: fc.integer({ min: 0, max: 4 }),
  deadlineMs: fc.integer({ min: 1, max: 15_000 }),
  attemptMsMax: fc.option(fc.integer({ min: 1, max: 8_000 })),
  refusalFallsBack: fc.boolean(),
  requestsPerMinuteMax: fc.option(fc.integer({ min: 1, max: 5 })),
  callsMax: fc.oneof(fc.constant(Infinity), fc.integer({ min: 0, max: 6 })),
  questions: fc.integer({ min: 1, max: 4 }),
});

describe("whatever providers do, in 1,000 schedules", () => {
  it("calls, time and money keep within their bounds, and each reservation is closed once (MOD-3, MOD-6)", async () => {
    let [sent, timedOut, reAsked] = [0, 0, 0];
    await fc.assert(
      fc.asyncProperty(schedule, async ({ attemptMsMax, requestsPerMinuteMax, callsMax, questions, ...wish }) => {
        const { gateway, time, one, two, book } = aGateway({
          ...wish,
          ...(attemptMsMax === null ? {} : { attemptMsMax }),
          ...(requestsPerMinuteMax === null ? {} : { requestsPerMinuteMax }),
        });
        book.callsMax = callsMax;
        const asked = Array.from({ length: questions }, (_, n) => gateway.ask({ ...question, user: `${n}?` }, asking));
        const answers = await time.until(Promise.all(asked.map((answer) => Promise.resolve(answer))));
        const deadlineMs = Math.min(wish.deadlineMs, question.deadlineMs);
        const models = 1 + wish.fallbacks.length;
        for (const answer of answers) {
          const onWire = (answer.attempts ?? []).filter(({ latencyMs, cost, tokensIn }) => latencyMs > 0 || cost > 0n || tokensIn > 0);
          expect(onWire.length).toBeLessThanOrEqual(models * (wish.retriesMax + 1) + 1);
          expect(answer.attempts?.filter(({ why }) => why === "re_ask").length).toBeLessThanOrEqual(1);
          expect(answer.latencyMs).toBeLessThanOrEqual(deadlineMs);
          expect(answer.cost).toBe((answer.attempts ?? []).reduce((all, { cost }) => all + cost, 0n));
          if (answer.outcome === "ok") expect(answer.text).toMatch(/^\{/);
          else expect(answer.detail).not.toBe("");
          timedOut += answer.outcome === "timed_out" ? 1 : 0;
          reAsked += answer.attempts?.some(({ why }) => why === "re_ask") === true ? 1 : 0;
        }
        expect(time.elapsedMs).toBeLessThanOrEqual(deadlineMs);
        expect(book.faults).toEqual([]);
        expect(book.ends).not.toContain(undefined);
        expect(book.lines.size).toBe(one.asks.length + two.asks.length);
        expect(book.lines.size).toBeLessThanOrEqual(callsMax);
        // A call that never left, for want of a key or of a server, is not counted.
        const left = [...book.lines.values()].filter(({ by, end }) => by.provider === "one" && end === "settled");
        expect(left.length).toBeLessThanOrEqual(requestsPerMinuteMax ?? Infinity);
        const settled = [...book.lines.values()].reduce((all, { spent }) => all + (spent?.cost ?? 0n), 0n);
        expect(answers.reduce((all, { cost }) => all + cost, 0n)).toBe(settled);
        sent += book.lines.size;
      }),
      { seed: 20261121, numRuns: 1_000 },
    );
    // The schedules did what they are for.
    expect(sent).toBeGreaterThan(2_000);
    expect(timedOut).toBeGreaterThan(100);
    expect(reAsked).toBeGreaterThan(100);
  });
});
