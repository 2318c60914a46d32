import { HouseModel } from "../adapters/house-model/house-model.ts";
import type { Config, Loaded } from "../config/config.ts";
import { houseRulesOf } from "../config/house-rules-of.ts";
import type { OptionsSettings } from "../desks/options-settings.ts";
import { options as desk } from "../desks/options.ts";
import type { AssetHistory } from "../flow/market/bars.ts";
import { optionFrames } from "../flow/proposals/option-signal.ts";
import type { BacktestPlan } from "../lab/backtest.ts";
import type { JournalStore } from "../ports/journal-store.ts";
import type { HouseRules } from "../runtime/turn.ts";
import { demoOptions } from "../sim/market/demo-options.ts";
import { accountId, type InstrumentId } from "../words/ids.ts";
import { dividendsOf } from "./dividends-of.ts";
import { readPrompt } from "./read-prompt.ts";
import { venueOf } from "./venue-of.ts";

/** A checked configuration and a market of chains come in; everything a backtest of the options desk needs goes out. */
export function optionsPlan(loaded: Loaded, histories: readonly AssetHistory[], journal: JournalStore): BacktestPlan<OptionsSettings> {
  const { config, record, digest } = loaded;
  const instruments = histories.map(({ instrument }) => instrument);
  return {
    desk,
    account: accountId(config.account.id),
    histories,
    settings: optionsSettings(
      config,
      instruments.filter(({ kind }) => kind !== "option").map(({ id }) => id),
    ),
    switches: [],
    rules: optionsRules(
      config,
      instruments.map(({ id }) => id),
    ),
    cadence: "bar",
    venue: { ...venueOf(config), feePerContract: config.options.feePerContract, leverage: 1 },
    record,
    digest,
    model: new HouseModel(),
    journal,
  };
}

/** A few made-up sessions with the house model deciding entries and exits, for a demo: some seconds of work. */
export const demoOptionsPlan = (loaded: Loaded, journal: JournalStore, sessions = 3): BacktestPlan<OptionsSettings> => {
  const { options } = loaded.config;
  const { interval, rate, dividendYield } = options;
  return optionsPlan(
    loaded,
    demoOptions(loaded.config.seed, sessions, interval, { rate, dividendYield }, dividendsOf("options.dividends", options.dividends)),
    journal,
  );
};

/** What the options desk itself goes by, with the underlyings that are there. */
export function optionsSettings({ options }: Config, underlyings: readonly InstrumentId[]): OptionsSettings {
  const { llm, holdOvernight, carryIntoExpiry } = options;
  return {
    strategy: { name: "options", frames: optionFrames },
    watchlist: options.watchlist.length === 0 ? underlyings : underlyings.filter((id) => options.watchlist.includes(id)),
    model: llm.model,
    entryPrompt: readPrompt("options.entry"),
    exitPrompt: readPrompt("options.exit"),
    decisions: llm.decisions === "exit" ? ["exit"] : ["entry", "exit"],
    limits: { ...options, confidenceMin: llm.confidenceMin, exitBias: llm.exitBias },
    questionsPerScanMax: llm.questionsPerScanMax,
    rateLimitMs: llm.rateLimitSeconds * 1000,
    deadlineMs: llm.deadlineMs,
    deltaWanted: options.deltaWanted,
    premiumMax: options.premiumUsdMax,
    queueMs: options.queueMinutes * 60_000,
    dayEnd: carryIntoExpiry ? "never" : holdOvernight ? "expiry" : "daily",
  };
}

/**
 * The rails of the house at the widths of options, whose spreads are a hundred times a share's. No stop is asked of an entry: the desk's
 * own hard rail watches the bid, since a venue can seldom hold a stop for an option.
 */
export function optionsRules(config: Config, allowed: readonly InstrumentId[]): HouseRules {
  const house = houseRulesOf(config, allowed);
  const { options } = config;
  const strict = options.spreadProfile === "strict";
  return {
    ...house,
    entryWorstBps: options.entryWorstBps,
    exitWorstBps: options.exitWorstBps,
    protectBy: "orders",
    charges: { ...house.charges, feePerContract: options.feePerContract },
    ages: { ...house.ages, quoteMs: options.quoteAgeMsMax },
    limits: {
      ...house.limits,
      priceCollarBps: Math.max(options.entryWorstBps, Math.ceil(options.exitWorstBps / 3)),
      // Last and mark are the middle itself, on a tick: half a tick of a cheap contract is some hundred basis points.
      referenceGapBpsMax: 1000,
      spreadBpsMax: strict ? options.spreadBpsStrictMax : options.spreadBpsMax,
      quoteAgeMsMax: options.quoteAgeMsMax,
      positionsMax: options.positionsMax,
      stopRequired: false,
    },
  };
}
