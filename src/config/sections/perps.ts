import { z } from "zod";
import { intervals } from "../../words/interval.ts";
import { amount, choice, decimal, named, normally, symbols, text, whole } from "../leaf.ts";
import { strategyName } from "./strategies.ts";

const promptName = /^[a-z][a-z0-9-]*(?:\.[a-z][a-z0-9-]*)*(?:@[1-9]\d{0,5})?$/;
const promptNameWants = "a prompt's id, or id@version";

export const perps = z.strictObject({
  assets: normally(symbols(10, "What the desk trades; none named means all that the store has, 10 at most"), []),
  interval: normally(choice(intervals, "Length of a base bar"), "1h"),
  strategy: normally(
    text(strategyName, "a strategy's name: small letters, digits and -, 32 at most", "Built-in style or one of `strategies`"),
    "swing",
  ),
  proposer: normally(
    choice(["rules", "house", "model"], "Who proposes: the strategy's own rules, the house model asked as a model is, or `perps.model`"),
    "rules",
  ),
  model: normally(
    text(/^[A-Za-z0-9][A-Za-z0-9._:/@-]{0,127}$/, "1 to 128 letters, digits and . _ : / @ -", "Model that is asked, as vendor and name"),
    "house/perps-1",
  ),
  prompt: normally(
    text(promptName, promptNameWants, "Prompt that a model is asked with: its newest version, or one such as perps.trader@4"),
    "perps.trader",
  ),
  armSeed: normally(
    text(/^[^\p{C}]{0,64}$/u, "one line of at most 64 characters", "Another one deals the cycles out to `perps.arms` anew"),
    "",
  ),
  arms: named(
    z.strictObject({
      prompt: text(promptName, promptNameWants, "Prompt of this arm"),
      weight: normally(whole(1, 1000, "parts", "Its part of the cycles, against the other arms'"), 1),
    }),
    {
      shape: /^[a-z][a-z0-9-]{0,31}$/,
      what: "an arm",
      wants: "small letters, digits and -, beginning with a letter, 32 at most",
      needs: "a prompt",
    },
  ).prefault({}),
  cadence: normally(choice(["bar", "signal"], "When the desk wakes: at every bar, or when the strategy's watcher says so"), "bar"),
  decisionsPerMinuteMax: normally(whole(1, 600, "decisions a minute", "Decisions asked of a model, per account"), 60),
  cacheMs: normally(whole(0, 3_600_000, "ms", "For how long an answer may be used again while nothing material moves; 0 is never"), 60_000),
  materialMoveBps: normally(decimal(0, 1000, "bps", "Move of a price or mark that makes an earlier answer stale"), 10),
  fundingAgeMsMax: normally(whole(0, 604_800_000, "ms", "A funding rate older than this is not shown to a proposer"), 43_200_000),
  openInterestAgeMsMax: normally(whole(0, 604_800_000, "ms", "An open interest older than this is not shown to a proposer"), 14_400_000),
  allocationUsdMax: normally(amount("1", "1000000000000", "USD", "Largest position notional that a proposal may ask for"), "50000"),
  confidenceMin: normally(decimal(0, 1, "share", "Proposals below this confidence are not valid"), 0.5),
  horizonBars: normally(whole(1, 10_000, "bars", "Until when a proposal counts as a forecast of target before stop"), 24),
});
