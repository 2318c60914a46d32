import { z } from "zod";
import { intervals } from "../../words/interval.ts";
import { amount, choice, decimal, maybe, normally, symbols, text, whole } from "../leaf.ts";

const modelShape = /^[A-Za-z0-9][A-Za-z0-9._:/@-]{0,127}$/;
const modelWants = "1 to 128 letters, digits and . _ : / @ -";

/** The limits that both an alert and a rollback have; a rollback's cost is lower, since it acts and does not only tell. */
const aiLimits = (slowCyclesMax: number, costUsdPerDayMax: string, belowBaselineMax: number) => ({
  latencyMsMax: normally(whole(100, 600_000, "ms", "A cycle is slow when the AI trader takes longer"), 5_000),
  slowCyclesMax: normally(whole(1, 100, "cycles", "So many slow cycles in a row are still no reason"), slowCyclesMax),
  errorShareMax: normally(decimal(0, 1, "share", "Answers that timed out or failed at the provider"), 0.1),
  costUsdPerDayMax: normally(amount("0", "1000000000", "USD", "What the models may cost in a day of UTC"), costUsdPerDayMax),
  belowBaselineMax: normally(decimal(0, 1, "share", "How far equity may be below its baseline"), belowBaselineMax),
});

export const cryptoSection = z.strictObject({
  assets: normally(symbols(10, "What the desk trades; none named means all that the store has, 10 at most"), []),
  interval: normally(choice(intervals, "Length of a base bar"), "1h"),
  proposers: normally(
    choice(["both", "rules", "ai"], "Who proposes: the rules, the AI trader, or both and the table between them"),
    "both",
  ),
  model: normally(text(modelShape, modelWants, "AI trader that is asked, as vendor and name"), "house/crypto-1"),
  arbiterModel: maybe(text(modelShape, modelWants, "Model that chooses where the table does not, of another vendor; absent means nobody")),
  deadlineMs: normally(whole(100, 600_000, "ms", "Until when the AI trader answers or is not heard"), 2_000),
  arbiterDeadlineMs: normally(whole(100, 600_000, "ms", "Until when the arbiter answers or is not heard"), 1_500),
  decisionsMax: normally(whole(1, 50, "decisions", "So many of an AI trader's decisions count, the surest first"), 5),
  confidenceMin: normally(decimal(0, 1, "share", "An AI trader's decision below this is refused as it comes in"), 0),
  aiConfidenceMin: normally(decimal(0, 1, "share", "An AI trader that is alone is followed from here on"), 0.6),
  aiOverrideThreshold: normally(decimal(0, 1, "share", "Against the rules, an AI trader below this is not heard"), 0.7),
  localWeakConviction: normally(decimal(0, 1, "share", "Rules below this may be overruled"), 0.35),
  aiConfidenceAdvantage: normally(decimal(0, 1, "share", "By more than this the AI trader must be surer to overrule the rules"), 0.25),
  blendMode: normally(choice(["conservative", "average"], "Size where both agree: the smaller, or the mean"), "conservative"),
  riskBps: normally(decimal(0.1, 1000, "bps of equity", "What one trade of the rules may lose at its stop"), 50),
  stopAtr: normally(decimal(0.1, 50, "true ranges", "Distance of the stop, in average true ranges of the base frame"), 2.5),
  rewardToRisk: normally(decimal(0.1, 50, "times", "Distance of the target as a multiple of the stop's"), 2),
  sizePct: normally(decimal(0.01, 1000, "percent of equity", "Size of an AI trader's decision that names none"), 10),
  sizePctMax: normally(decimal(0.01, 1000, "percent of equity", "Largest position notional that a proposal may ask for"), 20),
  allocationUsdMax: normally(amount("1", "1000000000000", "USD", "The same in dollars"), "50000"),
  horizonBars: normally(whole(1, 10_000, "bars", "Until when a proposal counts as a forecast of target before stop"), 24),
  baselineDailyBps: normally(
    decimal(-1000, 1000, "bps a day", "What equity is expected to gain; its baseline grows by it from the start"),
    0,
  ),
  errorWindowMs: normally(whole(1_000, 86_400_000, "ms", "How far back answers are looked at for the share of errors"), 600_000),
  errorAnswersMin: normally(
    whole(1, 1_000, "answers", "Fewer say nothing of a share; where the window holds fewer, the last so many are looked at"),
    10,
  ),
  alert: z
    .strictObject({
      ...aiLimits(5, "100", 0.15),
      silentMsMax: normally(
        whole(1_000, 604_800_000, "ms", "How long the AI trader may go without a proposal, and two base bars where those are longer"),
        1_800_000,
      ),
    })
    .prefault({}),
  rollback: z.strictObject(aiLimits(10, "50", 0.2)).prefault({}),
});
