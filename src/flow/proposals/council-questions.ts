import { formatExact } from "../../words/exact.ts";
import type { Price } from "../../words/price.ts";
import type { CouncilEvent } from "../context/council-events.ts";
import type { Regime } from "../market/regime.ts";
import type { CouncilPack } from "./council-pack.ts";
import { chairSchema, pitchSchema, researchSchema, reviewSchema } from "./council-schemas.ts";
import { cell, eventTable, packTables, regimeTables } from "./council-tables.ts";
import type { CouncilSymbol, Pitch, Review, RiskProfile, RubricItem } from "./council-words.ts";
import type { Labelled } from "./peer-labels.ts";
import type { Prompt } from "./portfolio-question.ts";
import type { AnswerSchema, ModelRole, Question } from "./question.ts";

/** What a council knows comes in; the questions to its members go out: what is the same for all of them stands first (COUN-2 to COUN-5). */

export type Ask = { readonly model: string; readonly prompt: Prompt; readonly deadlineMs: number };

export type CouncilPrice = { readonly symbol: CouncilSymbol; readonly price: Price };

export const councilQuestion = (
  role: ModelRole,
  { model, prompt, deadlineMs }: Ask,
  lines: readonly string[],
  schema: AnswerSchema,
  outputTokensMax: number,
): Question => ({
  role,
  model,
  prompt: prompt.id,
  system: prompt.text,
  user: lines.join("\n"),
  schema,
  deadlineMs,
  outputTokensMax,
});

const priceTable = (prices: readonly CouncilPrice[]): readonly string[] => [
  "PRICES symbol,price_usd",
  ...prices.map(({ symbol, price }) => `${symbol},${formatExact(price)}`),
];

type Market = {
  readonly week: string;
  readonly regime: Regime;
  readonly events: readonly CouncilEvent[];
  readonly prices: readonly CouncilPrice[];
};

/** Both packs are asked for with the same text but for their letter: two looks at one market, neither of which sees the other. */
export const researchQuestion = (pack: "A" | "B", { week, regime, events, prices }: Market, ask: Ask): Question =>
  councilQuestion(
    "research",
    ask,
    ["PACK name,week", `${pack},${week}`, ...priceTable(prices), ...regimeTables(regime), ...eventTable(events)],
    researchSchema,
    4_000,
  );

export type Member = {
  readonly name: string;
  readonly style: string;
  readonly profile: RiskProfile;
  /** What this member may pitch. */
  readonly mandate: readonly CouncilSymbol[];
};

export const pitchQuestion = (pack: CouncilPack, prices: readonly CouncilPrice[], member: Member, ask: Ask): Question =>
  councilQuestion(
    "pm",
    ask,
    [
      ...priceTable(prices),
      ...packTables(pack),
      "MEMBER style,risk_profile,may_pitch",
      [cell(member.style), member.profile, member.mandate.join(" ")].join(","),
    ],
    pitchSchema,
    2_000,
  );

function pitchTables(labelled: readonly Labelled[]): readonly string[] {
  const limit = (pitch: Pitch): string => (pitch.limit === undefined ? "" : formatExact(pitch.limit));
  return [
    "PITCHES label,symbol,direction,conviction,horizon,risk_profile,entry,limit_price,out_before,indicators,thesis_points,invalidation",
    ...labelled.map(({ label, pitch }) =>
      [
        label,
        pitch.symbol,
        pitch.direction,
        pitch.conviction,
        pitch.horizon,
        pitch.profile,
        pitch.entryBy,
        limit(pitch),
        pitch.outBefore.join(" "),
        pitch.indicators.length,
        pitch.thesis.length,
        cell(pitch.invalidation),
      ].join(","),
    ),
    "THESES label,point",
    ...labelled.flatMap(({ label, pitch }) => pitch.thesis.map((line) => `${label},${cell(line)}`)),
    "INDICATORS label,symbol,measure,comparison,threshold",
    ...labelled.flatMap(({ label, pitch }) =>
      pitch.indicators.map(({ symbol, measure, comparison, threshold }) => [label, symbol, cell(measure), comparison, threshold].join(",")),
    ),
  ];
}

/** One reviewer's own labels, own order of pitches and own order of the rubric (COUN-4). */
export const reviewQuestion = (pack: CouncilPack, labelled: readonly Labelled[], order: readonly RubricItem[], ask: Ask): Question =>
  councilQuestion(
    "reviewer",
    ask,
    [
      ...regimeTables(pack.regime),
      ...eventTable(pack.events),
      ...pitchTables(labelled),
      "RUBRIC place,item",
      ...order.map((item, at) => `${at + 1},${item}`),
    ],
    reviewSchema,
    4_000,
  );

export type HeardReview = { readonly label: string; readonly review: Review };

export const chairQuestion = (
  pack: CouncilPack,
  labelled: readonly Labelled[],
  ranked: readonly { readonly label: string; readonly score: number; readonly reviews: number }[],
  heard: readonly HeardReview[],
  ask: Ask,
): Question =>
  councilQuestion(
    "chairman",
    ask,
    [
      ...packTables(pack),
      ...pitchTables(labelled),
      "RANKED label,score,reviews",
      ...ranked.map(({ label, score, reviews }) => [label, score.toFixed(2), reviews].join(",")),
      "REVIEWS label,kill_shot,flip_condition",
      ...heard.map(({ label, review }) => [label, cell(review.killShot), cell(review.flipCondition)].join(",")),
    ],
    chairSchema,
    3_000,
  );
