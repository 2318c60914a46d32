import { perps } from "../../desks/perps.ts";
import type { AssetHistory } from "../../flow/market/bars.ts";
import type { NewsItem } from "../../flow/market/news.ts";
import { AccountState } from "../../journal/account-state.ts";
import { MemoryJournal } from "../../journal/memory-store.ts";
import type { Model } from "../../ports/model.ts";
import { FaultyVenue } from "../../sim/faults/faulty-venue.ts";
import type { Shown } from "../../sim/hostile-answers.ts";
import { demoMarketSpec } from "../../sim/market/demo-market.ts";
import { generateMarket } from "../../sim/market/generate.ts";
import { approximately } from "../../words/exact.ts";
import { instantOfMs } from "../../words/instant.ts";
import { intervalMs } from "../../words/interval.ts";
import { timesRate, type Money } from "../../words/money.ts";
import { bps } from "../../words/rate.ts";
import type { InstrumentId } from "../../words/ids.ts";
import { runBacktest, type BacktestPlan, type BacktestRun } from "../backtest.ts";
import type { PlanOf, StormPlan } from "../storm/shape.ts";
import { idle } from "../storm/shapes/perps-storm.ts";
import { WireWatch } from "../storm/wire-watch.ts";
import { fenceFault } from "./fence-watch.ts";

const startMs = Temporal.Instant.from("2026-01-05T06:00:00Z").epochMilliseconds;
const bars = 14;
const killMs = startMs + 10 * intervalMs["1h"];

/** One market and one plan that many texts are tried on. */
export type WordsScene = { readonly histories: readonly AssetHistory[]; readonly plan: StormPlan };

/**
 * Two made-up perpetuals for some hours, and the user's plan for them with a model that is asked at every bar: once with a person who must
 * say yes to large entries and never does, and once with nobody but the rails.
 */
export function wordsScenes(planOf: PlanOf): readonly [guarded: WordsScene, alone: WordsScene] {
  const spec = demoMarketSpec(7);
  const histories = generateMarket({ ...spec, startMs, bars, interval: "1h", assets: spec.assets.slice(0, 2) });
  const plan = planOf(histories);
  const { settings, rules } = plan;
  const under = (personAbove: Money | undefined): WordsScene => ({
    histories,
    plan: {
      ...plan,
      settings: { ...settings, strategy: idle, proposer: "house", interval: "1h", cacheMs: 0, decisionsPerMinuteMax: 600 },
      rules: { ...rules, approval: { ...rules.approval, personAbove } },
    },
  });
  return [under(timesRate(rules.limits.orderNotionalMax, bps(5_000), "down")), under(undefined)];
}

export type WordsRun = {
  readonly run: BacktestRun;
  readonly ordersSent: number;
  /** What left the desk or was shown to the model against the rules, seen while it happened. */
  readonly broke: readonly string[];
};

/** Hours of the desk with these words in every question; somebody pulls the kill switch (K1) four hours before the end. */
export function wordsRun(
  { histories, plan }: WordsScene,
  words: readonly Omit<NewsItem, "at">[],
  modelOf: (shown: () => readonly Shown[]) => Model,
): WordsRun {
  const broke: string[] = [];
  const state = new AccountState();
  const wire: { watch?: WireWatch; nowMs: () => number } = { nowMs: () => startMs };
  const lastTicks = ({ bars: of }: AssetHistory): number =>
    of.close[Math.floor((wire.nowMs() - startMs) / intervalMs["1h"]) - 1] ?? of.open[0] ?? 0;
  const model = modelOf(() =>
    histories.map((asset) => {
      const tick = approximately(asset.instrument.tick);
      return { symbol: asset.instrument.symbol, last: lastTicks(asset) * tick, tick };
    }),
  );
  const through: NonNullable<BacktestPlan["through"]> = (venue, clock) => {
    wire.nowMs = () => clock.ms;
    const watch = new WireWatch({
      state: () => state,
      limits: plan.rules.limits,
      instrument: (id) => state.instrument(id),
      held: (id) => venue.positions().find(({ instrument }) => instrument === id)?.quantity ?? 0n,
      last: (id) => lastOf(histories, id, lastTicks),
      left: (id, instrument) => {
        const found = venue.find(id, instrument);
        if (found === "absent") return undefined;
        return found.state === "working" || found.state === "part_filled" ? found.quantity - found.filled : 0n;
      },
      nowMs: wire.nowMs,
      breach: ({ invariant, what }) => broke.push(`${invariant} ${what}`),
    });
    wire.watch = watch;
    return new FaultyVenue(venue, { seed: "words", nowMs: wire.nowMs, faults: {}, onOrder: watch.see, onAnswer: watch.hear });
  };
  const run = runBacktest({
    ...plan,
    desk: perps,
    histories,
    switches: [],
    cadence: "bar",
    commands: [{ fromMs: killMs, level: "K1" }],
    journal: new MemoryJournal(),
    onEntry: (entry) => state.apply(entry),
    through,
    ...(words.length === 0 ? {} : { news: words.map((item) => ({ ...item, at: instantOfMs(startMs) })) }),
    model: {
      ask(question, asking) {
        const fault = words.length === 0 ? undefined : fenceFault(question.user, words.length);
        if (fault !== undefined) broke.push(fault);
        return model.ask(question, asking);
      },
    },
  });
  return { run, ordersSent: wire.watch?.orders ?? 0, broke };
}

function lastOf(histories: readonly AssetHistory[], id: InstrumentId, ticks: (asset: AssetHistory) => number): bigint {
  const asset = histories.find(({ instrument }) => instrument.id === id);
  return asset === undefined ? 0n : BigInt(ticks(asset)) * asset.instrument.tick;
}
