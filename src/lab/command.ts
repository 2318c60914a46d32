import type { LatchName } from "../flow/portfolio/standing.ts";
import type { PersonsAnswer } from "../flow/resolution/scan-plan.ts";
import { clear, halt, resume } from "../runtime/halt.ts";
import { record, type Line } from "../runtime/line.ts";
import type { Turn } from "../runtime/turn.ts";
import type { IntentId } from "../words/ids.ts";
import type { KillLevel } from "../words/order-words.ts";

/** What a person does on the way of a backtest, at the first close at or after its time: throws the kill switch, or clears a latch. */
export type Command = { readonly fromMs: number } & ({ readonly level: KillLevel } | { readonly clear: LatchName });

/** Or answers for a symbol, as a person would who works the queue; a plan answers in the name of the backtest. */
export type AnswerCommand = {
  readonly fromMs: number;
  readonly answer: PersonsAnswer;
  readonly symbol: string;
  readonly by?: string;
  readonly why?: string;
};

/** Or says yes or no to a trade that was shown, in the words that are bound to what was shown. */
export type TradeCommand = {
  readonly fromMs: number;
  readonly trade: IntentId;
  readonly binding: string;
  readonly yes: boolean;
  readonly by: string;
  readonly why: string;
};

export function* obey(turn: Turn, command: Command | AnswerCommand | TradeCommand): Line {
  if ("trade" in command) {
    const { trade, binding, yes, by, why } = command;
    yield record({ kind: "trade_answered", trade, binding, yes, by, why }, turn.correlation);
    return;
  }
  if ("answer" in command) yield* answer(turn, command);
  else if ("clear" in command) yield* clear(turn, command.clear, "backtest", "scheduled");
  else if (command.level === "none") yield* resume(turn, "backtest", "scheduled");
  else yield* halt(turn, command.level, "backtest", "scheduled");
}

/** The item that stands in the queue for it, or a word that nobody asked for: the desk acts on either at its next scan. */
function* answer({ state, correlation }: Turn, { answer: action, symbol, by = "backtest", why }: AnswerCommand): Line {
  const decision = action === "sell" || action === "hold" ? "exit" : "entry";
  const item = state.decisions.options.item(decision, symbol)?.item;
  const said = { decision, symbol, action, by, ...(why === undefined ? {} : { why }) } as const;
  yield record({ kind: "person_answered", ...(item === undefined ? {} : { item }), ...said }, correlation);
}
