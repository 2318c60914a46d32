import type { Eventually } from "../ports/eventually.ts";
import { invariant } from "../words/invariant.ts";
import type { Line, Reply, Step } from "./line.ts";

export type Perform = (step: Step) => Eventually<Reply>;

/** Runs a line without ever waiting: the backtest's runner. A port that answers later is a bug here. */
export function driveNow<Result>(line: Line<Result>, perform: Perform): Result {
  let next = line.next();
  while (next.done !== true) {
    const reply = perform(next.value);
    invariant(!(reply instanceof Promise), "the backtest runner never waits");
    next = line.next(reply);
  }
  return next.value;
}

/** Runs the same line, waiting for whatever the ports need. */
export async function drive<Result>(line: Line<Result>, perform: Perform): Promise<Result> {
  let next = line.next();
  while (next.done !== true) {
    const answered = perform(next.value);
    next = line.next(answered instanceof Promise ? await answered : answered);
  }
  return next.value;
}

/** All answers in their order: at once when all are there, else when the last has come. */
export function together<Value>(answers: readonly Eventually<Value>[]): Eventually<readonly Value[]> {
  const now: Value[] = [];
  for (const answer of answers) {
    if (answer instanceof Promise) return Promise.all(answers);
    now.push(answer);
  }
  return now;
}
