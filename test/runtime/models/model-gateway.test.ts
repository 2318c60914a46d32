import { describe, expect, it } from "vitest";
import type { ModelAnswer } from "../../../src/flow/proposals/question.ts";
import { formatExact } from "../../../src/words/exact.ts";
import { money } from "../../../src/words/money.ts";
import { able, aGateway, asking, price, question, type Wish } from "./a-gateway.ts";
import { breaks, cut, fails, refusedConnection, refuses, says } from "./scripted-provider.ts";

type Row = {
  readonly what: string;
  readonly because: string;
  readonly wish: Wish;
  /** Outcome, why and outcome of each attempt, when each call left, and how each reservation ended. */
  readonly outcome: ModelAnswer["outcome"];
  readonly tried: readonly string[];
  readonly sentAtMs: readonly number[];
  readonly ends?: readonly string[];
  readonly tookMs: number;
};

const table: readonly Row[] = [
  {
    what: "an answer that reads",
    because: "it is the answer",
    wish: { steps: [says("{}")] },
    outcome: "ok",
    tried: ["one first ok"],
    sentAtMs: [0],
    tookMs: 10,
  },
  {
    what: "a malformed answer",
    because: "it is asked for once more with what was wrong",
    wish: { steps: [says("hm"), says("{}")] },
    outcome: "ok",
    tried: ["one first malformed", "one re_ask ok"],
    sentAtMs: [0, 10],
    tookMs: 20,
  },
  {
    what: "an answer that is malformed twice",
    because: "no model is asked a third time",
    wish: { steps: [says("hm"), says("hm")] },
    outcome: "malformed",
    tried: ["one first malformed", "one re_ask malformed"],
    sentAtMs: [0, 10],
    tookMs: 20,
  },
  {
    what: "a cut answer",
    because: "half an answer is none, though it may read",
    wish: { steps: [cut("{}"), cut("{}")] },
    outcome: "malformed",
    tried: ["one first malformed", "one re_ask malformed"],
    sentAtMs: [0, 10],
    tookMs: 20,
  },
  {
    what: "malformed twice with a fallback",
    because: "another model may do better, and is asked the question as it was",
    wish: { steps: [says("hm"), says("hm")], second: [says("{}")], fallbacks: ["two/beta"] },
    outcome: "ok",
    tried: ["one first malformed", "one re_ask malformed", "two fallback ok"],
    sentAtMs: [0, 10, 20],
    tookMs: 30,
  },
  {
    what: "a fallback that is malformed too",
    because: "there is one re-ask for all models",
    wish: { steps: [says("hm"), says("hm")], second: [says("hm")], fallbacks: ["two/beta"] },
    outcome: "malformed",
    tried: ["one first malformed", "one re_ask malformed", "two fallback malformed"],
    sentAtMs: [0, 10, 20],
    tookMs: 30,
  },
  {
    what: "a refusal",
    because: "it is an answer",
    wish: { steps: [refuses()], second: [says("{}")], fallbacks: ["two/beta"] },
    outcome: "refused",
    tried: ["one first refused"],
    sentAtMs: [0],
    tookMs: 10,
  },
  {
    what: "a refusal where the role falls back",
    because: "the configuration says so",
    wish: { steps: [refuses()], second: [says("{}")], fallbacks: ["two/beta"], refusalFallsBack: true },
    outcome: "ok",
    tried: ["one first refused", "two fallback ok"],
    sentAtMs: [0, 10],
    tookMs: 20,
  },
  {
    what: "a 500 that passes",
    because: "waits double, and half of each is drawn here",
    wish: { steps: [fails(500), fails(502), says("{}")] },
    outcome: "ok",
    tried: ["one first provider_error", "one retry provider_error", "one retry ok"],
    sentAtMs: [0, 510, 1_520],
    tookMs: 1_530,
  },
  {
    what: "a 500 that stays",
    because: "two retries are all that the role has",
    wish: { steps: [fails(500), fails(500), fails(500)] },
    outcome: "provider_error",
    tried: ["one first provider_error", "one retry provider_error", "one retry provider_error"],
    sentAtMs: [0, 510, 1_520],
    tookMs: 1_530,
  },
  {
    what: "a broken connection",
    because: "networks recover",
    wish: { steps: [breaks("network"), says("{}")] },
    outcome: "ok",
    tried: ["one first provider_error", "one retry ok"],
    sentAtMs: [0, 510],
    tookMs: 520,
  },
  ...[400, 401, 402, 403, 404, 422].map((status): Row => ({
    what: `a ${status}`,
    because: "the same call would fail the same way",
    wish: { steps: [fails(status), says("{}")] },
    outcome: "provider_error",
    tried: ["one first provider_error"],
    sentAtMs: [0],
    tookMs: 10,
  })),
  ...[408, 409, 429, 500, 503, 529].map((status): Row => ({
    what: `a ${status}`,
    because: "it may pass",
    wish: { steps: [fails(status), says("{}")] },
    outcome: "ok",
    tried: ["one first provider_error", "one retry ok"],
    sentAtMs: [0, 510],
    tookMs: 520,
  })),
  {
    what: "a 429 with a Retry-After that fits",
    because: "the provider knows best how long",
    wish: { steps: [fails(429, 4_000), says("{}")] },
    outcome: "ok",
    tried: ["one first provider_error", "one retry ok"],
    sentAtMs: [0, 4_010],
    tookMs: 4_020,
  },
  {
    what: "a 429 with a Retry-After beyond the deadline",
    because: "waiting for it would be for nothing, and another model is free",
    wish: { steps: [fails(429, 60_000)], second: [says("{}")], fallbacks: ["two/beta"] },
    outcome: "ok",
    tried: ["one first provider_error", "two fallback ok"],
    sentAtMs: [0, 10],
    tookMs: 20,
  },
  {
    what: "a stall",
    because: "the deadline is the question's, the nearer of the two",
    wish: { steps: ["stall"] },
    outcome: "timed_out",
    tried: ["one first timed_out"],
    sentAtMs: [0],
    tookMs: 10_000,
  },
  {
    what: "a stall that does not end when told to",
    because: "nobody waits for it",
    wish: { steps: ["deaf"] },
    outcome: "timed_out",
    tried: ["one first timed_out"],
    sentAtMs: [0],
    tookMs: 10_000,
  },
  {
    what: "a stall with a limit of its own",
    because: "it must not use up what a fallback needs",
    wish: { steps: ["stall"], second: [says("{}")], fallbacks: ["two/beta"], attemptMsMax: 3_000 },
    outcome: "ok",
    tried: ["one first timed_out", "two fallback ok"],
    sentAtMs: [0, 3_000],
    tookMs: 3_010,
  },
  {
    what: "a stall after a malformed answer",
    because: "one deadline holds for the re-ask too",
    wish: { steps: [says("hm", 6_000), "stall"] },
    outcome: "timed_out",
    tried: ["one first malformed", "one re_ask timed_out"],
    sentAtMs: [0, 6_000],
    tookMs: 10_000,
  },
  {
    what: "a page instead of an answer",
    because: "it is no network fault",
    wish: { steps: [breaks("bad_body", true)] },
    outcome: "provider_error",
    tried: ["one first provider_error"],
    sentAtMs: [0],
    tookMs: 10,
  },
  {
    what: "a missing key",
    because: "nothing left, so nothing is spent",
    wish: { steps: [breaks("no_key")], second: [says("{}")], fallbacks: ["two/beta"] },
    outcome: "ok",
    tried: ["one first provider_error", "two fallback ok"],
    sentAtMs: [0, 10],
    ends: ["released", "settled"],
    tookMs: 20,
  },
  {
    what: "a refused connection",
    because: "it may pass, and nobody can bill what nobody saw",
    wish: { steps: [refusedConnection(), says("{}")] },
    outcome: "ok",
    tried: ["one first provider_error", "one retry ok"],
    sentAtMs: [0, 501],
    ends: ["released", "settled"],
    tookMs: 511,
  },
  {
    what: "an adapter that throws",
    because: "its bug is not the desk's",
    wish: { steps: [{ afterMs: 10, reply: "throws" }] },
    outcome: "provider_error",
    tried: ["one first provider_error"],
    sentAtMs: [0],
    tookMs: 10,
  },
  {
    what: "the house as a fallback",
    because: "it always answers and costs nothing",
    wish: { steps: [fails(401)], fallbacks: ["house/perps-1"] },
    outcome: "ok",
    tried: ["one first provider_error", "house fallback ok"],
    sentAtMs: [0],
    tookMs: 10,
  },
  {
    what: "a fallback that is the primary",
    because: "it was asked already",
    wish: { steps: [fails(401)], fallbacks: ["one/alpha"] },
    outcome: "provider_error",
    tried: ["one first provider_error"],
    sentAtMs: [0],
    tookMs: 10,
  },
  {
    what: "a fallback of a provider that is not there",
    because: "the next may be",
    wish: { steps: [fails(401)], second: [says("{}")], fallbacks: ["three/gamma", "two/beta"] },
    outcome: "ok",
    tried: ["one first provider_error", "three fallback provider_error", "two fallback ok"],
    sentAtMs: [0, 10],
    tookMs: 20,
  },
];

describe("what happens to a question (MOD-2, MOD-3)", () => {
  it.each(table)("$what: $outcome, because $because", async ({ wish, outcome, tried, sentAtMs, ends, tookMs }) => {
    const { ask, one, two, book, time } = aGateway(wish);
    const answer = await ask();
    expect(answer.outcome).toBe(outcome);
    expect(answer.attempts?.map(({ provider, why, outcome: each }) => `${provider} ${why} ${each}`)).toEqual(tried);
    expect([...one.sentAtMs, ...two.sentAtMs]).toEqual(sentAtMs);
    expect(book.ends).toEqual(ends ?? sentAtMs.map(() => "settled"));
    expect(book.faults).toEqual([]);
    expect(answer.latencyMs).toBe(tookMs);
    expect(time.elapsedMs).toBe(tookMs);
  });

  it("a re-ask has the same system text and the issue at the end of the user text; a fallback has the question as it was", async () => {
    const { ask, one, two } = aGateway({ steps: [says("hm"), says("hm")], second: [says("{}")], fallbacks: ["two/beta"] });
    await ask();
    expect(one.asks.map(({ system }) => system)).toEqual([question.system, question.system]);
    expect(one.asks[1]?.user.startsWith(question.user)).toBe(true);
    expect(one.asks[1]?.user).toContain("not_json: no object in hm");
    expect(two.asks[0]).toMatchObject({ model: "beta", user: question.user });
  });

  it("a deadline ends the call itself", async () => {
    const { ask, one } = aGateway({ steps: ["stall"] });
    await ask();
    expect(one.signals.map(({ aborted }) => aborted)).toEqual([true]);
    const { ask: again, one: other } = aGateway({ steps: [says("{}")] });
    await again();
    expect(other.signals.map(({ aborted }) => aborted)).toEqual([false]);
  });

  it("what an adapter throws is not shown: it may quote a header (LINE-9)", async () => {
    const { ask } = aGateway({ steps: [{ afterMs: 10, reply: "throws" }] });
    expect(JSON.stringify((await ask()).attempts?.map(({ detail }) => detail))).toMatch(/threw TypeError(?!.*sk-secret)/);
  });

  it("the house answers at once, without wire and money", () => {
    const { gateway, book } = aGateway({});
    expect(gateway.ask({ ...question, model: "house/perps-1" }, asking)).toMatchObject({ outcome: "ok", text: "{house}" });
    expect(book.lines.size).toBe(0);
  });

  it("sums all attempts, and says what each used", async () => {
    const { ask } = aGateway({ steps: [says("hm"), says("{}")] });
    const answer = await ask();
    expect(answer).toMatchObject({ tokensIn: 200, tokensOut: 40, costBy: "prices" });
    // 100 tokens at 2 and 20 at 10 dollars a million, twice.
    expect(formatExact(answer.cost)).toBe("0.0008");
  });
});

describe("what a model does not take is not sent (MOD-1)", () => {
  const wish = { steps: [says("{}")], temperature: 0.2, seed: 7, effort: "high" as const };

  it("what it takes is", async () => {
    const { ask, one, notices } = aGateway({ ...wish, effort: "low" });
    await ask();
    expect(one.asks[0]).toMatchObject({ model: "alpha", temperature: 0.2, seed: 7, effort: "low", outputTokensMax: 1_000 });
    expect(notices).toEqual([]);
  });

  it("an effort that it does not know, a temperature and a seed that it refuses stay here", async () => {
    const { ask, one } = aGateway({
      ...wish,
      parts: { capabilityOf: () => ({ ...able, temperature: false, seed: false, outputTokensMax: 500 }) },
    });
    await ask();
    expect(Object.keys(one.asks[0] ?? {})).toEqual(["model", "system", "user", "schema", "outputTokensMax"]);
    expect(one.asks[0]?.outputTokensMax).toBe(500);
  });

  it("of an unknown model it is said once that it is one", async () => {
    const { ask, notices } = aGateway({ steps: [says("{}"), says("{}")], parts: { capabilityOf: () => ({ ...able, known: false }) } });
    await ask();
    await ask();
    expect(notices).toEqual(["one/alpha is not a known model: it is sent only what every model takes"]);
  });
});

describe("money (MOD-6)", () => {
  it("a worst case is reserved: the prompt's bytes, the schema, what is around, and the longest answer", async () => {
    const { ask, book } = aGateway({ steps: [says("{}")] });
    await ask();
    const [line] = [...book.lines.values()];
    const bytes = Buffer.byteLength(question.system + question.user + JSON.stringify(question.schema.json) + question.schema.name);
    expect(line?.worst.tokensIn).toBe(bytes + 1_024);
    expect(line?.worst.tokensOut).toBe(1_000);
    expect(line?.worst.cost).toBe(money("0.000002") * BigInt(bytes + 1_024) + money("0.01"));
    expect(line?.by).toMatchObject({
      account: "paper",
      desk: "perps",
      correlation: "scan-1",
      role: "trader",
      provider: "one",
      model: "alpha",
    });
  });

  it("the provider's own figure comes before the price table's", async () => {
    const usage = { tokensIn: 1, tokensCached: 0, tokensOut: 1, tokensReasoning: 0 };
    const { ask } = aGateway({ steps: [{ afterMs: 1, reply: { kind: "text", text: "{}", cut: false, usage, cost: money("0.0007") } }] });
    expect(await ask()).toMatchObject({ cost: money("0.0007"), costBy: "provider" });
  });

  it.each([
    ["a stall", "stall", "worst"],
    ["a broken connection", breaks("network", false), "worst"],
    ["a page", breaks("bad_body"), "worst"],
    ["a 500", fails(500), "worst"],
    ["a 408", fails(408), "worst"],
    ["a 400", fails(400), "free"],
    ["a 429", fails(429), "free"],
    ["a 503", fails(503), "free"],
    ["a 529", fails(529), "free"],
  ] as const)("%s is charged as %s", async (_what, step, charged) => {
    const { ask, book } = aGateway({ steps: [step], retriesMax: 0 });
    const answer = await ask();
    const [line] = [...book.lines.values()];
    expect(line?.spent?.cost).toBe(charged === "worst" ? line?.worst.cost : 0n);
    expect(answer.cost).toBe(line?.spent?.cost);
    expect(answer.costBy).toBe(charged === "worst" ? "prices" : "free");
  });

  it("over budget nothing leaves, and a later refusal does not hide how the last call ended", async () => {
    const { ask, one, book } = aGateway({ steps: [says("hm"), says("{}")] });
    book.callsMax = 1;
    expect(await ask()).toMatchObject({
      outcome: "malformed",
      detail: "one/alpha: not_json: no object in hm; then one/alpha: callsPerScanMax: that was enough",
    });
    expect(await ask({ user: "And now?" })).toMatchObject({
      outcome: "over_budget",
      detail: "one/alpha: callsPerScanMax: that was enough",
      cost: 0n,
    });
    expect(one.asks).toHaveLength(1);
  });

  it("where a cap has less left than the bytes would cost, a prompt for OpenAI is counted, and others are not", async () => {
    const longest = money("0.0101");
    const user = "hello world ".repeat(100);
    for (const [kind, outcome] of [
      ["openai", "ok"],
      ["anthropic", "over_budget"],
    ] as const) {
      const { ask, book } = aGateway({ steps: [says("{}")], kind, outputTokensMax: 900 });
      book.costMax = longest;
      expect((await ask({ user })).outcome).toBe(outcome);
      if (kind === "openai") expect([...book.lines.values()][0]?.worst.tokensIn).toBeLessThan(user.length / 2);
    }
  });

  it("a model without a price is reserved without one, counted as free where that is allowed, and named once", async () => {
    const { ask, book, notices } = aGateway({ steps: [says("{}"), says("{}")], parts: { priceOf: () => undefined } });
    expect(await ask()).toMatchObject({ outcome: "ok", cost: 0n, costBy: "free", tokensIn: 100 });
    await ask({ user: "And now?" });
    expect([...book.lines.values()].map(({ worst }) => worst.cost)).toEqual([undefined, undefined]);
    expect(notices).toEqual([
      "no price is known of one/alpha: without a money cap its calls count as free, with one they are refused; models.prices sets one",
    ]);
  });

  it("a provider that is off all night costs nothing, and is still left alone between the trials", async () => {
    const { ask, one, book, time } = aGateway({ steps: Array.from({ length: 2_000 }, refusedConnection) });
    for (let hour = 0; hour < 8; hour++) {
      for (let n = 0; n < 20; n++) {
        const answer = await ask({ user: `${hour} ${n}` });
        expect(answer).toMatchObject({ outcome: "provider_error", cost: 0n, costBy: "free", tokensIn: 0, tokensOut: 0 });
      }
      await time.until(time.wait(3_600_000));
    }
    expect(one.asks.length).toBeGreaterThan(8);
    expect(one.asks.length).toBeLessThan(160);
    expect(new Set(book.ends)).toEqual(new Set(["released"]));
    expect(book.faults).toEqual([]);
  });

  it("who says that nothing was sent and shows a bill all the same is charged", async () => {
    const usage = { tokensIn: 100, tokensCached: 0, tokensOut: 20, tokensReasoning: 0 };
    const reply = { kind: "failed", why: "bad_body", retryable: false, detail: "odd", sent: false, usage } as const;
    const { ask, book } = aGateway({ steps: [{ afterMs: 1, reply }] });
    expect(formatExact((await ask()).cost)).toBe("0.0004");
    expect(book.ends).toEqual(["settled"]);
  });

  it("an answer that does not say what it used is charged at the worst case, and the attempt says so; the model is not told", async () => {
    const usage = { tokensIn: 0, tokensCached: 0, tokensOut: 0, tokensReasoning: 0 };
    const silent = (text: string) => ({ afterMs: 1, reply: { kind: "text", text, cut: false, usage } as const });
    const { ask, one, book } = aGateway({ steps: [silent("hm"), silent("{}")] });
    const answer = await ask();
    const assumed = "the server does not say what it used: charged at its worst case";
    expect(answer.attempts?.map(({ detail }) => detail)).toEqual([`not_json: no object in hm; ${assumed}`, assumed]);
    expect([...book.lines.values()].map(({ spent, worst }) => spent?.cost === worst.cost)).toEqual([true, true]);
    expect(one.asks[1]?.user).not.toContain(assumed);
  });

  it("a price that is a third party's copy is used, and named once with where it is from", async () => {
    const copied = { ...price, basis: "third_party_copy", source: "https://example.com/prices" } as const;
    const { ask, notices } = aGateway({ steps: [says("{}"), says("{}")], parts: { priceOf: () => copied } });
    expect(await ask()).toMatchObject({ costBy: "prices" });
    await ask({ user: "And now?" });
    expect(notices).toEqual([
      "the price of one/alpha is a third party's copy (https://example.com/prices): models.prices sets one that you have checked",
    ]);
  });

  it("a prompt whose bytes pass the length of a known price is counted where it can be, and else has no price", async () => {
    const user = "hello world ".repeat(100);
    for (const [kind, cost] of [
      ["openai", true],
      ["anthropic", false],
    ] as const) {
      const { ask, book } = aGateway({ steps: [says("{}")], kind, parts: { priceOf: () => ({ ...price, promptTokensMax: 600 }) } });
      book.needsPrice = true;
      expect((await ask({ user })).outcome).toBe(cost ? "ok" : "over_budget");
      expect([...book.lines.values()].map(({ worst }) => worst.cost !== undefined)).toEqual(cost ? [true] : []);
    }
  });

  it("the same question of the same decision has the same call ids, another question others", async () => {
    const ids = async (of: object) => {
      const { ask, book } = aGateway({ steps: [says("hm"), says("{}")] });
      await ask(of);
      return [...book.lines.keys()];
    };
    const [first, second] = [await ids({}), await ids({ user: "And now?" })];
    expect(await ids({})).toEqual(first);
    expect(first[0]).toMatch(/^paper\/scan-1\/trader\/[0-9a-f]{12}\/0$/);
    expect(new Set([...first, ...second]).size).toBe(4);
  });

  it("the same question asked twice at once is two calls with two reservations", async () => {
    const { gateway, book, time } = aGateway({ steps: [says("{}"), says("{}")] });
    await time.until(Promise.all([gateway.ask(question, asking), gateway.ask(question, asking)]));
    expect(book.ends).toEqual(["settled", "settled"]);
    expect(book.faults).toEqual([]);
  });

  it("a ledger that can write no settlement does not lose the answer", async () => {
    const { ask, book, notices } = aGateway({ steps: [says("{}")] });
    book.settle = () => {
      throw new Error("no space left");
    };
    expect((await ask()).outcome).toBe("ok");
    expect(notices).toEqual(["the spend ledger could not be written: no space left"]);
  });
});

describe("a provider's guards", () => {
  it("after three failures in a row it is left alone, then one call tries it, and its answer lets all through (MOD-3)", async () => {
    const { ask, one, time } = aGateway({ steps: [fails(500), fails(500), fails(500), says("{}"), says("{}")], retriesMax: 0 });
    for (let n = 0; n < 3; n++) await ask();
    expect(await ask()).toMatchObject({
      outcome: "provider_error",
      detail: "one/alpha: one is left alone for a while, since its last calls failed",
    });
    expect(one.asks).toHaveLength(3);
    await time.until(time.wait(30_000));
    expect((await ask()).outcome).toBe("ok");
    expect((await ask()).outcome).toBe("ok");
  });

  it("while one call tries it, others are held back, and its failure leaves it alone again", async () => {
    const { gateway, ask, one, time } = aGateway({ steps: [fails(500), fails(500), fails(500), fails(500), says("{}")], retriesMax: 0 });
    for (let n = 0; n < 3; n++) await ask();
    await time.until(time.wait(30_000));
    const both = await time.until(Promise.all([gateway.ask(question, asking), gateway.ask({ ...question, user: "And now?" }, asking)]));
    expect(both.map(({ outcome }) => outcome)).toEqual(["provider_error", "provider_error"]);
    expect(one.asks).toHaveLength(4);
    expect((await ask()).attempts?.[0]?.detail).toContain("left alone");
  });

  it.each([400, 401, 402, 404, 429])("a %s is no sign of a provider that is down", async (status) => {
    const { ask, one } = aGateway({ steps: [...Array.from({ length: 9 }, () => fails(status)), says("{}")], retriesMax: 0 });
    for (let n = 0; n < 9; n++) await ask();
    expect((await ask()).outcome).toBe("ok");
    expect(one.asks).toHaveLength(10);
  });

  it("calls a minute: the third of an account waits where its deadline allows, and another account does not", async () => {
    const steps = Array.from({ length: 5 }, () => says("{}"));
    const { ask, one, time } = aGateway({ steps, requestsPerMinuteMax: 2 });
    const patient = { deadlineMs: 20_000 };
    await ask();
    await ask({}, { correlation: "scan-2" as typeof asking.correlation });
    const late = await ask(patient, { correlation: "scan-3" as typeof asking.correlation });
    expect(late).toMatchObject({ outcome: "over_budget" });
    expect(late.outcome !== "ok" && late.detail).toMatch(
      /requestsPerMinuteMax 2 of one: the next call may leave in 59980 ms, which the deadline/,
    );
    expect((await ask({}, { account: "other" as typeof asking.account })).outcome).toBe("ok");
    await time.until(time.wait(45_000));
    expect((await ask()).outcome).toBe("over_budget");
    expect((await ask(patient)).outcome).toBe("ok");
    expect(one.sentAtMs.at(-1)).toBe(60_000);
  });
});
