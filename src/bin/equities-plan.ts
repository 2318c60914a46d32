import { HouseModel } from "../adapters/house-model/house-model.ts";
import type { Loaded } from "../config/config.ts";
import { loadConfig } from "../config/load-config.ts";
import { houseRulesOf } from "../config/house-rules-of.ts";
import { equities as desk, type EquitiesSettings } from "../desks/equities.ts";
import type { AssetHistory } from "../flow/market/bars.ts";
import type { FrameWish } from "../flow/market/watched.ts";
import { equityRails } from "../flow/rails/equities/equity-rails.ts";
import { rails } from "../flow/rails/rails.ts";
import { dials, thresholdsAt, type Thresholds } from "../flow/sizing/aggressiveness.ts";
import { MemoryJournal } from "../journal/memory-store.ts";
import type { BacktestPlan } from "../lab/backtest.ts";
import type { JournalStore } from "../ports/journal-store.ts";
import type { HouseRules } from "../runtime/turn.ts";
import { shareMarket, shareSectors } from "../sim/market/share-market.ts";
import { accountId, type InstrumentId } from "../words/ids.ts";
import { present } from "../words/invariant.ts";
import { bps } from "../words/rate.ts";
import { settingsFailed } from "./load-settings.ts";
import { readPrompt } from "./read-prompt.ts";

/** What the desk looks at of each share; the words are those that its question and the house model use. */
const frames: readonly FrameWish[] = [
  {
    times: 1,
    indicators: {
      sma20: { kind: "sma", period: 20 },
      sma50: { kind: "sma", period: 50 },
      rsi14: { kind: "rsi", period: 14 },
      atr14: { kind: "atr", period: 14 },
      roc20: { kind: "roc", period: 20 },
    },
  },
];

/** A checked configuration and daily bars come in; everything a backtest of the equities desk needs goes out. */
export function equitiesPlan(loaded: Loaded, histories: readonly AssetHistory[], journal: JournalStore): BacktestPlan<EquitiesSettings> {
  const { config, record, digest } = loaded;
  return {
    desk,
    account: accountId(config.account.id),
    histories,
    settings: equitiesSettings(loaded),
    switches: [],
    rules: equitiesRules(
      loaded,
      histories.map(({ instrument }) => instrument.id),
    ),
    cadence: "open",
    venue: {
      seed: config.seed,
      startCash: config.account.startCash,
      makerFee: bps(config.equities.feeBps),
      takerFee: bps(config.equities.feeBps),
      spreadBps: config.equities.spreadBps,
      slippageBps: config.equities.slippageBps,
      borrowRate: bps(config.equities.borrowBpsYear),
      latencyMs: config.venue.latencyMs,
      participation: config.venue.participation,
      leverage: 1,
      marginMode: "cross",
    },
    record,
    digest,
    model: new HouseModel(),
    journal,
  };
}

/** The house's rules with this desk's own limits, and the rails that only shares have. */
export function equitiesRules({ config }: Loaded, allowed: readonly InstrumentId[]): HouseRules {
  const { equities } = config;
  const house = houseRulesOf(config, allowed);
  return {
    ...house,
    rails: [...rails, ...equityRails],
    charges: { takerFee: bps(equities.feeBps) },
    limits: {
      ...house.limits,
      spreadBpsMax: equities.spreadBpsMax,
      orderNotionalMax: equities.orderUsdMax,
      dailyLossBpsMax: equities.dailyLossBpsMax,
      weeklyLossBpsMax: equities.weeklyLossBpsMax,
      averageDailyValueMin: equities.averageDailyValueUsdMin,
      dayNotionalMax: equities.dayUsdMax,
      bucketBpsMax: equities.bucketBpsMax,
      positionsMax: equities.positionsMax,
    },
  };
}

/** What the keys say before the dial is turned. */
export const configuredThresholds = ({ config: { equities } }: Pick<Loaded, "config">): Thresholds => ({
  convictionMin: equities.convictionMin,
  pWinMin: equities.pWinMin,
  riskRewardMin: equities.riskRewardMin,
  evPctMin: equities.evPctMin,
  riskBps: equities.riskBps,
  kellyPart: equities.kellyPart,
});

export function equitiesSettings(loaded: Loaded): EquitiesSettings {
  const { equities } = loaded.config;
  const dial = present(dials[equities.aggressiveness], "the dial has a position for every value that the configuration takes");
  const given = equities.sectors.map((pair) => {
    const [symbol = "", sector = ""] = pair.split(":");
    return [symbol, sector] as const;
  });
  return {
    strategy: { name: "decisive", frames },
    prompt: readPrompt(equities.prompt, "equities.prompt"),
    model: equities.model,
    thresholds: thresholdsAt(dial, configuredThresholds(loaded)),
    entryGapBpsMax: equities.entryGapBpsMax,
    atrTimes: equities.atrTimes,
    horizonDays: equities.horizonDays,
    calibrateFrom: equities.calibrateFrom,
    refitEvery: equities.refitEvery,
    sizeBySkill: equities.sizeBySkill,
    skillFull: equities.skillFull,
    feeBps: equities.feeBps,
    slippageBps: equities.slippageBps,
    borrowBpsYear: equities.borrowBpsYear,
    sectors: new Map([...shareSectors, ...given]),
    correlationMin: equities.correlationMin,
    correlationDays: equities.correlationDays,
    orderMax: equities.orderUsdMax,
  };
}

/** The desk over a made-up market, with the house model and the defaults: seconds, and nothing but the program is needed. */
export function demoEquitiesPlan(seed = "1", sessions = 160): BacktestPlan<EquitiesSettings> {
  const loaded = loadConfig({ set: [`seed=${seed}`] });
  if (!loaded.ok) throw settingsFailed(loaded.error, { seed: "--seed" });
  return equitiesPlan(loaded.value, shareMarket(seed, sessions), new MemoryJournal());
}
