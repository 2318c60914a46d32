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
import { journalEntries, journalFailed } from "../read-journal.ts";
import { columns } from "../text/columns.ts";
import { instantMs } from "../window.ts";
import { personsAnswers } from "./backtest-options.ts";

type AnswerFlags = {
  readonly journal: string;
  readonly action: (typeof personsAnswers)[number];
  readonly by: string;
  readonly at?: string;
};

/** `countersign queue list|answer`: what waits for a person, on a journal file (LINE-5). */
export function queueCommand(): Command {
  const command = new Command("queue").description("work the queue of decisions that were left to a person");
  command
    .command("list")
    .description("show what waits for an answer")
    .argument("<journal>", "journal file")
    .option("--json", "as JSON Lines, for programs")
    .addHelpText("after", "\nExample:\n  countersign queue list run.journal\n")
    .action(list);
  command
    .command("answer")
    .description("answer an item: the desk acts on it at its next scan, behind the same rails")
    .argument("<id>", "the item, as `countersign queue list` shows it")
    .requiredOption("--journal <file>", "journal file, which no running desk holds")
    .addOption(
      oneOf(new Option("--action <what>", "sell or hold an open contract, approve or deny an entry").makeOptionMandatory(), personsAnswers),
    )
    .requiredOption("--by <name>", "who answers")
    .option("--at <time>", "instant of the answer (default: now), for a journal in simulated time")
    .addHelpText("after", "\nExample:\n  countersign queue answer e292-0012.q0 --journal run.journal --action sell --by ann\n")
    .action(answer);
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

function list(path: string, { json }: { readonly json?: true }): void {
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

/** Two words for each kind of decision: the others would be no answer to it. */
const fitting = { exit: ["sell", "hold"], entry: ["approve", "deny"] } as const;

function answer(id: string, { journal: path, action, by, at }: AnswerFlags): void {
  if (!/^[\p{L}\p{N}][\p{L}\p{N} ._@-]{0,63}$/u.test(by))
    throw new Failed(2, `--by ${by}: a name of at most 64 letters, digits, blanks and . _ @ -`);
  const { state, last } = readState(path);
  const item = state.decisions.options.queue.find((each) => each.item === id) ?? unknown(id, path, state.decisions.options.queue);
  if (last.fact.kind === "closed") throw new Failed(2, `${path}: this run is over, and nobody would act on an answer`);
  if (!(fitting[item.decision] as readonly string[]).includes(action))
    throw new Failed(2, `--action ${action}: ${id} is an ${item.decision}; answer ${fitting[item.decision].join(" or ")}`);
  const now = at === undefined ? systemClock.now() : instantOfMs(instantMs(at, "--at"));
  if (Temporal.Instant.compare(now, last.at) < 0)
    throw new Failed(2, `${path}: its last entry is of ${readableInstant(last.at)}, after the answer; say the instant with --at`);
  if (Temporal.Instant.compare(now, item.expiresAt) >= 0)
    throw new Failed(2, `${id}: it waited until ${readableInstant(item.expiresAt)}; the desk asks anew where it still wants to know`);
  append(path, item, { ...last, at: now }, action, by);
  process.stdout.write(`${id}: ${action} by ${by}; the desk acts on it at its next scan\n`);
}

function append(path: string, { item, decision, symbol }: QueueItem, like: Entry, action: AnswerFlags["action"], by: string): void {
  const opened = FileJournal.open(path);
  if (!opened.ok) throw journalFailed(opened.error);
  const store = opened.value;
  try {
    const { sequence } = store.head();
    if (sequence !== like.sequence) throw new Failed(1, `${path}: it grew while the answer was prepared; ask again`);
    const { at, account, desk, config } = like;
    const fact = { kind: "person_answered", item, decision, symbol, action, by } as const;
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
