import type { ApprovalRule } from "../flow/approval/approve.ts";
import type { MarketSnapshot, Quote } from "../flow/market/snapshot.ts";
import type { AgesMax } from "../flow/market/watched.ts";
import type { Limits } from "../flow/rails/limits.ts";
import type { Charges } from "../flow/rails/outlay.ts";
import { groupRails } from "../flow/rails/group/group-rails.ts";
import { rails } from "../flow/rails/rails.ts";
import type { Rail } from "../flow/rails/verdict.ts";
import type { AccountState } from "../journal/account-state.ts";
import type { Patience } from "./reconcile.ts";
import type { AccountId, CorrelationId, InstrumentId } from "../words/ids.ts";

/** What the countersigned part of every desk goes by. */
export type HouseRules = {
  readonly limits: Limits;
  /** What the venue charges to trade. */
  readonly charges: Charges;
  readonly approval: ApprovalRule;
  readonly ages: AgesMax;
  /** How far from the middle an entry or an exit may trade, in basis points: the limit it leaves with. */
  readonly entryWorstBps: number;
  readonly exitWorstBps: number;
  /** Protection as legs of the entry where the venue holds them, or as orders of our own after the fill. */
  readonly protectBy: "orders" | "bracket";
  readonly patience: Patience;
  /** Every rail of the house, in its order, and then whatever else the desk is judged by; the house's alone where nothing is said. */
  readonly rails?: readonly Rail[];
};

export const railsOf = ({ rails: list = rails, limits }: HouseRules): readonly Rail[] =>
  limits.group === undefined ? list : [...list, ...groupRails];

/** One turn of a desk: everything it may look at. The state moves on as its facts are recorded; the rest stands still. */
export type Turn = {
  readonly now: Temporal.Instant;
  readonly trigger: string;
  readonly account: AccountId;
  readonly correlation: CorrelationId;
  readonly snapshot: MarketSnapshot;
  readonly state: AccountState;
  readonly rules: HouseRules;
  readonly sessionOpen: (id: InstrumentId) => boolean;
  readonly quote: (id: InstrumentId) => Quote | undefined;
};

/** A walk and not a map: a desk sees a handful of instruments, and a map a turn costs more than all that is asked of it. */
export const quotesOf =
  ({ assets }: MarketSnapshot): ((id: InstrumentId) => Quote | undefined) =>
  (id) => {
    for (const { quote } of assets) if (quote.instrument === id) return quote;
    return undefined;
  };
