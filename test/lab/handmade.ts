import type { AssetHistory } from "../../src/flow/market/bars.ts";
import type { ModelAnswer, Question } from "../../src/flow/proposals/question.ts";
import type { Strategy } from "../../src/flow/proposals/strategy.ts";
import { hold } from "../../src/flow/proposals/strategy.ts";
import type { Model } from "../../src/ports/model.ts";
import { instrumentId } from "../../src/words/ids.ts";
import type { Perpetual } from "../../src/words/instrument.ts";
import { intervalMs } from "../../src/words/interval.ts";
import { money, zeroMoney } from "../../src/words/money.ts";
import { price } from "../../src/words/price.ts";
import { quantity } from "../../src/words/quantity.ts";
import { rate } from "../../src/words/rate.ts";

/** One tick is 1, one lot a hundredth. Prices around 10000 make a basis point one tick. */
export const aCoin = (name = "BTC", of: Partial<Perpetual> = {}): Perpetual => ({
  kind: "perpetual",
  id: instrumentId(`${name}.PERP`),
  symbol: name,
  base: name,
  venue: "synthetic",
  currency: "USDT",
  tick: price("1"),
  lot: quantity("0.01"),
  multiplier: quantity("1"),
  minQuantity: quantity("0.01"),
  maxQuantity: quantity("100000"),
  minNotional: money("5"),
  priceMayBeNegative: false,
  calendar: "always",
  leverageMax: 50,
  maintenanceMarginRate: rate("0.01"),
  liquidationFeeRate: rate("0.0125"),
  fundingIntervalHours: 8,
  ...of,
});

/** Open, high, low, close, and lots of volume where they matter. */
export type Candle = readonly [open: number, high: number, low: number, close: number, volume?: number];
export const still = (at: number): Candle => [at, at, at, at];
export const firstMs = Temporal.Instant.from("2026-01-05T00:00:00Z").epochMilliseconds;
export const hourMs = intervalMs["1h"];

/** Hourly bars from midnight on. */
export function candles(instrument: Perpetual, of: readonly Candle[], more: Partial<AssetHistory> = {}): AssetHistory {
  const column = (value: (candle: Candle, at: number) => number): Float64Array => Float64Array.from(of, value);
  return {
    instrument,
    bars: {
      instrument,
      interval: "1h",
      length: of.length,
      openMs: column((_, at) => firstMs + at * hourMs),
      open: column(([open]) => open),
      high: column(([, high]) => high),
      low: column(([, , low]) => low),
      close: column(([, , , close]) => close),
      volume: column(([, , , , volume = 10_000_000]) => volume),
    },
    ...more,
  };
}

/** Looks at nothing and wants nothing: for desks whose model decides. */
export const idle: Strategy = {
  name: "idle",
  version: "1",
  description: "Leaves it to the model",
  numbers: { allocationBpsMax: 1000, riskBps: 10, stopAtr: 1, rewardToRisk: 1, confidenceMin: 0.5 },
  frames: [{ times: 1, indicators: {} }],
  decide: () => hold("the model decides"),
};

export type Wish = {
  readonly action: string;
  readonly usd?: number | string;
  readonly sl?: number | null;
  readonly tp?: number | null;
  readonly confidence?: number;
};

/** A portfolio answer as a model writes it; assets that are not mentioned hold. */
export function reply(symbols: readonly string[], wishes: Readonly<Record<string, Wish>>): string {
  const decisions = symbols.map((symbol) => {
    const { action, usd = 0, sl = null, tp = null, confidence = 0.7 } = wishes[symbol] ?? { action: "hold" };
    return {
      symbol,
      action,
      allocation_usd: Number(usd),
      tp_price: tp,
      sl_price: sl,
      exit_plan: "as said",
      rationale: "because",
      confidence,
      risk_level: "medium",
    };
  });
  const total = decisions.reduce((sum, { allocation_usd }) => sum + allocation_usd, 0);
  return JSON.stringify({ decisions, rationale: "as planned", total_allocation_usd: total, risk_level: "low" });
}

export const spent = { latencyMs: 5, tokensIn: 10, tokensOut: 10, cost: zeroMoney } as const;

/** The symbols that a question is about, from its table of assets. */
const symbolsOf = ({ user }: Question): string[] => {
  const lines = user.split("\n");
  const from = lines.findIndex((line) => line.startsWith("ASSETS ")) + 1;
  const end = lines.findIndex((line, at) => at >= from && /^[A-Z_]+ /.test(line));
  return lines.slice(from, end).map((line) => line.split(",")[0]!);
};

/** Answers by the number of bars that have closed, counted from 1; all else is a hold. */
export class ScriptedModel implements Model {
  readonly questions: Question[] = [];
  readonly #script: Readonly<Record<number, Readonly<Record<string, Wish>> | ModelAnswer>>;

  constructor(script: Readonly<Record<number, Readonly<Record<string, Wish>> | ModelAnswer>>) {
    this.#script = script;
  }

  ask(question: Question): ModelAnswer {
    this.questions.push(question);
    const time = /^TIME (\S+)/m.exec(question.user)?.[1] ?? "";
    const bar = Math.round((Temporal.Instant.from(time).epochMilliseconds - firstMs) / hourMs);
    const said = this.#script[bar] ?? {};
    if ("outcome" in said && typeof said.outcome === "string") return said as ModelAnswer;
    return { ...spent, outcome: "ok", text: reply(symbolsOf(question), said as Readonly<Record<string, Wish>>) };
  }
}
