import type { AnswerCommand, Command } from "../lab/command.ts";
import { instantOfMs } from "../words/instant.ts";
import { Failed } from "./failed.ts";

/** Something that a flag plans for an instant of the run, with the flag's name and what stands behind the time. */
export type Planned = { readonly fromMs: number; readonly flag: string; readonly what: string };

/** What is planned for after the last bar would silently never happen. */
export function checkInTime(planned: readonly Planned[], endMs: number): void {
  for (const { fromMs, flag, what } of planned) {
    if (fromMs <= endMs) continue;
    throw new Failed(2, `--${flag} ${instantOfMs(fromMs).toString()}=${what}: the data ends before, at ${instantOfMs(endMs).toString()}`);
  }
}

/** A person's commands as their flags spell them. */
export const plannedBy = (commands: readonly (Command | AnswerCommand)[]): readonly Planned[] =>
  commands.map((command) => {
    const { fromMs } = command;
    if ("answer" in command) return { fromMs, flag: "answer", what: `${command.symbol}:${command.answer}` };
    return "clear" in command ? { fromMs, flag: "clear", what: command.clear } : { fromMs, flag: "kill", what: command.level };
  });
