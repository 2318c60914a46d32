import { parseMoney, type Money } from "../../words/money.ts";
import { parsePrice, type Price } from "../../words/price.ts";
import { err, ok, type Result } from "../../words/result.ts";
import { normaliseReply, type Ambiguous } from "./normalise-reply.ts";
import { portfolioMapping } from "./portfolio-mapping.ts";
import { perpActions, riskLevels, type ProposalAction, type RiskLevel } from "./proposal.ts";
import { isNumber, isRecord, printable, readJson, type Json, type JsonFault } from "./read-json.ts";
import type { Normalisations } from "./reply-mapping.ts";

/** One asset's part of a portfolio answer (PERP-1), typed but not yet judged. */
export type AssetDecision = {
  readonly symbol: string;
  readonly action: ProposalAction;
  readonly allocation: Money;
  readonly takeProfit?: Price;
  readonly stopLoss?: Price;
  readonly exitPlan: string;
  readonly rationale: string;
  readonly confidence: number;
  readonly riskLevel: RiskLevel;
};

export type PortfolioReply = {
  readonly decisions: readonly AssetDecision[];
  readonly rationale: string;
  readonly totalAllocation: Money;
  readonly riskLevel: RiskLevel;
  /** What the reader had to respell before it could read. */
  readonly normalised: Normalisations;
};

export type ReaderFault =
  | JsonFault
  | Ambiguous
  | { readonly code: "missing" | "unknown_key" | "wrong_type" | "not_a_word" | "out_of_range" | "too_many"; readonly detail: string };

const decisionsMax = 10;
const textMax = 2_000;
const symbolMax = 64;
const decisionKeys = ["symbol", "action", "allocation_usd", "tp_price", "sl_price", "exit_plan", "rationale", "confidence", "risk_level"];

/**
 * A model's text comes in; its decisions go out, every number exactly as written, or the first fault with its path. Other spellings are
 * taken where `portfolioMapping` declares them; fences, thoughts and prose around the JSON are not.
 */
export function readPortfolio(text: string): Result<PortfolioReply, ReaderFault> {
  const json = readJson(text);
  if (!json.ok) return json;
  const normal = normaliseReply(json.value, portfolioMapping);
  if (!normal.ok) return normal;
  try {
    return ok({ ...portfolio(normal.value.json), normalised: normal.value.normalised });
  } catch (fault) {
    if (fault instanceof Unreadable) return err({ code: fault.code, detail: fault.detail });
    throw fault;
  }
}

type ShapeCode = Exclude<ReaderFault["code"], (JsonFault | Ambiguous)["code"]>;

/** Carries a shape fault up through the readers below; it never leaves this file. */
class Unreadable extends Error {
  readonly code: ShapeCode;
  readonly detail: string;
  constructor(code: ShapeCode, detail: string) {
    super(detail);
    this.code = code;
    this.detail = detail;
  }
}

function portfolio(json: Json): Omit<PortfolioReply, "normalised"> {
  const top = record(json, "", ["decisions", "rationale", "total_allocation_usd", "risk_level"]);
  const list = top["decisions"];
  if (!Array.isArray(list)) throw new Unreadable("wrong_type", "decisions is a list");
  if (list.length > decisionsMax) throw new Unreadable("too_many", `${list.length} decisions over ${decisionsMax}`);
  return {
    decisions: list.map((item: Json, at) => decision(item, `decisions[${at}]`)),
    rationale: words(top["rationale"], "rationale"),
    totalAllocation: amount(top["total_allocation_usd"], "total_allocation_usd"),
    riskLevel: word(top["risk_level"], "risk_level", riskLevels),
  };
}

function decision(json: Json, path: string): AssetDecision {
  const item = record(json, path, decisionKeys);
  const takeProfit = level(item["tp_price"], `${path}.tp_price`);
  const stopLoss = level(item["sl_price"], `${path}.sl_price`);
  return {
    symbol: words(item["symbol"], `${path}.symbol`, symbolMax),
    action: word(item["action"], `${path}.action`, perpActions),
    allocation: amount(item["allocation_usd"], `${path}.allocation_usd`),
    ...(takeProfit === undefined ? {} : { takeProfit }),
    ...(stopLoss === undefined ? {} : { stopLoss }),
    exitPlan: words(item["exit_plan"], `${path}.exit_plan`),
    rationale: words(item["rationale"], `${path}.rationale`),
    confidence: fraction(item["confidence"], `${path}.confidence`),
    riskLevel: word(item["risk_level"], `${path}.risk_level`, riskLevels),
  };
}

function record(json: Json | undefined, path: string, keys: readonly string[]): Readonly<Record<string, Json>> {
  if (!isRecord(json)) throw new Unreadable("wrong_type", `${path === "" ? "the answer" : path} is an object`);
  for (const key of Object.keys(json)) if (!keys.includes(key)) throw new Unreadable("unknown_key", printable(`${path}.${key}`, 80));
  for (const key of keys) if (!(key in json)) throw new Unreadable("missing", path === "" ? key : `${path}.${key}`);
  return json;
}

/** Control bytes other than line breaks and tabs, and halves of surrogate pairs: terminals obey the first, databases refuse both. */
const unprintable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/;

function words(json: Json | undefined, path: string, most = textMax): string {
  if (typeof json !== "string") throw new Unreadable("wrong_type", `${path} is text`);
  if (json.length > most) throw new Unreadable("out_of_range", `${path} has ${json.length} characters over ${most}`);
  if (unprintable.test(json) || !json.isWellFormed()) throw new Unreadable("out_of_range", `${path} has characters that are not text`);
  return json;
}

function word<Word extends string>(json: Json | undefined, path: string, of: readonly Word[]): Word {
  const found = of.find((each) => each === json);
  if (found === undefined) throw new Unreadable("not_a_word", `${path} is one of ${of.join(", ")}`);
  return found;
}

function amount(json: Json | undefined, path: string): Money {
  if (!isNumber(json)) throw new Unreadable("wrong_type", `${path} is a number`);
  const read = parseMoney(json.literal);
  if (!read.ok) throw new Unreadable("out_of_range", `${path}: ${read.error.code}`);
  if (read.value < 0n) throw new Unreadable("out_of_range", `${path} is not negative`);
  return read.value;
}

function level(json: Json | undefined, path: string): Price | undefined {
  if (json === null) return undefined;
  if (!isNumber(json)) throw new Unreadable("wrong_type", `${path} is a number or null`);
  const read = parsePrice(json.literal);
  if (!read.ok) throw new Unreadable("out_of_range", `${path}: ${read.error.code}`);
  if (read.value <= 0n) throw new Unreadable("out_of_range", `${path} is above zero`);
  return read.value;
}

function fraction(json: Json | undefined, path: string): number {
  if (!isNumber(json)) throw new Unreadable("wrong_type", `${path} is a number`);
  const value = Number.parseFloat(json.literal);
  if (!(value >= 0 && value <= 1)) throw new Unreadable("out_of_range", `${path} is from 0 to 1`);
  // A minus before the zero would not survive the journal.
  return value === 0 ? 0 : value;
}
