import type { Pitch } from "../flow/proposals/council-words.ts";
import { overall } from "../flow/resolution/peer-ranking.ts";
import type { PastScore } from "../flow/resolution/reviewer-skill.ts";
import type { InstrumentId } from "../words/ids.ts";
import type { Price } from "../words/price.ts";
import type { PendingTrade, TradeEnd } from "./council-facts.ts";
import type { Fact, FactOf } from "./fact.ts";

export type TradeStatus = "pending" | "approved" | TradeEnd;
export type CouncilTrade = PendingTrade & {
  readonly status: TradeStatus;
  readonly shownAt: Temporal.Instant;
  readonly by?: string;
  readonly why?: string;
};

type PitchedNow = { readonly member: string; readonly pitch: Pitch; readonly price: Price };
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

  see(fact: Fact, at: Temporal.Instant): void {
    switch (fact.kind) {
      case "pack_frozen":
        this.#week = fact;
        this.#pitched = [];
        this.#reviewed = [];
        return;
      case "pitched":
        this.#pitched.push(fact);
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
        // A yes or no to what was shown before a drift is none to what is shown now.
        if (this.#trades.get(fact.trade)?.binding !== fact.binding) return;
        return this.#end(fact.trade, fact.yes ? "approved" : "rejected", fact);
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
