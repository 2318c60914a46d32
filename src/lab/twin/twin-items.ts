import type { Proposal } from "../../flow/proposals/proposal.ts";
import type { Verdict } from "../../flow/rails/verdict.ts";
import type { ProposalFate } from "../../flow/resolution/arbitrated.ts";
import type { Intent } from "../../flow/resolution/intent.ts";
import { AccountState } from "../../journal/account-state.ts";
import type { Entry } from "../../journal/entry.ts";
import type { FactOf } from "../../journal/fact.ts";
import { approximately } from "../../words/exact.ts";
import type { CorrelationId, IntentId, ProposalId } from "../../words/ids.ts";
import { notional } from "../../words/money.ts";
import { CouncilItems } from "./council-items.ts";
import { OptionItems } from "./option-items.ts";
import type { Wish } from "./price-trade.ts";
import type { TurnedAway, TwinItem } from "./twin-item.ts";

export type TwinFacts = {
  readonly items: readonly TwinItem[];
  /** As the books have it at the end, without what models cost. */
  readonly netBeforeModelCosts: number;
  readonly modelCosts: number;
  readonly state: AccountState;
};

/**
 * A journal comes in; everything that was wanted, and everything that was turned away with by whom, goes out to be priced. `optionPremium`
 * is what an option entry is sized at that no proposal sized, in the account's currency.
 */
export function twinItems(entries: Iterable<Entry>, optionPremium?: number): TwinFacts {
  const reading = new Reading(optionPremium);
  for (const entry of entries) reading.see(entry);
  const { state, items } = reading;
  const { modelCosts } = state.ledger.totals();
  const net = state.equity - state.opening.startCash + modelCosts;
  return { items, netBeforeModelCosts: approximately(net), modelCosts: approximately(modelCosts), state };
}

/** What an arbitration turned down; what was refused before it is told by a fact of its own. */
const notFollowed: ReadonlySet<ProposalFate> = new Set(["outranked", "not_followed", "contradicts_itself"]);

class Reading {
  readonly state = new AccountState();
  readonly items: TwinItem[] = [];
  #proposals = new Map<ProposalId, Proposal>();
  #intents = new Map<IntentId, Intent>();
  /** What an intent is worth by now: what it wanted, then what it was sized to. */
  #worth = new Map<IntentId, number>();
  readonly #council: CouncilItems;
  readonly #options: OptionItems;

  constructor(optionPremium: number | undefined) {
    const push = (item: TwinItem): void => this.#push(item);
    this.#council = new CouncilItems(this.state, push);
    this.#options = new OptionItems(this.state, optionPremium, push);
  }

  see(entry: Entry): void {
    const { fact, at, correlation } = entry;
    const atMs = at.epochMilliseconds;
    // These two ask what stood before the fact.
    this.#council.see(entry);
    this.#options.see(entry);
    this.state.apply(entry);
    const turned = (intent: IntentId, what: TurnedAway, by: string): void => {
      const of = this.#intents.get(intent);
      const worth = this.#worth.get(intent);
      if (of !== undefined && worth !== undefined)
        this.#push({ correlation, instrument: of.instrument, wish: wishOf(of, worth, atMs), what, by });
    };
    switch (fact.kind) {
      case "woke":
        this.#proposals = new Map();
        return;
      case "proposed":
        return this.#proposed(fact.proposal, atMs);
      case "proposal_refused":
        return this.#turnedProposal(fact.proposal, "invalid", fact.code, atMs);
      case "stood_down":
        if (!this.#options.tells(entry)) this.#turnedProposal(fact.proposals[0], "stood_down", fact.why, atMs);
        return;
      case "arbitrated":
        return this.#arbitrated(fact, atMs);
      case "resolved":
        return this.#resolved(fact.intent, correlation, atMs);
      case "refused":
        return turned(fact.intent, "refused", fact.refusal.code);
      case "passed":
        return this.#trimmed(fact, correlation, atMs);
      case "sized":
        this.#worth.set(fact.intent, approximately(fact.notional));
        return;
      case "sized_to_nothing":
        return turned(fact.intent, "too_small", fact.why);
      case "declined":
        return turned(fact.intent, "declined", fact.by);
      case "order_withheld":
      case "order_sent":
      case "order_rejected":
        return this.#routed(fact, turned, correlation, atMs);
      default:
        return;
    }
  }

  #push(item: TwinItem): void {
    if ("unpriced" in item.wish || item.wish.notional > 0) this.items.push(item);
  }

  #proposed(proposal: Proposal, atMs: number): void {
    this.#proposals.set(proposal.id, proposal);
    const wish = proposedWish(proposal, atMs);
    if (wish === undefined) return;
    const { correlation, instrument, by } = proposal;
    this.#push({ correlation, instrument, wish, stage: by.name === "arbitration" ? "arbitration" : by.kind });
  }

  #turnedProposal(id: ProposalId | undefined, what: TurnedAway, by: string, atMs: number): void {
    const proposal = id === undefined ? undefined : this.#proposals.get(id);
    if (proposal === undefined) return;
    const wish = proposedWish(proposal, atMs);
    if (wish !== undefined) this.#push({ correlation: proposal.correlation, instrument: proposal.instrument, wish, what, by });
  }

  /** Two sources disagreed, or several wishes of one were there: what was not followed is priced as if it had been. */
  #arbitrated({ proposals_local: local, proposals_ai: ai }: FactOf<"arbitrated">, atMs: number): void {
    for (const [source, rows] of [
      ["local", local],
      ["ai", ai],
    ] as const)
      for (const { proposal, fate } of rows)
        if (notFollowed.has(fate)) this.#turnedProposal(proposal, "not_followed", `${source}: ${fate}`, atMs);
  }

  #resolved(intent: Intent, correlation: CorrelationId | undefined, atMs: number): void {
    this.#intents.set(intent.id, intent);
    const worth = this.#wanted(intent);
    if (worth === undefined) return;
    this.#worth.set(intent.id, worth);
    if (intent.aim === "enter")
      this.#push({ correlation, instrument: intent.instrument, wish: wishOf(intent, worth, atMs), stage: "resolved" });
  }

  /** In money; undefined where only protection changes, or nothing is known of the price. */
  #wanted({ wanted, instrument }: Intent): number | undefined {
    if (wanted.by === "notional") return approximately(wanted.notional);
    const mark = this.state.markOf(instrument);
    if (wanted.by === "protection" || mark === undefined) return undefined;
    return approximately(notional(mark, wanted.quantity, this.state.instrument(instrument).multiplier, "half_even"));
  }

  #trimmed({ intent: id, notionalMax, verdicts }: FactOf<"passed">, correlation: CorrelationId | undefined, atMs: number): void {
    const intent = this.#intents.get(id);
    const wanted = this.#worth.get(id);
    if (intent === undefined || wanted === undefined) return;
    const tightest = verdicts.filter(isTrim).toSorted((one, other) => (one.notionalMax < other.notionalMax ? -1 : 1))[0];
    if (tightest === undefined) return;
    const wish = wishOf(intent, wanted - approximately(notionalMax), atMs);
    this.#push({ correlation, instrument: intent.instrument, wish, what: "trimmed", by: tightest.code });
  }

  #routed(
    fact: FactOf<"order_withheld"> | FactOf<"order_sent"> | FactOf<"order_rejected">,
    turned: (intent: IntentId, what: TurnedAway, by: string) => void,
    correlation: CorrelationId | undefined,
    atMs: number,
  ): void {
    const order = this.state.order(fact.order);
    // Stops and targets are part of the trade that they guard, and priced with it.
    if (order === undefined || order.purpose === "stop_loss" || order.purpose === "take_profit") return;
    if (fact.kind === "order_withheld") return turned(order.intent, "withheld", fact.refusal.code);
    if (fact.kind === "order_rejected") return turned(order.intent, "rejected", fact.reason);
    if (fact.outcome.kind === "rejected") return turned(order.intent, "rejected", fact.outcome.reason);
    const intent = this.#intents.get(order.intent);
    const worth = this.#worth.get(order.intent);
    if (intent?.aim === "enter" && worth !== undefined)
      this.#push({ correlation, instrument: intent.instrument, wish: wishOf(intent, worth, atMs), stage: "sent" });
  }
}

type Trim = Extract<Verdict, { readonly outcome: "trimmed" }>;
const isTrim = (verdict: Verdict): verdict is Trim => verdict.outcome === "trimmed";
function wishOf({ side, aim, stopLoss, takeProfit }: Intent, worth: number, atMs: number): Wish {
  return { atMs, side, notional: worth, ...(aim === "enter" ? levels(stopLoss, takeProfit) : { exit: true }) };
}

/** Holds and changes of what is held already are no trade of their own. */
function proposedWish({ action, allocation, stopLoss, takeProfit }: Proposal, atMs: number): Wish | undefined {
  if (action !== "buy" && action !== "sell") return undefined;
  return { atMs, side: action, notional: approximately(allocation), ...levels(stopLoss, takeProfit) };
}

const levels = (stopLoss: bigint | undefined, takeProfit: bigint | undefined): Pick<Wish, "stopLoss" | "takeProfit"> => ({
  ...(stopLoss === undefined ? {} : { stopLoss: approximately(stopLoss) }),
  ...(takeProfit === undefined ? {} : { takeProfit: approximately(takeProfit) }),
});
