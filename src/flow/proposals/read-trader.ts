import type { Price } from "../../words/price.ts";
import type { Result } from "../../words/result.ts";
import type { Side } from "../../words/side.ts";
import { arbiterMapping, traderMapping } from "./crypto-mapping.ts";
import { arbiterChoices, tradeSides, type ArbiterChoice } from "./crypto-schema.ts";
import type { Json } from "./read-json.ts";
import { readReply, type Read, type ReaderFault } from "./read-reply.ts";
import { closedField, listField, numberField, priceField, textField, wordField } from "./reply-fields.ts";

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

/** More is no answer that a person would read; how many of them count is the desk's limit. */
const decisionsReadMax = 50;
const symbolMax = 64;

/** A model's text comes in; its decisions go out, every number as written, or the first fault with its path. */
export const readTrader = (text: string): Result<Read<TraderReply>, ReaderFault> => readReply(text, traderMapping, trades);

/** The arbiter's text comes in; its choices go out. */
export const readArbiter = (text: string): Result<Read<ArbiterReply>, ReaderFault> => readReply(text, arbiterMapping, choices);

const traderKeys = ["decisions", "rationale"];
const decisionKeys = ["symbol", "side", "confidence", "rationale"];
/** Size and levels may be left out as well as null: both say that the desk decides. */
const openKeys = ["size_pct", "stop_price", "target_price"];

function trades(json: Json): TraderReply {
  const top = closedField(json, "", traderKeys);
  return {
    decisions: listField(top["decisions"], "decisions", decisionsReadMax, decision),
    rationale: textField(top["rationale"], "rationale"),
  };
}

function decision(json: Json, path: string): TraderDecision {
  const item = closedField(json, path, decisionKeys, openKeys);
  const size = item["size_pct"] ?? null;
  const stopLoss = priceField(item["stop_price"] ?? null, `${path}.stop_price`);
  const takeProfit = priceField(item["target_price"] ?? null, `${path}.target_price`);
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

const choiceKeys = ["symbol", "choice", "rationale"];

const choices = (json: Json): ArbiterReply =>
  listField(closedField(json, "", ["choices"])["choices"], "choices", decisionsReadMax, (item, path) => {
    const choice = closedField(item, path, choiceKeys);
    return {
      symbol: textField(choice["symbol"], `${path}.symbol`, symbolMax),
      choice: wordField(choice["choice"], `${path}.choice`, arbiterChoices),
      rationale: textField(choice["rationale"], `${path}.rationale`),
    };
  });
