import type { LedgerSnapshot } from "../flow/ledger/ledger-snapshot.ts";
import type { Position } from "../flow/portfolio/position.ts";
import type { OpenOrder, Reservation, SentOrder, Standing } from "../flow/portfolio/standing.ts";
import type { Fact } from "./fact.ts";

/** What the codec must be able to carry: every fact, and the records that a snapshot of the books is made of. */
type Journalled =
  | Fact
  | LedgerSnapshot
  | Position
  | OpenOrder
  | Reservation
  | SentOrder
  | Pick<Standing, "cash" | "equity" | "dayStartEquity" | "peakEquity">;

type Leaf = string | number | boolean | bigint | null | undefined | Temporal.Instant;
type Item<Value> = Value extends readonly (infer Element)[] ? Element : Value;

/** The names, at any depth, of fields that can hold `Held` or a list of it. */
type FieldsHolding<Of, Held> = Of extends Leaf
  ? never
  : Of extends readonly (infer Element)[]
    ? FieldsHolding<Element, Held>
    : string extends keyof Of
      ? never
      : {
          [Key in keyof Of & string]-?: ([Extract<Item<Of[Key]>, Held>] extends [never] ? never : Key) | FieldsHolding<Of[Key], Held>;
        }[keyof Of & string];

type IsOpen<Value> = Value extends Leaf ? false : string extends keyof Value ? true : false;
/** The names of fields that hold a record with free keys, such as a config. */
type OpenFields<Of> = Of extends Leaf
  ? never
  : Of extends readonly (infer Element)[]
    ? OpenFields<Element>
    : string extends keyof Of
      ? never
      : { [Key in keyof Of & string]-?: (true extends IsOpen<Of[Key]> ? Key : never) | OpenFields<Of[Key]> }[keyof Of & string];

type ExactField = FieldsHolding<Journalled, bigint>;
/** A name must not mean an exact number in one record and a text in another: a decoder sees only the name. */
type ExactRule<Key extends string> =
  Key extends FieldsHolding<Journalled, string> ? never : Key extends FieldsHolding<Journalled, number> ? "exact_or_number" : "exact";

/**
 * `exact`: an exact number, written as a decimal string. `exact_or_number`: that or a plain number, as evidence in basis points is.
 * `instant`: an ISO string. `plain`: a record with free keys, below which a text is always a text. `other`: everything else.
 */
export type Holds = "exact" | "exact_or_number" | "instant" | "plain" | "other";

/** The one place that says which texts of a journal are numbers. A record with a new exact field does not compile until it is named here. */
const exactFields = {
  allocation: "exact",
  amount: "exact",
  ask: "exact",
  askDepth: "exact",
  averageDailyValue: "exact",
  averageEntry: "exact",
  bid: "exact",
  bidDepth: "exact",
  buys: "exact",
  cash: "exact",
  cost: "exact",
  dayStartEquity: "exact",
  entry: "exact",
  equity: "exact",
  fee: "exact",
  fees: "exact",
  filled: "exact",
  funding: "exact",
  fundingRate: "exact",
  isolatedMargin: "exact",
  last: "exact",
  limit: "exact_or_number",
  liquidationFeeRate: "exact",
  longs: "exact",
  lot: "exact",
  maintenanceMarginRate: "exact",
  margin: "exact",
  mark: "exact",
  maxQuantity: "exact",
  measured: "exact_or_number",
  minNotional: "exact",
  minQuantity: "exact",
  multiplier: "exact",
  netBought: "exact",
  notional: "exact",
  notionalMax: "exact",
  openInterest: "exact",
  overrun: "exact",
  peakEquity: "exact",
  price: "exact",
  quantity: "exact",
  rate: "exact",
  realised: "exact",
  remaining: "exact",
  sells: "exact",
  shorts: "exact",
  startCash: "exact",
  stop: "exact",
  stopLoss: "exact",
  strike: "exact",
  takeProfit: "exact",
  tick: "exact",
  trail: "exact",
  usdPerAccountDayMax: "exact",
  usdPerCall: "exact",
  usdPerDayMax: "exact",
  usdPerDeskDayMax: "exact",
  usdPerMonthMax: "exact",
  usdPerScanMax: "exact",
  worst: "exact",
} as const satisfies { readonly [Key in ExactField]: ExactRule<Key> };

const plainFields = { settings: true, values: true, arithmetic: true, outcomes: true } as const satisfies Record<
  OpenFields<Journalled>,
  true
>;

/** Instants need no list: they are `at` or end in `At`. This fails to compile when a record names one otherwise. */
type InstantName = "at" | `${string}At`;
const instantsAreNamed: [Exclude<FieldsHolding<Journalled, Temporal.Instant>, InstantName>] extends [never] ? true : never = true;
const namesAreInstants: [Extract<FieldsHolding<Journalled, string | number | bigint>, InstantName>] extends [never] ? true : never = true;

const named: ReadonlyMap<string, Holds> = new Map<string, Holds>([
  ...Object.entries(exactFields),
  ...Object.keys(plainFields).map((name) => [name, "plain"] as const),
]);

/** What a field of this name holds, in every record of a journal. */
export function holdsOf(name: string): Holds {
  const holds = named.get(name);
  if (holds !== undefined) return holds;
  return instantsAreNamed && namesAreInstants && (name === "at" || name.endsWith("At")) ? "instant" : "other";
}
