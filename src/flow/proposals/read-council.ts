import { ok, err, type Result } from "../../words/result.ts";
import {
  checkpointActions,
  councilSymbols,
  horizons,
  pitchDirections,
  riskProfiles,
  rubric,
  type ChairDecision,
  type CheckpointAnswer,
  type Review,
  type Scores,
} from "./council-words.ts";
import { readJson, type Json } from "./read-json.ts";
import type { ReaderFault } from "./read-portfolio.ts";
import { closedField, listField, numberField, shaped, textField, wordField } from "./reply-fields.ts";

/** Texts of a review, a chairman or a checkpoint come in; typed answers go out, or the first fault with its path (COUN-4, COUN-5, COUN-8). */

const reviewsMax = 12;
const monitoringMax = 8;
const convictionMax = 2;
/** What is said is read on by others: no member may fill another's question. */
export const saidMax = 400;

export const readWhole = <Value>(text: string, read: (json: Json) => Value): Result<Value, ReaderFault> => {
  const json = readJson(text);
  if (!json.ok) return json;
  const value = shaped(() => read(json.value));
  return value.ok ? ok(value.value) : err(value.error);
};

export const readReviews = (text: string): Result<readonly Review[], ReaderFault> =>
  readWhole(text, (json) => listField(closedField(json, "", ["reviews"])["reviews"], "reviews", reviewsMax, review));

function review(json: Json, path: string): Review {
  const item = closedField(json, path, ["label", "scores", "kill_shot", "flip_condition"]);
  const scores = closedField(item["scores"], `${path}.scores`, rubric);
  return {
    label: textField(item["label"], `${path}.label`, 16),
    scores: Object.fromEntries(rubric.map((name) => [name, numberField(scores[name], `${path}.scores.${name}`, 1, 10)])) as Scores,
    killShot: textField(item["kill_shot"], `${path}.kill_shot`, saidMax),
    flipCondition: textField(item["flip_condition"], `${path}.flip_condition`, saidMax),
  };
}

export const readChair = (text: string): Result<ChairDecision, ReaderFault> =>
  readWhole(text, (json) => {
    const keys = ["symbol", "direction", "horizon", "conviction", "risk_profile", "rationale", "dissent", "monitoring"];
    const item = closedField(json, "", keys);
    return {
      symbol: wordField(item["symbol"], "symbol", councilSymbols),
      direction: wordField(item["direction"], "direction", pitchDirections),
      horizon: wordField(item["horizon"], "horizon", horizons),
      conviction: numberField(item["conviction"], "conviction", -convictionMax, convictionMax),
      profile: wordField(item["risk_profile"], "risk_profile", riskProfiles),
      rationale: textField(item["rationale"], "rationale"),
      dissent: textField(item["dissent"], "dissent"),
      monitoring: listField(item["monitoring"], "monitoring", monitoringMax, (each, path) => textField(each, path, saidMax)),
    };
  });

export const readCheckpoint = (text: string): Result<CheckpointAnswer, ReaderFault> =>
  readWhole(text, (json) => {
    const item = closedField(json, "", ["action", "conviction", "reason"]);
    return {
      action: wordField(item["action"], "action", checkpointActions),
      conviction: numberField(item["conviction"], "conviction", -convictionMax, convictionMax),
      reason: textField(item["reason"], "reason"),
    };
  });
