import { AccountState } from "../../journal/account-state.ts";
import type { Entry } from "../../journal/entry.ts";
import type { FactKind } from "../../journal/fact.ts";
import type { FaultName } from "../../sim/faults/fault-names.ts";
import type { FaultyVenue } from "../../sim/faults/faulty-venue.ts";
import { atRest } from "./at-rest.ts";
import { keptByDesks } from "./kept-by-desks.ts";
import type { Breach } from "./wire-watch.ts";

/** The process died when this entry was the last on disk, and so many that it had written were not. */
export type Death = { readonly after: number; readonly lost: number };

type Told = {
  readonly seed: string;
  readonly entries: readonly Entry[];
  /** Of the journal: the same seed gives the same on every machine. */
  readonly hash: string;
  readonly deaths: readonly Death[];
  readonly ordersSent: number;
};

export type StormResult = Told & {
  readonly breaches: readonly Breach[];
  readonly faults: Readonly<Record<FaultName, number>>;
  readonly facts: Readonly<Partial<Record<FactKind, number>>>;
};

type Over = Told & { readonly state: AccountState; readonly venue: FaultyVenue; readonly seen: readonly Breach[] };

/** A storm that is over, held against everything that must be so. */
export function stormResult({ state, venue, seen, ...told }: Over): StormResult {
  const { entries } = told;
  const breaches = [...seen, ...atRest({ state, truth: venue.truth, entries }), ...keptByDesks(entries)];
  const say = (invariant: string, what: string): void => void breaches.push({ invariant, what });
  if (venue.violations > 0) say("I3", `${venue.violations} messages left while the venue had asked for silence`);
  const rebuilt = new AccountState();
  for (const entry of entries) rebuilt.apply(entry);
  if (booksOf(rebuilt) !== booksOf(state)) say("I5", "the journal folds to other books than those that were kept");
  const facts: Partial<Record<FactKind, number>> = {};
  for (const { fact, at } of entries) {
    facts[fact.kind] = (facts[fact.kind] ?? 0) + 1;
    if (fact.kind === "cleared" && fact.by !== "backtest") say("I7", `${fact.name} was cleared by ${fact.by}`);
    if (fact.kind !== "clock_measured") continue;
    const off = venue.clock.at(at.epochMilliseconds) - at.epochMilliseconds;
    if (fact.skewMs !== off) say("I20", `the venue's clock is measured ${fact.skewMs} ms off, and was ${off}`);
  }
  return { ...told, breaches, faults: venue.fired, facts };
}

const booksOf = ({ wallet, equity, positions, openOrders, latches, peakEquity, dayStartEquity }: AccountState): string =>
  JSON.stringify([wallet, equity, positions, openOrders, latches, peakEquity, dayStartEquity], (_, value: unknown) =>
    typeof value === "bigint" ? String(value) : value,
  );
