import { z } from "zod";
import { amount, decimal, dividends, flag, listOf, normally, symbols, text, whole } from "../leaf.ts";

/** The equities desk (EQ). Where a limit of the house has the same name, this desk goes by its own. */
export const equities = z.strictObject({
  assets: normally(symbols(60, "What the desk trades; none named means all that the store has, 60 at most"), []),
  prompt: normally(
    text(/^[a-z0-9][a-z0-9._-]{0,63}(?:@\d{1,6})?$/, "a prompt's id, or its id and version", "Prompt that is asked with"),
    "equities.trader",
  ),
  model: normally(
    text(/^[A-Za-z0-9][A-Za-z0-9._:/@-]{0,127}$/, "1 to 128 letters, digits and . _ : / @ -", "Model that is asked, as vendor and name"),
    "house/equities-1",
  ),
  aggressiveness: normally(whole(0, 3, "", "Dial that moves all thresholds together; 1 is what the next keys say"), 1),
  convictionMin: normally(decimal(0, 1, "share", "Least conviction of a trade"), 0.55),
  pWinMin: normally(decimal(0, 1, "share", "Least probability of the target before the stop, calibrated"), 0.45),
  riskRewardMin: normally(decimal(0, 50, "times", "Least distance of the target, as a multiple of the stop's"), 1.8),
  evPctMin: normally(decimal(0, 100, "%", "Least expected value after all costs, of the entry's notional"), 0),
  entryGapBpsMax: normally(decimal(0, 2000, "bps", "How far from the market the entry of an answer may be"), 100),
  riskBps: normally(decimal(0.1, 1000, "bps of equity", "What one trade may lose at its ATR distance"), 50),
  atrTimes: normally(decimal(0.1, 50, "true ranges", "Distance that a trade is sized for, if its stop is no farther"), 2),
  kellyPart: normally(decimal(0, 1, "share", "Part of Kelly's share of equity that is put at risk"), 0.25),
  horizonDays: normally(whole(1, 250, "sessions", "Until when a trade is held and its forecast is open"), 10),
  calibrateFrom: normally(whole(10, 100_000, "outcomes", "From when on what a model says is calibrated; curves need 100"), 20),
  refitEvery: normally(whole(1, 10_000, "outcomes", "After how many more the calibrator is fitted again"), 10),
  sizeBySkill: normally(flag("Whether sizes follow the calibrator's skill, down to nothing where there is none"), false),
  skillFull: normally(decimal(0.001, 1, "share", "Brier skill from which a trade has its whole size, with sizeBySkill"), 0.1),
  borrowBpsYear: normally(
    decimal(0, 100_000, "bps a year", "What lent shares cost, in the expected value of shorts and at the simulated venue"),
    50,
  ),
  dividends: normally(dividends("What a share pays and from which date on its price is without it; for prices not adjusted for it"), []),
  feeBps: normally(decimal(0, 100, "bps", "Fee of an order, each way"), 0.5),
  spreadBps: normally(decimal(0, 1000, "bps", "Whole spread around bar prices, in simulation"), 2),
  slippageBps: normally(decimal(0, 1000, "bps", "What a taker pays beyond the spread, each way"), 1),
  sectors: normally(
    listOf(
      /^[A-Z0-9][A-Z0-9._-]{0,31}:[a-z][a-z0-9-]{0,31}$/,
      2000,
      "shares with their sectors",
      "[AAPL:technology, XOM:energy]",
      "Sectors beside the built-in ones, and instead of them",
    ),
    [],
  ),
  correlationMin: normally(decimal(0, 1, "share", "From which daily correlation on two shares are one bet"), 0.7),
  correlationDays: normally(whole(41, 126, "days", "Over which correlations are measured"), 120),
  spreadBpsMax: normally(whole(1, 2000, "bps", "Widest spread that is entered into"), 100),
  orderUsdMax: normally(amount("1", "1000000000000", "USD", "Largest entry"), "50000"),
  dayUsdMax: normally(amount("1", "1000000000000", "USD", "Most that may be traded in a day, entries and exits"), "500000"),
  averageDailyValueUsdMin: normally(amount("0", "1000000000000", "USD", "Least mean of what is traded a day in a share"), "3000000"),
  dailyLossBpsMax: normally(whole(1, 10_000, "bps of equity", "Loss since the day began from which entries stop"), 200),
  weeklyLossBpsMax: normally(whole(1, 10_000, "bps of equity", "Loss since Monday from which entries stop until the next"), 500),
  bucketBpsMax: normally(whole(1, 500_000, "bps of equity", "Largest exposure to one sector or correlated group"), 3500),
  positionsMax: normally(whole(1, 1000, "positions", "Shares held or on their way"), 12),
});
