import type { Tables } from "./read-tables.ts";

type Decision = {
  symbol: string;
  action: string;
  allocation_usd: number;
  tp_price: number | null;
  sl_price: number | null;
  exit_plan: string;
  rationale: string;
  confidence: number;
  risk_level: "low" | "medium" | "high";
};

const number = (cell: string | undefined): number => (cell === undefined || cell === "" ? Number.NaN : Number.parseFloat(cell));

/**
 * The script: momentum over the closes it is shown, against their own noise. It joins strong moves, follows with the stop, halves what
 * turns against it and closes what has turned; about as good as that sounds.
 */
export function answerPortfolio(tables: Tables): string {
  const [account] = tables["ACCOUNT"] ?? [];
  const equity = number(account?.["equity_usd"]);
  const most = number(account?.["max_allocation_usd"]);
  const assets = tables["ASSETS"] ?? [];
  const decisions = assets.map((asset) =>
    decide(
      asset,
      closesOf(tables, asset),
      lastActionOn(tables, asset["symbol"] ?? ""),
      equity,
      Math.min(most, equity / Math.max(3, assets.length)),
    ),
  );
  const total = decisions.reduce((sum, { allocation_usd }) => sum + allocation_usd, 0);
  return JSON.stringify({
    decisions,
    rationale: decisions.every(({ action }) => action === "hold")
      ? "nothing stands out against its noise"
      : "moves that stand out against their noise",
    total_allocation_usd: Math.round(total * 100) / 100,
    risk_level: total > equity ? "high" : total > equity / 3 ? "medium" : "low",
  });
}

/** Newest first, of the first frame that the question shows: in ticks from the last price there, in currency here. */
function closesOf(tables: Tables, asset: Readonly<Record<string, string>>): number[] {
  const [, frame = []] = Object.entries(tables).find(([name]) => name.startsWith("FRAME ")) ?? [];
  const cell = frame.find(({ symbol }) => symbol === asset["symbol"])?.["closes"] ?? "";
  const { tick = "1", last } = asset;
  const lastTicks = Math.round(number(last) / Number.parseFloat(tick));
  return cell === "" ? [] : cell.split(" ").map((ticks) => ofTicks(lastTicks + number(ticks), tick));
}

/** Spelled as finely as the tick is, so that no binary dust of the product is left. */
const ofTicks = (ticks: number, tick: string): number =>
  Number.parseFloat((ticks * Number.parseFloat(tick)).toFixed((tick.split(".")[1] ?? "").length));

/** Of the decisions that the question remembers, the newest on this symbol. */
const lastActionOn = (tables: Tables, symbol: string): string | undefined =>
  (tables["RECENT"] ?? []).findLast((row) => row["symbol"] === symbol)?.["action"];

/** To the tick that the question names; undefined when nothing could trade there. */
function onTick(value: number, tick: string): number | undefined {
  const near = ofTicks(Math.round(value / Number.parseFloat(tick)), tick);
  return near > 0 ? near : undefined;
}

function decide(
  asset: Readonly<Record<string, string>>,
  closes: readonly number[],
  lastAction: string | undefined,
  equity: number,
  size: number,
): Decision {
  const symbol = asset["symbol"] ?? "";
  const price = number(asset["last"]);
  const held = number(asset["position_qty"]);
  const tick = asset["tick"] ?? "1";
  const steps = closes.slice(0, -1).map((close, at) => close - (closes[at + 1] ?? close));
  const noise = steps.reduce((sum, step) => sum + Math.abs(step), 0) / Math.max(1, steps.length);
  if (steps.length < 4 || !(noise > 0)) return plain(symbol, "hold", "too few bars to tell a move from noise", 0.3);
  const drift = ((closes[0] ?? price) - (closes.at(-1) ?? price)) / (noise * Math.sqrt(steps.length));
  const confidence = Math.round(Math.min(0.85, 0.45 + Math.abs(drift) * 0.12) * 100) / 100;
  const at = (level: number): number | undefined => onTick(level, tick);
  const distance = Math.max(noise * 4, price * 0.004, Number.parseFloat(tick) * 2);

  if (held !== 0 && !Number.isNaN(held))
    return manage(symbol, { price, held, drift, distance, at, stop: number(asset["sl"]), confidence, lastAction });
  if (Math.abs(drift) < 1.6) return plain(symbol, "hold", `drift of ${drift.toFixed(2)} noise units is not a move`, confidence);
  const up = drift > 0;
  const byRisk = (equity * 0.005 * price) / distance;
  const allocation = Math.floor(Math.min(size, byRisk) * 100) / 100;
  const stop = at(up ? price - distance : price + distance);
  if (!(allocation > 0) || stop === undefined) return plain(symbol, "hold", "no room for a trade behind a stop", confidence);
  return {
    symbol,
    action: up ? "buy" : "sell",
    allocation_usd: allocation,
    tp_price: at(up ? price + 2 * distance : price - 2 * distance) ?? null,
    sl_price: stop,
    exit_plan: "follow with the stop, halve when it stalls, out when it turns",
    rationale: `a ${up ? "rise" : "fall"} of ${Math.abs(drift).toFixed(2)} noise units over ${steps.length} bars`,
    confidence,
    risk_level: Math.abs(drift) > 2.5 ? "high" : "medium",
  };
}

type Holding = {
  price: number;
  held: number;
  drift: number;
  distance: number;
  at: (level: number) => number | undefined;
  stop: number;
  confidence: number;
  lastAction: string | undefined;
};

function manage(symbol: string, { price, held, drift, distance, at, stop, confidence, lastAction }: Holding): Decision {
  const sign = held > 0 ? 1 : -1;
  const withIt = drift * sign;
  if (withIt < -1.5) return plain(symbol, "close_position", "the move has turned", 0.7);
  // Once: halving again at every turn would pay fees on ever smaller halves.
  if (withIt < -0.8 && lastAction !== "adjust_position") {
    const allocation = Math.floor(Math.abs(held) * price * 0.5 * 100) / 100;
    return { ...plain(symbol, "adjust_position", "the move stalls: half of it off", 0.6), allocation_usd: allocation };
  }
  const wanted = at(price - sign * distance);
  if (wanted !== undefined && (Number.isNaN(stop) || (wanted - stop) * sign > distance * 0.25))
    return { ...plain(symbol, "adjust_orders", "the stop follows", 0.6), sl_price: wanted };
  return plain(symbol, "hold", "the move is on", confidence);
}

const plain = (symbol: string, action: string, rationale: string, confidence: number): Decision => ({
  symbol,
  action,
  allocation_usd: 0,
  tp_price: null,
  sl_price: null,
  exit_plan: "",
  rationale,
  confidence,
  risk_level: "low",
});
