import type { Entry } from "../journal/entry.ts";
import { notional, plus, zeroMoney, type Money } from "../words/money.ts";
import type { Instrument } from "../words/instrument.ts";
import type { InstrumentId } from "../words/ids.ts";
import { ModelUse } from "./model-use.ts";

/** What a run's facts add up to, counted as they pass. */
export class RunCount {
  facts = 0;
  scans = 0;
  candidates = 0;
  fills = 0;
  liquidations = 0;
  tradedNotional: Money = zeroMoney;
  /** What lent shares cost. */
  borrow: Money = zeroMoney;
  readonly outcomes = new Map<string, number>();
  readonly refusals = new Map<string, number>();
  readonly invalid = new Map<string, number>();
  readonly fallbacks = new Map<string, number>();
  readonly models = new ModelUse();
  /** What was asked and answered, for a report by prompt. */
  readonly asking: Entry[] = [];
  readonly #instrumentOf: (id: InstrumentId) => Instrument;

  constructor(instrumentOf: (id: InstrumentId) => Instrument) {
    this.#instrumentOf = instrumentOf;
  }

  see(entry: Entry): void {
    const { fact } = entry;
    this.facts++;
    switch (fact.kind) {
      case "scanned":
        this.scans++;
        this.candidates += fact.candidates;
        for (const outcome in fact.outcomes) add(this.outcomes, outcome, fact.outcomes[outcome] ?? 0);
        return;
      case "refused":
        return add(this.refusals, fact.refusal.code, 1);
      case "order_withheld":
        return add(this.refusals, fact.refusal.code, 1);
      case "proposal_refused":
        return add(this.invalid, fact.code, 1);
      case "fell_back":
        return add(this.fallbacks, fact.why, 1);
      case "model_asked":
      case "answer_reused":
        this.asking.push(entry);
        return;
      case "model_answered":
        this.asking.push(entry);
        return this.models.see(entry);
      case "borrow_charged":
        this.borrow = plus(this.borrow, fact.amount);
        return;
      case "filled": {
        const { fill } = fact;
        this.fills++;
        if (fill.reason === "liquidation") this.liquidations++;
        this.tradedNotional = plus(
          this.tradedNotional,
          notional(fill.price, fill.quantity, this.#instrumentOf(fill.instrument).multiplier, "half_even"),
        );
        return;
      }
      default:
        return;
    }
  }
}

const add = (counts: Map<string, number>, key: string, by: number): void => void counts.set(key, (counts.get(key) ?? 0) + by);

/** By name, so that a report reads the same on every run. */
export const countsOf = (counts: ReadonlyMap<string, number>): Record<string, number> =>
  Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
