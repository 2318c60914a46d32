import { describe, expect, it } from "vitest";
import type { ModelAnswer } from "../../src/flow/proposals/question.ts";
import { Bench } from "../lab/a-bench.ts";
import { aPlan, entriesOf } from "../lab/a-plan.ts";
import { aCoin, candles, firstMs, hourMs, idle, reply, ScriptedModel, spent, still, type Candle } from "../lab/handmade.ts";
import { allFacts, disagreements, factsOf, held, played, resting, type Play } from "../lab/play.ts";

const buy = { BTC: { action: "buy", usd: 10_000, sl: 9500, tp: 11_000 } } as const;
const flat = (count: number): Candle[] => Array.from({ length: count }, () => still(10_000));
const failed = (outcome: "refused" | "timed_out" | "over_budget" | "provider_error"): ModelAnswer => ({
  ...spent,
  outcome,
  detail: "no luck",
});
const said = (text: string): ModelAnswer => ({ ...spent, outcome: "ok", text });
const good = reply(["BTC"], buy);

describe("a model that fails (LINE-5)", () => {
  it.each`
    answer                                      | why                          | outcome                | because
    ${failed("refused")}                        | ${"refused"}                 | ${"model_failed"}      | ${"it will not"}
    ${failed("timed_out")}                      | ${"timed_out"}               | ${"model_failed"}      | ${"it took too long"}
    ${failed("over_budget")}                    | ${"over_budget"}             | ${"model_failed"}      | ${"it costs too much"}
    ${failed("provider_error")}                 | ${"provider_error"}          | ${"model_failed"}      | ${"it is down"}
    ${said("")}                                 | ${"unreadable: empty"}       | ${"unreadable"}        | ${"it says nothing"}
    ${said("Sure! Buy everything.")}            | ${"unreadable: not_json"}    | ${"unreadable"}        | ${"it talks"}
    ${said("{}")}                               | ${"unreadable: missing"}     | ${"unreadable"}        | ${"it leaves out everything"}
    ${said(good.replace("10000", '"10,000"'))}  | ${"unreadable: wrong_type"}  | ${"unreadable"}        | ${"its number is text"}
    ${said(good.replace("buy", "BUY NOW"))}     | ${"unreadable: not_a_word"}  | ${"unreadable"}        | ${"its action is not one of six"}
    ${said(good.replace("{", '{"live":true,'))} | ${"unreadable: unknown_key"} | ${"unreadable"}        | ${"it wants more than it is asked"}
    ${said(good.replace('"BTC"', '"DOGE"'))}    | ${"invalid: unknown_symbol"} | ${"invalid_portfolio"} | ${"it names what nobody asked about"}
    ${said(reply([], {}))}                      | ${"invalid: symbol_missing"} | ${"invalid_portfolio"} | ${"it forgets an asset"}
    ${said(reply(["BTC", "BTC"], buy))}         | ${"invalid: symbol_twice"}   | ${"invalid_portfolio"} | ${"it says two things of one asset"}
  `(
    "falls back with $why when $because, and no order leaves",
    ({ answer, why, outcome }: { answer: ModelAnswer; why: string; outcome: string }) => {
      const run = played({ bars: flat(2), script: { 1: answer } });
      expect(factsOf(run, "fell_back").map((fact) => fact.why)).toEqual([why]);
      expect(factsOf(run, "scanned")[0]?.outcomes).toEqual({ [outcome]: 1 });
      expect(factsOf(run, "order_planned")).toEqual([]);
    },
  );

  it("leaves protection at work: the stop fires with no model at all", () => {
    const down = failed("provider_error");
    const run = played({
      bars: [...flat(3), [10_000, 10_000, 9400, 9450], still(9450)],
      script: { 1: buy, 2: down, 3: down, 4: down, 5: down },
    });
    expect(run.state.trades.map(({ endedBy }) => endedBy)).toEqual(["stop_loss"]);
    expect([...held(run), ...resting(run), ...disagreements(run)]).toEqual([]);
  });

  it("costs what it costs, in the books", () => {
    const cost = 1_500_000_000_000n as never;
    const run = played({ bars: flat(2), script: { 1: { ...failed("refused"), cost } } });
    expect(run.state.cash).toBe(run.plan.venue.startCash - cost);
  });
});

describe("the rate limit and the cache (PERP-5)", () => {
  /** Minutes fit an hour's bars badly, so the limit and the cache are set to what a bar can show. */
  const kept = (bars: readonly Candle[], script: Play["script"] = {}, set: readonly string[] = []) =>
    played({ bars, script, set: ["perps.cacheMs=3600000", ...set] });
  const questions = (run: ReturnType<typeof played>): number => run.model.questions.length;

  it("uses an answer again while nothing moves, for as long as it is fresh", () => {
    const run = kept(flat(4));
    // At one hour old it is still good, at two it is not.
    expect(questions(run)).toBe(2);
    expect(factsOf(run, "answer_reused").map(({ ageMs }) => ageMs)).toEqual([3_600_000, 3_600_000]);
  });

  it("a reused answer gives the same proposals", () => {
    const run = kept(flat(2));
    const wishes = factsOf(run, "proposed").map(({ proposal }) => ({ ...proposal, id: "", correlation: "" }));
    expect(wishes).toHaveLength(2);
    expect(wishes[1]).toEqual(wishes[0]);
  });

  it.each`
    bars                              | script                                                           | asked | because
    ${flat(2)}                        | ${{}}                                                            | ${1}  | ${"nothing moved"}
    ${[still(10_000), still(10_009)]} | ${{}}                                                            | ${1}  | ${"nine basis points are not material"}
    ${[still(10_000), still(10_010)]} | ${{}}                                                            | ${2}  | ${"ten basis points are"}
    ${[still(10_000), still(9_990)]}  | ${{}}                                                            | ${2}  | ${"a fall is as material as a rise"}
    ${flat(2)}                        | ${{ 1: buy }}                                                    | ${2}  | ${"an order was sent and filled"}
    ${flat(4)}                        | ${{ 1: buy, 2: { BTC: { action: "adjust_orders", sl: 9700 } } }} | ${3}  | ${"a stop was moved"}
  `("asks $asked times because $because", ({ bars, script, asked }: { bars: readonly Candle[]; script: Play["script"]; asked: number }) => {
    expect(questions(kept(bars, script))).toBe(asked);
  });

  it("asks again after a fill that came without a decision", () => {
    const bars: Candle[] = [...flat(3), [10_000, 10_000, 9490, 10_000], still(10_000)];
    const run = kept(bars, { 1: buy });
    const asked = entriesOf(run.plan).flatMap(({ fact, at }) =>
      fact.kind === "model_asked" ? [(at.epochMilliseconds / 3_600_000) % 24] : [],
    );
    // The stop fired within the fourth bar and its close is where the third was.
    expect(run.state.trades).toHaveLength(1);
    expect(asked).toContain(4);
  });

  it("asks again after a latch", () => {
    const { rules } = kept(flat(1)).plan;
    const tight = { rules: { ...rules, limits: { ...rules.limits, dailyLossBpsMax: 1 } } };
    const bars: Candle[] = [...flat(2), still(9980), still(9980)];
    const run = played({ bars, script: { 1: buy }, set: ["perps.cacheMs=3600000", "perps.materialMoveBps=500"], more: tight });
    expect(factsOf(run, "latched").map(({ latch }) => latch.name)).toEqual(["daily_loss"]);
    const kinds = allFacts(run).map(({ kind }) => kind);
    const after = kinds.slice(kinds.indexOf("latched"));
    expect(after.find((kind) => kind === "model_asked" || kind === "answer_reused")).toBe("model_asked");
  });

  it("asks again once the strategy is switched, since the question tells it", () => {
    const { settings } = kept(flat(1)).plan;
    const other = { ...settings, strategy: { ...settings.strategy, name: "other" } };
    const switched = (fromMs: number) =>
      played({ bars: flat(2), set: ["perps.cacheMs=3600000"], more: { switches: [{ fromMs, settings: other }] } });
    expect(questions(switched(firstMs + 3 * hourMs)), "nothing has changed yet").toBe(1);
    const asked = switched(firstMs + 2 * hourMs).model.questions.map(({ user }) => user.split("\n")[0]);
    expect(asked).toEqual(["STRATEGY idle: Leaves it to the model", "STRATEGY other: Leaves it to the model"]);
  });

  it("asks no more than so often a minute, and says so", () => {
    const model = new ScriptedModel({});
    const set = ["perps.proposer=house", "perps.cacheMs=0", "perps.decisionsPerMinuteMax=3"];
    const plan = aPlan({ histories: [candles(aCoin(), flat(1))], strategy: idle, model, set });
    const bench = new Bench(plan);
    bench.next();
    const closedMs = bench.clock.ms;
    const asked = [0, 10, 20, 30, 59.999, 60, 65, 70].map((seconds) => {
      bench.clock.moveTo(closedMs + seconds * 1000);
      const before = model.questions.length;
      bench.wake();
      return model.questions.length > before;
    });
    // At 60 seconds the first question is a minute old and makes room for one, at 70 the second does.
    expect(asked).toEqual([true, true, true, false, false, true, false, true]);
    const limited = factsOf({ plan }, "rate_limited");
    expect(limited.map(({ decisionsInMinute, decisionsPerMinuteMax }) => [decisionsInMinute, decisionsPerMinuteMax])).toEqual(
      [1, 2, 3].map(() => [3, 3]),
    );
    expect(factsOf({ plan }, "scanned").filter(({ outcomes }) => outcomes["rate_limited"] === 1)).toHaveLength(3);
    expect(factsOf({ plan }, "order_planned")).toEqual([]);
  });
});
