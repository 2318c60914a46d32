import type { PersonsAnswer } from "../flow/resolution/scan-plan.ts";
import type { Entry } from "../journal/entry.ts";
import { readableInstant } from "../journal/fact-line.ts";
import { Failed } from "./failed.ts";
import { didYouMean } from "./one-of.ts";
import { advanceOptions } from "./options-advance.ts";
import { withOptions } from "./options-book.ts";
import { isOver, type Seat } from "./run-folder.ts";
import { fittingAnswers } from "./text/options-queue-text.ts";

type Answer = { readonly id: string; readonly action: PersonsAnswer; readonly by: string; readonly why?: string };

/** Writes down what a person says to an item of a run that goes on from command to command, at the run's own time; how many wait after it. */
export async function answerOptions(folder: string, { id, action, by, why }: Answer): Promise<number> {
  return withOptions(folder, async (book) => {
    const { seat } = book;
    const { queue } = seat.state.decisions.options;
    if (isOver(seat)) throw new Failed(2, `${folder}: this run is over, and nobody would act on an answer`);
    if (!isAtRest(seat))
      throw new Failed(2, `${folder}: it was cut short within a scan; countersign options run --dir ${folder} goes on first`);
    const item = queue.find((each) => each.item === id);
    if (item === undefined)
      throw notWaiting(
        folder,
        id,
        seat.entries,
        queue.map((each) => each.item),
      );
    const fitting: readonly PersonsAnswer[] = fittingAnswers[item.decision];
    if (!fitting.includes(action)) throw new Failed(2, `${action}: ${id} is an ${item.decision}; answer ${fitting.join(" or ")}`);
    const said = { answer: action, symbol: item.symbol, by, ...(why === undefined ? {} : { why }) };
    const { added } = await advanceOptions(book, { to: "answer", said });
    const heardAt = added.at(-1)?.at ?? item.expiresAt;
    if (Temporal.Instant.compare(heardAt, item.expiresAt) >= 0)
      throw new Failed(
        2,
        `${id}: it waits until ${readableInstant(item.expiresAt)}, and an answer is heard only at ${readableInstant(heardAt)}; let it expire with --skip`,
      );
    book.keep(added);
    return queue.length - 1;
  });
}

/** Between two lines of the run, where a person may say something: after a scan, or after another answer. */
const isAtRest = ({ entries }: Seat): boolean => ["scanned", "person_answered"].includes(entries.at(-1)?.fact.kind ?? "");

function notWaiting(folder: string, id: string, entries: readonly Entry[], waiting: readonly string[]): Failed {
  const ends = entries.findLast(({ fact }) => (fact.kind === "person_answered" || fact.kind === "person_expired") && fact.item === id);
  if (ends?.fact.kind === "person_answered")
    return new Failed(2, `${id}: it was answered before, ${ends.fact.action} by ${ends.fact.by} at ${readableInstant(ends.at)}`);
  if (ends !== undefined)
    return new Failed(2, `${id}: it expired at ${readableInstant(ends.at)}; the desk asks anew where it still wants to know`);
  const shows = waiting.length === 0 ? "nothing waits for a person" : `countersign queue list ${folder} shows what does`;
  return new Failed(2, `${id}: no such item waits in ${folder}; ${didYouMean(id, waiting) ?? shows}`);
}
