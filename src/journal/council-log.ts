import type { Pitch } from "../flow/proposals/council-words.ts";
import type { Intent } from "../flow/resolution/intent.ts";
import { overall } from "../flow/resolution/peer-ranking.ts";
import type { PastScore } from "../flow/resolution/reviewer-skill.ts";
import type { InstrumentId } from "../words/ids.ts";
import type { Price } from "../words/price.ts";
import { magnitude, quantityMinus, quantityTimes, type Quantity } from "../words/quantity.ts";
import { splitPrice } from "./after-split.ts";
import type { PendingTrade, TradeEnd } from "./council-facts.ts";
import type { Fact, FactOf } from "./fact.ts";

export type TradeStatus = "pending" | "approved" | TradeEnd;
export type CouncilTrade = PendingTrade & {
  readonly status: TradeStatus;
  readonly shownAt: Temporal.Instant;
  readonly by?: string;
  readonly why?: string;
};

type PitchedNow = { readonly member: string; readonly pitch: Pitch; readonly price: Price; readonly at: Temporal.Instant };
type Week = { readonly week: string; readonly packHash: string; readonly pack: FactOf<"pack_frozen">["pack"] };

/** What the journal says of a council: the week that stands, the trades with what became of them, and how reviewers have ranked before. */
export class CouncilLog {
  #week: Week | undefined;
  #pitched: PitchedNow[] = [];
  #reviewed: { readonly week: string; readonly reviewer: string; readonly member: string; readonly score: number }[] = [];
  readonly #past: PastScore[] = [];
  readonly #trades = new Map<string, CouncilTrade>();
  #seat: FactOf<"seated"> | undefined;
  #lookedAt: Temporal.Instant | undefined;
  readonly #saidMs = new Map<string, number>();
  /** How much of a position stays, by the reduction. */
  readonly #keeps = new Map<string, Quantity>();
  readonly #symbols = new Map<InstrumentId, string>();

  see(fact: Fact, at: Temporal.Instant): void {
    switch (fact.kind) {
      case "opened":
        for (const { id, symbol } of fact.instruments) this.#symbols.set(id, symbol);
        return;
      case "pack_frozen":
        this.#week = fact;
        this.#pitched = [];
        this.#reviewed = [];
        return;
      case "pitched":
        this.#pitched.push({ ...fact, at });
        return;
      case "peers_reviewed":
        for (const { label, scores } of fact.reviews) {
          const member = fact.labels.find((each) => each.label === label)?.member;
          if (member !== undefined) this.#reviewed.push({ week: fact.week, reviewer: fact.reviewer, member, score: overall(scores) });
        }
        return;
      case "pitch_resolved":
        for (const each of this.#reviewed)
          if (each.week === fact.week && each.member === fact.member) this.#past.push({ ...each, gainBps: fact.gainBps });
        return;
      case "seated":
        this.#seat = fact;
        this.#pitched = [];
        return;
      case "trade_pending":
        this.#trades.set(fact.trade, { ...fact, status: "pending", shownAt: at });
        return;
      case "trade_answered":
        return this.#hear(fact, at);
      case "shares_split":
        return this.#split(fact);
      case "trade_drifted":
        return this.#end(fact.trade, "pending");
      case "trade_ended":
        return this.#end(fact.trade, fact.end, fact);
      default:
        return;
    }
  }

  looked(at: Temporal.Instant): void {
    this.#lookedAt = at;
  }

  /**
   * A word counts for what it was said of: none to what was shown before a drift is one to what is shown now, and what is over stays over, whoever
   * presses a button again. A yes may be taken back as long as it has not been carried out.
   */
  #hear(said: FactOf<"trade_answered">, at: Temporal.Instant): void {
    const { binding, status } = this.#trades.get(said.trade) ?? {};
    if (binding !== said.binding || (status !== "pending" && status !== "approved")) return;
    this.#saidMs.set(said.trade, at.epochMilliseconds);
    if (!said.yes || status === "pending") this.#end(said.trade, said.yes ? "approved" : "rejected", said);
  }

  /** Prices that wait to be held against the market are of new shares from here on; what was shown, and said of it, stays. */
  #split({ instrument, from, into }: FactOf<"shares_split">): void {
    for (const [id, trade] of this.#trades) {
      if (trade.instrument !== instrument) continue;
      const limit = trade.limit === undefined ? {} : { limit: splitPrice(trade.limit, from, into) };
      this.#trades.set(id, { ...trade, price: splitPrice(trade.price, from, into), ...limit });
      const keep = this.#keeps.get(id);
      if (keep !== undefined) this.#keeps.set(id, quantityTimes(keep, into, from));
    }
    const symbol = this.#symbols.get(instrument);
    this.#pitched = this.#pitched.map((each) =>
      each.pitch.symbol === symbol ? { ...each, price: splitPrice(each.price, from, into) } : each,
    );
  }

  /** The first order of a reduction says what it leaves of the position; those after it go on to just that. */
  reducing({ id, wanted }: Intent, held: Quantity | undefined): void {
    const of = this.open.find(({ trade, action }) => action === "reduce" && id.startsWith(trade));
    if (of === undefined || held === undefined || wanted.by !== "quantity" || this.#keeps.has(of.trade)) return;
    this.#keeps.set(of.trade, quantityMinus(magnitude(held), wanted.quantity));
  }

  #end(trade: string, status: TradeStatus, { by, why }: { readonly by?: string; readonly why?: string } = {}): void {
    const known = this.#trades.get(trade);
    if (known !== undefined)
      this.#trades.set(trade, { ...known, status, ...(by === undefined ? {} : { by }), ...(why === undefined ? {} : { why }) });
  }

  /** The pack of the week, once its meeting was held. */
  get week(): Week | undefined {
    return this.#week;
  }
  get pitched(): readonly PitchedNow[] {
    return this.#pitched;
  }
  get past(): readonly PastScore[] {
    return this.#past;
  }
  get seat(): FactOf<"seated"> | undefined {
    return this.#seat;
  }
  /** In the order in which they were first shown. */
  get trades(): readonly CouncilTrade[] {
    return [...this.#trades.values()];
  }
  /** What waits for a person or for the desk to act on his yes. */
  get open(): readonly CouncilTrade[] {
    return this.trades.filter(({ status }) => status === "pending" || status === "approved");
  }
  trade(id: string): CouncilTrade | undefined {
    return this.#trades.get(id);
  }
  /** What is to stay of the position that this reduction is of; undefined before it was first carried out. */
  keepOf(trade: string): Quantity | undefined {
    return this.#keeps.get(trade);
  }
  /** A yes that the desk could not carry out to its end when it looked last, at any price: what was in its way may be gone with any bar. */
  isHeldUp(instrument: InstrumentId): boolean {
    const looked = this.lookedMs ?? -Infinity;
    return this.open.some(
      ({ trade, instrument: of, status, limit }) =>
        of === instrument && status === "approved" && limit === undefined && (this.#saidMs.get(trade) ?? Infinity) <= looked,
    );
  }
  /** The entry that is behind a position of this instrument. */
  entryOf(instrument: InstrumentId): CouncilTrade | undefined {
    return this.trades.findLast(
      ({ instrument: of, action, status }) => of === instrument && (action === "enter" || action === "flip") && status === "executed",
    );
  }
  /** When the desk last looked, so that nothing falls due twice. */
  get lookedMs(): number | undefined {
    return this.#lookedAt?.epochMilliseconds;
  }
}
