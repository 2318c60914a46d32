import type { Tables } from "./read-tables.ts";

type Row = Readonly<Record<string, string>>;
type Decision = {
  symbol: string;
  direction: "long" | "short" | "close" | "pass";
  p_win: number | null;
  entry: number | null;
  stop: number | null;
  target: number | null;
  invalidation: string;
  ev: number | null;
  thesis: string;
  conviction: number;
};

const number = (cell: string | undefined): number => (cell === undefined || cell === "" ? Number.NaN : Number.parseFloat(cell));
const cents = (value: number, tick: number): number => Number.parseFloat((Math.round(value / tick) * tick).toFixed(6));

/** The stop in true ranges and the target as a multiple of it; what the script holds a trade's odds to be without any edge follows from them. */
const stopRanges = 1.6;
const reward = 2;

/**
 * The script: with the trend of the long average, on the side of momentum, and not after a run that is over. As sure as the trend is steep; in
 * the way of many traders a little surer than it should be, which is what the calibrator is for.
 */
export function answerDecisive(tables: Tables): string {
  const frames = Object.entries(tables).find(([name]) => name.startsWith("FRAME "))?.[1] ?? [];
  const decisions = (tables["ASSETS"] ?? []).map((asset) =>
    decide(
      asset,
      frames.find(({ symbol }) => symbol === asset["symbol"]),
    ),
  );
  return JSON.stringify({ decisions });
}

function decide(asset: Row, frame: Row | undefined): Decision {
  const symbol = asset["symbol"] ?? "";
  const [last, tick] = [number(asset["last"]), number(asset["tick"])];
  const [atr, trend, momentum, heat] = [frame?.["atr14"], frame?.["sma50"], frame?.["roc20"], frame?.["rsi14"]].map(number);
  const held = number(asset["position_qty"]);
  if (atr === undefined || trend === undefined || momentum === undefined || heat === undefined || !(atr > 0))
    return pass(symbol, "too little is known of it", 0.2);
  const steep = (last - trend) / atr;
  const up = steep > 0;
  if (held > 0 && steep < -0.5) return { ...pass(symbol, "the trend it was bought for is gone", 0.7), direction: "close" };
  if (held < 0 && steep > 0.5) return { ...pass(symbol, "the trend it was sold for is gone", 0.7), direction: "close" };
  const agrees = up ? momentum > 0 : momentum < 0;
  const tired = up ? heat > 72 : heat < 28;
  const strength = Math.min(1, Math.abs(steep) / 6 + Math.abs(momentum) / 30);
  if (!agrees || tired || strength < 0.25)
    return pass(symbol, `nothing that stands out: ${steep.toFixed(1)} ranges from its average`, strength);
  const way = up ? 1 : -1;
  const stop = cents(last - way * stopRanges * atr, tick);
  const target = cents(last + way * stopRanges * reward * atr, tick);
  const pWin = Math.round((1 / (1 + reward) + 0.08 + 0.18 * strength) * 100) / 100;
  const [gain, loss] = [Math.abs(target - last) / last, Math.abs(last - stop) / last];
  return {
    symbol,
    direction: up ? "long" : "short",
    p_win: pWin,
    entry: last,
    stop,
    target,
    invalidation: `a close ${up ? "below" : "above"} its 50-day average`,
    ev: Math.round((pWin * gain - (1 - pWin) * loss) * 1e5) / 1e5,
    thesis: `${Math.abs(steep).toFixed(1)} ranges ${up ? "above" : "below"} its average with ${momentum.toFixed(1)}% in a month`,
    conviction: Math.round((0.45 + 0.4 * strength) * 100) / 100,
  };
}

const pass = (symbol: string, thesis: string, conviction: number): Decision => ({
  symbol,
  direction: "pass",
  p_win: null,
  entry: null,
  stop: null,
  target: null,
  invalidation: "",
  ev: null,
  thesis,
  conviction: Math.round(conviction * 100) / 100,
});
