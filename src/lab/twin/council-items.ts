import type { AccountState } from "../../journal/account-state.ts";
import type { CouncilTrade } from "../../journal/council-log.ts";
import type { Entry } from "../../journal/entry.ts";
import { approximately } from "../../words/exact.ts";
import type { Wish } from "./price-trade.ts";
import type { TurnedAway, TwinItem } from "./twin-item.ts";

/**
 * A council's facts come in, each before the books have it; what a person was shown goes out, and which of it came to nothing by whom: his
 * no, the time, a drift, or the desk that found it could no longer be done (COUN-6, COUN-7).
 */
export class CouncilItems {
  readonly #state: AccountState;
  readonly #push: (item: TwinItem) => void;
  /** Trades that the desk began to carry out in this wake: what rails, venues and people made of them they tell themselves. */
  readonly #released = new Set<string>();

  constructor(state: AccountState, push: (item: TwinItem) => void) {
    this.#state = state;
    this.#push = push;
  }

  see({ fact, at, correlation }: Entry): void {
    const atMs = at.epochMilliseconds;
    const turned = (id: string, what: TurnedAway, by: string): void => {
      const trade = this.#state.decisions.council.trade(id);
      // What is over stays over: a second no to it turns nothing away.
      // What was carried out in part was not turned away.
      if (
        trade === undefined ||
        this.#state.decisions.council.keepOf(id) !== undefined ||
        (trade.status !== "pending" && trade.status !== "approved")
      )
        return;
      this.#push({ correlation, instrument: trade.instrument, wish: wishOf(trade, atMs), what, by });
    };
    switch (fact.kind) {
      case "woke":
        return this.#released.clear();
      case "trade_pending":
        // After a drift the same trade is shown once more.
        if (fact.asked === 1 && isEntry(fact))
          this.#push({ correlation, instrument: fact.instrument, wish: wishOf(fact, atMs), stage: "shown" });
        return;
      case "trade_answered": {
        const stands = this.#state.decisions.council.trade(fact.trade)?.binding === fact.binding;
        if (!fact.yes && stands) turned(fact.trade, "declined", fact.why === "binding_changed" ? fact.why : fact.by);
        return;
      }
      case "trade_drifted":
        return turned(fact.trade, "drifted", fact.of);
      case "trade_released":
        this.#released.add(fact.trade);
        return;
      case "trade_ended":
        if (fact.end === "expired") turned(fact.trade, "expired", fact.why);
        else if (fact.end === "superseded") turned(fact.trade, "dropped", fact.why);
        else if (fact.end === "failed" && !this.#released.has(fact.trade)) turned(fact.trade, "dropped", fact.why);
        return;
      default:
        return;
    }
  }
}

type Shown = Pick<CouncilTrade, "action" | "side" | "price" | "notional" | "stopPct" | "targetPct">;

const isEntry = ({ action }: Shown): boolean => action === "enter" || action === "flip";

/** A flip is worth the side that it wanted; a reduction is of half of what is shown. Stop and target stand at their percent from the price shown. */
function wishOf(trade: Shown, atMs: number): Wish {
  const { action, side, stopPct, targetPct } = trade;
  const notional = approximately(trade.notional) * (action === "reduce" ? 0.5 : 1);
  if (!isEntry(trade)) return { atMs, side, notional, exit: true };
  const price = approximately(trade.price);
  const sign = side === "buy" ? 1 : -1;
  return {
    atMs,
    side,
    notional,
    stopLoss: price * (1 - (sign * stopPct) / 100),
    takeProfit: price * (1 + (sign * targetPct) / 100),
  };
}
