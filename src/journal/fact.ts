import type { Forecast, Outcome } from "../flow/calibration/forecast.ts";
import type { Fill } from "../flow/fills/fill.ts";
import type { MarketSnapshot } from "../flow/market/snapshot.ts";
import type { OrderTerms } from "../flow/orders/order.ts";
import type { CancelOutcome, CancelReason, PlaceOutcome, RejectReason } from "../flow/orders/outcome.ts";
import type { Latch, LatchName, ProtectionPlan } from "../flow/portfolio/standing.ts";
import type { Proposal } from "../flow/proposals/proposal.ts";
import type { ModelAnswer, ModelRole } from "../flow/proposals/question.ts";
import type { Normalisations } from "../flow/proposals/reply-mapping.ts";
import type { Evidence, Verdict } from "../flow/rails/verdict.ts";
import type { Intent } from "../flow/resolution/intent.ts";
import type {
  ClientOrderId,
  CorrelationId,
  ExecutionId,
  InstrumentId,
  IntentId,
  ProposalId,
  TransactionId,
  VenueOrderId,
} from "../words/ids.ts";
import type { Money } from "../words/money.ts";
import type { Price } from "../words/price.ts";
import type { Quantity } from "../words/quantity.ts";
import type { Rate } from "../words/rate.ts";
import type { Side } from "../words/side.ts";
import type { ClockFact } from "./clock-facts.ts";
import type { EquitiesFact } from "./equities-facts.ts";
import type { GroupFact } from "./group-facts.ts";
import type { CouncilFact } from "./council-facts.ts";
import type { CryptoFact } from "./crypto-facts.ts";
import type { Opening } from "./opening-fact.ts";
import type { OptionsFact } from "./options-facts.ts";
import type { SettlementFact } from "./settlement-facts.ts";
import type { Spending } from "./spending.ts";

export type { ConfigRecord } from "./opening-fact.ts";

/** From market to intent. */
type Deciding =
  | {
      readonly kind: "woke";
      readonly trigger: string;
      readonly strategy: string;
      readonly equity: Money;
      readonly snapshot: MarketSnapshot;
    }
  | {
      readonly kind: "model_asked";
      readonly role: ModelRole;
      readonly model: string;
      readonly prompt: string;
      readonly promptHash: string;
      readonly questionHash: string;
    }
  /** Says what was asked as well: a decision may ask several models, and several questions. */
  | {
      readonly kind: "model_answered";
      readonly role: ModelRole;
      readonly model: string;
      readonly questionHash: string;
      readonly answer: ModelAnswer;
    }
  /** Other spellings that the declared mapping of this schema took (EQ-2). */
  | ({ readonly kind: "answer_normalised"; readonly schema: string } & Normalisations)
  | { readonly kind: "answer_reused"; readonly from: CorrelationId; readonly ageMs: number }
  | { readonly kind: "rate_limited"; readonly decisionsInMinute: number; readonly decisionsPerMinuteMax: number }
  | { readonly kind: "fell_back"; readonly why: string; readonly detail: string }
  | { readonly kind: "proposed"; readonly proposal: Proposal }
  | {
      readonly kind: "proposal_refused";
      readonly proposal: ProposalId;
      readonly instrument: InstrumentId;
      readonly code: string;
      readonly evidence: Evidence;
    }
  | { readonly kind: "resolved"; readonly intent: Intent }
  | { readonly kind: "stood_down"; readonly instrument: InstrumentId; readonly proposals: readonly ProposalId[]; readonly why: string }
  | { readonly kind: "scanned"; readonly candidates: number; readonly outcomes: Readonly<Record<string, number>> };

/** From intent to order. */
type Countersigning =
  | { readonly kind: "passed"; readonly intent: IntentId; readonly notionalMax: Money; readonly verdicts: readonly Verdict[] }
  | {
      readonly kind: "refused";
      readonly intent: IntentId;
      readonly instrument: InstrumentId;
      readonly refusal: Extract<Verdict, { readonly outcome: "refused" }>;
      readonly verdicts: readonly Verdict[];
    }
  | {
      readonly kind: "sized";
      readonly intent: IntentId;
      readonly method: string;
      readonly quantity: Quantity;
      readonly notional: Money;
      /** What the method worked with, for the page: name and value. */
      readonly arithmetic: Readonly<Record<string, string>>;
    }
  | { readonly kind: "sized_to_nothing"; readonly intent: IntentId; readonly method: string; readonly why: string }
  | { readonly kind: "approval_asked"; readonly intent: IntentId; readonly binding: string; readonly expiresAt: Temporal.Instant }
  | { readonly kind: "approved"; readonly intent: IntentId; readonly by: string }
  | { readonly kind: "declined"; readonly intent: IntentId; readonly by: string; readonly why: string };

/** `filled`: nothing is left of it, though venues shrink grouped and reducing orders, so that it may be less than was asked for. */
export type FoundState = "working" | "filled" | "cancelled" | "expired" | "rejected";

/** An order of somebody else's in the same account: another program, or a person at the venue's own page. */
export type ExternalOrder = {
  readonly venueOrder: VenueOrderId;
  readonly instrument: InstrumentId;
  readonly side: Side;
  /** What is left of it, at its own price or the last. */
  readonly notional: Money;
};

/** Orders as they leave and what became of them. */
type Routing =
  | { readonly kind: "order_planned"; readonly order: OrderTerms; readonly replaces?: ClientOrderId }
  | { readonly kind: "order_withheld"; readonly order: ClientOrderId; readonly refusal: Extract<Verdict, { readonly outcome: "refused" }> }
  | { readonly kind: "order_sent"; readonly order: ClientOrderId; readonly outcome: PlaceOutcome; readonly replaces?: ClientOrderId }
  | { readonly kind: "cancel_planned"; readonly order: ClientOrderId; readonly why: string }
  | { readonly kind: "cancel_answered"; readonly order: ClientOrderId; readonly outcome: CancelOutcome }
  | { readonly kind: "order_accepted"; readonly order: ClientOrderId; readonly venueOrder: VenueOrderId }
  /** The venue's record of an order that was asked for; what it filled is learned from executions. */
  | { readonly kind: "order_found"; readonly order: ClientOrderId; readonly state: FoundState }
  /** Asked for after the venue's visibility window in orders, records and executions: it never arrived. */
  | { readonly kind: "order_absent"; readonly order: ClientOrderId; readonly waitedMs: number }
  | { readonly kind: "order_triggered"; readonly order: ClientOrderId }
  | { readonly kind: "order_cancelled"; readonly order: ClientOrderId; readonly why: CancelReason }
  | { readonly kind: "order_rejected"; readonly order: ClientOrderId; readonly reason: RejectReason; readonly detail: string }
  | { readonly kind: "filled"; readonly fill: Fill; readonly remaining: Quantity }
  | { readonly kind: "execution_repeated"; readonly execution: ExecutionId }
  | { readonly kind: "external_fill"; readonly fill: Fill }
  | { readonly kind: "fill_busted"; readonly fill: Fill }
  /** All orders at the venue that are not ours, as seen just now. */
  | { readonly kind: "external_orders_seen"; readonly orders: readonly ExternalOrder[] }
  | { readonly kind: "protection_planned"; readonly plan: ProtectionPlan };

/** Money that moves without an order of ours. */
type Accounting =
  | {
      readonly kind: "funding_paid";
      readonly transaction: TransactionId;
      readonly instrument: InstrumentId;
      readonly rate: Rate;
      readonly price: Price;
      readonly amount: Money;
    }
  | {
      readonly kind: "liquidation_charged";
      readonly transaction: TransactionId;
      readonly instrument: InstrumentId;
      readonly amount: Money;
    }
  | { readonly kind: "payment_repeated"; readonly transaction: TransactionId }
  | { readonly kind: "cash_moved"; readonly amount: Money; readonly why: string }
  /** Every `from` shares became `into`. */
  | {
      readonly kind: "shares_split";
      /** Absent in journals from before venues' records told of splits. */
      readonly transaction?: TransactionId;
      readonly instrument: InstrumentId;
      readonly from: number;
      readonly into: number;
    }
  /** Orders, executions, payments, positions and cash were all held against the venue's; `booked` counts what it had not told us. */
  | { readonly kind: "reconciled"; readonly booked: number; readonly difference?: string }
  | { readonly kind: "day_opened"; readonly date: string; readonly equity: Money };

/** Stopping, switching, scoring, ending. */
type Governing =
  | { readonly kind: "latched"; readonly latch: Latch }
  | { readonly kind: "cleared"; readonly name: LatchName; readonly by: string; readonly reason: string }
  | { readonly kind: "strategy_switched"; readonly from: string; readonly to: string; readonly by: string }
  | { readonly kind: "forecast_made"; readonly forecast: Forecast }
  | { readonly kind: "forecast_resolved"; readonly outcome: Outcome }
  | { readonly kind: "closed"; readonly cash: Money; readonly equity: Money };

/** Everything that can have happened: the journal is a list of these and every read model is a fold of it. */
export type Fact =
  | Opening
  | Deciding
  | Countersigning
  | Routing
  | Accounting
  | Governing
  | SettlementFact
  | Spending
  | CryptoFact
  | EquitiesFact
  | OptionsFact
  | CouncilFact
  | GroupFact
  | ClockFact;
export type FactKind = Fact["kind"];
export type FactOf<Kind extends FactKind> = Extract<Fact, { readonly kind: Kind }>;
