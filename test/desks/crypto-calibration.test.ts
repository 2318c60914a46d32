import { afterEach, describe, expect, it } from "vitest";
import { cryptoDesk } from "../../src/desks/crypto.ts";
import { calibrated, fitCalibrator } from "../../src/flow/calibration/calibrator.ts";
import { evenStakes } from "../../src/flow/calibration/even-stakes.ts";
import { AccountState } from "../../src/journal/account-state.ts";
import { keptByDesks } from "../../src/lab/storm/kept-by-desks.ts";
import { replayDecision } from "../../src/runtime/replay-decision.ts";
import { turnAgain } from "../../src/runtime/turn-again.ts";
import { aCryptoPlan, aModel, factsOf, noDecisions, ranCrypto, wants, type Ran } from "../lab/a-crypto-plan.ts";
import { demoHours } from "../lab/a-plan.ts";
import { asItWas, instead } from "../lab/instead.ts";
import { foresight } from "../lab/look-ahead.ts";

afterEach(asItWas);

const hour = 3_600_000;
const days = 12;
const histories = demoHours("1", days);
const startMs = histories[0]!.bars.openMs[0]!;
const ran = ranCrypto({ histories });
/** Claims that come true or not within four hours: two dozen of them in as many cycles as there are. */
const soon = ["crypto.horizonBars=4"];
const rowsOf = (of: Ran) => factsOf(of, "arbitrated").flatMap(({ proposals_local, proposals_ai }) => [...proposals_local, ...proposals_ai]);
const breaches = ({ entries }: Ran): string[] => [...keptByDesks(entries)].map(({ invariant, what }) => `${invariant}: ${what}`);
const always = (confidence: number, more: object = {}) =>
  aModel(() => ({ text: wants([{ symbol: "SYN-BTC", side: "buy", confidence, ...more }]) }));

describe("what the crypto desk's sources say is calibrated from what came of it (DUAL-1, EQ-8)", () => {
  it("reads each trigger by its own outcomes where there are enough, else by those of all rules, and the AI trader by its own", () => {
    const names = new Set(factsOf(ran, "calibrator_fitted").map(({ calibrator }) => calibrator.of));
    expect(names).toEqual(new Set(["trend", "momentum", "rules", "house/crypto-1"]));
    const read = new Map<string, Set<string>>();
    const active = new Map<string, NonNullable<ReturnType<AccountState["measured"]["calibratorOf"]>>>();
    const proposals = new Map(factsOf(ran, "proposed").map(({ proposal }) => [proposal.id, proposal]));
    for (const { fact } of ran.entries) {
      if (fact.kind === "calibrator_fitted") active.set(fact.calibrator.of, fact.calibrator);
      if (fact.kind !== "arbitrated") continue;
      for (const row of [...fact.proposals_local, ...fact.proposals_ai]) {
        const { by, confidence } = proposals.get(row.proposal)!;
        const by_ = active.has(by.name) ? by.name : by.kind === "rules" && active.has("rules") ? "rules" : "as said";
        read.set(by.name, (read.get(by.name) ?? new Set()).add(by_));
        const conviction = "conviction" in row ? row.conviction : row.confidence;
        if (by_ === "as said") expect([row.calibrated, conviction]).toEqual([undefined, confidence]);
        else {
          const probability = calibrated(active.get(by_)!.map, confidence);
          expect(row.calibrated).toEqual({ said: confidence, probability, rewardToRisk: row.calibrated!.rewardToRisk });
          expect(conviction).toBe(evenStakes(probability, row.calibrated!.rewardToRisk));
        }
      }
    }
    expect(Object.fromEntries([...read].map(([name, by]) => [name, [...by]]))).toEqual({
      trend: ["as said", "rules", "trend"],
      momentum: ["as said", "rules", "momentum"],
      mean_reversion: ["as said", "rules"],
      "house/crypto-1": ["as said", "house/crypto-1"],
    });
  });

  it("foresees with every claim, followed or not, and once while it is open", () => {
    const followed = new Set(factsOf(ran, "resolved").flatMap(({ intent }) => intent.proposals));
    const made = factsOf(ran, "forecast_made").map(({ forecast }) => forecast);
    expect(made.filter(({ proposal }) => !followed.has(proposal)).length).toBeGreaterThan(10);
    const open = new Set<string>();
    const names = new Map(made.map((each) => [each.proposal, `${each.by.name} ${each.direction} ${each.instrument}`]));
    let again = 0;
    for (const { fact } of ran.entries) {
      if (fact.kind === "forecast_made") {
        const name = names.get(fact.forecast.proposal)!;
        expect(open.has(name), name).toBe(false);
        open.add(name);
      } else if (fact.kind === "forecast_resolved") open.delete(names.get(fact.outcome.proposal)!);
      else if (
        fact.kind === "proposed" &&
        open.has(`${fact.proposal.by.name} ${fact.proposal.action === "buy" ? "up" : "down"} ${fact.proposal.instrument}`)
      )
        again++;
    }
    expect(again).toBeGreaterThan(50);
  });

  it("keeps what it promises, as the storms judge it (I14)", () => expect(breaches(ran)).toEqual([]));
});

describe("a raw word reaches neither table nor size once a calibrator is active (DUAL-2)", () => {
  /** 90% for days, of which the outcomes are what they are; then one decision that says something else, and silence. */
  const saying = (last: number): Ran =>
    ranCrypto({
      histories,
      set: [...soon, "crypto.proposers=ai", "crypto.aiConfidenceMin=0"],
      model: aModel((_, n) => ({
        text:
          n < 130
            ? wants([
                { symbol: "SYN-BTC", side: "buy", confidence: 0.9 },
                { symbol: "SYN-ETH", side: "sell", confidence: 0.9 },
              ])
            : n === 130
              ? wants([{ symbol: "SYN-SOL", side: "buy", confidence: last }])
              : noDecisions,
      })),
    });
  const heard = (of: Ran): object[] =>
    of.entries.flatMap(({ fact }) => (["resolved", "sized", "passed", "order_planned"].includes(fact.kind) ? [fact] : []));

  it("so that what is said changes nothing where outcomes show that it means nothing", () => {
    const [modest, bold] = [saying(0.3), saying(0.99)];
    const row = rowsOf(bold).at(-1)!;
    expect([row.instrument, row.calibrated?.said]).toEqual([expect.stringContaining("SOL"), 0.99]);
    expect(factsOf(bold, "resolved").at(-1)?.intent.instrument).toBe(row.instrument);
    expect(heard(bold)).toEqual(heard(modest));
  });

  it("not even at the door: the least confidence is asked of what the word is worth, and outcomes go on to be counted", () => {
    const run = ranCrypto({ histories, set: [...soon, "crypto.proposers=ai", "crypto.confidenceMin=0.85"], model: always(0.9) });
    const fitted = run.entries.findIndex(({ fact }) => fact.kind === "calibrator_fitted");
    const after = { entries: run.entries.slice(fitted) };
    expect(new Set(rowsOf(run).map(({ fate }) => fate))).toEqual(new Set(["followed", "refused: confidence_too_low"]));
    expect(new Set(factsOf(after, "arbitrated").flatMap(({ proposals_ai }) => proposals_ai.map(({ fate }) => fate)))).toEqual(
      new Set(["refused: confidence_too_low"]),
    );
    expect(factsOf(after, "forecast_made").length).toBeGreaterThan(3);
  });

  it("and a target that is far away counts no more than the rules' own", () => {
    const run = ranCrypto({ histories, set: [...soon, "crypto.proposers=ai"], model: always(0.9, { target_price: 10_000_000 }) });
    const stakes = new Set(rowsOf(run).flatMap(({ calibrated: word }) => (word === undefined ? [] : [word.rewardToRisk])));
    expect(stakes).toEqual(new Set([2]));
  });

  it("would be told if it got through", async () => {
    instead("desks/crypto-belief.ts", () => ({ believe: (...[, , , conviction]: unknown[]) => ({ conviction }) }));
    const { ranCrypto: planted } = await import("../lab/a-crypto-plan.ts");
    expect(breaches(planted({ histories }))).toContainEqual(
      expect.stringMatching(/^I14: entry \d+ compares [\d.]+ of .* was said, worth /),
    );
  });
});

describe("a calibrator rests on what was known (LAB-1)", () => {
  it.each([190, 221, 263])("what is decided at hour %i does not depend on what comes after", (step) => {
    const untilMs = startMs + step * hour;
    expect(ran.entries.some(({ fact, at }) => fact.kind === "calibrator_fitted" && at.epochMilliseconds < untilMs)).toBe(true);
    expect(foresight((of) => aCryptoPlan({ histories: of }), histories, untilMs)).toBeUndefined();
  });

  it("and each outcome is of its horizon, or of a level that was met before it", () => {
    const made = new Map(factsOf(ran, "forecast_made").map(({ forecast }) => [forecast.proposal, forecast]));
    const resolved = factsOf(ran, "forecast_resolved").map(({ outcome }) => outcome);
    expect(new Set(resolved.map(({ by }) => by))).toEqual(new Set(["target", "stop", "horizon"]));
    for (const { proposal, by, resolvedAt } of resolved) {
      const { madeAt, horizonAt } = made.get(proposal)!;
      expect(resolvedAt.epochMilliseconds).toBeGreaterThan(madeAt.epochMilliseconds);
      if (by === "horizon") expect(resolvedAt.toString()).toBe(horizonAt.toString());
      else expect(resolvedAt.epochMilliseconds).toBeLessThanOrEqual(horizonAt.epochMilliseconds);
    }
  });

  it("an outcome that counts before its horizon would be told", async () => {
    instead("flow/calibration/resolve-forecast.ts", ({ resolveForecast }: { resolveForecast: (...of: unknown[]) => unknown }) => ({
      resolveForecast: (forecast: object, ...rest: unknown[]) => resolveForecast({ ...forecast, horizonAt: rest.at(-1) }, ...rest),
    }));
    const { ranCrypto: planted } = await import("../lab/a-crypto-plan.ts");
    expect(breaches(planted({ histories }))).toContainEqual(
      expect.stringMatching(/^I14: entry \d+ settles .* by its horizon at .*, before /),
    );
  });

  it("an outcome that is read off the next bar would be told", async () => {
    type Tape = { active: unknown; activeCount: unknown; bar: Int32Array };
    const ahead = ({ active, activeCount, bar }: Tape): Tape => ({ active, activeCount, bar: bar.map((at) => at + 1) });
    type Watch = new (...of: never[]) => { due(tape: Tape, ms: number): boolean; settleDue(tape: Tape, clock: unknown): Iterable<unknown> };
    instead("lab/forecast-watch.ts", ({ ForecastWatch }: { ForecastWatch: Watch }) => ({
      ForecastWatch: class extends ForecastWatch {
        override due = (tape: Tape, ms: number): boolean => super.due(ahead(tape), ms);
        override settleDue = (tape: Tape, clock: unknown): Iterable<unknown> => super.settleDue(ahead(tape), clock);
      },
    }));
    const { foresight: planted } = await import("../lab/look-ahead.ts");
    const told = [190, 221, 263].map((step) => planted((of) => aCryptoPlan({ histories: of }), histories, startMs + step * hour));
    expect(told.some((line) => line !== undefined && /"kind":"(forecast_resolved|calibrator_fitted)"/.test(line))).toBe(true);
  });
});

describe("the journal alone has the calibrators (LINE-8)", () => {
  it("which a restart builds again, and which are those that its outcomes give", () => {
    const state = new AccountState();
    for (const entry of ran.entries) state.apply(entry);
    for (const of of ["trend", "momentum", "rules", "house/crypto-1"]) {
      const calibrator = state.measured.calibratorOf(of)!;
      expect(calibrator).toEqual(ran.run.state.measured.calibratorOf(of));
      const scored = of === "rules" ? state.forecasts.scoredOf("rules") : state.forecasts.scoredBy(of);
      expect(fitCalibrator(of, scored.slice(0, calibrator.outcomes), 20)).toEqual(calibrator);
    }
    expect(state.measured.calibratorOf("mean_reversion")).toBeUndefined();
  });

  it("and from which a decision that fits one, or goes by one, is computed again byte for byte", () => {
    const { rules, settings } = aCryptoPlan({ histories });
    const fits = ran.entries.filter(({ fact }) => fact.kind === "calibrator_fitted");
    const later = ran.entries.filter(({ fact }) => fact.kind === "arbitrated" && fact.proposals_final.length > 0);
    for (const { correlation } of [fits[0]!, fits.at(-1)!, later.at(-1)!]) {
      const replayed = replayDecision(ran.entries, correlation!, (woken) => cryptoDesk.cycle(turnAgain(woken, rules), settings));
      expect(replayed.ok && replayed.value.recorded.length).toBeGreaterThan(3);
      expect(replayed.ok && replayed.value.differsAt).toBe(undefined);
    }
  });
});
