import { HouseModel } from "../../src/adapters/house-model/house-model.ts";
import { houseRulesOf } from "../../src/config/house-rules-of.ts";
import { loadConfig } from "../../src/config/load-config.ts";
import { strategyOf } from "../../src/config/strategy-of.ts";
import { perps, type PerpsSettings } from "../../src/desks/perps.ts";
import type { AssetHistory } from "../../src/flow/market/bars.ts";
import type { Strategy } from "../../src/flow/proposals/strategy.ts";
import type { Entry } from "../../src/journal/entry.ts";
import { encodeEntry } from "../../src/journal/codec.ts";
import { MemoryJournal } from "../../src/journal/memory-store.ts";
import type { BacktestPlan } from "../../src/lab/backtest.ts";
import type { Model } from "../../src/ports/model.ts";
import { demoMarket } from "../../src/sim/market/demo-market.ts";
import { accountId } from "../../src/words/ids.ts";
import { invariant } from "../../src/words/invariant.ts";
import { venueOf } from "../../src/bin/venue-of.ts";

export type PlanWish = {
  readonly histories?: readonly AssetHistory[];
  readonly seed?: string;
  readonly days?: number;
  /** `key=value`, as a person would set them over the defaults. */
  readonly set?: readonly string[];
  /** In place of the configured strategy. */
  readonly strategy?: Strategy;
  readonly model?: Model;
  readonly switches?: readonly { readonly fromMs: number; readonly strategy: string }[];
  readonly more?: Partial<BacktestPlan>;
};

const markets = new Map<string, readonly AssetHistory[]>();

/** The demo's market in hours; histories are read only, so tests share them. */
export function demoHours(seed: string, days: number): readonly AssetHistory[] {
  const key = `${seed}/${days}`;
  const known = markets.get(key) ?? demoMarket(seed, days, "1h");
  markets.set(key, known);
  return known;
}

/** A whole plan as a configuration gives it, in memory; everything a test does not say has the house's default. */
export function aPlan(wish: PlanWish = {}): BacktestPlan {
  const loaded = loadConfig({ set: wish.set ?? [] });
  invariant(loaded.ok, `a test's settings are good: ${loaded.ok ? "" : JSON.stringify(loaded.error)}`);
  const { config, record, digest } = loaded.value;
  const histories = wish.histories ?? demoHours(wish.seed ?? "1", wish.days ?? 20);
  const settingsOf = (name: string): PerpsSettings => {
    const found = strategyOf(config, name);
    invariant(found.ok, `${name} is a strategy`);
    const { perps } = config;
    return {
      strategy: found.value,
      proposer: perps.proposer,
      model: perps.model,
      prompt: { id: "perps.trader@1", text: "Decide for the whole portfolio." },
      interval: histories[0]!.bars.interval,
      allocationMax: perps.allocationUsdMax,
      confidenceMin: perps.confidenceMin,
      decisionsPerMinuteMax: perps.decisionsPerMinuteMax,
      cacheMs: perps.cacheMs,
      materialMoveBps: perps.materialMoveBps,
      horizonBars: perps.horizonBars,
    };
  };
  const settings = settingsOf(config.perps.strategy);
  return {
    desk: perps,
    account: accountId(config.account.id),
    histories,
    settings: wish.strategy === undefined ? settings : { ...settings, strategy: wish.strategy },
    switches: (wish.switches ?? []).map(({ fromMs, strategy }) => ({ fromMs, settings: settingsOf(strategy) })),
    rules: houseRulesOf(
      config,
      histories.map(({ instrument }) => instrument.id),
    ),
    cadence: config.perps.cadence,
    venue: venueOf(config),
    record,
    digest,
    model: wish.model ?? new HouseModel(),
    journal: new MemoryJournal(),
    ...wish.more,
  };
}

export const entriesOf = (plan: Pick<BacktestPlan, "journal">): Entry[] => [...plan.journal.entries()];
export const linesOf = (entries: Iterable<Entry>): string[] => Array.from(entries, encodeEntry);
