import { describe, expect, it } from "vitest";
import type { Context } from "../../../src/flow/context/gather.ts";
import { portfolioQuestion } from "../../../src/flow/proposals/portfolio-question.ts";
import { instrumentId } from "../../../src/words/ids.ts";
import { money } from "../../../src/words/money.ts";
import { quantity } from "../../../src/words/quantity.ts";
import { rate } from "../../../src/words/rate.ts";
import { aContext, aMemory, aPerpetual, aPlan, aPosition, hourMs, startMs, watchedThrough } from "../context/some-context.ts";

const btc = aPerpetual();
const eth = aPerpetual({ id: instrumentId("ETHUSDT.PERP"), symbol: "ETHUSDT" });
const wishes = [{ times: 1, indicators: { sma2: { kind: "sma", period: 2 } } }] as const;
const prompt = { id: "perps.trader@1", text: "You manage a portfolio." };
const asked = (context: Context) => portfolioQuestion(context, prompt, "swing", "house/perps-1", "50000");

const watched = watchedThrough([9999, 955051], wishes);
watched.setFunding(rate("0.0001"), startMs, startMs + 8 * hourMs);
watched.setOpenInterest(quantity("81234.5"), startMs);
const full = aContext(
  [
    {
      watched,
      held: {
        position: aPosition(btc.id, "-0.25", "96000.1"),
        plan: aPlan(btc.id, { stop: "97000.5", target: "90000" }),
        recent: [0, 1, 2, 3].map((n) => ({
          ...aMemory(btc.id, n === 0 ? "hold" : "adjust_orders", "reprotected", startMs + (n - 1) * hourMs),
          ...(n === 1 ? { net: money("-12.345") } : {}),
        })),
      },
    },
    { watched: watchedThrough([500, 501], wishes, { instrument: eth }) },
  ],
  { equity: money("12345.678"), leftOut: [{ instrument: instrumentId("SOLUSDT.PERP"), why: "stale" }] },
);

describe("the portfolio question (PERP-2)", () => {
  it("is this text", () => {
    expect(asked(full).user.split("\n")).toEqual([
      "STRATEGY swing",
      "UNITS prices in USD; mark, bid, ask, closes: ticks from last; closes, volumes: newest first; volumes: volume_unit of the base",
      "TIME 2026-03-02T02:00:00Z",
      "ACCOUNT equity_usd,cash_usd,day_start_equity_usd,max_allocation_usd",
      "12345.67,12345.67,12345.67,50000",
      "ASSETS symbol,tick,last,mark,bid,ask,funding_rate,funding_in_min,open_interest,position_qty,entry,sl,tp,open_orders",
      "BTCUSDT,0.1,95505.1,0,-96,96,0.0001,360,81234.5,-0.25,96000.1,97000.5,90000,0",
      "ETHUSDT,0.1,50.1,0,-1,1,,,,,,,,0",
      "FRAME 1h symbol,sma2,closes,volume_unit,volumes",
      "BTCUSDT,48253,0 -945052,1,1 1",
      "ETHUSDT,50.05,0 -1,1,1 1",
      "RECENT symbol,min_ago,action,confidence,fate,net_usd",
      "BTCUSDT,120,adjust_orders,0.6,reprotected,-12.35",
      "BTCUSDT,60,adjust_orders,0.6,reprotected,",
      "BTCUSDT,0,adjust_orders,0.6,reprotected,",
      "LEFT_OUT instrument,why",
      "SOLUSDT.PERP,stale",
    ]);
  });

  it("goes to the trader's model with the prompt as its system text, which is the same at every turn so that a prompt cache can hit", () => {
    const other = aContext([{ watched: watchedThrough([777], wishes) }]);
    const [one, two] = [asked(full), asked(other)];
    expect(one).toMatchObject({ role: "trader", model: "house/perps-1", prompt: "perps.trader@1", system: prompt.text });
    expect(two.system).toBe(one.system);
    expect(two.user).not.toBe(one.user);
    expect(asked(full)).toEqual(one);
  });

  it("leaves out the tables that would be empty", () => {
    const { user } = asked(aContext([{ watched: watchedThrough([777], wishes) }]));
    expect(user).not.toContain("RECENT");
    expect(user).not.toContain("LEFT_OUT");
    expect(user).not.toContain("BOOK");
  });

  it("shows the order book where the feed has one", () => {
    const [first, second] = full.assets;
    const book = { spreadBps: 1.5, bidDepth: quantity("12.5"), askDepth: quantity("9") };
    const { user } = asked({ ...full, assets: [{ ...first!, market: { ...first!.market, book } }, second!] });
    expect(user).toContain("\nBOOK symbol,spread_bps,bid_depth,ask_depth\nBTCUSDT,1.5,12.5,9\nFRAME");
  });
});
