import { Command } from "commander";
import type { Entry } from "../../journal/entry.ts";
import { factLine, readableInstant } from "../../journal/fact-line.ts";
import type { Replayed } from "../../runtime/replay-decision.ts";
import { correlationId, parseInstrumentId } from "../../words/ids.ts";
import { Failed } from "../failed.ts";
import { journalEntries } from "../read-journal.ts";
import { repeated } from "../repeated.ts";
import { filesOf, replayWith } from "../what-if.ts";

type Flags = { readonly set?: readonly string[]; readonly json?: true };

/** `countersign replay ID JOURNAL`: a past decision computed again, or as it would have been (LINE-8). */
export function replayCommand(): Command {
  return new Command("replay")
    .description("compute a past decision again from its journal, byte for byte; with --set, as it would have been")
    .argument("<id>", "the decision's id, as `countersign decisions` shows it")
    .argument("<journal>", "journal file")
    .option("--set <key=value>", "ask what another value would have done, may be repeated", repeated)
    .option("--json", "as JSON, for programs")
    .addHelpText("after", "\nExample:\n  countersign replay a1b2-0042 run.journal --set limits.positionsMax=12\n")
    .action(replay);
}

async function replay(id: string, path: string, { set = [], json }: Flags): Promise<void> {
  if (!parseInstrumentId(id).ok)
    throw new Failed(2, `${JSON.stringify(id)} is not a decision's id; countersign decisions ${path} lists them`);
  checkAskable(set);
  const entries = journalEntries(path);
  const first = entries.next();
  const opening = first.done !== true && first.value.fact.kind === "opened" ? first.value.fact.settings : {};
  const files = await filesOf(opening, set);
  const replayed = replayWith(again(first, entries), correlationId(id), set, files);
  if (!replayed.ok) {
    const why = {
      unknown_decision: "is not in this journal",
      unfinished_decision: "was cut short: it has no end to compare with",
    } as const;
    throw new Failed(2, `${id} ${why[replayed.error.code]}; countersign decisions ${path} lists those that are`);
  }
  const { recorded, differsAt } = replayed.value;
  if (json === true)
    process.stdout.write(
      `${JSON.stringify({ id, facts: recorded.length, same: differsAt === undefined, differsAt: differsAt ?? null, set })}\n`,
    );
  else process.stdout.write(text(id, replayed.value, set));
  if (differsAt !== undefined && set.length === 0) process.exitCode = 1;
}

/** A journal from its beginning, although its first entry was looked at before. */
function* again(first: IteratorResult<Entry>, rest: Iterable<Entry>): Generator<Entry> {
  if (first.done !== true) yield first.value;
  yield* rest;
}

const fixed: readonly RegExp[] = [
  /^(?:venue\..*|account\.(?:id|startCash)|perps\.(?:assets|interval|cadence)|crypto\.(?:assets|interval)|seed)=/,
  // When a council met, who sat there and who was asked what in which words, until when, and what its trades cost.
  /^council\.(?:interval|meetingTime|answerMinutes|deadlineMs|researchA|researchB|chairman|feeBps|spreadBps|slippageBps)=/,
  /^council\.members\.[^.]*\.(?:seated|name|model|style|profile)=/,
];

/** What shaped the market, the books or the answers is in the record already: asked here it would change nothing and look like an answer. */
function checkAskable(set: readonly string[]): void {
  const given = set.find((pair) => fixed.some((keys) => keys.test(pair)));
  if (given === undefined) return checkOneMember(set);
  const key = given.slice(0, given.indexOf("="));
  throw new Failed(
    2,
    `--set ${key}: a replay takes market, books and answers from the journal; to ask for another ${key}, run a backtest with it`,
  );
}

/** Reviews are of labels: with one pitch more and another less, a label would be of somebody else's. */
function checkOneMember(set: readonly string[]): void {
  const members = new Set(set.flatMap((pair) => /^council\.members\.([^.=]*)\./.exec(pair)?.[1] ?? []));
  if (members.size > 1) throw new Failed(2, `--set council.members: ${[...members].join(" and ")} at once; ask for one member at a time`);
}

function text(id: string, { at, recorded, replayed, differsAt }: Replayed, set: readonly string[]): string {
  const head = `decision ${id} of ${readableInstant(at)}\n`;
  if (differsAt === undefined) {
    const what =
      set.length === 0
        ? `the same, byte for byte: ${recorded.length} facts`
        : `no different with ${set.join(", ")}: the same ${recorded.length} facts`;
    return `${head}${recorded.map((fact) => `  ${factLine(fact)}\n`).join("")}${what}\n`;
  }
  const same = recorded.slice(0, differsAt).map((fact) => `  ${factLine(fact)}\n`);
  const was = recorded.slice(differsAt).map((fact) => `- ${factLine(fact)}\n`);
  const is = replayed.slice(differsAt).map((fact) => `+ ${factLine(fact)}\n`);
  const why =
    set.length === 0
      ? "NOT the same: the journal was written by another version, or by other rules"
      : `with ${set.join(", ")}, from here on:`;
  return `${head}${same.join("")}${why}\n${was.join("")}${is.join("")}`;
}
