import * as fc from "fast-check";
import type { Entry } from "../../src/journal/entry.ts";
import { groupFactsByKind } from "./arbitrary-group-fact.ts";
import { optionsFactsByKind } from "./arbitrary-options-fact.ts";
import { settlementFactsByKind } from "./arbitrary-settlement-fact.ts";
import { equitiesFactsByKind } from "./arbitrary-equities-fact.ts";
import { councilFactsByKind } from "./arbitrary-council-fact.ts";
import { cryptoFactsByKind } from "./arbitrary-crypto-fact.ts";
import type { Fact, FactKind, FactOf } from "../../src/journal/fact.ts";
import type { Verdict } from "../../src/flow/rails/verdict.ts";
import { railCodes, refusalCodes } from "../../src/flow/rails/codes.ts";
import {
  accountId,
  clientOrderIdOf,
  correlationId,
  deskId,
  executionId,
  transactionId,
  instrumentId,
  intentId,
  proposalId,
  venueOrderId,
} from "../../src/words/ids.ts";
import { moneyOfUnits } from "../../src/words/money.ts";
import { priceOfUnits } from "../../src/words/price.ts";
import { quantityOfUnits } from "../../src/words/quantity.ts";
import { rateOfUnits } from "../../src/words/rate.ts";

type Arbitrary<Value> = fc.Arbitrary<Value>;

const word = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._:/-]{0,20}$/);
/** Everything that a person, a venue or a model may write, half characters included. */
const text = fc.oneof(
  fc.string({ unit: "binary", maxLength: 60 }),
  fc.constantFrom("", "null", "1.5", '\u2028\n"\\', "\ud800", "__proto__", "ﬁ £ 株"),
);
const account = word.map(accountId);
const desk = word.map(deskId);
const instrument = word.map(instrumentId);
const correlation = word.map(correlationId);
const proposal = word.map(proposalId);
const intent = word.map(intentId);
const order = word.map(clientOrderIdOf);
const execution = word.map(executionId);
const transaction = word.map(transactionId);

const units = fc.oneof(
  fc.bigInt({ min: -(10n ** 36n) + 1n, max: 10n ** 36n - 1n }),
  fc.bigInt({ min: -1_000_000n, max: 1_000_000n }),
  fc.bigInt({ min: -10_000_000n, max: 10_000_000n }).map((whole) => whole * 10n ** 10n),
  fc.constantFrom(0n, 1n, -1n, 10n ** 12n, 999_999_999_999_999n, 9_007_199_254_740_993n),
);
const money = units.map(moneyOfUnits);
const price = units.map(priceOfUnits);
const quantity = units.map(quantityOfUnits);
const rate = units.map(rateOfUnits);
const number = fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer(), fc.constant(-0));
const natural = fc.nat();
export const arbitraryInstant = fc.oneof(
  fc.integer({ min: 0, max: 4_102_444_800_000 }).map((ms) => Temporal.Instant.fromEpochMilliseconds(ms)),
  fc.integer({ min: -1_000_000_000, max: 4_102_444_800 }).map((seconds) => Temporal.Instant.fromEpochMilliseconds(seconds * 1000)),
  fc.bigInt({ min: -(10n ** 21n), max: 10n ** 21n }).map((ns) => Temporal.Instant.fromEpochNanoseconds(ns)),
);
const at = arbitraryInstant;
const side = fc.constantFrom("buy" as const, "sell" as const);

const optional = <Value>(of: Arbitrary<Value>): Arbitrary<Value | undefined> => fc.option(of, { nil: undefined });

const plain = <Fields extends object>(fields: { [Key in keyof Fields]: Arbitrary<Fields[Key]> }): Arbitrary<Fields> =>
  fc.record(fields, { noNullPrototype: true }) as Arbitrary<Fields>;

/** Leaves fields out as our own code does: an absent field is absent, not `undefined`. */
const record = <Required extends object, Optional extends object = object>(
  required: { [Key in keyof Required]: Arbitrary<Required[Key]> },
  extra?: { [Key in keyof Optional]: Arbitrary<Optional[Key]> },
): Arbitrary<Required & Partial<Optional>> =>
  fc
    .tuple(plain(required), extra === undefined ? fc.constant({}) : fc.record(extra, { requiredKeys: [], noNullPrototype: true }))
    .map(([one, two]) => ({ ...one, ...two }));

/** Free keys on purpose include names that are exact elsewhere: below them a text stays a text. */
const freeKey = fc.oneof(word, fc.constantFrom("price", "notional", "expiresAt", "at", "limit", "equity", "12"));
const free = <Value>(value: Arbitrary<Value>): Arbitrary<Record<string, Value>> =>
  fc.dictionary(freeKey, value, { maxKeys: 6, noNullPrototype: true });

const common = {
  id: instrument,
  symbol: text,
  venue: text,
  currency: text,
  tick: price,
  lot: quantity,
  multiplier: quantity,
  minQuantity: quantity,
  maxQuantity: quantity,
  minNotional: money,
  priceMayBeNegative: fc.boolean(),
  calendar: fc.constantFrom("xnys" as const, "always" as const),
};
const anyInstrument = fc.oneof(
  plain({ ...common, kind: fc.constant("equity" as const), name: text, shortable: fc.boolean() }),
  plain({ ...common, kind: fc.constant("etf" as const), name: text, shortable: fc.boolean() }),
  plain({
    ...common,
    kind: fc.constant("option" as const),
    underlying: instrument,
    right: fc.constantFrom("call" as const, "put" as const),
    strike: price,
    expiry: fc.constant("2026-03-20"),
    exercise: fc.constantFrom("american" as const, "european" as const),
  }),
  plain({ ...common, kind: fc.constant("spot" as const), base: text }),
  plain({
    ...common,
    kind: fc.constant("perpetual" as const),
    base: text,
    leverageMax: natural,
    maintenanceMarginRate: rate,
    liquidationFeeRate: rate,
    fundingIntervalHours: natural,
  }),
);

const evidence = record(
  {
    unit: fc.constantFrom(
      "money" as const,
      "bps" as const,
      "ms" as const,
      "count" as const,
      "multiple" as const,
      "price" as const,
      "quantity" as const,
      "state" as const,
    ),
  },
  { measured: fc.oneof(number, units), limit: fc.oneof(number, units), detail: text },
);
const rail = fc.constantFrom(...railCodes);
const code = fc.constantFrom(...refusalCodes);
const refusal: Arbitrary<Extract<Verdict, { outcome: "refused" }>> = fc
  .tuple(rail, code, evidence)
  .map(([rail, code, evidence]) => ({ rail, outcome: "refused" as const, code, ...evidence }));
const verdict: Arbitrary<Verdict> = fc.oneof(
  fc.tuple(rail, evidence).map(([rail, evidence]) => ({ rail, outcome: "passed" as const, ...evidence })),
  fc
    .tuple(rail, code, money, evidence)
    .map(([rail, code, notionalMax, evidence]) => ({ rail, outcome: "trimmed" as const, code, notionalMax, ...evidence })),
  refusal,
);
const verdicts = fc.array(verdict, { maxLength: 4 });

const proposer = plain({ kind: fc.constantFrom("rules" as const, "model" as const), name: text, version: text });

const snapshot = plain({
  takenAt: at,
  assets: fc.array(
    record(
      {
        quote: plain({
          instrument,
          bid: price,
          ask: price,
          last: price,
          mark: price,
          status: fc.constantFrom("open" as const, "halted" as const, "auction" as const, "closed" as const),
          quotedAt: at,
        }),
        frames: fc.array(
          plain({
            interval: fc.constantFrom("1m" as const, "1d" as const),
            bars: natural,
            closes: fc.array(number, { maxLength: 3 }),
            volumes: fc.array(number, { maxLength: 3 }),
            values: free(number),
          }),
          { maxLength: 2 },
        ),
      },
      {
        fundingRate: rate,
        fundingNextAt: at,
        openInterest: quantity,
        book: plain({ spreadBps: number, bidDepth: quantity, askDepth: quantity }),
      },
    ),
    { maxLength: 2 },
  ),
  leftOut: fc.array(plain({ instrument, why: fc.constantFrom("no_data" as const, "stale" as const) }), { maxLength: 2 }),
});

const spent = { latencyMs: natural, tokensIn: natural, tokensOut: natural, cost: money };
const answer = fc.oneof(
  plain({ ...spent, outcome: fc.constant("ok" as const), text }),
  plain({
    ...spent,
    outcome: fc.constantFrom("refused" as const, "timed_out" as const, "over_budget" as const, "provider_error" as const),
    detail: text,
  }),
);

const anyProposal = record(
  {
    id: proposal,
    correlation,
    by: proposer,
    instrument,
    action: fc.constantFrom("buy" as const, "hold" as const, "close_position" as const),
    allocation: money,
    confidence: number,
    riskLevel: fc.constantFrom("low" as const, "high" as const),
    exitPlan: text,
    rationale: text,
  },
  { takeProfit: price, stopLoss: price },
);

const anyIntent = record(
  {
    id: intent,
    correlation,
    proposals: fc.array(proposal, { maxLength: 2 }),
    instrument,
    aim: fc.constantFrom("enter" as const, "reduce" as const, "close" as const, "reprotect" as const),
    side,
    wanted: fc.oneof(
      plain({ by: fc.constant("notional" as const), notional: money }),
      plain({ by: fc.constant("quantity" as const), quantity }),
      plain({ by: fc.constant("protection" as const) }),
    ),
    confidence: number,
  },
  { stopLoss: price, takeProfit: price },
);

const terms = record(
  {
    id: order,
    account,
    intent,
    correlation,
    instrument,
    side,
    purpose: fc.constantFrom("entry" as const, "reduce" as const, "close" as const, "stop_loss" as const, "take_profit" as const),
    type: fc.constantFrom("market" as const, "limit" as const, "stop" as const, "stop_limit" as const, "trailing_stop" as const),
    quantity,
    triggerBy: fc.constantFrom("last" as const, "mark" as const),
    timeInForce: fc.constantFrom("gtc" as const, "day" as const, "ioc" as const, "fok" as const),
    reduceOnly: fc.boolean(),
  },
  { limit: price, stop: price, trail: rate, oco: text, bracket: record({}, { stopLoss: price, takeProfit: price }) },
);

const rejection = fc.constantFrom("insufficient_margin" as const, "bad_price" as const, "other" as const);
const placeOutcome = fc.oneof(
  plain({ kind: fc.constant("accepted" as const), venueOrder: word.map(venueOrderId), at }),
  record({ kind: fc.constant("rejected" as const), reason: rejection, detail: text, at }, { retryAt: at }),
  plain({ kind: fc.constant("unknown" as const), detail: text, at }),
);
const cancelOutcome = fc.oneof(
  plain({ kind: fc.constant("cancelled" as const), at }),
  record(
    { kind: fc.constant("turned_away" as const), reason: fc.constantFrom("rate_limited" as const, "maintenance" as const), at },
    { retryAt: at },
  ),
  plain({ kind: fc.constant("too_late" as const), state: fc.constantFrom("filled" as const, "expired" as const), at }),
  plain({ kind: fc.constant("unknown" as const), detail: text, at }),
);

const fill = record(
  {
    execution,
    instrument,
    side,
    quantity,
    price,
    fee: money,
    liquidity: fc.constantFrom("maker" as const, "taker" as const),
    reason: fc.constantFrom("order" as const, "liquidation" as const),
    at,
  },
  { order },
);

/** A generator for every kind: a kind that is added to the union and not here does not compile. */
const factsByKind = {
  opened: plain({
    kind: fc.constant("opened" as const),
    mode: fc.constantFrom("backtest" as const, "simulation" as const, "dry-run" as const, "paper" as const, "live" as const),
    venue: text,
    seed: text,
    idSeed: text,
    startCash: money,
    instruments: fc.array(anyInstrument, { maxLength: 3 }),
    settings: free(fc.oneof(text, number, fc.boolean())),
  }),
  woke: plain({ kind: fc.constant("woke" as const), trigger: text, strategy: text, equity: money, snapshot }),
  model_asked: plain({
    kind: fc.constant("model_asked" as const),
    role: fc.constantFrom("trader" as const, "chairman" as const),
    model: text,
    prompt: text,
    promptHash: text,
    questionHash: text,
  }),
  model_answered: plain({
    kind: fc.constant("model_answered" as const),
    role: fc.constantFrom("trader" as const, "arbiter" as const),
    model: fc.string(),
    questionHash: fc.string(),
    answer,
  }),
  answer_normalised: plain({
    kind: fc.constant("answer_normalised" as const),
    schema: text,
    count: natural,
    list: fc.array(
      plain({ path: text, rule: fc.constantFrom("key" as const, "word" as const, "percent" as const), from: text, to: text }),
      { maxLength: 3 },
    ),
  }),
  answer_reused: plain({ kind: fc.constant("answer_reused" as const), from: correlation, ageMs: natural }),
  rate_limited: plain({ kind: fc.constant("rate_limited" as const), decisionsInMinute: natural, decisionsPerMinuteMax: natural }),
  fell_back: plain({ kind: fc.constant("fell_back" as const), why: text, detail: text }),
  proposed: plain({ kind: fc.constant("proposed" as const), proposal: anyProposal }),
  proposal_refused: plain({ kind: fc.constant("proposal_refused" as const), proposal, instrument, code: text, evidence }),
  resolved: plain({ kind: fc.constant("resolved" as const), intent: anyIntent }),
  stood_down: plain({ kind: fc.constant("stood_down" as const), instrument, proposals: fc.array(proposal, { maxLength: 2 }), why: text }),
  scanned: plain({ kind: fc.constant("scanned" as const), candidates: natural, outcomes: free(number) }),
  passed: plain({ kind: fc.constant("passed" as const), intent, notionalMax: money, verdicts }),
  refused: plain({ kind: fc.constant("refused" as const), intent, instrument, refusal, verdicts }),
  sized: plain({ kind: fc.constant("sized" as const), intent, method: text, quantity, notional: money, arithmetic: free(text) }),
  sized_to_nothing: plain({ kind: fc.constant("sized_to_nothing" as const), intent, method: text, why: text }),
  approval_asked: plain({ kind: fc.constant("approval_asked" as const), intent, binding: text, expiresAt: at }),
  approved: plain({ kind: fc.constant("approved" as const), intent, by: text }),
  declined: plain({ kind: fc.constant("declined" as const), intent, by: text, why: text }),
  order_planned: record({ kind: fc.constant("order_planned" as const), order: terms }, { replaces: order }),
  order_withheld: plain({ kind: fc.constant("order_withheld" as const), order, refusal }),
  order_sent: record({ kind: fc.constant("order_sent" as const), order, outcome: placeOutcome }, { replaces: order }),
  cancel_planned: plain({ kind: fc.constant("cancel_planned" as const), order, why: text }),
  cancel_answered: plain({ kind: fc.constant("cancel_answered" as const), order, outcome: cancelOutcome }),
  order_accepted: plain({ kind: fc.constant("order_accepted" as const), order, venueOrder: word.map(venueOrderId) }),
  order_found: plain({ kind: fc.constant("order_found" as const), order, state: fc.constantFrom("working" as const, "expired" as const) }),
  order_absent: plain({ kind: fc.constant("order_absent" as const), order, waitedMs: natural }),
  order_triggered: plain({ kind: fc.constant("order_triggered" as const), order }),
  order_cancelled: plain({
    kind: fc.constant("order_cancelled" as const),
    order,
    why: fc.constantFrom("asked" as const, "venue" as const),
  }),
  order_rejected: plain({ kind: fc.constant("order_rejected" as const), order, reason: rejection, detail: text }),
  filled: plain({ kind: fc.constant("filled" as const), fill, remaining: quantity }),
  execution_repeated: plain({ kind: fc.constant("execution_repeated" as const), execution }),
  external_fill: plain({ kind: fc.constant("external_fill" as const), fill }),
  fill_busted: plain({ kind: fc.constant("fill_busted" as const), fill }),
  external_orders_seen: plain({
    kind: fc.constant("external_orders_seen" as const),
    orders: fc.array(plain({ venueOrder: word.map(venueOrderId), instrument, side, notional: money }), { maxLength: 2 }),
  }),
  protection_planned: plain({
    kind: fc.constant("protection_planned" as const),
    plan: record({ instrument, intent, correlation }, { stopLoss: price, takeProfit: price }),
  }),
  funding_paid: plain({ kind: fc.constant("funding_paid" as const), transaction, instrument, rate, price, amount: money }),
  payment_repeated: plain({ kind: fc.constant("payment_repeated" as const), transaction }),
  liquidation_charged: plain({ kind: fc.constant("liquidation_charged" as const), transaction, instrument, amount: money }),
  cash_moved: plain({ kind: fc.constant("cash_moved" as const), amount: money, why: text }),
  shares_split: record({ kind: fc.constant("shares_split" as const), instrument, from: natural, into: natural }, { transaction }),
  reconciled: record({ kind: fc.constant("reconciled" as const), booked: natural }, { difference: text }),
  day_opened: plain({ kind: fc.constant("day_opened" as const), date: text, equity: money }),
  latched: plain({
    kind: fc.constant("latched" as const),
    latch: plain({
      name: fc.constantFrom("kill" as const, "drawdown" as const),
      level: fc.constantFrom("none" as const, "K1" as const, "K4" as const),
      by: text,
      reason: text,
      latchedAt: at,
    }),
  }),
  cleared: plain({
    kind: fc.constant("cleared" as const),
    name: fc.constantFrom("kill" as const, "daily_loss" as const),
    by: text,
    reason: text,
  }),
  strategy_switched: plain({ kind: fc.constant("strategy_switched" as const), from: text, to: text, by: text }),
  forecast_made: plain({
    kind: fc.constant("forecast_made" as const),
    forecast: plain({
      proposal,
      correlation,
      by: proposer,
      instrument,
      direction: fc.constantFrom("up" as const, "down" as const),
      confidence: number,
      entry: price,
      takeProfit: price,
      stopLoss: price,
      madeAt: at,
      horizonAt: at,
    }),
  }),
  forecast_resolved: plain({
    kind: fc.constant("forecast_resolved" as const),
    outcome: plain({ proposal, cameTrue: fc.boolean(), by: fc.constantFrom("target" as const, "stop" as const), resolvedAt: at }),
  }),
  closed: plain({ kind: fc.constant("closed" as const), cash: money, equity: money }),
  ...councilFactsByKind,
  ...cryptoFactsByKind,
  ...groupFactsByKind,
  ...optionsFactsByKind,
  ...settlementFactsByKind,
  spend_capped: plain({
    kind: fc.constant("spend_capped" as const),
    caps: record(
      {},
      {
        usdPerCall: money,
        callsPerScanMax: natural,
        usdPerScanMax: money,
        usdPerDeskDayMax: money,
        usdPerAccountDayMax: money,
        usdPerDayMax: money,
        usdPerMonthMax: money,
      },
    ),
  }),
  spend_reserved: record(
    {
      kind: fc.constant("spend_reserved" as const),
      call: text,
      by: plain({ account, desk, role: fc.constantFrom("trader" as const, "research" as const), provider: text, model: text }),
      tokensIn: natural,
      tokensOut: natural,
    },
    { worst: money },
  ),
  spend_settled: record(
    {
      kind: fc.constant("spend_settled" as const),
      call: text,
      cost: money,
      costBy: fc.constantFrom("provider" as const, "prices" as const, "free" as const),
      tokensIn: natural,
      tokensCached: natural,
      tokensOut: natural,
      tokensReasoning: natural,
    },
    { overrun: money },
  ),
  spend_released: plain({ kind: fc.constant("spend_released" as const), call: text }),
  ...equitiesFactsByKind,
  clock_measured: plain({ kind: fc.constant("clock_measured" as const), venueAt: at, skewMs: number, uncertaintyMs: number }),
  clock_unanswered: plain({ kind: fc.constant("clock_unanswered" as const) }),
} satisfies { [Kind in FactKind]: Arbitrary<FactOf<Kind>> };

export const arbitraryFactOf = (kind: FactKind): Arbitrary<Fact> => factsByKind[kind];

export const arbitraryFact: Arbitrary<Fact> = fc.oneof(...(Object.values(factsByKind) as Arbitrary<Fact>[]));

export const entryOf = (of: Arbitrary<Fact>): Arbitrary<Entry> =>
  fc
    .tuple(plain({ sequence: fc.integer({ min: 1 }), at, account, desk, config: text, fact: of }), optional(correlation))
    .map(([entry, correlation]) => (correlation === undefined ? entry : { ...entry, correlation }));

/** A journal's worth of entries, 1 to `length`, the same for the same seed. */
export const sampleEntries = (length: number, seed: number): Entry[] =>
  fc.sample(entryOf(arbitraryFact), { numRuns: length, seed }).map((entry, index) => ({ ...entry, sequence: index + 1 }));
