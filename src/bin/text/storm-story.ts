import type { Entry } from "../../journal/entry.ts";
import { factLine } from "../../journal/fact-line.ts";
import type { StormResult } from "../../lab/storm/storm-result.ts";
import { paint } from "./paint.ts";

type Death = StormResult["deaths"][number];

/** A storm line by line, each death where it fell. With `folds`, reconciles that found nothing and follow one another are one line. */
export function* stormStory(entries: readonly Entry[], deaths: readonly Death[], folds: boolean): Generator<string> {
  const left = [...deaths];
  let agreed: Entry[] = [];
  for (const entry of entries) {
    const fell = left.filter(({ after }) => after < entry.sequence);
    const agrees = folds && foundNothing(entry);
    if (fell.length > 0 || !agrees) {
      yield* together(agreed);
      agreed = [];
    }
    for (const death of fell) yield paint.red(died(death));
    left.splice(0, fell.length);
    if (agrees) agreed.push(entry);
    else yield line(entry);
  }
  yield* together(agreed);
}

const foundNothing = ({ fact }: Entry): boolean => fact.kind === "reconciled" && fact.difference === undefined && fact.booked === 0;

function* together(agreed: readonly Entry[]): Generator<string> {
  const [first] = agreed;
  const last = agreed.at(-1);
  if (first === undefined || last === undefined) return;
  yield first === last ? line(first) : `${line(first).trimEnd()}, ${agreed.length} times until ${timeOf(last)}\n`;
}

const timeOf = ({ at }: Entry): string => at.toString().slice(11, 19);
const line = (entry: Entry): string => `${paint.dim(timeOf(entry))}  ${factLine(entry.fact)}\n`;

const died = ({ after, lost }: Death): string =>
  `--------  the process dies after entry ${after}${lost === 0 ? "" : `, ${lost} more were not on disk`}; it starts again from the journal\n`;
