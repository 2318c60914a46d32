import { HouseModel } from "../adapters/house-model/house-model.ts";
import type { Loaded } from "../config/config.ts";
import { houseRulesOf } from "../config/house-rules-of.ts";
import { loadConfig } from "../config/load-config.ts";
import { cryptoDesk as desk } from "../desks/crypto.ts";
import type { CryptoSettings } from "../desks/crypto-settings.ts";
import { usualCalibration } from "../desks/recalibrate.ts";
import type { AssetHistory } from "../flow/market/bars.ts";
import { cryptoFrames } from "../flow/proposals/crypto-rules.ts";
import type { AiLimits } from "../flow/reports/ai-watch.ts";
import type { BacktestPlan } from "../lab/backtest.ts";
import type { JournalStore } from "../ports/journal-store.ts";
import { demoMarket } from "../sim/market/demo-market.ts";
import { accountId } from "../words/ids.ts";
import { intervalMs } from "../words/interval.ts";
import { smaller, type Money } from "../words/money.ts";
import { settingsFailed } from "./load-settings.ts";
import { readPrompt } from "./read-prompt.ts";
import { venueOf } from "./venue-of.ts";

/** A checked configuration and history come in; everything a backtest of the crypto desk needs goes out. */
export function cryptoPlan(loaded: Loaded, histories: readonly AssetHistory[], journal: JournalStore): BacktestPlan<CryptoSettings> {
  const { config, record, digest } = loaded;
  return {
    desk,
    account: accountId(config.account.id),
    histories,
    settings: cryptoSettings(loaded),
    switches: [],
    rules: houseRulesOf(
      config,
      histories.map(({ instrument }) => instrument.id),
    ),
    cadence: "bar",
    venue: venueOf(config),
    record,
    digest,
    model: new HouseModel(),
    journal,
  };
}

/** What the crypto desk itself goes by. */
export function cryptoSettings({ config }: Pick<Loaded, "config">): CryptoSettings {
  const { crypto, limits } = config;
  const { alert, rollback } = crypto;
  return {
    strategy: { name: "crypto", frames: cryptoFrames },
    interval: crypto.interval,
    proposers: crypto.proposers,
    rules: { riskBps: crypto.riskBps, stopAtr: crypto.stopAtr, rewardToRisk: crypto.rewardToRisk, sizePctMax: crypto.sizePctMax },
    trader: {
      model: crypto.model,
      prompt: readPrompt("crypto.trader"),
      deadlineMs: crypto.deadlineMs,
      decisionsMax: crypto.decisionsMax,
      confidenceMin: crypto.confidenceMin,
      sizePct: crypto.sizePct,
    },
    ...(crypto.arbiterModel === undefined
      ? {}
      : { arbiter: { model: crypto.arbiterModel, prompt: readPrompt("crypto.arbiter"), deadlineMs: crypto.arbiterDeadlineMs } }),
    arbitration: {
      aiConfidenceMin: crypto.aiConfidenceMin,
      aiOverrideThreshold: crypto.aiOverrideThreshold,
      localWeakConviction: crypto.localWeakConviction,
      aiConfidenceAdvantage: crypto.aiConfidenceAdvantage,
      blendMode: crypto.blendMode,
    },
    // What a position may be is the limits' say: a proposal that asks for more would only be trimmed.
    allocationMax: smaller(crypto.allocationUsdMax, limits.positionNotionalMax),
    horizonBars: crypto.horizonBars,
    calibration: usualCalibration,
    watch: {
      alert: { ...aiLimits(alert), silentMsMax: alert.silentMsMax },
      rollback: aiLimits(rollback),
      answersMin: crypto.errorAnswersMin,
      errorWindowMs: crypto.errorWindowMs,
      baselineDailyBps: crypto.baselineDailyBps,
      cycleMs: intervalMs[crypto.interval],
    },
  };
}

const aiLimits = ({ costUsdPerDayMax, ...limits }: Omit<AiLimits, "costMax"> & { readonly costUsdPerDayMax: Money }): AiLimits => ({
  latencyMsMax: limits.latencyMsMax,
  slowCyclesMax: limits.slowCyclesMax,
  errorShareMax: limits.errorShareMax,
  belowBaselineMax: limits.belowBaselineMax,
  costMax: costUsdPerDayMax,
});

/** The desk on a made-up market of a few days with both sources of the house, the same everywhere: for demos. */
export function demoCryptoPlan(seed: string, days: number, journal: JournalStore): BacktestPlan<CryptoSettings> {
  const loaded = loadConfig({ set: [`seed=${seed}`, "crypto.arbiterModel=house/arbiter-1"] });
  if (!loaded.ok) throw settingsFailed(loaded.error, { seed: "--seed" });
  return cryptoPlan(loaded.value, demoMarket(seed, days, "1h"), journal);
}
