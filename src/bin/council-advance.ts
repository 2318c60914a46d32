import { existsSync } from "node:fs";
import type { Loaded } from "../config/config.ts";
import { councilDue, type CheckpointTime } from "../flow/market/calendar/council-week.ts";
import type { Entry } from "../journal/entry.ts";
import { MemoryJournal } from "../journal/memory-store.ts";
import type { TradeCommand } from "../lab/command.ts";
import { runCouncil, type SeatRun } from "../lab/council/council-run.ts";
import { KnownAnswers } from "../lab/known-answers.ts";
import { intentId } from "../words/ids.ts";
import { askedModels } from "./run-council.ts";
import { lookedMs, openBook, readMarket, writeSeat, type CouncilMarket } from "./council-book.ts";
import { storedFunds, syntheticFunds } from "./council-history.ts";
import { councilPlan } from "./council-plan.ts";
import { Failed } from "./failed.ts";
import { journalPath, notAgain, windowIn, type Seat } from "./run-folder.ts";
import { runModels } from "./run-models.ts";

/** How far a simulated week goes on: to where a person is needed, to a checkpoint, or just far enough to write an answer down. */
/** `left` are trades that wait and are left to expire. */
export type Until =
  | { readonly to: "person"; readonly left: readonly string[] }
  | { readonly to: "checkpoint"; readonly time: CheckpointTime }
  | { readonly to: "answers" };

export type Said = {
  readonly account: string;
  readonly trade: string;
  readonly binding: string;
  readonly yes: boolean;
  readonly by: string;
  readonly why: string;
};

/** Where it stopped. `stands` names the instant that has been reached; nothing is left when the data ended. */
export type Advanced = { readonly stands: Temporal.Instant | undefined; readonly ended: boolean };

/**
 * The state is the journals: the weeks are played again from their first bar with the answers that the journals hold, held against every
 * entry that is on disk, and written down as far as was asked. A model is asked only what no journal has an answer to.
 */
export async function advance(folder: string, loaded: Loaded, said: readonly Said[], until: Until): Promise<Advanced> {
  const market = readMarket(folder);
  const seats = seatsIn(folder);
  const { histories } = await funds(market, loaded);
  const plan = councilPlan(loaded, histories, new MemoryJournal());
  const sinceMs = lookedMs(seats);
  const models = runModels({ loaded }, askedModels(plan.settings));
  const stop = new Stop(sinceMs, until, (fromMs, toMs) =>
    councilDue(plan.settings.calendar, fromMs, toMs, plan.settings.times).some(
      ({ time }) => until.to === "checkpoint" && time === until.time,
    ),
  );
  const model = new KnownAnswers(
    models.model,
    seats.flatMap(({ entries }) => entries),
    () => stop.isPast,
  );
  try {
    const runs = await runCouncil({
      plan: { ...plan, model, onEntry: (entry) => stop.see(entry) },
      personOf: () => () => undefined,
      waits: models.waits,
      commandsOf: (account) => commandsOf(account, seats, said, sinceMs),
    });
    models.check();
    holdAgainst(runs, seats);
    const { atMs } = stop;
    // What is on disk stays: an answer that was written after the last wake is no less said.
    const written = (name: string): number => seats.find(({ account }) => account === name)?.entries.length ?? 0;
    for (const { name, journal } of runs) {
      const own = said.filter(({ account }) => account === name);
      writeSeat(folder, name, firstOf(journal.lines(), Math.max(written(name), cut([...journal.entries()], atMs, own, folder))));
    }
    return { stands: Number.isFinite(atMs) ? Temporal.Instant.fromEpochMilliseconds(atMs) : undefined, ended: atMs === Infinity };
  } finally {
    await models.close();
  }
}

/** None yet where a council was only just begun. */
const seatsIn = (folder: string): readonly Seat[] => (existsSync(journalPath(folder, "council")) ? openBook(folder).seats : []);

const funds = (market: CouncilMarket, loaded: Loaded) =>
  market.synthetic === undefined
    ? storedFunds(market.data, loaded, windowIn(market))
    : Promise.resolve(syntheticFunds(market.synthetic, loaded));

/** What a person has said before, each at the bar where it was written down, and what he says now, at the next bar. */
function commandsOf(account: string, seats: readonly Seat[], said: readonly Said[], sinceMs: number): readonly TradeCommand[] {
  const entries = seats.find((seat) => seat.account === account)?.entries ?? [];
  const before = entries.flatMap(({ at, fact }) => {
    if (fact.kind !== "trade_answered") return [];
    const { trade, binding, yes, by, why } = fact;
    return [{ fromMs: at.epochMilliseconds, trade, binding, yes, by, why }];
  });
  const now = said
    .filter((each) => each.account === account)
    .map(({ trade, binding, yes, by, why }) => ({ fromMs: sinceMs + 1, trade: intentId(trade), binding, yes, by, why }));
  return [...before, ...now];
}

/** Says where the run is cut: at the first wake beyond what is on disk that ends as was asked. Accounts run one after the other. */
class Stop {
  atMs: number;
  readonly #sinceMs: number;
  readonly #until: Until;
  readonly #isDue: (fromMs: number, toMs: number) => boolean;
  #pending = new Set<string>();
  #account = "";
  #nowMs = -Infinity;
  #wokeMs = -Infinity;

  constructor(sinceMs: number, until: Until, isDue: (fromMs: number, toMs: number) => boolean) {
    this.#sinceMs = sinceMs;
    this.#until = until;
    this.#isDue = isDue;
    this.atMs = until.to === "answers" ? sinceMs : Infinity;
  }

  /** What is asked now would be thrown away: it lies beyond the cut. */
  get isPast(): boolean {
    return this.#nowMs > this.atMs;
  }

  see({ at, account, fact }: Entry): void {
    if (account !== this.#account) {
      this.#account = account;
      this.#pending = new Set();
      this.#wokeMs = -Infinity;
    }
    this.#nowMs = at.epochMilliseconds;
    switch (fact.kind) {
      case "trade_pending":
        this.#pending.add(fact.trade);
        return;
      case "trade_answered":
      case "trade_ended":
        this.#pending.delete(fact.trade);
        return;
      case "scanned": {
        const beforeMs = this.#wokeMs === -Infinity ? this.#nowMs - 86_400_000 : this.#wokeMs;
        this.#wokeMs = this.#nowMs;
        if (this.#nowMs <= this.#sinceMs || this.#nowMs >= this.atMs) return;
        const stops =
          this.#until.to === "person"
            ? this.#waitsForNew(this.#until.left)
            : this.#until.to === "checkpoint" && this.#isDue(beforeMs, this.#nowMs);
        if (stops) this.atMs = this.#nowMs;
        return;
      }
      default:
    }
  }

  #waitsForNew(left: readonly string[]): boolean {
    return [...this.#pending].some((trade) => !left.includes(trade));
  }
}

/** How many entries of an account are kept: up to its last wake until then, and what a person said after it. */
function cut(entries: readonly Entry[], atMs: number, said: readonly Said[], folder: string): number {
  if (atMs === Infinity) return entries.length;
  const scans = entries.findLastIndex(({ at, fact }) => fact.kind === "scanned" && at.epochMilliseconds <= atMs);
  const answers = said.map(({ trade, binding }) =>
    entries.findIndex(({ fact }) => fact.kind === "trade_answered" && fact.trade === trade && fact.binding === binding),
  );
  if (answers.includes(-1)) throw new Failed(1, `--dir ${folder}: the data ends before an answer could be heard`);
  return Math.max(scans, ...answers, 0) + 1;
}

function* firstOf(lines: Iterable<string>, count: number): Generator<string> {
  let at = 0;
  for (const line of lines) {
    if (at++ >= count) return;
    yield line;
  }
}

function holdAgainst(runs: readonly SeatRun[], seats: readonly Seat[]): void {
  for (const seat of seats) {
    const differs = notAgain(seat, runs.find(({ name }) => name === seat.account)?.journal.entries() ?? []);
    if (differs !== undefined) throw new Failed(1, differs);
  }
}
