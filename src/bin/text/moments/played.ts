import { AccountState } from "../../../journal/account-state.ts";
import type { Entry } from "../../../journal/entry.ts";
import type { FactKind, FactOf } from "../../../journal/fact.ts";
import { grouped } from "../../../journal/readable.ts";
import type { ClosedTrade } from "../../../flow/portfolio/trade.ts";
import type { CorrelationId, InstrumentId } from "../../../words/ids.ts";

export type EntryOf<Kind extends FactKind> = Entry & { readonly fact: FactOf<Kind> };

/** Those of one kind, in their order. */
export const ofKind = <Kind extends FactKind>(entries: readonly Entry[], kind: Kind): readonly EntryOf<Kind>[] =>
  entries.filter((entry): entry is EntryOf<Kind> => entry.fact.kind === kind);

/** A run as its journal tells it, from the opening on; all that is told of it is found here. */
export class Played {
  readonly entries: readonly Entry[];
  readonly state: AccountState;
  readonly #byDecision = new Map<CorrelationId, Entry[]>();

  constructor(entries: readonly Entry[]) {
    this.entries = entries;
    this.state = new AccountState();
    for (const entry of entries) {
      this.state.apply(entry);
      const { correlation } = entry;
      if (correlation === undefined) continue;
      const known = this.#byDecision.get(correlation);
      if (known === undefined) this.#byDecision.set(correlation, [entry]);
      else known.push(entry);
    }
  }

  get decisions(): Iterable<readonly [CorrelationId, readonly Entry[]]> {
    return this.#byDecision;
  }

  /** What was thought in it, and what its orders met later: their facts carry its name. */
  of(decision: CorrelationId | undefined): readonly Entry[] {
    return (decision === undefined ? undefined : this.#byDecision.get(decision)) ?? [];
  }

  /** The round trip that this decision began with that instrument, once it is over. */
  trade(decision: CorrelationId | undefined, instrument: InstrumentId): ClosedTrade | undefined {
    return this.state.trades.find((trade) => trade.correlation === decision && trade.instrument === instrument);
  }

  /** As a person says it: `DOGE`, or `SYNB 47 put of 2026-06-12`. Whatever begins with SYN- is made up, which the heading says. */
  name(id: InstrumentId): string {
    const of = this.state.instrument(id);
    if (of.kind !== "option") return of.symbol.replace(/^SYN-/, "");
    return `${this.name(of.underlying)} ${grouped(of.strike)} ${of.right} of ${of.expiry}`;
  }
}
