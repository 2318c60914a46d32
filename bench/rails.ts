import type { OpenOrder, Standing } from "../src/flow/portfolio/standing.ts";
import type { Position } from "../src/flow/portfolio/position.ts";
import type { Scene } from "../src/flow/rails/candidate.ts";
import { judge, refused } from "../src/flow/rails/judge.ts";
import { rails } from "../src/flow/rails/rails.ts";
import { demoMarketSpec } from "../src/sim/market/demo-market.ts";
import { clientOrderIdOf, correlationId, intentId, type InstrumentId } from "../src/words/ids.ts";
import { instantOfMs } from "../src/words/instant.ts";
import type { Instrument } from "../src/words/instrument.ts";
import { invariant } from "../src/words/invariant.ts";
import { money, notional, zeroMoney } from "../src/words/money.ts";
import { priceOfUnits, toTick, type Price } from "../src/words/price.ts";
import { quantityOfUnits, toLot, zeroQuantity } from "../src/words/quantity.ts";
import { bps } from "../src/words/rate.ts";
import { benchLimits } from "./replay-plan.ts";
import { paired, row } from "./paired.ts";
import { plainRails, plainScene } from "./plain-rails.ts";

/** One entry just before the wire, with two positions, their stops and targets and its own planned order in the book, judged by the whole list. */
const [first, second, third] = demoMarketSpec("bench").assets;
invariant(first !== undefined && second !== undefined && third !== undefined, "the demo market has three assets");
const now = instantOfMs(Date.UTC(2026, 2, 3, 15));
const instruments = new Map<InstrumentId, Instrument>([first, second, third].map(({ instrument }) => [instrument.id, instrument]));
const { instrument } = first;

const near = (units: bigint, of: Instrument): Price => toTick(priceOfUnits(units), of.tick, "down");
const priceOf = new Map(
  [first, second, third].map(({ instrument: of }, at) => [of.id, near([42_000n, 2_500n, 150n][at]! * 10n ** 12n, of)]),
);
const quotes = new Map(
  [...priceOf].map(([id, last]) => {
    const { tick } = instruments.get(id)!;
    const quote = { instrument: id, bid: priceOfUnits(last - tick), ask: priceOfUnits(last + tick), last, mark: last };
    return [id, { ...quote, status: "open" as const, quotedAt: now.subtract({ milliseconds: 200 }) }];
  }),
);

function sized(of: Instrument, amount: string, at: Price) {
  const quantity = toLot(quantityOfUnits((money(amount) * 10n ** 12n) / at), of.lot, "down");
  return { quantity, worth: notional(at, quantity, of.multiplier, "up") };
}

const held: Position[] = [second, third].map(({ instrument: of }) => {
  const entry = priceOf.get(of.id)!;
  const { quantity, worth } = sized(of, "12000", entry);
  const flat = { realised: zeroMoney, fees: zeroMoney, funding: zeroMoney, isolatedMargin: zeroMoney, marginMode: "cross" as const };
  return { instrument: of.id, quantity, cost: worth, averageEntry: entry, openedAt: now.subtract({ hours: 3 }), ...flat };
});

const price = near(42_010n * 10n ** 12n, instrument);
const { quantity, worth } = sized(instrument, "15000", price);
const order = clientOrderIdOf("bench-0001.0.e0");
const intent = intentId("bench-0001.0");
const at = (of: Price, bps: bigint, tick: Instrument): Price => near(of + (of * bps) / 10_000n, tick);
const guards = held.flatMap(({ instrument: id, quantity: all }, n): OpenOrder[] => {
  const of = instruments.get(id)!;
  const last = priceOf.get(id)!;
  const common = { intent: intentId(`held-${n}`), correlation: correlationId(`held-${n}`), instrument: id, side: "sell" as const };
  const both = { ...common, state: "working" as const, quantity: all, filled: zeroQuantity, reduceOnly: true, plannedAt: now };
  return [
    { ...both, id: clientOrderIdOf(`held-${n}.s0`), purpose: "stop_loss", type: "stop", limit: undefined, stop: at(last, -300n, of) },
    { ...both, id: clientOrderIdOf(`held-${n}.t0`), purpose: "take_profit", type: "limit", limit: at(last, 600n, of), stop: undefined },
  ];
});
const own: OpenOrder = {
  id: order,
  intent,
  correlation: correlationId("bench-0001"),
  instrument: instrument.id,
  side: "buy",
  purpose: "entry",
  type: "limit",
  state: "planned",
  quantity,
  filled: zeroQuantity,
  limit: price,
  stop: undefined,
  reduceOnly: false,
  plannedAt: now,
};
const openOrders = [...guards, own];
const standing: Standing = {
  marginMode: "cross",
  leverage: 3,
  cash: money("100000"),
  positions: held,
  position: (id) => held.find((one) => one.instrument === id),
  openOrders,
  openOrder: (id) => openOrders.find((one) => one.id === id),
  knowsOrder: (id) => openOrders.some((one) => one.id === id),
  reservations: [],
  protection: () => undefined,
  sentOrders: held.map(({ instrument: id, quantity: all }, n) => ({
    id: clientOrderIdOf(`held-${n}.e0`),
    instrument: id,
    side: "buy",
    purpose: "entry",
    quantity: all,
    sentAt: now.subtract({ minutes: 30 }),
  })),
  entriesFilledSince: () => 1,
  latches: [],
  killLevel: "none",
  dayStartEquity: money("100500"),
  peakEquity: money("103000"),
  equity: money("100200"),
};
const scene: Scene = {
  now,
  stage: "wire",
  candidate: {
    intent,
    order,
    instrument,
    side: "buy",
    purpose: "entry",
    type: "limit",
    reduceOnly: false,
    quantity,
    price,
    notional: worth,
    stopLoss: at(price, -200n, instrument),
    takeProfit: at(price, 400n, instrument),
  },
  standing,
  quote: (id) => quotes.get(id),
  instrument: (id) => instruments.get(id),
  sessionOpen: true,
  limits: { ...benchLimits([...instruments.keys()]), dailyLossBpsMax: 300, drawdownBpsMax: 1_500 },
  charges: { takerFee: bps(5) },
};
const plain = plainScene(scene, new Set([order]));

const count = 100_000;
const result = paired(
  {
    name: "judge",
    run: () => {
      let verdicts = 0;
      for (let n = 0; n < count; n++) {
        const heard = judge(scene);
        invariant(!refused(heard), "the candidate passes every rail");
        verdicts += heard.verdicts.length;
      }
      return verdicts;
    },
    check: (verdicts) => invariant(verdicts === count * rails.length, "every rail spoke of every candidate"),
  },
  {
    name: "ifs",
    run: () => {
      let passed = 0;
      for (let n = 0; n < count; n++) if (plainRails(plain, scene.limits, 50_000, 60_000) === "") passed++;
      return passed;
    },
    check: (passed) => invariant(passed === count, "the plain checks pass it too"),
  },
  count,
);
console.log(row(`${rails.length} rails, ns a list`, result));
console.log(`${Math.round(1e9 / result.oursNs).toLocaleString("en-US")} whole lists a second`);
