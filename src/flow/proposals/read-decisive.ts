import type { Price } from "../../words/price.ts";
import { ok, type Result } from "../../words/result.ts";
import { decisiveMapping } from "./decisive-mapping.ts";
import { decisiveDirections, type DecisiveDirection } from "./decisive-schema.ts";
import type { Json } from "./read-json.ts";
import { readReply, type ReaderFault } from "./read-reply.ts";
import { closedField, listField, numberField, priceField, textField, wordField } from "./reply-fields.ts";
import type { Normalisations } from "./reply-mapping.ts";

/** One symbol's part of a decisive answer (EQ-1), typed but not yet judged. A pass and a close may leave every number open. */
export type Decisive = {
  readonly symbol: string;
  readonly direction: DecisiveDirection;
  /** Target before stop, 0..1, raw. */
  readonly pWin: number | undefined;
  readonly entry: Price | undefined;
  readonly stop: Price | undefined;
  readonly target: Price | undefined;
  /** What would show that the thesis is wrong. */
  readonly invalidation: string;
  /** The model's own expectation, as a fraction of the entry: kept beside ours, which alone counts. */
  readonly ev: number | undefined;
  readonly thesis: string;
  readonly conviction: number;
};

export type DecisiveReply = { readonly decisions: readonly Decisive[]; readonly normalised: Normalisations };

const decisionsMax = 60;
const keys = ["symbol", "direction", "p_win", "entry", "stop", "target", "invalidation", "ev", "thesis", "conviction"];

/**
 * A model's text comes in; its decisions go out, every price exactly as written, or the first fault with its path. Other spellings are taken
 * where `decisiveMapping` declares them, and counted; nothing else is, and no number is made up for one that is missing.
 */
export function readDecisive(text: string): Result<DecisiveReply, ReaderFault> {
  const read = readReply(text, decisiveMapping, decisions, whole);
  return read.ok ? ok({ decisions: read.value.reply, normalised: read.value.normalised }) : read;
}

/** A list of decisions alone says the same as the object around it. */
const whole = (json: Json): Json => (Array.isArray(json) ? { decisions: json as Json } : json);

const decisions = (json: Json): readonly Decisive[] =>
  listField(closedField(json, "", ["decisions"])["decisions"], "decisions", decisionsMax, decisive);

function decisive(json: Json, path: string): Decisive {
  const item = closedField(json, path, keys);
  return {
    symbol: textField(item["symbol"], `${path}.symbol`, 64),
    direction: wordField(item["direction"], `${path}.direction`, decisiveDirections),
    pWin: openField(item["p_win"], `${path}.p_win`, 0, 1),
    entry: priceField(item["entry"], `${path}.entry`),
    stop: priceField(item["stop"], `${path}.stop`),
    target: priceField(item["target"], `${path}.target`),
    invalidation: textField(item["invalidation"], `${path}.invalidation`),
    ev: openField(item["ev"], `${path}.ev`, -10, 10),
    thesis: textField(item["thesis"], `${path}.thesis`),
    conviction: numberField(item["conviction"], `${path}.conviction`, 0, 1),
  };
}

const openField = (json: Json | undefined, path: string, from: number, to: number): number | undefined =>
  json === null ? undefined : numberField(json, path, from, to);
