import type { GateRefusal } from "../../flow/resolution/option-situation.ts";
import type { AccountState } from "../../journal/account-state.ts";
import type { Entry } from "../../journal/entry.ts";
import type { FactOf } from "../../journal/fact.ts";
import { approximately } from "../../words/exact.ts";
import type { CorrelationId, InstrumentId } from "../../words/ids.ts";
import { notional } from "../../words/money.ts";
import type { Wish } from "./price-trade.ts";
import type { TurnedAway, TwinItem, Unpriceable } from "./twin-item.ts";

type About = Pick<FactOf<"option_gated">, "decision" | "symbol"> & { readonly instrument?: InstrumentId };
type Waiting = { readonly asked: FactOf<"person_asked">; readonly saleWanted: boolean };
/** Where an item came to nothing: when, in which decision, by what. */
type Turned = { readonly atMs: number; readonly correlation: CorrelationId | undefined; readonly what: TurnedAway; readonly by: string };

/**
 * An options desk's facts come in, each before the books have it; what its rule picked goes out, and what gates, models, people and time
 * turned away of it (OPT-2, OPT-5, LINE-5). An entry is of the most that a position may cost; an exit is of all that is held.
 */
export class OptionItems {
  readonly #state: AccountState;
  readonly #push: (item: TwinItem) => void;
  readonly #premium: number | undefined;
  /** Asked about in this scan and not judged yet, by instrument. */
  readonly #asked = new Map<InstrumentId, FactOf<"option_asked">>();
  /** Contracts of which the last answer wanted a sale. */
  readonly #saleWanted = new Set<string>();
  readonly #items = new Map<string, Waiting>();
  /** What was used up by an item that a person has answered, by decision and symbol. */
  readonly #answered = new Map<string, Waiting | undefined>();
  #gated: CorrelationId | undefined;

  constructor(state: AccountState, premium: number | undefined, push: (item: TwinItem) => void) {
    this.#state = state;
    this.#premium = premium;
    this.#push = push;
  }

  /** A proposal that stood down at a gate is told by that gate and not once more. */
  tells({ fact, correlation }: Entry): boolean {
    return fact.kind === "stood_down" && this.#gated !== undefined && this.#gated === correlation;
  }

  see({ fact, at, correlation }: Entry): void {
    const atMs = at.epochMilliseconds;
    switch (fact.kind) {
      case "woke":
        this.#gated = undefined;
        return this.#asked.clear();
      case "option_asked":
        this.#asked.set(fact.instrument, fact);
        return this.#picked(fact, correlation, atMs);
      case "option_gated":
        this.#gated = correlation;
        return this.#judged(fact, correlation, atMs);
      case "scanned":
        for (const asked of this.#asked.values())
          if (asked.decision === "entry") this.#turn(asked, false, { atMs, correlation, what: "unanswered", by: "model" });
        return this.#asked.clear();
      case "person_asked":
        this.#items.set(fact.item, { asked: fact, saleWanted: this.#saleWanted.has(fact.symbol) });
        // What a model may not decide goes from the rule to the person.
        if (fact.why === "not_automated") this.#picked(fact, correlation, atMs);
        return;
      case "person_expired": {
        const waiting = this.#items.get(fact.item);
        if (waiting !== undefined)
          this.#turn(waiting.asked, waiting.saleWanted, {
            atMs,
            correlation,
            what: "expired",
            by: `${fact.decision}: ${waiting.asked.why}`,
          });
        return;
      }
      case "person_answered": {
        const waiting = fact.item === undefined ? undefined : this.#items.get(fact.item);
        this.#answered.set(`${fact.decision} ${fact.symbol}`, waiting);
        if (fact.action === "deny" || fact.action === "hold")
          this.#turn(waiting?.asked ?? fact, waiting?.saleWanted === true, { atMs, correlation, what: "declined", by: fact.by });
        return;
      }
      case "person_obeyed":
        return this.#obeyed(fact, correlation, atMs);
      default:
        return;
    }
  }

  #picked(of: About, correlation: CorrelationId | undefined, atMs: number): void {
    if (of.decision === "entry") this.#push({ correlation, instrument: of.instrument, wish: this.#entry(of, atMs), stage: "rules" });
  }

  #judged(fact: FactOf<"option_gated">, correlation: CorrelationId | undefined, atMs: number): void {
    const { decision, instrument, symbol, action, acts, outcome, reasons } = fact;
    this.#asked.delete(instrument);
    const saleWanted = decision === "exit" && action === "SELL";
    if (decision === "exit")
      if (saleWanted) this.#saleWanted.add(symbol);
      else this.#saleWanted.delete(symbol);
    // A model that holds what is held wants nothing; one that does not approve turns away what the rule picked.
    if (acts || (decision === "exit" && !saleWanted)) return;
    const against = gateThatDecided(outcome, reasons);
    this.#turn(fact, saleWanted, {
      atMs,
      correlation,
      what: against === undefined ? "stood_down" : "gated",
      by: `${decision}: ${against === undefined ? outcome : `gate ${against.gate} ${against.code}`}`,
    });
  }

  /** An answer that was to act and did not; what rails and venues made of one that did they tell themselves. */
  #obeyed({ decision, symbol, outcome }: FactOf<"person_obeyed">, correlation: CorrelationId | undefined, atMs: number): void {
    const said = this.#state.decisions.options.answer(decision, symbol);
    const shown = this.#answered.get(`${decision} ${symbol}`);
    this.#answered.delete(`${decision} ${symbol}`);
    const found = unobeyed.get(outcome);
    if (said === undefined || found === undefined || (said.action !== "approve" && said.action !== "sell")) return;
    this.#turn(shown?.asked ?? { decision, symbol }, true, { atMs, correlation, what: found, by: `${decision}: ${outcome}` });
  }

  #turn(of: About, saleWanted: boolean, { atMs, correlation, what, by }: Turned): void {
    const wish = of.decision === "entry" ? this.#entry(of, atMs) : this.#exit(of.symbol, saleWanted, atMs);
    const instrument = of.decision === "exit" ? this.#held(of.symbol)?.instrument : of.instrument;
    this.#push({ correlation, instrument, wish, what, by });
  }

  #entry({ instrument }: About, atMs: number): Wish | Unpriceable {
    // Where a person was asked before a contract was picked, the item names the underlying.
    if (instrument === undefined || this.#state.instrument(instrument).kind !== "option") return { atMs, unpriced: "no_contract" };
    return this.#premium === undefined ? { atMs, unpriced: "no_size" } : { atMs, side: "buy", notional: this.#premium };
  }

  #exit(symbol: string, saleWanted: boolean, atMs: number): Wish | Unpriceable {
    if (!saleWanted) return { atMs, unpriced: "no_sale_wanted" };
    const held = this.#held(symbol);
    if (held === undefined) return { atMs, unpriced: "no_position" };
    const mark = this.#state.markOf(held.instrument);
    if (mark === undefined) return { atMs, unpriced: "no_mark" };
    const worth = approximately(notional(mark, held.quantity, this.#state.instrument(held.instrument).multiplier, "half_even"));
    const side = worth > 0 ? "sell" : "buy";
    return { atMs, side, notional: Math.abs(worth), exit: true, paid: approximately(held.averageEntry) };
  }

  #held = (symbol: string) => this.#state.positions.find(({ instrument }) => instrument === symbol);
}

const unobeyed: ReadonlyMap<string, TurnedAway> = new Map<string, TurnedAway>([
  ["too_late", "expired"],
  ["gate1_blocked", "gated"],
  ["no_longer_there", "dropped"],
  ["no_contract", "dropped"],
  ["no_position", "dropped"],
  ["not_an_answer", "dropped"],
]);

/** Of several reasons the first of the gate that had the last word; undefined where the model itself did not want to act. */
function gateThatDecided(outcome: string, reasons: readonly GateRefusal[]): GateRefusal | undefined {
  if (outcome === "manual_fallback") return reasons.find(({ gate }) => gate === 2);
  return reasons.find(({ gate }) => gate < 2);
}
