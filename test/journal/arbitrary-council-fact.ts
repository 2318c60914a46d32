import fc from "fast-check";
import { checkpointTimes } from "../../src/flow/market/calendar/council-week.ts";
import {
  checkpointActions,
  councilSymbols,
  eventNames,
  horizons,
  pitchDirections,
  riskProfiles,
  rubric,
  type Scores,
} from "../../src/flow/proposals/council-words.ts";
import { tradeEnds } from "../../src/journal/council-facts.ts";
import { instrumentId, intentId } from "../../src/words/ids.ts";
import { moneyOfUnits } from "../../src/words/money.ts";
import { priceOfUnits } from "../../src/words/price.ts";

const text = fc.string({ maxLength: 12 });
const number = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 }).map((value) => (value === 0 ? 0 : value));
const natural = fc.nat(1_000);
const units = fc.bigInt({ min: 0n, max: 10n ** 18n });
const price = units.map(priceOfUnits);
const at = fc.integer({ min: 0, max: 4e12 }).map((ms) => Temporal.Instant.fromEpochMilliseconds(ms));
const symbol = fc.constantFrom(...councilSymbols);
const direction = fc.constantFrom(...pitchDirections);
const horizon = fc.constantFrom(...horizons);
const profile = fc.constantFrom(...riskProfiles);
const list = <Of>(of: fc.Arbitrary<Of>): fc.Arbitrary<Of[]> => fc.array(of, { maxLength: 2 });
const plain = <Of extends object>(of: fc.Arbitrary<Of>): fc.Arbitrary<Of> => of.map((value) => ({ ...value }));
const record = <Of extends object>(of: { [Key in keyof Of]: fc.Arbitrary<Of[Key]> }): fc.Arbitrary<Of> =>
  plain(fc.record(of) as fc.Arbitrary<Of>);

const pitch = plain(
  fc.record(
    {
      symbol,
      direction,
      horizon,
      thesis: list(text),
      indicators: list(
        record({ symbol, measure: text, comparison: fc.constantFrom("above" as const, "below" as const), threshold: number }),
      ),
      invalidation: text,
      conviction: number,
      profile,
      entryBy: fc.constantFrom("market_on_open" as const, "limit" as const),
      limit: price,
      outBefore: list(fc.constantFrom(...eventNames)),
    },
    {
      requiredKeys: [
        "symbol",
        "direction",
        "horizon",
        "thesis",
        "indicators",
        "invalidation",
        "conviction",
        "profile",
        "entryBy",
        "outBefore",
      ],
    },
  ),
);
const claim = record({ text, source: text, time: text });
const research = record({
  macro: record({
    risk: fc.constantFrom("on" as const, "off" as const),
    rates: fc.constant("flat" as const),
    dollar: fc.constant("flat" as const),
    inflation: fc.constant("rising" as const),
  }),
  narratives: list(claim),
  candidates: list(record({ symbol, bias: fc.constantFrom("bullish" as const, "neutral" as const), claims: list(claim) })),
});
const way = fc.constantFrom("up" as const, "flat" as const, "unknown" as const);
const regime = record({
  funds: list(
    record({
      symbol: text,
      points: natural,
      trendPct: number,
      direction: fc.constantFrom("up" as const, "down" as const),
      volatilityPct: number,
      drawdownPct: number,
    }),
  ),
  missing: list(record({ symbol: text, why: text })),
  correlationMean: fc.oneof(number, fc.constant(null)),
  stocksWithBonds: fc.oneof(number, fc.constant(null)),
  risk: fc.constantFrom("on" as const, "mixed" as const),
  rates: way,
  credit: way,
  dollar: way,
  gold: way,
  oil: way,
});
const pack = record({
  week: text,
  regime,
  events: list(record({ name: fc.constantFrom(...eventNames), at })),
  refusedEvents: list(record({ event: text, why: text })),
  researchA: research,
  researchB: research,
  consensus: list(record({ topic: text, a: text, b: text, verdict: fc.constantFrom("agree" as const, "only_a" as const) })),
});
const scores = record<Scores>(Object.fromEntries(rubric.map((item) => [item, number])) as { [Item in keyof Scores]: fc.Arbitrary<number> });
const review = record({ label: text, scores, killShot: text, flipCondition: text });
const trade = fc.constantFrom("ab12-0001.c", "ab12-0002.x").map(intentId);
const instrument = symbol.map(instrumentId);
const week = text;

/** One arbitrary for each fact of the council. */
export const councilFactsByKind = {
  pack_frozen: record({ kind: fc.constant("pack_frozen" as const), week, packHash: text, pack }),
  research_refused: record({ kind: fc.constant("research_refused" as const), code: text, detail: text }),
  pitched: record({ kind: fc.constant("pitched" as const), week, member: text, model: text, price, pitch }),
  left_out: record({ kind: fc.constant("left_out" as const), week, member: text, as: text, why: text, detail: text }),
  no_quorum: record({ kind: fc.constant("no_quorum" as const), week, heard: natural, quorum: natural }),
  peers_reviewed: record({
    kind: fc.constant("peers_reviewed" as const),
    week,
    reviewer: text,
    labels: list(record({ label: text, member: text })),
    rubric: list(fc.constantFrom(...rubric)),
    reviews: list(review),
  }),
  pitches_ranked: record({
    kind: fc.constant("pitches_ranked" as const),
    week,
    ranked: list(record({ member: text, score: number, reviews: natural })),
    reviewers: list(record({ reviewer: text, bias: number, weight: number })),
    skills: list(
      record({ reviewer: text, weeks: natural, pairs: natural, rankCorrelation: fc.oneof(number, fc.constant(null)), weight: number }),
    ),
    weighed: fc.boolean(),
  }),
  chairman_decided: record({
    kind: fc.constant("chairman_decided" as const),
    week,
    decision: record({
      by: fc.constantFrom("chairman" as const, "ranking" as const),
      trade: record({ symbol, direction, horizon, conviction: number, profile }),
      backers: list(text),
      dissenters: list(record({ member: text, wanted: text })),
    }),
    said: record({ symbol, direction, horizon, conviction: number, profile, rationale: text, dissent: text, monitoring: list(text) }),
    breach: record({ code: fc.constantFrom("not_pitched" as const, "beyond_backed" as const), detail: text }),
  }),
  pitch_resolved: record({ kind: fc.constant("pitch_resolved" as const), week, member: text, gainBps: number }),
  seated: record({ kind: fc.constant("seated" as const), week, member: text, packHash: text, pitch, why: text }),
  trade_pending: plain(
    fc.record(
      {
        kind: fc.constant("trade_pending" as const),
        trade,
        asked: natural,
        week,
        action: fc.constantFrom("enter" as const, "flip" as const),
        instrument,
        side: fc.constantFrom("buy" as const, "sell" as const),
        conviction: number,
        profile,
        stopPct: number,
        targetPct: number,
        horizon: text,
        entryBy: text,
        limit: price,
        outBefore: list(text),
        price,
        notional: units.map(moneyOfUnits),
        packHash: text,
        rationale: text,
        binding: text,
        expiresAt: at,
      },
      {
        requiredKeys: [
          "kind",
          "trade",
          "asked",
          "week",
          "action",
          "instrument",
          "side",
          "conviction",
          "profile",
          "stopPct",
          "targetPct",
          "horizon",
          "entryBy",
          "outBefore",
          "price",
          "notional",
          "packHash",
          "rationale",
          "binding",
          "expiresAt",
        ],
      },
    ),
  ),
  trade_answered: record({ kind: fc.constant("trade_answered" as const), trade, binding: text, yes: fc.boolean(), by: text, why: text }),
  trade_drifted: record({ kind: fc.constant("trade_drifted" as const), trade, of: text, driftBps: number, driftBpsMax: number }),
  trade_released: record({ kind: fc.constant("trade_released" as const), trade, intent: trade, by: text }),
  trade_ended: record({ kind: fc.constant("trade_ended" as const), trade, end: fc.constantFrom(...tradeEnds), why: text }),
  checkpoint_held: record({
    kind: fc.constant("checkpoint_held" as const),
    week,
    time: fc.constantFrom(...checkpointTimes),
    instrument,
    action: fc.constantFrom(...checkpointActions),
    conviction: number,
    pnlBps: number,
    reason: text,
  }),
};
