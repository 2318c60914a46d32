import { Command } from "commander";
import { z } from "zod";
import { dials, thresholdsAt } from "../../flow/sizing/aggressiveness.ts";
import { weighEdge } from "../../flow/sizing/edge.ts";
import { claimRefusals, edgeRefusals } from "../../flow/sizing/edge-gates.ts";
import { sizeByEdge } from "../../flow/sizing/edge-size.ts";
import { formatExact } from "../../words/exact.ts";
import { moneyOfUnits, parseMoney } from "../../words/money.ts";
import { parsePrice } from "../../words/price.ts";
import { tryCases } from "../read-cases.ts";

/** `countersign try size --cases FILE`: expected value, thresholds and size of the equities desk on cases of one's own (EQ-3, EQ-4). */
export function trySizeCommand(): Command {
  return new Command("size")
    .description("expected value after costs, the thresholds that it meets or misses, and the size that follows")
    .requiredOption("--cases <file>", "JSON Lines, one case a line; - for the standard input")
    .addHelpText(
      "after",
      `
A case: {"side":"buy","entry":100,"stop":97,"target":106,"atr":2,"pWin":0.55,"conviction":0.7,"equity":100000,"costBps":6,"config":{"aggressiveness":1}}
  config: aggressiveness, convictionMin, pWinMin, riskRewardMin, evPctMin, riskBps, kellyPart, atrTimes, orderUsdMax, skillScale
An answer: acts, refusals (all of them), what the trade wins, risks and costs, and its size. With a level on the wrong side of the entry
nothing is weighed, and the answer is {"acts":false,"refusals":[{"code":"stop_wrong_side",...}],"notional":"0"}.
`,
    )
    .action(({ cases }: { readonly cases: string }) => tryCases(cases, judged));
}

const positive = z.number().positive();
const share = z.number().min(0).max(1);
const config = z.strictObject({
  aggressiveness: z.int().min(0).max(3).default(1),
  convictionMin: share.default(0.55),
  pWinMin: share.default(0.45),
  riskRewardMin: z.number().min(0).default(1.8),
  evPctMin: z.number().min(0).default(0),
  riskBps: positive.max(1000).default(50),
  kellyPart: share.default(0.25),
  atrTimes: positive.max(50).default(2),
  orderUsdMax: positive.max(1e12).default(50_000),
  skillScale: share.default(1),
});
const sizeCase = z.strictObject({
  side: z.enum(["buy", "sell"]),
  entry: positive.max(1e9),
  stop: positive.max(1e9),
  target: positive.max(1e9),
  atr: positive.max(1e9),
  pWin: share,
  conviction: share.default(1),
  equity: positive.max(1e12),
  costBps: z.number().min(0).max(10_000).default(0),
  config: config.prefault({}),
});

function judged(json: unknown): { readonly answer: unknown } | { readonly fault: string } {
  const read = sizeCase.safeParse(json);
  if (!read.success) {
    const [first] = read.error.issues;
    return { fault: `${first?.path.join(".") || "the case"}: ${first?.message ?? "another shape"}` };
  }
  const { side, entry, stop, target, atr, pWin, conviction, equity, costBps } = read.data;
  const { aggressiveness, atrTimes, orderUsdMax, skillScale, ...configured } = read.data.config;
  const prices = [entry, stop, atr].map((value) => parsePrice(String(value)));
  const amounts = [equity, orderUsdMax].map((value) => parseMoney(String(value)));
  const [at, stopAt, range] = prices.map((each) => (each.ok ? each.value : undefined));
  const [worth, orderMax] = amounts.map((each) => (each.ok ? each.value : undefined));
  if (at === undefined || stopAt === undefined || range === undefined || worth === undefined || orderMax === undefined)
    return { fault: "prices and amounts have at most 12 decimals" };
  const wrong = wrongSides(side, entry, stop, target);
  const thresholds = thresholdsAt(dials[aggressiveness as 0 | 1 | 2 | 3], configured);
  if (wrong.length > 0)
    return { answer: { acts: false, refusals: [...wrong, ...claimRefusals(pWin, conviction, thresholds)], notional: "0" } };
  const costs = { spreadBps: costBps, slippageBps: 0, feesBps: 0, borrowBps: 0, modelBps: 0 };
  const edge = weighEdge({ side, entry, stop, target, pWinSaid: pWin, pWin, costs });
  const { notional, arithmetic } = sizeByEdge({
    equity: worth,
    entry: at,
    stop: stopAt,
    atr: range,
    atrTimes,
    kelly: edge.kelly,
    thresholds,
    skillScale,
    orderMax,
  });
  const refusals = edgeRefusals(edge, conviction, thresholds);
  const { pWinSaid: _, ...weighed } = edge;
  const acts = refusals.length === 0 && notional > 0n;
  return { answer: { acts, refusals, ...weighed, notional: formatExact(moneyOfUnits(notional)), arithmetic } };
}

/** As the desk refuses an answer before it is weighed: a stop beyond the entry would be a gain, and risk less than nothing. */
function wrongSides(side: "buy" | "sell", entry: number, stop: number, target: number) {
  const long = side === "buy";
  return [
    ...((long ? stop < entry : stop > entry) ? [] : [{ code: "stop_wrong_side", measured: stop, limit: entry }]),
    ...((long ? target > entry : target < entry) ? [] : [{ code: "target_wrong_side", measured: target, limit: entry }]),
  ];
}
