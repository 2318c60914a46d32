import type { Entry } from "../../journal/entry.ts";
import type { AccountRunner } from "../../runtime/account-runner.ts";
import type { DeskSettings } from "../../runtime/desk.ts";
import { continueLine } from "../../runtime/continue-line.ts";
import { driveNow } from "../../runtime/drive.ts";
import { takeUp } from "../../runtime/recover.ts";
import { turnAgain } from "../../runtime/turn-again.ts";
import type { BacktestPlan } from "../backtest.ts";

/** A new process: the books from the journal, and the decision that was cut short brought to its end. */
export function takeUpAgain<Settings extends DeskSettings>(
  runner: AccountRunner,
  entries: Iterable<Entry>,
  { desk, settings, rules }: Pick<BacktestPlan<Settings>, "desk" | "settings" | "rules">,
): void {
  const { state } = runner;
  const cut = takeUp([...entries], state);
  if (cut === undefined) return;
  const turn = turnAgain({ state, entry: cut.entry, woke: cut.woke }, rules);
  driveNow(continueLine(desk.cycle(turn, settings), cut.tail, state), (step) => runner.perform(turn, step));
}
