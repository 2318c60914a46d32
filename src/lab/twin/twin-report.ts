import type { AssetHistory } from "../../flow/market/bars.ts";
import type { InstrumentId } from "../../words/ids.ts";
import { bootstrapMean, type Interval95 } from "../prompts/intervals.ts";
import { priceTrade, type Priced, type PriceRule } from "./price-trade.ts";
import { stages, turnedAwayBy, type Stage, type TurnedAway, type TwinItem, type Unpriceable } from "./twin-item.ts";
import type { TwinFacts } from "./twin-items.ts";

/** How much a group of wishes would have brought by the rule, in the account's currency. */
export type TwinSum = {
  readonly count: number;
  readonly priced: number;
  readonly wouldHaveBrought: number;
  /** The mean of the days on which there was any, resampled by days: what one day's wishes have in common is one piece of evidence. */
  readonly perDay: Interval95 | null;
};

export type TwinStageRow = TwinSum & { readonly stage: Stage };

export type TwinRow = TwinSum & {
  readonly what: TurnedAway;
  /** The rail's code, who declined, the venue's reason, the source that lost. */
  readonly by: string;
  /** What turning it away brought: the opposite of what it would have. */
  readonly added: number;
  /** Whether the interval leaves out zero. */
  readonly verdict: "added" | "cost" | "not_clear" | "too_few";
};

export type TwinReport = {
  readonly rule: PriceRule;
  readonly stages: readonly TwinStageRow[];
  readonly rows: readonly TwinRow[];
  readonly unpriced: Readonly<Record<string, number>>;
  /** What the account itself made, by its own books. */
  readonly booked: { readonly netBeforeModelCosts: number; readonly modelCosts: number };
};

const dayMs = 86_400_000;

/** A journal's wishes and the market come in; what each who had a say in them added or cost goes out. */
export function twinReport(
  { items, netBeforeModelCosts, modelCosts }: TwinFacts,
  histories: readonly AssetHistory[],
  rule: PriceRule,
): TwinReport {
  const byId = new Map<InstrumentId, AssetHistory>(histories.map((history) => [history.instrument.id, history]));
  const priced = items.map((item) => ({ item, price: priceOf(item, byId, rule) }));
  const unpriced = new Map<string, number>();
  for (const { price } of priced) if ("unpriced" in price) unpriced.set(price.unpriced, (unpriced.get(price.unpriced) ?? 0) + 1);

  const turned = new Map<string, PricedItem[]>();
  for (const each of priced)
    if ("what" in each.item) {
      const key = `${each.item.what} ${each.item.by}`;
      turned.set(key, [...(turned.get(key) ?? []), each]);
    }
  return {
    rule,
    stages: stages.flatMap((stage) => {
      const own = priced.filter(({ item }) => "stage" in item && item.stage === stage);
      return own.length === 0 ? [] : [{ stage, ...sumOf(own, stage) }];
    }),
    rows: [...turned].flatMap(([key, of]) => rowOf(key, of)).sort(inOrder),
    unpriced: Object.fromEntries(unpriced),
    booked: { netBeforeModelCosts: cents(netBeforeModelCosts), modelCosts },
  };
}

type PricedItem = { readonly item: TwinItem; readonly price: Priced | Unpriceable };

function priceOf({ instrument, wish }: TwinItem, byId: ReadonlyMap<InstrumentId, AssetHistory>, rule: PriceRule): Priced | Unpriceable {
  if ("unpriced" in wish) return wish;
  return priceTrade(instrument === undefined ? undefined : byId.get(instrument), wish, rule);
}

function rowOf(key: string, of: readonly PricedItem[]): readonly TwinRow[] {
  const first = of[0]?.item;
  if (first === undefined || !("what" in first)) return [];
  const found = sumOf(of, key);
  const { perDay } = found;
  const verdict = perDay === null ? "too_few" : perDay.high < 0 ? "added" : perDay.low > 0 ? "cost" : "not_clear";
  return [{ what: first.what, by: first.by, ...found, added: cents(0 - found.wouldHaveBrought), verdict }];
}

function sumOf(of: readonly PricedItem[], seed: string): TwinSum {
  const byDay = new Map<number, number>();
  let priced = 0;
  let total = 0;
  for (const { item, price } of of) {
    if ("unpriced" in price) continue;
    priced++;
    total += price.net;
    const day = Math.floor(item.wish.atMs / dayMs);
    byDay.set(day, (byDay.get(day) ?? 0) + price.net);
  }
  const interval = bootstrapMean([...byDay.values()], `twin ${seed}`);
  const perDay = interval === null ? null : { value: cents(interval.value), low: cents(interval.low), high: cents(interval.high) };
  return { count: of.length, priced, wouldHaveBrought: cents(total), perDay };
}

/** Zero is added since a minus before it says nothing. */
const cents = (value: number): number => Math.round(value * 100) / 100 + 0;

const inOrder = (one: TwinRow, other: TwinRow): number =>
  turnedAwayBy.indexOf(one.what) - turnedAwayBy.indexOf(other.what) || other.count - one.count || (one.by < other.by ? -1 : 1);
