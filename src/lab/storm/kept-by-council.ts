import type { PendingTrade } from "../../journal/council-facts.ts";
import { AccountState } from "../../journal/account-state.ts";
import type { Entry } from "../../journal/entry.ts";
import type { Fact, FactOf } from "../../journal/fact.ts";
import type { Quote } from "../../flow/market/snapshot.ts";
import type { InstrumentId, IntentId } from "../../words/ids.ts";
import { carriesOut } from "./kept-in-reductions.ts";
import type { Breach } from "./wire-watch.ts";

/** What is known of a trade: as it was shown last, in shares of today, and what a person has said to just that. */
type Told = {
  readonly shown: PendingTrade;
  /** In units of 10^-12 of a dollar, as splits have changed them since. */
  price: bigint;
  limit: bigint | undefined;
  yesBy: string | undefined;
  over: boolean;
  released: boolean;
  entered: boolean;
};

const abs = (of: bigint): bigint => (of < 0n ? -of : of);
/** Basis points are compared in hundredths, so that a tolerance may have decimals; a hundredth more is rounding. */
const within = (now: bigint, shown: bigint, bps: number): boolean =>
  abs(now - shown) * 1_000_000n <= abs(shown) * BigInt(Math.round(bps * 100) + 1);

/**
 * What a council promises of its trades (I15, I16), from the journal alone: each has a person's yes to what was shown, before its time was up, and
 * is carried out once, as it was shown.
 */
export class CouncilTrades {
  readonly #told = new Map<IntentId, Told>();
  readonly #entries = new Map<IntentId, Told>();
  readonly #breaches: Breach[] = [];
  #settings: Readonly<Record<string, unknown>> = {};
  #woke: FactOf<"woke"> | undefined;
  #wokeAt: Temporal.Instant | undefined;
  #approvedBefore: readonly Told[] = [];
  readonly #state = new AccountState();
  #heldBefore = false;

  see(entry: Entry): void {
    const { fact, at, sequence } = entry;
    this.#state.apply(entry);
    const say = (invariant: "I15" | "I16", what: string): void =>
      void this.#breaches.push({ invariant, what: `entry ${sequence}: ${what}` });
    this.#seeTrade(fact, at, say);
    switch (fact.kind) {
      case "opened":
        this.#settings = fact.settings;
        return;
      case "woke":
        this.#woke = fact;
        this.#wokeAt = at;
        this.#heldBefore = this.#state.positions.length > 0;
        this.#approvedBefore = [...this.#told.values()].filter(({ yesBy, over }) => yesBy !== undefined && !over);
        return;
      case "scanned":
        return this.#nothingLost(say);
      case "shares_split":
        return this.#split(fact);
      case "resolved":
        return this.#resolved(fact.intent, say);
      case "order_planned":
        if (fact.order.purpose !== "entry") return;
        if (!this.#entries.has(fact.order.intent)) say("I15", `${fact.order.id} enters what nobody was shown`);
        for (const { instrument } of this.#state.positions) say("I15", `${fact.order.id} enters while ${instrument} is still held`);
        return;
      default:
    }
  }

  *end(): Generator<Breach> {
    yield* this.#breaches;
    const last = this.#wokeAt;
    for (const { shown, over } of this.#told.values())
      if (!over && last !== undefined && Temporal.Instant.compare(shown.expiresAt, last) <= 0)
        yield { invariant: "I15", what: `${shown.trade} still waits though it expired at ${shown.expiresAt.toString()}` };
  }

  #seeTrade(fact: Fact, at: Temporal.Instant, say: (invariant: "I15" | "I16", what: string) => void): void {
    switch (fact.kind) {
      case "trade_pending": {
        const known = this.#told.get(fact.trade);
        if (known?.over === true) say("I15", `${fact.trade} is shown again after its end`);
        const { price, limit } = fact;
        const fresh = { yesBy: undefined, over: false, released: false, entered: known?.entered ?? false };
        this.#told.set(fact.trade, { shown: fact, price, limit, ...fresh });
        return this.#sizeOf(fact, say);
      }
      case "trade_answered": {
        const told = this.#told.get(fact.trade);
        // What is said of another text, after the end or after the time is heard and changes nothing; the first word counts, and a no after a yes.
        if (told === undefined || told.over || told.shown.binding !== fact.binding) return;
        if (!fact.yes) [told.over, told.yesBy] = [true, undefined];
        else if (Temporal.Instant.compare(at, told.shown.expiresAt) < 0) told.yesBy ??= fact.by;
        return;
      }
      case "trade_drifted": {
        const told = this.#told.get(fact.trade);
        if (told !== undefined) told.yesBy = undefined;
        return;
      }
      case "trade_released":
        return this.#released(fact, at, say);
      case "trade_ended": {
        const told = this.#told.get(fact.trade);
        if (told?.over !== false) say("I15", `${fact.trade} ends twice`);
        if (told !== undefined) told.over = true;
        return;
      }
      default:
    }
  }

  #released(
    { trade, intent, by }: FactOf<"trade_released">,
    at: Temporal.Instant,
    say: (invariant: "I15" | "I16", what: string) => void,
  ): void {
    const told = this.#told.get(trade);
    if (told === undefined) return say("I15", `${trade} is released and was never shown`);
    const { shown, yesBy, over, price, limit } = told;
    if (yesBy === undefined || yesBy !== by)
      say("I15", `${trade} is released for ${by}, and the yes that stands is of ${yesBy ?? "nobody"}`);
    if (over) say("I15", `${trade} is released after its end`);
    if (Temporal.Instant.compare(at, shown.expiresAt) >= 0) say("I16", `${trade} is released after it expired`);
    told.released = true;
    // A release under the trade's own name takes risk away; the other half of a flip, and an entry, have a name of their own.
    if (intent === trade) return;
    if (told.entered) say("I15", `${trade} is entered twice`);
    told.entered = true;
    this.#entries.set(intent, told);
    const quote = this.#quote(shown.instrument);
    if (quote === undefined) return say("I16", `${trade} is entered without a price`);
    if (limit !== undefined) {
      if (shown.side === "buy" ? quote.ask > limit : quote.bid < limit) say("I16", `${trade} is entered beyond its limit`);
    } else if (!within(quote.last, price, this.#number("council.driftBpsMax")))
      say("I16", `${trade} is entered at ${quote.last} where ${price} was shown`);
  }

  #resolved(intent: FactOf<"resolved">["intent"], say: (invariant: "I15" | "I16", what: string) => void): void {
    const { id, aim, wanted } = intent;
    if (aim === "enter") {
      const told = this.#entries.get(id);
      if (told === undefined) return say("I15", `${id} enters what nobody was shown`);
      const { instrument, side, notional, stopPct } = told.shown;
      if (intent.instrument !== instrument || intent.side !== side)
        say("I16", `${id} is ${intent.side} ${intent.instrument} where ${side} ${instrument} was shown`);
      if (wanted.by !== "notional" || !within(wanted.notional, notional, this.#number("council.sizeDriftBpsMax")))
        say("I16", `${id} is of another size than ${notional}`);
      const last = this.#quote(instrument)?.last;
      if (intent.stopLoss === undefined || last === undefined || !within(intent.stopLoss, last, stopPct * 100))
        say("I16", `${id} has no stop within ${stopPct}%`);
      return;
    }
    for (const { shown, released } of this.#told.values())
      if (shown.action !== "enter" && !released && carriesOut(id, shown))
        say("I15", `${id} carries out ${shown.action} ${shown.trade} that nobody approved`);
  }

  /** A size is the desk's own, by the conviction: no member and no chairman has a say in it. */
  #sizeOf({ trade, action, conviction, notional }: PendingTrade, say: (invariant: "I16", what: string) => void): void {
    if (action !== "enter" && action !== "flip") return;
    const percent = Math.abs(conviction) >= 2 ? this.#number("council.twoPct") : this.#number("council.onePct");
    const most = ((this.#woke?.equity ?? 0n) * BigInt(Math.round(percent * 100))) / 10_000n;
    if (notional > most) say("I16", `${trade} shows ${notional} for a conviction of ${conviction}, at most ${most}`);
  }

  /**
   * A yes that stood before the desk looked is carried out, asked about again or over once it has looked, where it can be done at any price; an entry
   * may wait for what is left of an older trade.
   */
  #nothingLost(say: (invariant: "I15", what: string) => void): void {
    for (const { shown, over, released, yesBy, limit } of this.#approvedBefore) {
      if (over || yesBy === undefined || limit !== undefined || this.#quote(shown.instrument) === undefined) continue;
      if (!released && !(shown.action === "enter" && this.#heldBefore)) say("I15", `the yes to ${shown.trade} was passed over`);
    }
  }
  #split({ instrument, from, into }: FactOf<"shares_split">): void {
    for (const told of this.#told.values()) {
      if (told.shown.instrument !== instrument) continue;
      told.price = (told.price * BigInt(from)) / BigInt(into);
      if (told.limit !== undefined) told.limit = (told.limit * BigInt(from)) / BigInt(into);
    }
  }

  #quote(instrument: InstrumentId): Quote | undefined {
    return this.#woke?.snapshot.assets.find(({ quote }) => quote.instrument === instrument)?.quote;
  }

  #number(name: string): number {
    const value = this.#settings[name];
    return typeof value === "number" ? value : Number.NaN;
  }
}
