import type { LatchName } from "../flow/portfolio/standing.ts";
import { clear, halt, resume } from "../runtime/halt.ts";
import type { Line } from "../runtime/line.ts";
import type { Turn } from "../runtime/turn.ts";
import type { KillLevel } from "../words/order-words.ts";

/** What a person does on the way of a backtest, at the first close at or after its time: throws the kill switch, or clears a latch. */
export type Command = { readonly fromMs: number } & ({ readonly level: KillLevel } | { readonly clear: LatchName });

export function* obey(turn: Turn, command: Command): Line {
  if ("clear" in command) yield* clear(turn, command.clear, "backtest", "scheduled");
  else if (command.level === "none") yield* resume(turn, "backtest", "scheduled");
  else yield* halt(turn, command.level, "backtest", "scheduled");
}
