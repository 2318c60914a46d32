import { HouseModel } from "../adapters/house-model/house-model.ts";
import type { Loaded } from "../config/config.ts";
import { councilOf, membersIn } from "../config/council-of.ts";
import { houseRulesOf } from "../config/house-rules-of.ts";
import type { CouncilMember, CouncilSettings } from "../desks/council-settings.ts";
import { wakesWhenDue } from "../desks/council-watcher.ts";
import { council as desk } from "../desks/council.ts";
import { readEvents } from "../flow/context/council-events.ts";
import type { AssetHistory } from "../flow/market/bars.ts";
import { calendarOf } from "../flow/market/calendar/calendar.ts";
import type { CorporateAction } from "../flow/market/corporate-action.ts";
import { exMsOf, type ExDividend } from "../flow/market/ex-dividend.ts";
import { regimeOf, type Regime } from "../flow/market/regime.ts";
import type { FrameWish } from "../flow/market/watched.ts";
import { councilSymbols } from "../flow/proposals/council-words.ts";
import { MemoryJournal } from "../journal/memory-store.ts";
import { always, CouncilApprover } from "../lab/council/council-approver.ts";
import { halfHoursOf } from "../lab/council/half-hours.ts";
import type { BacktestPlan } from "../lab/backtest.ts";
import type { JournalStore } from "../ports/journal-store.ts";
import type { HouseRules } from "../runtime/turn.ts";
import { etfMarket } from "../sim/market/etf-market.ts";
import { accountId, type InstrumentId } from "../words/ids.ts";
import { intervalMs, type Interval } from "../words/interval.ts";
import { zeroMoney } from "../words/money.ts";
import { bps } from "../words/rate.ts";
import { councilDividends } from "./council-history.ts";
import { loadSettings } from "./load-settings.ts";
import { readPrompt } from "./read-prompt.ts";

/** Short periods: what a checkpoint looks at is the week, and a fund is known after its first day. */
const framesOf = (interval: Interval): readonly FrameWish[] => [
  { times: 1, indicators: {} },
  {
    times: intervalMs["30m"] / intervalMs[interval],
    indicators: {
      sma8: { kind: "sma", period: 8 },
      rsi7: { kind: "rsi", period: 7 },
      atr7: { kind: "atr", period: 7 },
      roc6: { kind: "roc", period: 6 },
    },
  },
];

/** A checked configuration and bars of the eight funds come in; everything a week of the council's own account needs goes out. */
export function councilPlan(loaded: Loaded, histories: readonly AssetHistory[], journal: JournalStore): BacktestPlan<CouncilSettings> {
  const { config, record, digest } = loaded;
  const { council } = config;
  const halfHours = halfHoursOf(histories);
  return {
    desk,
    account: accountId("council"),
    histories,
    settings: {
      ...councilSettings(loaded, (untilMs) => regimeOf(halfHours(untilMs))),
      // Of these very bars: a made-up twin of a market pays none of what the market paid.
      dividends: histories.flatMap(({ instrument: { symbol }, actions = [] }) => exDividends(symbol, actions)),
    },
    switches: [],
    rules: councilRules(
      loaded,
      histories.map(({ instrument }) => instrument.id),
    ),
    cadence: "signal",
    venue: {
      seed: config.seed,
      startCash: config.account.startCash,
      makerFee: bps(council.feeBps),
      takerFee: bps(council.feeBps),
      spreadBps: council.spreadBps,
      slippageBps: council.slippageBps,
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

/** Every entry of a council is a person's (COUN-6), whatever the house lets through by rule. */
export function councilRules({ config }: Loaded, allowed: readonly InstrumentId[]): HouseRules {
  const { council } = config;
  const house = houseRulesOf(config, allowed);
  return {
    ...house,
    charges: { takerFee: bps(council.feeBps) },
    ages: { ...house.ages, quoteMs: council.quoteAgeMsMax },
    approval: { ...house.approval, personAbove: zeroMoney },
    limits: { ...house.limits, quoteAgeMsMax: council.quoteAgeMsMax, positionsMax: 1 },
  };
}

export function councilSettings({ config }: Loaded, regimeAt: (untilMs: number) => Regime): CouncilSettings {
  const { council } = config;
  const calendar = calendarOf("xnys");
  const times = { meetingTime: council.meetingTime, answerMinutes: council.answerMinutes };
  const { events, refused } = readEvents(council.events, calendar);
  const prompt = (role: string) => readPrompt(`council.${role}`);
  return {
    strategy: {
      name: "council",
      frames: framesOf(council.interval),
      watcher: wakesWhenDue(calendar, times),
    },
    seat: { of: "council" },
    calendar,
    times,
    members: membersOf(config),
    models: { a: council.researchA, b: council.researchB, chairman: council.chairman },
    prompts: {
      research: prompt("research"),
      pm: prompt("pm"),
      reviewer: prompt("reviewer"),
      chairman: prompt("chairman"),
      checkpoint: prompt("checkpoint"),
    },
    deadlineMs: council.deadlineMs,
    quorum: council.quorum,
    seed: config.seed,
    sizes: { onePct: council.onePct, twoPct: council.twoPct },
    drift: { priceBpsMax: council.driftBpsMax, sizeBpsMax: council.sizeDriftBpsMax },
    expirySeconds: council.expirySeconds,
    weighReviewers: council.weighReviewers,
    eventList: events,
    refusedEvents: refused,
    dividends: [...(councilDividends(config) ?? [])].flatMap(([symbol, paid]) => exDividends(symbol, paid)),
    regimeAt,
  };
}

const exDividends = (symbol: string, actions: readonly CorporateAction[]): readonly ExDividend[] =>
  actions.flatMap((of) => (of.kind === "dividend" ? [{ symbol, exMs: exMsOf(of, calendarOf("xnys")), amount: of.amount }] : []));

/** Those who are seated; where the account is one of several, those who sit in its council. */
function membersOf(config: Loaded["config"]): readonly CouncilMember[] {
  const seats = councilOf(config, config.account.id)?.seats;
  return membersIn(config.council.members).flatMap(({ seated, name, model, style, profile, instruments }) => {
    const mandate = instruments.length === 0 ? councilSymbols : councilSymbols.filter((symbol) => instruments.includes(symbol));
    return seated && (seats === undefined || seats.includes(name)) ? [{ name, model, style, profile, mandate }] : [];
  });
}

/** The council's own account on a made-up market, with the house model and a person who approves: for demos. */
export function demoCouncilPlan(seed = "1", sessions = 12): BacktestPlan<CouncilSettings> {
  const loaded = loadSettings(undefined, [`seed=${seed}`]);
  const approver = new CouncilApprover(always(true));
  return {
    ...councilPlan(loaded, etfMarket(seed, sessions), new MemoryJournal()),
    approver,
    onEntry: (entry) => approver.see(entry),
  };
}
