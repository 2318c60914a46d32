import type { Price } from "../../words/price.ts";
import { ok, type Result } from "../../words/result.ts";
import type { Side } from "../../words/side.ts";
import { arbiterMapping, traderMapping } from "./crypto-mapping.ts";
import { arbiterChoices, tradeSides, type ArbiterChoice } from "./crypto-schema.ts";
import { normaliseReply } from "./normalise-reply.ts";
import { isRecord, readJson, type Json } from "./read-json.ts";
import type { ReaderFault } from "./read-portfolio.ts";
import { closedField, listField, numberField, priceField, shaped, textField, wordField } from "./reply-fields.ts";
import type { Normalisations, ReplyMapping } from "./reply-mapping.ts";

/** One trade that an AI trader wants (DUAL-1), typed but not yet judged. What it leaves open the desk decides. */
export type TraderDecision = {
  readonly symbol: string;
  readonly side: Side;
  readonly confidence: number;
  readonly sizePct?: number;
  readonly stopLoss?: Price;
  readonly takeProfit?: Price;
  readonly rationale: string;
};

export type TraderReply = { readonly decisions: readonly TraderDecision[]; readonly rationale: string };
export type ArbiterReply = readonly { readonly symbol: string; readonly choice: ArbiterChoice; readonly rationale: string }[];
export type WithNormalised<Of> = { readonly reply: Of; readonly normalised: Normalisations };

/** More is no answer that a person would read; how many of them count is the desk's limit. */
const decisionsReadMax = 50;
const symbolMax = 64;

/** A model's text comes in; its decisions go out, every number as written, or the first fault with its path. */
export const readTrader = (text: string): Result<WithNormalised<TraderReply>, ReaderFault> =>
  readWith(text, traderMapping, (json) => {
    const top = closedField(json, "", ["decisions", "rationale"]);
    return {
      decisions: listField(top["decisions"], "decisions", decisionsReadMax, decision),
      rationale: textField(top["rationale"], "rationale"),
    };
  });

/** The arbiter's text comes in; its choices go out. */
export const readArbiter = (text: string): Result<WithNormalised<ArbiterReply>, ReaderFault> =>
  readWith(text, arbiterMapping, (json) =>
    listField(closedField(json, "", ["choices"])["choices"], "choices", decisionsReadMax, (item, path) => {
      const choice = closedField(item, path, ["symbol", "choice", "rationale"]);
      return {
        symbol: textField(choice["symbol"], `${path}.symbol`, symbolMax),
        choice: wordField(choice["choice"], `${path}.choice`, arbiterChoices),
        rationale: textField(choice["rationale"], `${path}.rationale`),
      };
    }),
  );

function readWith<Of>(text: string, mapping: ReplyMapping, read: (json: Json) => Of): Result<WithNormalised<Of>, ReaderFault> {
  const json = readJson(text);
  if (!json.ok) return json;
  const normal = normaliseReply(json.value, mapping);
  if (!normal.ok) return normal;
  const reply = shaped(() => read(normal.value.json));
  return reply.ok ? ok({ reply: reply.value, normalised: normal.value.normalised }) : reply;
}

const decisionKeys = ["symbol", "side", "confidence", "size_pct", "stop_price", "target_price", "rationale"];
const openKeys = ["size_pct", "stop_price", "target_price"];

function decision(json: Json, path: string): TraderDecision {
  const item = closedField(withNulls(json), path, decisionKeys);
  const size = item["size_pct"];
  const stopLoss = priceField(item["stop_price"], `${path}.stop_price`);
  const takeProfit = priceField(item["target_price"], `${path}.target_price`);
  return {
    symbol: textField(item["symbol"], `${path}.symbol`, symbolMax),
    side: wordField(item["side"], `${path}.side`, tradeSides),
    confidence: numberField(item["confidence"], `${path}.confidence`, 0, 1),
    ...(size === null ? {} : { sizePct: numberField(size, `${path}.size_pct`, 0, 1_000) }),
    ...(stopLoss === undefined ? {} : { stopLoss }),
    ...(takeProfit === undefined ? {} : { takeProfit }),
    rationale: textField(item["rationale"], `${path}.rationale`),
  };
}

/** Size and levels may be left out as well as null: both say that the desk decides. */
const withNulls = (json: Json): Json => (isRecord(json) ? { ...Object.fromEntries(openKeys.map((key) => [key, null])), ...json } : json);
