import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { AssetContext } from "../../../../src/flow/context/gather.ts";
import { proposalOf } from "../../../../src/flow/proposals/draft-to-proposal.ts";
import { strategies } from "../../../../src/flow/proposals/strategies/strategies.ts";
import type { Draft, Strategy } from "../../../../src/flow/proposals/strategy.ts";
import { validate } from "../../../../src/flow/proposals/validate.ts";
import { demoMarket } from "../../../../src/sim/market/demo-market.ts";
import { approximately } from "../../../../src/words/exact.ts";
import { correlationId, proposalId } from "../../../../src/words/ids.ts";
import { instantOfMs } from "../../../../src/words/instant.ts";
import { larger, money, notional, smaller, timesRate } from "../../../../src/words/money.ts";
import { priceOfTicks } from "../../../../src/words/price.ts";
import { magnitude } from "../../../../src/words/quantity.ts";
import { bps } from "../../../../src/words/rate.ts";
import { formatExact } from "../../../../src/words/exact.ts";
import {
  aContext,
  aMemory,
  aPerpetual,
  aPlan,
  aPosition,
  hourMs,
  startMs,
  watchedOver,
  watchedThrough,
  type Held,
} from "../../context/some-context.ts";

fc.configureGlobal({ seed: 20261121 });

const { id: btc } = aPerpetual();
const named = (name: string): Strategy => {
  const found = strategies[name];
  if (found === undefined) throw new Error(`no strategy ${name}`);
  return found;
};

/** Hourly closes in ticks of 0.1 from 10 000 on: so many bars by such a step, with a saw of 15 ticks so that nothing is a straight line. */
function path(...legs: readonly (readonly [bars: number, step: number])[]): number[] {
  const closes = [10_000];
  for (const [bars, step] of legs) for (let n = 0; n < bars; n++) closes.push((closes.at(-1) ?? 0) + step + (n % 2 === 0 ? 15 : -15));
  return closes;
}
const paths = {
  quiet: path([160, 0]),
  short: path([20, 0]),
  rising: path([160, 20]),
  falling: path([160, -20]),
  dip: path([160, 20], [8, -25]),
  bounce: path([160, 20], [8, -25]).map((close) => 20_000 - close),
  crash: path([140, 20], [7, -80]),
  slump: path([140, 20], [16, -100]),
  "break up": path([150, 0], [2, 60]),
  "break down": path([150, 0], [2, -60]),
  "turned down": path([120, 20], [60, -25]),
  "turned up": path([120, -20], [60, 25]),
  dead: Array.from({ length: 160 }, () => 10_000),
} as const;
type PathName = keyof typeof paths;

const decide = (style: string, at: PathName, held: Held = {}, wick = 10): Draft => {
  const { frames, numbers, decide: rule } = named(style);
  // Where nothing moves there are no wicks either.
  return rule(aContext([{ watched: watchedThrough(paths[at], frames, { wick: at === "dead" ? 0 : wick }), held }]).assets[0]!, numbers);
};
const last = (at: PathName): number => paths[at].at(-1)! / 10;
/** Held since the first hour, entered `away` dollars from the last price; `stop` and `target` stand as far from it as they say. */
function held(
  at: PathName,
  side: "long" | "short",
  away: number,
  levels: { stop?: number; target?: number } = {},
  recent = ["entry"],
): Held {
  const entry = (last(at) + away).toFixed(1);
  const level = (by: number | undefined): string | undefined => (by === undefined ? undefined : (last(at) + by).toFixed(1));
  const [stop, target] = [level(levels.stop), level(levels.target)];
  return {
    position: aPosition(btc, side === "long" ? "1" : "-1", entry, { openedAt: instantOfMs(startMs + hourMs) }),
    plan: aPlan(btc, { ...(stop === undefined ? {} : { stop }), ...(target === undefined ? {} : { target }) }),
    recent: recent.map((what, n) =>
      what === "entry"
        ? aMemory(btc, "buy", "filled", startMs + hourMs)
        : aMemory(btc, "adjust_position", what, startMs + (2 + n) * hourMs),
    ),
  };
}

describe("the five styles (PERP-4)", () => {
  it("are five, each with its name and its own numbers", () => {
    expect(Object.keys(strategies).sort()).toEqual(["aggressive", "conservative", "dca", "scalping", "swing"]);
    for (const [name, style] of Object.entries(strategies)) expect(style.name).toBe(name);
    expect(new Set(Object.values(strategies).map(({ numbers }) => JSON.stringify(numbers))).size).toBe(5);
  });

  it.each<{ style: string; at: PathName; is: Draft["action"]; because: string; held?: Held; wick?: number; says?: string }>([
    { style: "conservative", at: "dip", is: "buy", because: "a pullback in a rising trend" },
    { style: "conservative", at: "bounce", is: "sell", because: "a bounce in a falling one" },
    { style: "conservative", at: "rising", is: "hold", because: "nothing has pulled back", says: "no pullback" },
    { style: "conservative", at: "crash", is: "hold", because: "a crash is no pullback", says: "no pullback" },
    { style: "conservative", at: "quiet", is: "hold", because: "no trend" },
    {
      style: "conservative",
      at: "turned down",
      held: held("turned down", "long", 10, { stop: -50 }),
      is: "close_position",
      because: "the slow trend turned against a long",
    },
    {
      style: "conservative",
      at: "turned up",
      held: held("turned up", "short", -10, { stop: 50 }),
      is: "close_position",
      because: "and against a short",
    },
    {
      style: "conservative",
      at: "rising",
      held: held("rising", "long", -50, { stop: -60 }),
      is: "adjust_orders",
      because: "the stop is far behind",
    },
    {
      style: "conservative",
      at: "rising",
      held: held("rising", "long", -5, { stop: -5 }),
      is: "hold",
      because: "the stop is near enough",
      says: "the trend holds",
    },
    { style: "conservative", at: "rising", held: held("rising", "long", -5), is: "adjust_orders", because: "there is no stop at all" },

    { style: "aggressive", at: "break up", is: "buy", because: "the channel broke upward" },
    { style: "aggressive", at: "break down", is: "sell", because: "the channel broke downward" },
    { style: "aggressive", at: "quiet", is: "hold", because: "inside the channel", says: "inside the channel" },
    {
      style: "aggressive",
      at: "rising",
      held: held("rising", "long", -50, { stop: -60 }),
      is: "adjust_position",
      because: "one R ahead for the first time",
    },
    {
      style: "aggressive",
      at: "falling",
      held: held("falling", "short", 50, { stop: 60 }),
      is: "adjust_position",
      because: "for a short too",
    },
    {
      style: "aggressive",
      at: "rising",
      held: held("rising", "long", -50, { stop: -60 }, ["entry", "filled"]),
      is: "adjust_orders",
      because: "it was added to once: now it trails",
    },
    {
      style: "aggressive",
      at: "rising",
      held: held("rising", "long", -50, { stop: -60 }, []),
      is: "adjust_orders",
      because: "nobody remembers whether it was added to",
    },
    {
      style: "aggressive",
      at: "rising",
      held: held("rising", "long", -50, { stop: -60 }, ["entry", "refused: spread"]),
      is: "adjust_position",
      because: "an addition that was refused is none",
    },
    {
      style: "aggressive",
      at: "rising",
      held: held("rising", "long", -1, { stop: -8 }),
      is: "hold",
      because: "not one R ahead",
      says: "not yet one R",
    },
    { style: "aggressive", at: "rising", held: held("rising", "long", -1), is: "adjust_orders", because: "there is no stop at all" },

    { style: "scalping", at: "break down", is: "buy", because: "stretched downward in a range" },
    { style: "scalping", at: "break up", is: "sell", because: "stretched upward in a range" },
    { style: "scalping", at: "falling", is: "hold", because: "a trend is not faded", says: "a trend is on" },
    { style: "scalping", at: "quiet", is: "hold", because: "nothing is stretched", says: "not stretched" },
    { style: "scalping", at: "break down", wick: 400, is: "hold", because: "the way to the mean is shorter than a bar", says: "too near" },
    {
      style: "scalping",
      at: "break up",
      held: held("break up", "long", -5, { stop: -10 }),
      is: "close_position",
      because: "a long is past its mean",
    },
    {
      style: "scalping",
      at: "break down",
      held: held("break down", "short", 5, { stop: 10 }),
      is: "close_position",
      because: "a short too",
    },
    {
      style: "scalping",
      at: "break down",
      held: held("break down", "long", 1, { stop: -10 }),
      is: "hold",
      because: "a long is on its way",
      says: "on the way back",
    },
    {
      style: "scalping",
      at: "break down",
      held: held("break down", "long", 1),
      is: "adjust_orders",
      because: "without a stop it gets one",
    },

    { style: "swing", at: "break up", is: "buy", because: "momentum and trend point up" },
    { style: "swing", at: "break down", is: "sell", because: "momentum and trend point down" },
    { style: "swing", at: "quiet", is: "hold", because: "they do not agree", says: "do not agree" },
    { style: "swing", at: "turned up", is: "hold", because: "it is too late to join", says: "too stretched" },
    {
      style: "swing",
      at: "slump",
      held: held("slump", "long", 10, { stop: -30 }),
      is: "close_position",
      because: "both turned against a long",
    },
    { style: "swing", at: "rising", held: held("rising", "long", -50, { stop: -60 }), is: "adjust_orders", because: "the stop follows" },
    {
      style: "swing",
      at: "rising",
      held: held("rising", "long", -5, { stop: -5 }),
      is: "hold",
      because: "the stop is near",
      says: "the swing is on",
    },

    { style: "dca", at: "break down", is: "buy", because: "weakness to buy a part of" },
    { style: "dca", at: "rising", is: "hold", because: "no weakness", says: "no weakness" },
    { style: "dca", at: "falling", is: "hold", because: "a fall without end is not averaged into", says: "falling too fast" },
    {
      style: "dca",
      at: "quiet",
      held: held("quiet", "long", 20, { stop: -20 }),
      is: "adjust_position",
      because: "a step below the first part",
    },
    {
      style: "dca",
      at: "quiet",
      held: held("quiet", "long", 1, { stop: -20 }),
      is: "hold",
      because: "not yet a step below",
      says: "waiting",
    },
    {
      style: "dca",
      at: "quiet",
      held: held("quiet", "long", 50, { stop: -20 }, ["entry", "filled", "filled", "filled"]),
      is: "hold",
      because: "four parts are bought",
      says: "all parts",
    },
    {
      style: "dca",
      at: "quiet",
      held: held("quiet", "long", 50, { stop: -20 }, ["unchanged", "unchanged"]),
      is: "hold",
      because: "how many nobody remembers",
      says: "all parts",
    },
    {
      style: "dca",
      at: "quiet",
      held: held("quiet", "long", 20, { stop: -1 }),
      is: "hold",
      because: "the stop is about to go",
      says: "too near the stop",
    },
    {
      style: "dca",
      at: "quiet",
      held: held("quiet", "long", 20),
      is: "adjust_orders",
      because: "without a stop it gets one before anything",
    },
    {
      style: "dca",
      at: "break down",
      held: held("break down", "short", 5, { stop: 20 }),
      is: "close_position",
      because: "a short that another style left is not its kind",
    },
  ])("$style at '$at' is $is because $because", ({ style, at, held: of, is, wick, says = "" }) => {
    const draft = decide(style, at, of, wick);
    expect(draft).toMatchObject({ action: is });
    expect(draft.rationale).toContain(says);
  });

  it.each(Object.keys(strategies))("%s holds while it is warming up and while nothing moves", (style) => {
    for (const at of ["short", "dead"] as const)
      expect(decide(style, at)).toEqual({ action: "hold", rationale: "indicators are warming up, or nothing moves" });
  });

  it("aggressive never moves a stop back when it adds", () => {
    const near = decide("aggressive", "rising", held("rising", "long", -50, { stop: -1 }));
    expect(near).toMatchObject({ action: "adjust_position", times: 1.5 });
    expect(near).not.toHaveProperty("stop");
  });

  it("dca spreads its parts evenly between the first entry and the stop, and bounds them by number", () => {
    const { numbers, frames, decide: rule } = named("dca");
    const asset = aContext([{ watched: watchedThrough(paths.quiet, frames, { wick: 10 }) }]).assets[0]!;
    const atr = asset.market.frames[0]!.values["atr14"]!;
    const step = (numbers.stopAtr * atr) / 4;
    for (const bought of [1, 2, 3]) {
      // Equal parts at 0, 1, ... steps below the first have their average at half of the way.
      const average = (bought * step - ((bought - 1) * step) / 2) * 1.001;
      const recent = ["entry", ...Array.from({ length: bought - 1 }, () => "filled")];
      const of = (away: number): AssetContext =>
        aContext([{ watched: watchedThrough(paths.quiet, frames, { wick: 10 }), held: held("quiet", "long", away, { stop: -50 }, recent) }])
          .assets[0]!;
      expect(rule(of(average + 0.1), numbers)).toMatchObject({ action: "adjust_position", times: (bought + 1) / bought });
      expect(rule(of(average - 0.3), numbers)).toMatchObject({ action: "hold" });
    }
  });
});

describe("on any market", () => {
  const markets = ["a", "b", "c", "d"].map((seed) => demoMarket(seed, 20, "1h"));
  const situation = fc.record({
    style: fc.constantFrom(...Object.keys(strategies)),
    market: fc.nat({ max: markets.length - 1 }),
    asset: fc.nat({ max: 4 }),
    bars: fc.integer({ min: 1, max: 480 }),
    side: fc.constantFrom("flat" as const, "flat" as const, "long" as const, "short" as const),
    entryBps: fc.integer({ min: -500, max: 500 }),
    stopBps: fc.option(fc.integer({ min: 5, max: 800 }), { nil: undefined }),
    lots: fc.integer({ min: 1, max: 20_000 }),
    recent: fc.array(fc.constantFrom("filled", "unchanged", "refused: spread"), { maxLength: 6 }),
    remembered: fc.boolean(),
    equity: fc.integer({ min: 1, max: 1_000_000 }).map(String),
    desk: fc.constantFrom("500", "50000"),
  });
  type Situation = typeof situation extends fc.Arbitrary<infer Value> ? Value : never;

  function scene(of: Situation) {
    const history = markets[of.market]![of.asset]!;
    const { instrument } = history;
    const ticks = history.bars.close[of.bars - 1]!;
    const at = (byBps: number): string => formatExact(priceOfTicks(Math.max(1, Math.round(ticks * (1 + byBps / 10_000))), instrument.tick));
    const sign = of.side === "short" ? -1 : 1;
    const position =
      of.side === "flat"
        ? {}
        : {
            position: aPosition(instrument.id, formatExact(BigInt(sign * of.lots) * instrument.lot), at(of.entryBps), {
              openedAt: instantOfMs(startMs),
            }),
            plan: aPlan(instrument.id, of.stopBps === undefined ? {} : { stop: at(-sign * of.stopBps) }),
            recent: [
              ...(of.remembered ? [aMemory(instrument.id, "buy", "filled", startMs)] : []),
              ...of.recent.map((fate, n) => aMemory(instrument.id, "adjust_position", fate, startMs + (n + 1) * hourMs)),
            ],
          };
    const style = named(of.style);
    const context = aContext([{ watched: watchedOver(history, "1h", style.frames, of.bars), held: position }], {
      equity: money(of.equity),
    });
    return { style, context, asset: context.assets[0]! };
  }

  it("each style proposes what the rules take, within its cap and its desk's, with levels on their sides, and the same each time", () => {
    const acted = new Map<string, number>();
    fc.assert(
      fc.property(situation, (of) => {
        const { style, context, asset } = scene(of);
        const before = JSON.stringify(asset, (_key, value: unknown) => (typeof value === "bigint" ? String(value) : value));
        const draft = style.decide(asset, style.numbers);
        expect(style.decide(asset, style.numbers)).toEqual(draft);
        expect(JSON.stringify(asset, (_key, value: unknown) => (typeof value === "bigint" ? String(value) : value))).toBe(before);
        acted.set(`${of.style} ${draft.action}`, (acted.get(`${of.style} ${draft.action}`) ?? 0) + 1);

        const desk = money(of.desk);
        const proposal = proposalOf(draft, style, asset, context, desk, proposalId("ab12-0001.0"), correlationId("ab12-0001"));
        const { last: price } = asset.market.quote;
        const { position, instrument } = asset;
        const present = position === undefined ? money("0") : notional(price, magnitude(position.quantity), instrument.multiplier, "up");
        const cap = smaller(timesRate(context.equity, bps(style.numbers.allocationBpsMax), "up"), desk);

        expect(proposal.confidence).toBeGreaterThanOrEqual(0);
        expect(proposal.confidence).toBeLessThanOrEqual(1);
        expect(proposal.allocation).toBeGreaterThanOrEqual(0n);
        expect(proposal.allocation).toBeLessThanOrEqual(draft.action === "adjust_position" ? larger(cap, present) : cap);
        const long = draft.action === "buy" || (draft.action !== "sell" && position !== undefined && position.quantity > 0n);
        if (draft.action !== "close_position" && draft.action !== "hold") {
          if (proposal.stopLoss !== undefined) expect(proposal.stopLoss < price).toBe(long);
          if (proposal.takeProfit !== undefined) expect(proposal.takeProfit > price).toBe(long);
        }
        // An entry is made flat or not at all, so that no style pyramids by entering again.
        if (draft.action === "buy" || draft.action === "sell") expect(position).toBeUndefined();
        // A stop that is moved is moved toward the price.
        if ((draft.action === "adjust_orders" || draft.action === "adjust_position") && draft.stop !== undefined) {
          const stop = asset.protection?.stopLoss;
          if (stop !== undefined) expect(long ? draft.stop > approximately(stop) : draft.stop < approximately(stop)).toBe(true);
        }
        const invalid = validate(proposal, asset, { allocationMax: desk, confidenceMin: 0.5, stopRequired: true });
        expect([undefined, "allocation_below_minimum", "allocation_missing", "stop_missing"]).toContain(invalid?.code);
      }),
      { numRuns: 1_500 },
    );
    for (const style of Object.keys(strategies)) {
      expect(acted.get(`${style} buy`) ?? 0, `${style} buys now and then`).toBeGreaterThan(0);
      if (style !== "dca") expect(acted.get(`${style} sell`) ?? 0, `${style} sells now and then`).toBeGreaterThan(0);
    }
  });

  it("no style undoes its own entry at the same bar", () => {
    fc.assert(
      fc.property(situation, (of) => {
        const { style, context, asset } = scene({ ...of, side: "flat" });
        const draft = style.decide(asset, style.numbers);
        if (draft.action !== "buy" && draft.action !== "sell") return;
        const proposal = proposalOf(draft, style, asset, context, money("50000"), proposalId("ab12-0001.0"), correlationId("ab12-0001"));
        const { quote } = asset.market;
        const entered: AssetContext = {
          ...asset,
          position: aPosition(asset.instrument.id, draft.action === "buy" ? "1" : "-1", formatExact(quote.last), { openedAt: context.now }),
          protection: aPlan(asset.instrument.id, proposal.stopLoss === undefined ? {} : { stop: formatExact(proposal.stopLoss) }),
          recent: [aMemory(asset.instrument.id, draft.action, "filled", context.now.epochMilliseconds)],
        };
        expect(style.decide(entered, style.numbers).action).toBe("hold");
      }),
      { numRuns: 600 },
    );
  });
});
