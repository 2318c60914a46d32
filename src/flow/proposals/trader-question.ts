import type { Context } from "../context/gather.ts";
import { arbiterSchema, traderSchema } from "./crypto-schema.ts";
import { portfolioQuestion, type Prompt } from "./portfolio-question.ts";
import type { Question } from "./question.ts";

export type TraderAsk = {
  readonly prompt: Prompt;
  readonly model: string;
  readonly deadlineMs: number;
  readonly decisionsMax: number;
  readonly sizePctMax: number;
  /** Largest position notional as text, in USD. */
  readonly allocationMax: string;
};

/** A context comes in; the AI trader's question goes out. It shows nothing of what the rules want: a source that is told of the other is no second one. */
export function traderQuestion(
  context: Context,
  { prompt, model, deadlineMs, decisionsMax, sizePctMax, allocationMax }: TraderAsk,
): Question {
  const style = `crypto: at most ${decisionsMax} decisions, size_pct at most ${sizePctMax}`;
  return {
    ...portfolioQuestion(context, prompt, style, model, allocationMax),
    schema: traderSchema,
    deadlineMs,
    outputTokensMax: 1_000,
  };
}

/** Two wishes that stand against one another, as the arbiter sees them. */
export type Opposed = {
  readonly symbol: string;
  readonly local: { readonly side: string; readonly confidence: number; readonly sizePct: number; readonly rationale: string };
  readonly ai: { readonly side: string; readonly confidence: number; readonly sizePct: number; readonly rationale: string };
};

export type ArbiterAsk = { readonly prompt: Prompt; readonly model: string; readonly deadlineMs: number };

/** What the table leaves open comes in; one question about all of it goes out (DUAL-3), with the same tables that the AI trader saw. */
export function arbiterQuestion(context: Context, cases: readonly Opposed[], { prompt, model, deadlineMs }: ArbiterAsk): Question {
  const asked = new Set(cases.map(({ symbol }) => symbol));
  const seen = { ...context, assets: context.assets.filter(({ instrument }) => asked.has(instrument.symbol)) };
  const tables = portfolioQuestion(seen, prompt, "crypto: choose between two proposals", model, "0").user;
  const rows = cases.flatMap(({ symbol, local, ai }) =>
    (
      [
        ["local", local],
        ["ai", ai],
      ] as const
    ).map(([source, { side, confidence, sizePct, rationale }]) =>
      [symbol, source, side, confidence, sizePct, oneCell(rationale)].join(","),
    ),
  );
  return {
    role: "arbiter",
    model,
    prompt: prompt.id,
    system: prompt.text,
    user: `${tables}\nOPPOSED symbol,source,side,confidence,size_pct,rationale\n${rows.join("\n")}`,
    schema: arbiterSchema,
    deadlineMs,
    outputTokensMax: 500,
  };
}

/** The AI trader's words stand in one cell of one row: whoever reads the table must not take them for another. */
const oneCell = (text: string): string =>
  text
    .replace(/[\p{C}\s,]+/gu, " ")
    .trim()
    .slice(0, 200)
    .toWellFormed();
