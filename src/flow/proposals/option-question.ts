import { approximately, divideExact, formatExact, parseExact } from "../../words/exact.ts";
import { invariant } from "../../words/invariant.ts";
import type { OptionContext } from "../context/option-context.ts";
import type { FrameSnapshot, Quote } from "../market/snapshot.ts";
import { optionEntrySchema, optionExitSchema } from "./option-schemas.ts";
import type { Prompt } from "./portfolio-question.ts";
import type { Question } from "./question.ts";

export type OptionAsk = {
  readonly prompt: Prompt;
  readonly model: string;
  readonly deadlineMs: number;
  /** How this account leaves positions, as a word: a style for the model, never a limit. */
  readonly style: string;
};

/** One open option with its market comes in; the question what to do with it goes out (OPT-1). */
export const exitQuestion = (context: OptionContext, ask: OptionAsk): Question => ({
  ...about(context, ask),
  schema: optionExitSchema,
});

/** One contract that a rule would buy comes in; the question whether to goes out. */
export const entryQuestion = (context: OptionContext, ask: OptionAsk): Question => ({ ...about(context, ask), schema: optionEntrySchema });

function about(context: OptionContext, { prompt, model, deadlineMs, style }: OptionAsk): Omit<Question, "schema"> {
  const { underlying } = context;
  const lines = [
    `STYLE ${style}`,
    `TIME ${context.now.toString()}`,
    "SESSION minutes_to_close,underlying",
    `${rounded(context.minutesToClose, 4)},${context.contract.instrument.underlying}`,
    "CONTRACT symbol,right,strike,days_to_expiry,bid,ask,spread_bps,iv,delta,gamma,theta,vega,open_interest,volume,greeks",
    contractRow(context),
    ...heldRows(context),
    ...(underlying === undefined
      ? []
      : [
          "UNDERLYING symbol,tick,last",
          [underlying.instrument.symbol, formatExact(underlying.instrument.tick), formatExact(underlying.market.quote.last)].join(","),
          ...underlying.market.frames.flatMap((frame) => frameRows(underlying.instrument, underlying.market.quote, frame)),
        ]),
  ];
  return { role: "trader", model, prompt: prompt.id, system: prompt.text, user: lines.join("\n"), deadlineMs, outputTokensMax: 300 };
}

function contractRow({ contract: { instrument, market, daysToExpiry } }: OptionContext): string {
  const { quote, contract } = market;
  const { bid, ask } = quote;
  return [
    instrument.symbol,
    instrument.right,
    formatExact(instrument.strike),
    daysToExpiry,
    formatExact(bid),
    formatExact(ask),
    rounded(spreadBpsOf(quote), 4),
    ...[contract?.iv, contract?.delta, contract?.gamma, contract?.theta, contract?.vega].map((each) =>
      each === undefined ? "" : rounded(each, 4),
    ),
    contract?.contractsOpen ?? "",
    contract?.dayVolume ?? "",
    contract?.greeksBy ?? "",
  ].join(",");
}

/** Ask less bid against their middle, in basis points; NaN without two sides. A crossed book is below zero. */
export function spreadBpsOf({ bid, ask }: Pick<Quote, "bid" | "ask">): number {
  if (bid <= 0n || ask <= 0n) return Number.NaN;
  return approximately(divideExact((ask - bid) * 20_000n, bid + ask, "up"));
}

function heldRows({ held, contract, now }: OptionContext): string[] {
  if (held === undefined) return [];
  const { quantity, averageEntry, openedAt } = held.position;
  const minutes = Math.round((now.epochMilliseconds - openedAt.epochMilliseconds) / 60_000);
  return [
    "POSITION contracts,paid,bid,gain_pct,held_min",
    [formatExact(quantity), formatExact(averageEntry), formatExact(contract.market.quote.bid), rounded(held.pnlPct, 4), minutes].join(","),
  ];
}

/** Closes as distances in ticks from the last price, newest first, as the other desks show them. */
function frameRows({ symbol, tick }: { readonly symbol: string; readonly tick: bigint }, { last }: Quote, frame: FrameSnapshot): string[] {
  const names = Object.keys(frame.values);
  const closes = frame.closes.map((close) => formatExact(divideExact(unitsOf(close) - last, tick, "half_even"))).join(" ");
  return [
    `FRAME ${frame.interval} ${["symbol", ...names, "closes"].join(",")}`,
    [symbol, ...names.map((name) => rounded(frame.values[name] ?? Number.NaN, 5)), closes].join(","),
  ];
}

function unitsOf(value: number): bigint {
  const read = parseExact(String(value));
  invariant(read.ok, `a close such as ${value} has no digits beyond 10^-12`);
  return read.value;
}

const rounded = (value: number, digits: number): string =>
  Number.isFinite(value) ? String(Number.parseFloat(value.toPrecision(digits))) : "";
