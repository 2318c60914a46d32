import type { Context } from "../flow/context/gather.ts";
import { formatMoney } from "../flow/proposals/format-money.ts";
import { materialChange } from "../flow/proposals/material-change.ts";
import { portfolioQuestion, type Prompt } from "../flow/proposals/portfolio-question.ts";
import { armOf } from "../flow/proposals/prompt-arms.ts";
import { record, type Line } from "../runtime/line.ts";
import type { Turn } from "../runtime/turn.ts";
import type { CorrelationId } from "../words/ids.ts";
import type { PerpsSettings } from "./perps.ts";
import { putQuestion, type NoAnswer } from "./put-question.ts";

/** Why there is no answer to decide by, as the scan's outcome (LINE-5). */
export type Fallen = "rate_limited" | NoAnswer;

/** `prompt` is what the text answers to: a used one keeps its own. */
type Said = { readonly text: string; readonly reused: boolean; readonly prompt: string };

/** The text to decide by: the cache first, then the rate limit, then the model (PERP-5). */
export function* portfolioAnswer(turn: Turn, settings: PerpsSettings, context: Context): Line<Said | Fallen> {
  const { state, correlation, now } = turn;
  const { lastAnswer } = state.decisions;
  const ageMs = lastAnswer === undefined ? Infinity : now.epochMilliseconds - lastAnswer.at.epochMilliseconds;
  // Without a cache even an answer of this very instant is not used again.
  const fresh = settings.cacheMs > 0 && ageMs <= settings.cacheMs;
  if (lastAnswer?.answer.outcome === "ok" && fresh && lastAnswer.bookVersion === state.bookVersion) {
    if (materialChange(lastAnswer.snapshot, turn.snapshot, settings.materialMoveBps) === undefined) {
      yield record({ kind: "answer_reused", from: lastAnswer.correlation, ageMs }, correlation);
      return { text: lastAnswer.answer.text, reused: true, prompt: promptOf(turn, settings, lastAnswer.correlation).id };
    }
  }
  const decisionsInMinute = state.decisions.decisionsInMinute(now);
  if (decisionsInMinute >= settings.decisionsPerMinuteMax) {
    yield record({ kind: "rate_limited", decisionsInMinute, decisionsPerMinuteMax: settings.decisionsPerMinuteMax }, correlation);
    return "rate_limited";
  }
  const { model, strategy } = settings;
  const prompt = promptOf(turn, settings, correlation);
  const style = `${strategy.name}: ${strategy.description}`;
  const question = portfolioQuestion(context, prompt, style, model, formatMoney(settings.allocationMax));
  const answer = yield* putQuestion(turn, question);
  return typeof answer === "string" ? { text: answer, reused: false, prompt: prompt.id } : answer.none;
}

/** The prompt of a cycle: the desk's, or that of the arm which the cycle was dealt to. */
const promptOf = ({ account }: Turn, { arms, prompt }: PerpsSettings, cycle: CorrelationId): Prompt =>
  arms === undefined ? prompt : armOf(arms, account, cycle).prompt;
