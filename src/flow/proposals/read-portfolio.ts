import type { Money } from "../../words/money.ts";
import type { Price } from "../../words/price.ts";
import { ok, type Result } from "../../words/result.ts";
import { portfolioMapping } from "./portfolio-mapping.ts";
import { perpActions, riskLevels, type ProposalAction, type RiskLevel } from "./proposal.ts";
import type { Json } from "./read-json.ts";
import { readReply, type ReaderFault } from "./read-reply.ts";
import { closedField, listField, moneyField, numberField, priceField, textField, wordField } from "./reply-fields.ts";
import type { Normalisations } from "./reply-mapping.ts";

export type { ReaderFault } from "./read-reply.ts";

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

const decisionsMax = 10;
const symbolMax = 64;
const keys = ["decisions", "rationale", "total_allocation_usd", "risk_level"];
const decisionKeys = ["symbol", "action", "allocation_usd", "tp_price", "sl_price", "exit_plan", "rationale", "confidence", "risk_level"];

/**
 * A model's text comes in; its decisions go out, every number exactly as written, or the first fault with its path. Other spellings are
 * taken where `portfolioMapping` declares them; fences, thoughts and prose around the JSON are not.
 */
export function readPortfolio(text: string): Result<PortfolioReply, ReaderFault> {
  const read = readReply(text, portfolioMapping, portfolio);
  return read.ok ? ok({ ...read.value.reply, normalised: read.value.normalised }) : read;
}

function portfolio(json: Json): Omit<PortfolioReply, "normalised"> {
  const top = closedField(json, "", keys);
  return {
    decisions: listField(top["decisions"], "decisions", decisionsMax, decision),
    rationale: textField(top["rationale"], "rationale"),
    totalAllocation: moneyField(top["total_allocation_usd"], "total_allocation_usd"),
    riskLevel: wordField(top["risk_level"], "risk_level", riskLevels),
  };
}

function decision(json: Json, path: string): AssetDecision {
  const item = closedField(json, path, decisionKeys);
  const takeProfit = priceField(item["tp_price"], `${path}.tp_price`);
  const stopLoss = priceField(item["sl_price"], `${path}.sl_price`);
  return {
    symbol: textField(item["symbol"], `${path}.symbol`, symbolMax),
    action: wordField(item["action"], `${path}.action`, perpActions),
    allocation: moneyField(item["allocation_usd"], `${path}.allocation_usd`),
    ...(takeProfit === undefined ? {} : { takeProfit }),
    ...(stopLoss === undefined ? {} : { stopLoss }),
    exitPlan: textField(item["exit_plan"], `${path}.exit_plan`),
    rationale: textField(item["rationale"], `${path}.rationale`),
    confidence: numberField(item["confidence"], `${path}.confidence`, 0, 1),
    riskLevel: wordField(item["risk_level"], `${path}.risk_level`, riskLevels),
  };
}
