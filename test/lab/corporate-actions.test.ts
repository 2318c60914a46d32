import { describe, expect, it } from "vitest";
import { optionsPlan } from "../../src/bin/options-plan.ts";
import { loadConfig } from "../../src/config/load-config.ts";
import type { AssetHistory, Bars } from "../../src/flow/market/bars.ts";
import type { CorporateAction } from "../../src/flow/market/corporate-action.ts";
import { listedOption } from "../../src/flow/market/options/listed-option.ts";
import type { Entry } from "../../src/journal/entry.ts";
import type { FactKind, FactOf } from "../../src/journal/fact.ts";
import { MemoryJournal } from "../../src/journal/memory-store.ts";
import { runBacktest } from "../../src/lab/backtest.ts";
import type { SimVenue } from "../../src/sim/venue/sim-venue.ts";
import { formatExact } from "../../src/words/exact.ts";
import { deskId, instrumentId } from "../../src/words/ids.ts";
import type { Equity, Instrument } from "../../src/words/instrument.ts";
import { invariant } from "../../src/words/invariant.ts";
import { money } from "../../src/words/money.ts";
import { price } from "../../src/words/price.ts";
import { quantity } from "../../src/words/quantity.ts";
import { anOrder } from "../sim/venue/an-order.ts";

/** The last fifteen minutes of a Monday in New York and the first ten of the Tuesday. */
const opens = ["2026-06-01T19:45:00Z", "2026-06-01T19:50:00Z", "2026-06-01T19:55:00Z", "2026-06-02T13:30:00Z", "2026-06-02T13:35:00Z"].map(
  (text) => Temporal.Instant.from(text).epochMilliseconds,
);

const share: Equity = {
  id: instrumentId("ACME"),
  venue: "sim",
  symbol: "ACME",
  currency: "USD",
  tick: price("0.01"),
  lot: quantity("1"),
  multiplier: quantity("1"),
  minQuantity: quantity("1"),
  maxQuantity: quantity("1000000"),
  minNotional: money("0"),
  priceMayBeNegative: false,
  calendar: "xnys",
  kind: "equity",
  name: "Acme",
  shortable: true,
};

function optionAt(right: "call" | "put", strike: string): Instrument {
  const listed = listedOption({ root: "ACME", expiry: "2026-06-19", right, strike: price(strike) }, { underlying: share.id, venue: "sim" });
  invariant(listed.ok, `${strike} is a strike`);
  return listed.value;
}

/** Bars that stand at these dollars; `undefined` is a step without one. An option is quoted at its price on both sides. */
function bars(instrument: Instrument, dollars: readonly (number | undefined)[]): Bars {
  const at = dollars.flatMap((each, step) => (each === undefined ? [] : [{ ticks: Math.round(each * 100), openMs: opens[step]! }]));
  const column = (of: (each: (typeof at)[number]) => number): Float64Array => Float64Array.from(at, of);
  const ticks = (): Float64Array => column((each) => each.ticks);
  const flat = (value: number): Float64Array => column(() => value);
  const contract = {
    ...{ bid: ticks(), ask: ticks(), bidSize: flat(1000), askSize: flat(1000), openInterest: flat(1000), dayVolume: flat(1000) },
    ...{ iv: flat(0.3), delta: flat(0.5), gamma: flat(0.01), theta: flat(-0.01), vega: flat(0.1), source: "venue" as const },
  };
  return {
    instrument,
    interval: "5m",
    length: at.length,
    ...{ openMs: column(({ openMs }) => openMs), open: ticks(), high: ticks(), low: ticks(), close: ticks(), volume: flat(1_000_000) },
    ...(instrument.kind === "option" ? { contract } : {}),
  };
}

type Wish = {
  readonly shares: readonly number[];
  readonly options: readonly (readonly [Instrument, readonly (number | undefined)[]])[];
  readonly actions: readonly CorporateAction[];
  /** One at each close, from the first on: side, what, and how many. */
  readonly orders: readonly (readonly ["buy" | "sell", string, number])[];
  readonly seed?: string;
};

/** Orders go straight to the venue, so that the account learns of everything by report; nothing is charged. */
function played({ shares, options, actions, orders, seed = "1" }: Wish) {
  const loaded = loadConfig({
    set: [`seed=${seed}`, "options.feePerContract=0", "venue.takerFeeBps=0", "venue.spreadBps=0", "venue.slippageBps=0"],
  });
  invariant(loaded.ok, "a test's settings are good");
  const histories: readonly AssetHistory[] = [
    { instrument: share, bars: bars(share, shares), actions },
    ...options.map(([instrument, dollars]) => ({ instrument, bars: bars(instrument, dollars) })),
  ];
  const entries: Entry[] = [];
  const equities: string[] = [];
  let venue: SimVenue | undefined;
  let cycles = 0;
  const plan = optionsPlan(loaded.value, histories, new MemoryJournal());
  const run = runBacktest({
    ...plan,
    venue: { ...plan.venue, optionShorts: true },
    through: (of) => (venue = of),
    onEntry: (entry) => entries.push(entry),
    desk: {
      id: deskId("options"),
      // oxlint-disable-next-line require-yield -- a desk is a line, and this one sends nothing by itself
      *cycle({ state }) {
        equities.push(formatExact(state.equityAt({ takenAt: state.openedAt, assets: [], leftOut: [] })));
        const [side, instrument, lots] = orders[cycles++] ?? [];
        if (side === undefined || instrument === undefined || lots === undefined) return;
        const outcome = venue?.place(anOrder({ id: `${side}-${instrument}`, account: plan.account, instrument, side, lots }));
        expect(outcome?.kind, JSON.stringify(outcome)).toBe("accepted");
      },
    },
  });
  const facts = <Kind extends FactKind>(kind: Kind): { at: string; fact: FactOf<Kind> }[] =>
    entries.flatMap(({ at, fact }) => (fact.kind === kind ? [{ at: at.toString(), fact: fact as FactOf<Kind> }] : []));
  const held = run.state.positions.map(({ instrument, quantity: of }) => `${formatExact(of)} ${instrument}`).join(", ");
  expect(
    run.venue
      .positions()
      .map(({ instrument, quantity: of }) => `${formatExact(of)} ${instrument}`)
      .join(", "),
  ).toBe(held);
  expect(run.venue.balance().cash).toBe(run.state.cash);
  const { fact: closed } = facts("closed")[0]!;
  return { run, facts, held, cash: formatExact(run.state.cash), equity: formatExact(closed.equity), equities };
}

const deep = optionAt("call", "80");

describe("dividends in the lab (LAB-1, OPT-13)", () => {
  const dividend: CorporateAction = { kind: "dividend", exDate: "2026-06-02", amount: price("2") };
  /** 400 shares at 100 with four calls sold at 20, all of it exercise value; on Tuesday the share is at 98 and the call at 18. */
  const covered = (seed: string, actions: readonly CorporateAction[]) =>
    played({
      shares: [100, 100, 100, 98, 98],
      options: [[deep, [20, 20, 20, 18, 18]]],
      actions,
      orders: [
        ["buy", "ACME", 400],
        ["sell", deep.id, 4],
      ],
      seed,
    });

  it("assigns at Monday's close what Tuesday's dividend makes worth exercising, and pays the rest at Tuesday's open", () => {
    const assigned = ["1", "2", "3", "4", "5", "6"].map((seed) => {
      const { facts, held, cash, equity } = covered(seed, [dividend]);
      const gone = facts("option_assigned").reduce((sum, { at, fact }) => {
        expect(at).toBe("2026-06-01T20:00:00Z");
        return sum - Number(formatExact(fact.quantity));
      }, 0);
      const left = 400 - 100 * gone;
      // Shares 40,000 out, premium 8,000 in, 80 for each share that was called away, 2 for each that was left on Tuesday.
      expect(cash).toBe(String(100_000 - 40_000 + 8_000 + 8_000 * gone + 2 * left));
      expect(held).toBe(gone === 4 ? "" : `${left} ACME, ${gone - 4} ${deep.id}`);
      expect(facts("dividend_paid").map(({ at, fact }) => [at, formatExact(fact.amount)])).toEqual(
        gone === 4 ? [] : [["2026-06-02T13:30:00Z", String(2 * left)]],
      );
      // Who forgot to exercise gave us the dividend: the calls that were left lost two dollars a share, and our shares lost nothing.
      expect(equity).toBe(String(100_000 + 200 * (4 - gone)));
      return gone;
    });
    expect(new Set(assigned).size).toBeGreaterThan(1);
  });

  it("neither assigns calls nor pays without one, and loses nothing on a hedge", () => {
    const { facts, held, equity } = covered("1", []);
    expect([facts("option_assigned"), facts("dividend_paid"), held, equity]).toEqual([[], [], `400 ACME, -4 ${deep.id}`, "100000"]);
  });

  it("does not pay what fell before the first bar", () => {
    const { facts } = covered("1", [{ ...dividend, exDate: "2026-06-01" }]);
    expect(facts("dividend_paid")).toEqual([]);
  });
});

describe("splits in the lab with options held (OPT-13)", () => {
  const [at120, at60] = [optionAt("call", "120"), optionAt("call", "60")];
  const wish = (from: number, into: number, after: number): Wish => ({
    shares: [120, 120, 120, after, after],
    options: [
      [at120, [6, 6, 6, undefined, undefined]],
      [at60, [62, 62, 62, 3, 3]],
    ],
    actions: [{ kind: "split", exDate: "2026-06-02", from, into }],
    orders: [
      ["buy", "ACME", 10],
      ["buy", at120.id, 2],
    ],
  });

  it("two for one: twice the contracts at half the strike, the same cost, and no equity is made on the way", () => {
    const { facts, held, cash, equity, equities, run } = played(wish(1, 2, 60));
    expect(facts("option_adjusted")).toMatchObject([
      { at: "2026-06-02T13:30:00Z", fact: { instrument: at120.id, became: at60.id, times: 2, quantity: quantity("2") } },
    ]);
    expect(facts("shares_split")).toHaveLength(1);
    // 10 shares at 120 and two contracts at 6 are 20 at 60 and four at 3.
    expect([held, cash, equity]).toEqual([`20 ACME, 4 ${at60.id}`, "97600", "100000"]);
    expect(run.state.position(at60.id)).toMatchObject({ cost: money("1200"), averageEntry: price("3") });
    expect(new Set(equities)).toEqual(new Set(["100000"]));
    expect(run.state.killLevel).toBe("none");
  });

  it("three for two: the contracts stay, nothing is entered any more, and the page says which and why", () => {
    const { facts, held, equity, run } = played(wish(2, 3, 80));
    expect(facts("option_adjusted")).toEqual([]);
    expect(held).toBe(`15 ACME, 2 ${at120.id}`);
    expect(equity).toBe("100000");
    expect(run.state.killLevel).toBe("K1");
    expect(facts("latched").map(({ fact }) => fact.latch.reason)).toEqual([
      `every 2 ACME became 3, and no listed contract stands for the ${at120.id} that are held`,
    ]);
  });
});
