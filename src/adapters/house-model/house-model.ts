import type { ModelAnswer, Question } from "../../flow/proposals/question.ts";
import type { Model } from "../../ports/model.ts";
import { zeroMoney } from "../../words/money.ts";
import { answerChair, answerCheckpoint, answerPitch, answerResearch, answerReview } from "./answer-council.ts";
import { answerDecisive } from "./answer-decisive.ts";
import { answerOptionEntry, answerOptionExit } from "./answer-option.ts";
import { answerPortfolio } from "./answer-portfolio.ts";
import { answerArbiter, answerTrader } from "./answer-trader.ts";
import { readTables, type Tables } from "./read-tables.ts";

/** A script for each shape of answer; what no script knows is answered as a portfolio. */
const answers: Readonly<Record<string, (tables: Tables) => string>> = {
  "decisive@1": answerDecisive,
  "trader@1": answerTrader,
  "arbiter@1": answerArbiter,
  "option_entry@1": answerOptionEntry,
  "option_exit@1": answerOptionExit,
  "council_research@1": answerResearch,
  "council_pitch@1": answerPitch,
  "council_review@1": answerReview,
  "council_chair@1": answerChair,
  "council_checkpoint@1": answerCheckpoint,
};

/**
 * The model of the house: a script behind the `Model` port that needs no key (MOD-1). It reads the same text a real model gets and
 * answers in the same JSON, so that question, reply, reader and validator run in every backtest. The same question gets the same answer.
 */
export class HouseModel implements Model {
  ask(question: Question): ModelAnswer {
    const text = (answers[question.schema.name] ?? answerPortfolio)(readTables(question.user));
    // Four characters a token is the usual rule of thumb; the house charges nothing.
    const tokens = (of: string): number => Math.ceil(of.length / 4);
    return {
      outcome: "ok",
      text,
      latencyMs: 0,
      tokensIn: tokens(question.system) + tokens(question.user),
      tokensOut: tokens(text),
      cost: zeroMoney,
    };
  }
}
