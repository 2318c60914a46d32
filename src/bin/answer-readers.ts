import { readChair, readCheckpoint, readReviews } from "../flow/proposals/read-council.ts";
import { readDecisive } from "../flow/proposals/read-decisive.ts";
import { readEntryAnswer, readExitAnswer } from "../flow/proposals/read-option-answer.ts";
import { readPitch, readResearch } from "../flow/proposals/read-pitch.ts";
import { readPortfolio } from "../flow/proposals/read-portfolio.ts";
import { readArbiter, readTrader } from "../flow/proposals/read-trader.ts";
import type { AnswerReader } from "../runtime/models/judge-call.ts";

/** Which reader judges the answers of a schema: the gateway asks once more where it cannot read one. */
export const answerReaders: Readonly<Record<string, AnswerReader>> = {
  "portfolio@1": readPortfolio,
  "decisive@1": readDecisive,
  "trader@1": readTrader,
  "arbiter@1": readArbiter,
  "option_entry@1": readEntryAnswer,
  "option_exit@1": readExitAnswer,
  "council_research@1": readResearch,
  "council_pitch@1": readPitch,
  "council_review@1": readReviews,
  "council_chair@1": readChair,
  "council_checkpoint@1": readCheckpoint,
};
