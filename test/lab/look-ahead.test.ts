import { describe, expect, it } from "vitest";
import type { AssetHistory } from "../../src/flow/market/bars.ts";
import { hold, type Strategy } from "../../src/flow/proposals/strategy.ts";
import { runBacktest } from "../../src/lab/backtest.ts";
import { SimVenue } from "../../src/sim/venue/sim-venue.ts";
import { accountId } from "../../src/words/ids.ts";
import { aPlan, demoHours, entriesOf } from "./a-plan.ts";
import { aCoin, firstMs, hourMs, idle } from "./handmade.ts";
import { foresight } from "./look-ahead.ts";
import { settings } from "../sim/venue/a-market.ts";
import { anOrder } from "../sim/venue/an-order.ts";

const histories = demoHours("4", 12);
const startMs = histories[0]!.bars.openMs[0]!;

describe("no look-ahead (LAB-1)", () => {
  const cases = [
    ["perps.strategy=aggressive", "perps.proposer=rules"],
    ["perps.strategy=swing", "perps.proposer=house"],
  ].flatMap((set) => [100, 173, 211, 268].map((step) => ({ set, step, name: set.join(" ") })));

  it.each(cases)("what is decided at step $step by $name does not depend on what comes after", ({ set, step }) => {
    expect(foresight((of) => aPlan({ histories: of, set }), histories, startMs + step * hourMs)).toBeUndefined();
  });

  /** Buys what it has seen rise in the bar that is still to come. */
  const cheat = (of: readonly AssetHistory[]): Strategy => ({
    ...idle,
    name: "cheat",
    decide({ instrument, market, position }) {
      const { bars } = of.find((history) => history.instrument.id === instrument.id)!;
      const next = bars.openMs.indexOf(market.quote.quotedAt.epochMilliseconds);
      const rises = next >= 0 && bars.close[next]! > bars.open[next]!;
      const now = Number(market.quote.last / 1_000_000n) / 1e6;
      if (!rises)
        return position === undefined
          ? hold("it will not rise")
          : { action: "close_position", confidence: 0.9, rationale: "it will not rise" };
      if (position !== undefined) return hold("it will rise on");
      return {
        action: "buy",
        stop: now * 0.95,
        target: now * 1.1,
        confidence: 0.9,
        riskLevel: "low",
        rationale: "it will rise",
        exitPlan: "",
      };
    },
  });

  it("catches a strategy that looks into the next bar", () => {
    const found = [100, 173, 211].map((step) =>
      foresight((of) => aPlan({ histories: of, strategy: cheat(of) }), histories, startMs + step * hourMs),
    );
    expect(found.map((line) => (line === undefined ? "not caught" : /"kind":"(\w+)"/.exec(line)?.[1]))).toEqual([
      "proposed",
      "proposed",
      "proposed",
    ]);
  });

  it.each(["rules", "house"])("fills nothing before it was planned, and no entry in the bar it was decided on, by %s", (proposer) => {
    const plan = aPlan({ histories, set: [`perps.proposer=${proposer}`, "perps.strategy=aggressive", "venue.latencyMs=0"] });
    runBacktest(plan);
    const planned = new Map<string, { readonly atMs: number; readonly entry: boolean }>();
    let fills = 0;
    for (const { fact, at } of entriesOf(plan)) {
      if (fact.kind === "order_planned") planned.set(fact.order.id, { atMs: at.epochMilliseconds, entry: fact.order.purpose === "entry" });
      if (fact.kind !== "filled" || fact.fill.order === undefined) continue;
      fills++;
      const order = planned.get(fact.fill.order)!;
      const filledMs = fact.fill.at.epochMilliseconds;
      expect(filledMs).toBeGreaterThanOrEqual(order.atMs);
      // Decided at a close, so its bar ended at that instant; the fill's bar is the one that opens there or a later one.
      if (order.entry) expect(Math.floor(filledMs / hourMs)).toBeGreaterThanOrEqual(Math.ceil(order.atMs / hourMs));
    }
    expect(fills).toBeGreaterThan(20);
  });

  it("a limit sent within a bar by someone who knows its low is not filled at it", () => {
    const btc = aCoin();
    const venue = new SimVenue(settings({ instruments: [btc], account: accountId("paper") }));
    venue.startAt(firstMs);
    venue.openBar(0, firstMs, hourMs, 10_000, 10_000, 9000, 9900, 1_000_000);
    venue.place(anOrder({ type: "limit", lots: 1, limit: 9001, tif: "gtc" }));
    venue.rangeBar(0);
    venue.closeBar(0);
    expect(venue.executions(Temporal.Instant.fromEpochMilliseconds(0))).toEqual([]);
    venue.openBar(0, firstMs + hourMs, hourMs, 9900, 9900, 9000, 9900, 1_000_000);
    venue.rangeBar(0);
    expect(venue.executions(Temporal.Instant.fromEpochMilliseconds(0)), "the next bar's low is another matter").toHaveLength(1);
  });
});
