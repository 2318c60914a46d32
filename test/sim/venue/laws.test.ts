import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { VenueReport } from "../../../src/ports/venue.ts";
import { SimVenue } from "../../../src/sim/venue/sim-venue.ts";
import type { VenueSettings } from "../../../src/sim/venue/settings.ts";
import type { Order } from "../../../src/flow/orders/order.ts";
import type { PlaceOutcome } from "../../../src/ports/venue.ts";
import { exactOne, multiplyExact } from "../../../src/words/exact.ts";
import { clientOrderIdOf, instrumentId } from "../../../src/words/ids.ts";
import { msOf } from "../../../src/words/instant.ts";
import { price } from "../../../src/words/price.ts";
import { opposed } from "../../../src/words/quantity.ts";
import { rate } from "../../../src/words/rate.ts";
import { candlesOf, plansWithin, play, someSettings, type Run } from "./a-run.ts";
import { aPerpetual, aSpot, instantOf, minuteMs, type Candle } from "./a-market.ts";

const bars = 12;
const perp = instrumentId("BTC.PERP");
const seeded = { seed: 20_260_917, numRuns: 400 };
type Filled = Extract<VenueReport, { kind: "filled" }>;
const fillsOf = (reports: readonly VenueReport[]): readonly Filled[] => reports.filter((report) => report.kind === "filled");
const rootOf = (id: string): string => id.replace(/\.[st]$/, "");
const signedLots = ({ fill }: Filled): bigint => (fill.side === "buy" ? fill.quantity : opposed(fill.quantity));

/** Every breach of the law: no order trades in a bar that had closed when it was decided, nor before it arrived. */
function lookAheads(run: Run, latencyMs: number): readonly string[] {
  return fillsOf(run.reports).flatMap(({ fill }) => {
    const decision = run.decisions.get(rootOf(fill.order ?? ""));
    if (decision === undefined) return fill.reason === "liquidation" ? [] : [`${fill.order} was never decided`];
    const at = msOf(fill.at);
    const barClosesMs = (Math.floor(at / minuteMs) + 1) * minuteMs;
    const early = at < decision.atMs + latencyMs || barClosesMs <= decision.atMs;
    return early ? [`${fill.order} decided at ${decision.atMs} traded at ${at}`] : [];
  });
}

/** What was said up to bar `last` in a form that compares. */
const saidUpTo = (run: Run, last: number): readonly string[] =>
  run.perBar
    .slice(0, last + 1)
    .map((reports) => JSON.stringify(reports, (_, value: unknown) => (typeof value === "bigint" ? `${value}` : value)));

/** Cheats by design: lets an order trade in the bar that it was decided on. */
class LeakyVenue extends SimVenue {
  #last: Parameters<SimVenue["openBar"]> = [0, 0, 0, 0, 0, 0, 0, 0];
  override openBar(...bar: Parameters<SimVenue["openBar"]>): void {
    this.#last = bar;
    super.openBar(...bar);
  }
  override place(order: Order): PlaceOutcome {
    this.startAt(this.#last[1]);
    const outcome = super.place(order);
    super.openBar(...this.#last);
    super.closeBar(0);
    return outcome;
  }
}

/** Cheats by design: draws each bar's path toward the next bar's close. */
class PeekingVenue extends SimVenue {
  readonly #candles: readonly Candle[];
  constructor(of: VenueSettings, candles: readonly Candle[]) {
    super(of);
    this.#candles = candles;
  }
  override openBar(...bar: Parameters<SimVenue["openBar"]>): void {
    const [index, openMs, lengthMs, open, high, low, close, volume] = bar;
    const next = this.#candles[openMs / minuteMs + 1]?.[3] ?? close;
    super.openBar(index, openMs, lengthMs, open, Math.max(high, next), Math.min(low, next), next, volume);
  }
}

const peeks = (of: VenueSettings, candles: readonly Candle[]): SimVenue => new PeekingVenue(of, candles);

const cases = fc.tuple(candlesOf(bars), plansWithin(bars - 1), someSettings);
const futures = fc.tuple(cases, candlesOf(bars), fc.nat(bars - 2));
type Future = typeof futures extends fc.Arbitrary<infer Value> ? Value : never;

function dependsOnTheFuture([[candles, plans, of], others, last]: Future, make?: Parameters<typeof play>[3]): boolean {
  const changed = candles.map((candle, bar) => (bar <= last ? candle : (others[bar] ?? candle)));
  const [known, unknown] = [play(candles, plans, of, make), play(changed, plans, of, make)];
  return saidUpTo(known, last).join() !== saidUpTo(unknown, last).join();
}

describe("no look-ahead", () => {
  it("trades no order in the bar that it was decided on, nor before its arrival", () => {
    fc.assert(
      fc.property(cases, ([candles, plans, of]) => {
        expect(lookAheads(play(candles, plans, of), of.latencyMs ?? 0)).toEqual([]);
      }),
      seeded,
    );
  });

  it("says the same up to a bar whatever the later bars are", () => {
    fc.assert(
      fc.property(futures, (future) => !dependsOnTheFuture(future)),
      seeded,
    );
  });

  it("is seen where an order trades on the bar that it was decided on", () => {
    const run = play(
      [
        [100, 110, 90, 105],
        [106, 107, 100, 100],
      ],
      [{ bar: 0, wish: {} }],
      {},
      (of) => new LeakyVenue(of),
    );
    expect(lookAheads(run, 0)).toEqual(["p0 decided at 60000 traded at 0"]);
    const runs = fc
      .sample(cases, seeded)
      .map(([candles, plans, of]) => play(candles, plans, { ...of, latencyMs: 0 }, (own) => new LeakyVenue(own)));
    expect(runs.filter((each) => lookAheads(each, 0).length > 0).length).toBeGreaterThan(100);
  });

  it("is seen where the venue peeks at a later bar", () => {
    expect(fc.sample(futures, seeded).filter((future) => dependsOnTheFuture(future, peeks)).length).toBeGreaterThan(10);
  });

  it("lets no cause follow its effect: reports come in the order of their instants", () => {
    fc.assert(
      fc.property(cases, ([candles, plans, of]) => {
        const instants = play(candles, plans, of).reports.map(instantOf);
        expect(instants).toEqual(instants.toSorted((left, right) => left - right));
      }),
      seeded,
    );
  });
});

/** Recomputed from nothing but the reports and the last price. */
const balances = (run: Run, start: bigint, candles: readonly Candle[]): void => {
  let cash = start;
  let held = 0n;
  for (const report of run.reports) {
    if (report.kind === "liquidation_fee") cash -= report.amount;
    if (report.kind === "funding") cash += report.amount;
    if (report.kind !== "filled") continue;
    held += signedLots(report);
    cash -= multiplyExact(signedLots(report), report.fill.price, "down") + report.fill.fee;
  }
  const mark = price(String(candles.at(-1)?.[3]));
  expect(run.venue.balance().equity).toBe(cash + multiplyExact(held, mark, "down"));
  expect(run.venue.positions()[0]?.quantity ?? 0n).toBe(held);
};

describe("what is conserved", () => {
  it("equity is the start, what was sold less what was bought, what is held at its mark, less every fee", () => {
    fc.assert(
      fc.property(cases, fc.boolean(), ([candles, plans, of], spot) => {
        const instruments = [spot ? { ...aSpot(), id: perp } : aPerpetual()];
        balances(play(candles, plans, { ...of, instruments }), of.startCash ?? 0n, candles);
      }),
      seeded,
    );
  });

  it("never spends cash that a spot account does not have", () => {
    fc.assert(
      fc.property(cases, ([candles, plans, of]) => {
        const { venue } = play(candles, plans, { ...of, instruments: [{ ...aSpot(), id: perp }], makerFee: rate("0") });
        expect(venue.balance().cash >= 0n && venue.positions().every(({ quantity: held }) => held > 0n)).toBe(true);
      }),
      seeded,
    );
  });

  it("an order's fills are what it has filled, and never more than it asked for", () => {
    fc.assert(
      fc.property(cases, ([candles, plans, of]) => {
        const run = play(candles, plans, of);
        const filled = new Map<string, bigint>();
        for (const { fill } of fillsOf(run.reports))
          if (fill.order !== undefined) filled.set(fill.order, (filled.get(fill.order) ?? 0n) + fill.quantity);
        for (const [id, total] of filled) {
          const order = run.venue.find(clientOrderIdOf(id), perp);
          expect(order).toMatchObject({ filled: total });
          const asked = run.decisions.get(rootOf(id))?.wish.lots ?? 0;
          const bound = id === rootOf(id) ? BigInt(asked) * exactOne : (filled.get(rootOf(id)) ?? 0n);
          expect(total <= bound).toBe(true);
        }
      }),
      seeded,
    );
  });

  it("takes no more than its share of a bar's volume on either side", () => {
    fc.assert(
      fc.property(cases, ([candles, plans, of]) => {
        const run = play(candles, plans, of);
        run.perBar.forEach((reports, bar) => {
          for (const side of ["buy", "sell"]) {
            let lots = 0n;
            for (const { fill } of fillsOf(reports)) if (fill.reason === "order" && fill.side === side) lots += fill.quantity;
            const share = Math.floor((candles[bar]?.[4] ?? 0) * (of.participation ?? 1));
            expect(lots <= BigInt(share) * exactOne).toBe(true);
          }
        });
      }),
      seeded,
    );
  });

  it("a reduce-only order only ever brings the position nearer to zero", () => {
    let seen = 0;
    fc.assert(
      fc.property(cases, ([candles, plans, of]) => {
        const run = play(candles, plans, of);
        let held = 0n;
        for (const report of fillsOf(run.reports)) {
          const before = held;
          held += signedLots(report);
          const { order } = report.fill;
          const reduces = order !== undefined && (order !== rootOf(order) || run.decisions.get(order)?.wish.reduceOnly === true);
          if (!reduces) continue;
          seen += 1;
          expect(before > 0n ? held >= 0n && held < before : held <= 0n && held > before).toBe(true);
        }
      }),
      seeded,
    );
    expect(seen).toBeGreaterThan(50);
  });
});

describe("the simulation", () => {
  it("says the same for the same seed, and with jitter something else for another", () => {
    let differing = 0;
    fc.assert(
      fc.property(cases, ([candles, plans, of]) => {
        const said = (seed: number): string => saidUpTo(play(candles, plans, { ...of, slippageJitterBps: 500, seed }), bars).join();
        expect(said(1)).toBe(said(1));
        if (said(1) !== said(2)) differing += 1;
      }),
      { ...seeded, numRuns: 150 },
    );
    expect(differing).toBeGreaterThan(20);
  });

  it("reaches every kind of report, order and reason, so that the laws above judge something", () => {
    const seen = new Map<string, number>();
    const count = (what: string): unknown => seen.set(what, (seen.get(what) ?? 0) + 1);
    for (const [candles, plans, of] of fc.sample(cases, seeded)) {
      const run = play(candles, plans, of);
      for (const report of run.reports) {
        if (report.kind === "cancelled") count(report.why);
        if (report.kind !== "filled") continue;
        const { order, reason, liquidity } = report.fill;
        count(liquidity);
        if (report.remaining > 0n) count("part");
        if (order === undefined) count(reason);
        else count(order === rootOf(order) ? (run.decisions.get(order)?.wish.type ?? "") : order.slice(-2));
      }
    }
    const all = [
      "market",
      "limit",
      "stop",
      "stop_limit",
      "trailing_stop",
      ".s",
      ".t",
      "part",
      "maker",
      "taker",
      "liquidation",
      "ioc",
      "fok",
      "oco",
      "reduce_only",
    ];
    expect(all.filter((what) => (seen.get(what) ?? 0) < 5)).toEqual([]);
  });
});
