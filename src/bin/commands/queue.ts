import { Command, Option } from "commander";
import { FileJournal } from "../../adapters/file-journal/file-journal.ts";
import { systemClock } from "../../adapters/system-time/system-clock.ts";
import { AccountState } from "../../journal/account-state.ts";
import type { Entry } from "../../journal/entry.ts";
import { readableInstant } from "../../journal/fact-line.ts";
import type { QueueItem } from "../../journal/options-log.ts";
import { instantOfMs } from "../../words/instant.ts";
import { Failed } from "../failed.ts";
import { didYouMean, oneOf } from "../one-of.ts";
import { checkBy } from "../person-name.ts";
import { journalEntries, journalFailed } from "../read-journal.ts";
import { columns } from "../text/columns.ts";
import { fittingAnswers } from "../text/options-queue-text.ts";
import { instantMs } from "../window.ts";
import { personsAnswers } from "./backtest-options.ts";

type Action = (typeof personsAnswers)[number];
type Saying = { readonly by: string; readonly why?: string };
type AnswerFlags = Saying & { readonly journal?: string; readonly action?: Action; readonly at?: string };

/** `countersign queue list|answer`: what waits for a person, in the folder of a run or on a journal file (LINE-5). */
export function queueCommand(): Command {
  const command = new Command("queue").description("work the queue of decisions that were left to a person");
  command
    .command("list")
    .description("show what waits for an answer")
    .argument("<where>", "folder of countersign options run, or a journal file")
    .option("--json", "as JSON Lines, for programs")
    .addHelpText("after", "\nExamples:\n  countersign queue list desk\n  countersign queue list run.journal\n")
    .action(list);
  command
    .command("answer")
    .description("answer an item: the desk acts on it at its next scan, behind the same rails")
    .usage("<dir> <id> <action> --by <name>, or <id> --journal <file> --action <what> --by <name>")
    .argument("<words...>", "folder of countersign options run, the item as `countersign queue list` shows it, and what to do")
    .option("--journal <file>", "journal file, which no running desk holds")
    .addOption(oneOf(new Option("--action <what>", "sell or hold an open contract, approve or deny an entry"), personsAnswers))
    .requiredOption("--by <name>", "who answers")
    .option("--why <text>", "why, in a line that stays with the answer")
    .option("--at <time>", "instant of the answer (default: now), for a journal in simulated time")
    .addHelpText(
      "after",
      "\nExamples:\n  countersign queue answer desk 9a3f-000l.q0 approve --by ann --why 'the trend holds'\n  countersign queue answer e292-0012.q0 --journal run.journal --action sell --by ann\n",
    )
    .action(hear);
  return command;
}

type Read = { readonly state: AccountState; readonly last: Entry };

function readState(path: string): Read {
  const state = new AccountState();
  let last: Entry | undefined;
  for (const entry of journalEntries(path)) {
    state.apply(entry);
    last = entry;
  }
  if (last === undefined) throw new Failed(2, `${path}: the journal is empty`);
  return { state, last };
}

async function list(where: string, { json }: { readonly json?: true }): Promise<void> {
  const { queueJournal } = await import("../options-book.ts");
  const path = queueJournal(where);
  const { queue } = readState(path).state.decisions.options;
  if (json === true) {
    const rows = queue.map(({ item, decision, symbol, instrument, why, rationale, expiresAt }) => {
      const row = { item, decision, symbol, instrument, why, rationale, expiresAt: expiresAt.toString() };
      return `${JSON.stringify(row)}\n`;
    });
    return void process.stdout.write(rows.join(""));
  }
  if (queue.length === 0) return void process.stdout.write("nothing waits for a person\n");
  const rows = queue.map(({ item, decision, symbol, instrument, why, expiresAt, rationale }) => [
    item,
    decision,
    symbol === instrument ? symbol : `${symbol} (${instrument})`,
    why,
    readableInstant(expiresAt),
    rationale.replace(/[\p{C}\s]+/gu, " ").slice(0, 60),
  ]);
  process.stdout.write(columns([["item", "decision", "about", "why", "until", "the model said"], ...rows]));
}

const whyMax = 300;

/** Either a run's folder, an item and an answer, or an item with the journal that it waits in. */
async function hear(words: readonly string[], flags: AnswerFlags): Promise<void> {
  const { by, why, journal, action } = flags;
  const [first = "", id = "", word = ""] = words;
  checkBy(by);
  if (why !== undefined) checkWhy(why);
  if (words.length === 1 && journal !== undefined && action !== undefined) return answer(first, { ...flags, journal, action });
  if (words.length !== 3 || journal !== undefined || action !== undefined)
    throw new Failed(2, "queue answer: write DIR ID ACTION for a run in a folder, or ID --journal FILE --action ACTION for a journal");
  if (flags.at !== undefined) throw new Failed(2, "--at: a run in a folder has a time of its own; leave it out");
  const known = personsAnswers.find((each) => each === word);
  if (known === undefined)
    throw new Failed(
      2,
      `${word}: an answer is one of ${personsAnswers.join(", ")}; ${didYouMean(word, personsAnswers) ?? "write one of them"}`,
    );
  const { answerOptions } = await import("../options-answer.ts");
  const left = await answerOptions(first, { id, action: known, by, ...(why === undefined ? {} : { why }) });
  const next = left === 0 ? "" : `; ${left} more ${left === 1 ? "waits" : "wait"}`;
  process.stdout.write(`${id}: ${known} by ${by}; the desk acts on it when countersign options run --dir ${first} goes on${next}\n`);
}

function checkWhy(why: string): void {
  if (why.trim() === "" || why.length > whyMax || /\p{C}/u.test(why))
    throw new Failed(2, `--why: a line of at most ${whyMax} characters, none of them a control character`);
}

type InJournal = Saying & { readonly journal: string; readonly action: Action; readonly at?: string };

async function answer(id: string, { journal: path, action, by, why, at }: InJournal): Promise<void> {
  const { runFolderOf } = await import("../options-book.ts");
  const folder = runFolderOf(path);
  if (folder !== undefined)
    throw new Failed(
      2,
      `${path}: the run in ${folder} writes it; answer with countersign queue answer ${folder} ${id} ${action} --by NAME`,
    );
  const { state, last } = readState(path);
  const item = state.decisions.options.queue.find((each) => each.item === id) ?? unknown(id, path, state.decisions.options.queue);
  if (last.fact.kind === "closed") throw new Failed(2, `${path}: this run is over, and nobody would act on an answer`);
  const fitting: readonly Action[] = fittingAnswers[item.decision];
  if (!fitting.includes(action)) throw new Failed(2, `--action ${action}: ${id} is an ${item.decision}; answer ${fitting.join(" or ")}`);
  const now = at === undefined ? systemClock.now() : instantOfMs(instantMs(at, "--at"));
  if (Temporal.Instant.compare(now, last.at) < 0)
    throw new Failed(2, `${path}: its last entry is of ${readableInstant(last.at)}, after the answer; say the instant with --at`);
  if (Temporal.Instant.compare(now, item.expiresAt) >= 0)
    throw new Failed(2, `${id}: it waited until ${readableInstant(item.expiresAt)}; the desk asks anew where it still wants to know`);
  append(path, item, { ...last, at: now }, action, { by, ...(why === undefined ? {} : { why }) });
  process.stdout.write(`${id}: ${action} by ${by}; the desk acts on it at its next scan\n`);
}

function append(path: string, { item, decision, symbol }: QueueItem, like: Entry, action: Action, saying: Saying): void {
  const opened = FileJournal.open(path);
  if (!opened.ok) throw journalFailed(opened.error);
  const store = opened.value;
  try {
    const { sequence } = store.head();
    if (sequence !== like.sequence) throw new Failed(1, `${path}: it grew while the answer was prepared; ask again`);
    const { at, account, desk, config } = like;
    const fact = { kind: "person_answered", item, decision, symbol, action, ...saying } as const;
    store.append({ sequence: sequence + 1, at, account, desk, config, fact });
    store.commit();
  } finally {
    void store.close();
  }
}

function unknown(id: string, path: string, queue: readonly QueueItem[]): never {
  const known = queue.map(({ item }) => item);
  const hint =
    didYouMean(id, known) ?? (known.length === 0 ? "nothing waits for a person" : `countersign queue list ${path} shows what does`);
  throw new Failed(2, `${id}: no such item waits in ${path}; ${hint}`);
}
