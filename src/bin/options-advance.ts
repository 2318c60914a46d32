import type { Entry } from "../journal/entry.ts";
import { MemoryJournal } from "../journal/memory-store.ts";
import { prepare } from "../lab/backtest.ts";
import type { AnswerCommand } from "../lab/command.ts";
import { KnownAnswers } from "../lab/known-answers.ts";
import { drive, driveNow } from "../runtime/drive.ts";
import { endMsOf } from "./backtest-history.ts";
import { checkInTime, plannedBy } from "./check-in-time.ts";
import { Failed } from "./failed.ts";
import type { OptionsBook } from "./options-book.ts";
import { optionsHistory } from "./options-history.ts";
import { optionsPlan } from "./options-plan.ts";
import { lookedLastMs, notAgain, windowIn } from "./run-folder.ts";
import { runModels } from "./run-models.ts";
import { slowProgress } from "./slow-progress.ts";

type Said = Required<Pick<AnswerCommand, "answer" | "symbol" | "by">> & Pick<AnswerCommand, "why">;

/** How far it goes on: to where an item waits that is not among those `left`, or just far enough to hear what a person says now. */
type Until = { readonly to: "person"; readonly left: readonly string[] } | { readonly to: "answer"; readonly said: Said };

/** What is to be written after what is on disk. */
type Advanced = { readonly added: readonly Entry[] };

/**
 * The state is the journal: the market is played again from its first bar with the answers that the journal holds, held against every
 * entry that is on disk, and then as far as was asked. A model is asked only what the journal has no answer to.
 */
export async function advanceOptions({ market, loaded, seat }: OptionsBook, until: Until): Promise<Advanced> {
  const { data, synthetic, kills } = market;
  const histories = await optionsHistory(loaded, data, synthetic, windowIn(market));
  checkInTime(plannedBy(kills), endMsOf(histories));
  const sinceMs = lookedLastMs(seat);
  const journal = new MemoryJournal();
  const plan = optionsPlan(loaded, histories, journal);
  const models = runModels({ loaded }, [{ role: "trader", model: plan.settings.model }]);
  const progress = slowProgress(1, "{bar} {percentage}%  {value}/{total} steps");
  const now = until.to === "answer" ? [{ ...until.said, fromMs: sinceMs + 1 }] : [];
  let looked = false;
  let heard: Entry | undefined;
  const { replay, run } = prepare({
    ...plan,
    model: new KnownAnswers(models.model, seat.entries, () => false),
    commands: [...kills, ...saidIn(seat.entries), ...now].toSorted((one, other) => one.fromMs - other.fromMs),
    onStep: (done, steps) => progress.on(done, "", steps),
    onEntry: (entry) => {
      const isNew = entry.sequence > seat.entries.length && entry.at.epochMilliseconds > sinceMs;
      if (isNew && entry.fact.kind === "scanned") looked = true;
      if (isNew && entry.fact.kind === "person_answered") heard ??= entry;
    },
  });
  const stops = (): boolean => {
    if (until.to === "answer") return heard !== undefined;
    const waits = looked && run.state.decisions.options.queue.some(({ item }) => !until.left.includes(item));
    looked = false;
    return waits;
  };
  try {
    for (const line of replay.lines()) {
      if (models.waits) await drive(line, replay.perform);
      else driveNow(line, replay.perform);
      if (stops()) break;
    }
    progress.stop();
    models.check();
  } finally {
    progress.stop();
    await models.close();
  }
  const differs = notAgain(seat, journal.entries());
  if (differs !== undefined) throw new Failed(2, differs);
  const added = [...journal.entries(seat.entries.length + 1)];
  if (until.to === "person") return { added };
  if (heard === undefined) throw new Failed(2, `${until.said.symbol}: the data ends here, and nobody would act on an answer`);
  return { added: added.slice(0, heard.sequence - seat.entries.length) };
}

/** What a person has said before, each from the scan on after which it was said: in the order of the first time, whatever else was planned. */
function saidIn(entries: readonly Entry[]): readonly AnswerCommand[] {
  const said: AnswerCommand[] = [];
  let lookedMs = -Infinity;
  for (const { at, fact } of entries) {
    if (fact.kind === "scanned") lookedMs = at.epochMilliseconds;
    if (fact.kind !== "person_answered") continue;
    const { symbol, action, by, why } = fact;
    said.push({ fromMs: lookedMs + 1, symbol, answer: action, by, ...(why === undefined ? {} : { why }) });
  }
  return said;
}
