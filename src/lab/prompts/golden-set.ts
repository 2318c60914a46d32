import { gather, type Context } from "../../flow/context/gather.ts";
import type { AssetSnapshot, Quote } from "../../flow/market/snapshot.ts";
import type { ProtectionPlan, Standing } from "../../flow/portfolio/standing.ts";
import type { DecisionMemory } from "../../flow/portfolio/trade.ts";
import { formatMoney } from "../../flow/proposals/format-money.ts";
import { portfolioQuestion, type Prompt } from "../../flow/proposals/portfolio-question.ts";
import type { Question } from "../../flow/proposals/question.ts";
import type { Strategy } from "../../flow/proposals/strategy.ts";
import { Random } from "../../sim/random.ts";
import { correlationId, intentId } from "../../words/ids.ts";
import { instantOfMs } from "../../words/instant.ts";
import type { Instrument } from "../../words/instrument.ts";
import { intervalMs } from "../../words/interval.ts";
import { present } from "../../words/invariant.ts";
import { minus, money, timesRate, type Money } from "../../words/money.ts";
import { priceTimes, toTick } from "../../words/price.ts";
import { bps, oneMinus, onePlus } from "../../words/rate.ts";
import { holding, perpetual } from "../prove/sound-scene.ts";
import { goldenAsset, goldenNowMs } from "./golden-market.ts";
import { scenarios, type Scenario } from "./golden-scenarios.ts";

/** One situation as it is asked: its context, and the question that the desk's own code makes of it. */
export type GoldenQuestion = { readonly name: string; readonly context: Context; readonly question: Question };

export type GoldenWish = {
  readonly prompt: Prompt;
  readonly model: string;
  readonly strategy: Strategy;
  readonly allocationMax: Money;
};

const equity = money("100000");
const instruments: readonly Instrument[] = [perpetual("PROBE-A"), perpetual("PROBE-B")];

/** Each scenario three times: on two paths with nothing held, and on a third with a long position in both assets. */
const variants = ["a", "b", "held"] as const;

/** The same wish gives the same questions, to the byte, on every machine. */
export const goldenSet = (wish: GoldenWish): readonly GoldenQuestion[] =>
  scenarios.flatMap((scenario) => variants.map((variant) => golden(scenario, variant, wish)));

function golden(scenario: Scenario, variant: (typeof variants)[number], wish: GoldenWish): GoldenQuestion {
  const { prompt, model, strategy, allocationMax } = wish;
  const name = `${scenario.name}/${variant}`;
  const random = new Random("golden set").fork(name);
  const { seen = (asset) => asset } = scenario;
  const assets = instruments.map((of) =>
    seen(goldenAsset(of, scenario.course, strategy.frames, scenario.spreadBps ?? 4, random.fork(of.symbol))),
  );
  const staleMs = (scenario.staleHours ?? 0) * intervalMs["1h"];
  const shown = staleMs === 0 ? assets : assets.slice(0, 1);
  const left = staleMs === 0 ? [] : instruments.slice(1);
  const context = gather(
    {
      takenAt: instantOfMs(goldenNowMs + staleMs),
      assets: shown,
      leftOut: left.map(({ id }) => ({ instrument: id, why: "stale" })),
      ...(scenario.news === undefined ? {} : { news: { nonce: "goldenset0123456", items: scenario.news } }),
    },
    standing(scenario, variant === "held", allocationMax, assets),
    (id) =>
      present(
        instruments.find((each) => each.id === id),
        `${id} is in the golden set`,
      ),
    (id) => (scenario.atLimit === true ? refusedLately(id) : []),
  );
  const style = `${strategy.name}: ${strategy.description}`;
  return { name, context, question: portfolioQuestion(context, prompt, style, model, formatMoney(allocationMax)) };
}

const refusedLately = (instrument: Instrument["id"]): readonly DecisionMemory[] =>
  [3, 2, 1].map((hours) => ({
    instrument,
    correlation: correlationId(`golden.${hours}`),
    action: "buy",
    confidence: 0.6,
    fate: "refused: gross_exposure",
    decidedAt: instantOfMs(goldenNowMs - hours * intervalMs["1h"]),
  }));

function standing({ atLimit }: Scenario, held: boolean, allocationMax: Money, assets: readonly AssetSnapshot[]): Standing {
  const worth = atLimit === true ? allocationMax : money("5000");
  const positions = atLimit === true || held ? instruments.map(({ id }) => holding(id, worth)) : [];
  const now = atLimit === true ? minus(equity, timesRate(equity, bps(450), "up")) : equity;
  const byId = new Map(positions.map((position) => [position.instrument, position]));
  const plans = new Map(assets.map(({ quote }) => [quote.instrument, planAround(quote)]));
  return {
    marginMode: "cross",
    leverage: 5,
    cash: now,
    equity: now,
    dayStartEquity: equity,
    peakEquity: equity,
    positions,
    position: (id) => byId.get(id),
    openOrders: [],
    openOrder: () => undefined,
    knowsOrder: () => false,
    reservations: [],
    protection: (id) => (byId.has(id) ? plans.get(id) : undefined),
    sentOrders: [],
    entriesFilledSince: () => 0,
    latches: [],
    killLevel: "none",
  };
}

/** Around the last price and not the entry: a stop that the path went through would have closed the position. */
function planAround({ instrument, last }: Quote): ProtectionPlan {
  const { tick } = present(instruments[0], "the golden set has instruments");
  return {
    instrument,
    intent: intentId("golden"),
    correlation: correlationId("golden.0"),
    stopLoss: toTick(priceTimes(last, oneMinus(bps(400)), "down"), tick, "down"),
    takeProfit: toTick(priceTimes(last, onePlus(bps(800)), "up"), tick, "up"),
  };
}
