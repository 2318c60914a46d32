import { HouseModel } from "../adapters/house-model/house-model.ts";
import { strategyOf } from "../config/strategy-of.ts";
import { houseRulesOf } from "../config/house-rules-of.ts";
import type { Loaded } from "../config/config.ts";
import { perps as desk, type PerpsSettings } from "../desks/perps.ts";
import type { AssetHistory } from "../flow/market/bars.ts";
import type { BacktestPlan } from "../lab/backtest.ts";
import type { JournalStore } from "../ports/journal-store.ts";
import { accountId } from "../words/ids.ts";
import { err, ok, type Result } from "../words/result.ts";
import { readPrompt } from "./read-prompt.ts";
import type { StrategyFiles } from "./strategy-files.ts";
import { venueOf } from "./venue-of.ts";

export type Switch = { readonly fromMs: number; readonly strategy: string };

/** A checked configuration and history come in; everything a backtest of the perps desk needs goes out. */
export function perpsPlan(
  loaded: Loaded,
  histories: readonly AssetHistory[],
  journal: JournalStore,
  switches: readonly Switch[] = [],
  files: StrategyFiles = new Map(),
): Result<BacktestPlan, string> {
  const { config, record, digest } = loaded;
  const settings = perpsSettings(loaded, config.perps.strategy, files);
  if (!settings.ok) return settings;
  const later: { fromMs: number; settings: PerpsSettings }[] = [];
  for (const { fromMs, strategy } of switches) {
    const next = perpsSettings(loaded, strategy, files);
    if (!next.ok) return err(`--switch: ${next.error}`);
    later.push({ fromMs, settings: next.value });
  }
  const clash = clashOf([settings.value, ...later.map((each) => each.settings)]);
  if (clash !== undefined) return err(`--switch: ${clash}`);
  return ok({
    desk,
    account: accountId(config.account.id),
    histories,
    settings: settings.value,
    switches: later.sort((a, b) => a.fromMs - b.fromMs),
    rules: houseRulesOf(
      config,
      histories.map(({ instrument }) => instrument.id),
    ),
    cadence: config.perps.cadence,
    venue: venueOf(config),
    record,
    digest,
    model: new HouseModel(),
    journal,
  });
}

/** What the perps desk itself goes by, with one of the strategies that the configuration knows. */
export function perpsSettings({ config }: Loaded, name: string, files: StrategyFiles): Result<PerpsSettings, string> {
  const strategy = strategyOf(config, name, files);
  if (!strategy.ok) return err(strategy.error);
  const { perps } = config;
  const arms = Object.entries(perps.arms).map(([name, { prompt, weight }]) => ({
    prompt: readPrompt(prompt, `perps.arms.${name}.prompt`),
    weight,
  }));
  return ok({
    strategy: strategy.value,
    proposer: perps.proposer,
    model: perpsModel(perps),
    prompt: readPrompt(perps.prompt),
    ...(arms.length === 0 ? {} : { arms: { seed: perps.armSeed, arms } }),
    interval: perps.interval,
    allocationMax: perps.allocationUsdMax,
    confidenceMin: perps.confidenceMin,
    decisionsPerMinuteMax: perps.decisionsPerMinuteMax,
    cacheMs: perps.cacheMs,
    materialMoveBps: perps.materialMoveBps,
    horizonBars: perps.horizonBars,
  });
}

/** Strategies of one run look at the same frames, so a name in them means one indicator. */
function clashOf(all: readonly PerpsSettings[]): string | undefined {
  const known = new Map<string, { readonly by: string; readonly spec: string }>();
  for (const { strategy } of all)
    for (const { times, indicators } of strategy.frames)
      for (const [name, of] of Object.entries(indicators)) {
        const spec = JSON.stringify(of);
        const before = known.get(`${times}.${name}`);
        if (before !== undefined && before.spec !== spec)
          return `${before.by} and ${strategy.name} both name an indicator ${name} and mean different ones; rename it in one of them`;
        known.set(`${times}.${name}`, { by: strategy.name, spec });
      }
  return undefined;
}

/** The model that is asked, where one is. */
export const perpsModel = ({ proposer, model }: Loaded["config"]["perps"]): string => (proposer === "house" ? "house/perps-1" : model);
