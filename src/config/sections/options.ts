import { z } from "zod";
import { amount, choice, decimal, dividends, flag, normally, symbols, text, whole } from "../leaf.ts";

/** What a model is asked, by whom it is answered, and what it may automate (OPT-1 to OPT-4). */
const llm = z.strictObject({
  decisions: normally(
    choice(
      ["exit", "entry,exit"],
      "Which decisions a model may automate; the rest is left to a person. exit alone is the safe first stage",
    ),
    "exit",
  ),
  model: normally(
    text(/^[A-Za-z0-9][A-Za-z0-9._:/@-]{0,127}$/, "1 to 128 letters, digits and . _ : / @ -", "Model that is asked, as vendor and name"),
    "house/options-1",
  ),
  confidenceMin: normally(decimal(0, 1, "share", "Gate 2: an answer below this falls back to a person"), 0.6),
  exitBias: normally(
    choice(["conservative", "balanced", "aggressive"], "Gate 1 of exits: leave sooner, as usual, or later; never the hard rails"),
    "balanced",
  ),
  questionsPerScanMax: normally(whole(0, 100, "questions", "Questions of one scan; who does not get one waits for the next"), 4),
  rateLimitSeconds: normally(whole(0, 3600, "s", "Least time between two questions about one symbol"), 30),
  deadlineMs: normally(whole(100, 600_000, "ms", "Until when a model answers or is not heard"), 20_000),
});

/** The options desk (OPT). Where a limit of the house has the same name, this desk goes by its own. */
export const options = z.strictObject({
  watchlist: normally(symbols(20, "Underlyings that are looked at; none named means all that the market has"), []),
  interval: normally(choice(["1m", "3m", "5m", "15m"], "How often the desk scans, and the length of a base bar"), "5m"),
  llm: llm.prefault({}),
  stopLossPct: normally(decimal(1, 99, "%", "Hard rail: loss of the premium, on the bid, at which a position is sold"), 25),
  dayEndMinutes: normally(whole(1, 240, "minutes", "Hard rail: before each day's close nothing is entered and everything is sold"), 15),
  dayStartMinutes: normally(whole(0, 240, "minutes", "Hard rail: for so long after each day's open nothing is entered"), 0),
  holdOvernight: normally(flag("Positions may stay past the day's end, until the session before the last day of their contract"), false),
  carryIntoExpiry: normally(flag("They may stay on that day too, to expire or be exercised; needs holdOvernight"), false),
  positionsMax: normally(whole(1, 100, "positions", "Hard rail: contracts held or on their way"), 5),
  premiumUsdMax: normally(amount("1", "1000000000", "USD", "Most that one position may cost"), "2000"),
  openInterestMin: normally(whole(0, 1_000_000, "contracts", "Gate 1 of entries: least open interest"), 50),
  volumeMin: normally(whole(0, 1_000_000, "contracts", "Least volume of the day so far"), 100),
  spreadProfile: normally(choice(["standard", "strict"], "Which of the next two widths holds"), "standard"),
  spreadBpsMax: normally(decimal(1, 2000, "bps", "Widest spread that is entered into"), 500),
  spreadBpsStrictMax: normally(decimal(1, 2000, "bps", "The same, in the strict profile"), 50),
  quoteAgeMsMax: normally(whole(100, 86_400_000, "ms", "Age from which a quote is stale"), 120_000),
  deltaMin: normally(decimal(0, 1, "", "Least size of delta"), 0.3),
  deltaMax: normally(decimal(0, 1, "", "Largest size of delta"), 0.7),
  deltaWanted: normally(decimal(0, 1, "", "Of several contracts the one nearest to this delta is asked about"), 0.5),
  thetaMin: normally(decimal(-100, 0, "USD a share and day", "Most that a day may cost"), -0.1),
  daysToExpiryMin: normally(whole(0, 1000, "days", "Nearest expiry that is entered"), 1),
  daysToExpiryMax: normally(whole(0, 1000, "days", "Farthest expiry that is entered"), 45),
  ivMin: normally(decimal(0, 10, "share a year", "An implied volatility below this is a bad quote"), 0.02),
  ivMax: normally(decimal(0, 10, "share a year", "An implied volatility above this is a bad quote"), 3),
  queueMinutes: normally(whole(1, 1440, "minutes", "How long an item waits for a person"), 30),
  entryWorstBps: normally(whole(0, 2000, "bps", "How far beyond the middle an entry's limit may be; half the widest spread at least"), 260),
  exitWorstBps: normally(whole(0, 6000, "bps", "How far beyond the middle an exit's limit may be"), 2000),
  dividends: normally(
    dividends("What a share pays and from which date on its price is without it; with --synthetic in place of the market's own"),
    [],
  ),
  feePerContract: normally(amount("0", "100", "USD", "Fee of a contract that is bought or sold in simulation"), "0.65"),
  feeBps: normally(
    decimal(0, 1000, "bps of premium", "The same where a trade is reckoned without a venue; 65 cents on a contract of 200 USD are 33"),
    33,
  ),
  rate: normally(decimal(-0.1, 0.5, "share a year", "Interest that missing greeks are computed with, continuous"), 0.04),
  dividendYield: normally(decimal(0, 0.5, "share a year", "Dividend yield that missing greeks are computed with, continuous"), 0.01),
});
