import type { ModelRole } from "../flow/proposals/question.ts";
import type { AccountId, DeskId } from "../words/ids.ts";
import type { Money } from "../words/money.ts";

/**
 * The most that models may cost, in US dollars; what is absent has no cap. Days and months are UTC. A scan is one decision of one
 * account, whatever roles it asks.
 */
export type SpendCaps = {
  readonly usdPerCall?: Money;
  readonly callsPerScanMax?: number;
  readonly usdPerScanMax?: Money;
  readonly usdPerDeskDayMax?: Money;
  readonly usdPerAccountDayMax?: Money;
  readonly usdPerDayMax?: Money;
  readonly usdPerMonthMax?: Money;
};

/** Money for models, in a journal of its own: its caps hold over all accounts and desks together. The entry's correlation is the scan's. */
export type Spending =
  /** Which caps hold from here on; the first fact of a spend ledger. */
  | { readonly kind: "spend_capped"; readonly caps: SpendCaps }
  | {
      readonly kind: "spend_reserved";
      readonly call: string;
      readonly by: {
        readonly account: AccountId;
        readonly desk: DeskId;
        readonly role: ModelRole;
        readonly provider: string;
        readonly model: string;
      };
      /** Absent where no price is known. */
      readonly worst?: Money;
      readonly tokensIn: number;
      readonly tokensOut: number;
    }
  | {
      readonly kind: "spend_settled";
      readonly call: string;
      readonly cost: Money;
      readonly costBy: "provider" | "prices" | "free";
      /** What was billed above the worst case. */
      readonly overrun?: Money;
      readonly tokensIn: number;
      readonly tokensCached: number;
      readonly tokensOut: number;
      readonly tokensReasoning: number;
    }
  /** The call never left. */
  | { readonly kind: "spend_released"; readonly call: string };

const kinds = {
  spend_capped: true,
  spend_reserved: true,
  spend_settled: true,
  spend_released: true,
} as const satisfies Record<Spending["kind"], true>;

/** Facts of a spend ledger, which is another journal than an account's: an account's books have a cost from the answer itself. */
export const isSpending = (fact: { readonly kind: string }): fact is Spending => Object.hasOwn(kinds, fact.kind);
