import { calendarOf } from "../../flow/market/calendar/calendar.ts";
import type { Entry } from "../../journal/entry.ts";
import type { AccountRunner } from "../../runtime/account-runner.ts";
import type { DeskSettings } from "../../runtime/desk.ts";
import { continueLine } from "../../runtime/continue-line.ts";
import { driveNow } from "../../runtime/drive.ts";
import { takeUp } from "../../runtime/recover.ts";
import { quotesOf, type Turn } from "../../runtime/turn.ts";
import { present } from "../../words/invariant.ts";
import type { BacktestPlan } from "../backtest.ts";

/** A new process: the books from the journal, and the decision that was cut short brought to its end. */
export function takeUpAgain<Settings extends DeskSettings>(
  runner: AccountRunner,
  entries: Iterable<Entry>,
  { desk, account, settings, rules }: Pick<BacktestPlan<Settings>, "desk" | "account" | "settings" | "rules">,
): void {
  const { state } = runner;
  const cut = takeUp([...entries], state);
  if (cut === undefined) return;
  const { snapshot, trigger } = cut.woke;
  const turn: Turn = {
    now: cut.entry.at,
    trigger,
    account,
    correlation: present(cut.entry.correlation, "a decision has a correlation"),
    snapshot,
    state,
    rules,
    sessionOpen: (id) => calendarOf(state.instrument(id).calendar).isOpenMs(cut.entry.at.epochMilliseconds),
    quote: quotesOf(snapshot),
  };
  driveNow(continueLine(desk.cycle(turn, settings), cut.tail, state), (step) => runner.perform(turn, step));
}
