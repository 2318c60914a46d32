import { AccountState } from "../../journal/account-state.ts";
import type { PendingTrade } from "../../journal/council-facts.ts";
import type { Entry } from "../../journal/entry.ts";
import type { FactOf } from "../../journal/fact.ts";
import type { InstrumentId } from "../../words/ids.ts";
import type { Breach } from "./wire-watch.ts";

/** `keep` is the least of the position that it may leave; undefined before its first order. */
type Reduction = { readonly shown: PendingTrade; keep: bigint | undefined; over: boolean; split: boolean };

const abs = (of: bigint): bigint => (of < 0n ? -of : of);

/** Intents that leave a position are named after the trade that a person approved. */
export const carriesOut = (intent: string, { trade, asked }: PendingTrade): boolean =>
  intent.startsWith(`${trade}.x`) || intent === `${trade}${asked}` || intent.startsWith(`${trade}${asked}.x`);

/**
 * What a council promises of its reductions (I15, I16): each is gone on with whenever the desk looks until it is over, is told as done when
 * half of what was held is gone, takes no more than that, however often it is tried, and nothing after its end.
 */
export class CouncilReductions {
  readonly #state = new AccountState();
  readonly #reductions = new Map<string, Reduction>();
  readonly #breaches: Breach[] = [];
  #woke: FactOf<"woke"> | undefined;
  #begun: readonly Reduction[] = [];
  /** What the wake has resolved, and whether it has asked what is to become of the position. */
  #resolved: string[] = [];
  #asked = false;

  see(entry: Entry): void {
    const { fact, sequence } = entry;
    this.#state.apply(entry);
    switch (fact.kind) {
      case "trade_pending":
        if (fact.action === "reduce") this.#reductions.set(fact.trade, { shown: fact, keep: undefined, over: false, split: false });
        return;
      case "trade_ended": {
        const found = this.#reductions.get(fact.trade);
        if (found !== undefined) this.#seeEnd(found, fact, sequence);
        return;
      }
      case "woke":
        this.#woke = fact;
        this.#begun = [...this.#reductions.values()].filter(({ keep, over }) => keep !== undefined && !over);
        [this.#resolved, this.#asked] = [[], false];
        return;
      case "model_asked":
        this.#asked = true;
        return;
      case "resolved":
        return this.#seeIntent(fact.intent, sequence);
      case "shares_split":
        for (const of of this.#reductions.values())
          if (of.shown.instrument === fact.instrument && of.keep !== undefined)
            [of.keep, of.split] = [(of.keep * BigInt(fact.into)) / BigInt(fact.from), true];
        return;
      case "scanned":
        for (const of of this.#begun)
          if (!this.#goesOn(of))
            this.#breaches.push({ invariant: "I15", what: `entry ${sequence}: the rest of ${of.shown.trade} was passed over` });
        return;
      default:
    }
  }

  *end(): Generator<Breach> {
    yield* this.#breaches;
  }

  /** Half is rounded to a lot, and what a split makes of that to another. */
  #seeEnd(found: Reduction, { trade, end }: FactOf<"trade_ended">, sequence: number): void {
    found.over = true;
    const { keep, split, shown } = found;
    const { lot } = this.#state.instrument(shown.instrument);
    const held = this.#heldOf(shown.instrument);
    if (end === "executed" && held > (keep ?? 0n) + 3n * lot)
      this.#breaches.push({ invariant: "I15", what: `entry ${sequence}: ${trade} is told as done with ${held} left` });
    if (end !== "executed" && keep !== undefined && !split && held <= keep + lot)
      this.#breaches.push({ invariant: "I15", what: `entry ${sequence}: ${trade} is told as ${end} though half is gone` });
  }

  #seeIntent({ id, aim, instrument, wanted }: FactOf<"resolved">["intent"], sequence: number): void {
    this.#resolved.push(id);
    const of = [...this.#reductions.values()].find(({ shown }) => carriesOut(id, shown));
    if (of === undefined || aim !== "reduce") return;
    const held = this.#heldOf(instrument);
    // Half is rounded up to a lot, and a split may leave a fraction of one behind.
    of.keep ??= held / 2n - this.#state.instrument(instrument).lot;
    if (of.over) this.#breaches.push({ invariant: "I15", what: `entry ${sequence}: ${id} goes on after its end` });
    if (wanted.by !== "quantity" || held - wanted.quantity < of.keep)
      this.#breaches.push({ invariant: "I16", what: `entry ${sequence}: ${id} leaves less than half of what was held` });
  }

  #heldOf(instrument: InstrumentId): bigint {
    return abs(this.#state.position(instrument)?.quantity ?? 0n);
  }

  /** It is over, was tried again, has an order out, or a checkpoint or meeting has something to say; without a price nothing can be done. */
  #goesOn({ shown, over }: Reduction): boolean {
    const { instrument } = shown;
    if (over || this.#asked || this.#resolved.some((id) => carriesOut(id, shown))) return true;
    if (this.#woke?.snapshot.assets.some(({ quote }) => quote.instrument === instrument) !== true) return true;
    return this.#state.openOrders.some(
      (order) => order.instrument === instrument && (order.purpose === "reduce" || order.purpose === "close"),
    );
  }
}
