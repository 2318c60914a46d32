import type { Price } from "../../words/price.ts";

/** What a company does to its shares, from the open of its ex-date on (New York, `YYYY-MM-DD`): prices of that day are without it. */
export type CorporateAction = { readonly exDate: string } & (
  | {
      readonly kind: "dividend";
      /** A share, above zero. */
      readonly amount: Price;
    }
  /** Every `from` shares become `into`. */
  | { readonly kind: "split"; readonly from: number; readonly into: number }
);
