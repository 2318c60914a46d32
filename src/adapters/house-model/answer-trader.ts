import type { Tables } from "./read-tables.ts";

type Row = Readonly<Record<string, string>>;

const number = (cell: string | undefined): number => (cell === undefined || cell === "" ? Number.NaN : Number.parseFloat(cell));
const hundredths = (value: number): number => Math.round(value * 100) / 100;

/**
 * The script of an AI trader: it goes with moves that stand out against their own noise, and against those that its RSI calls spent. It
 * names a stop where it has a view of one, and leaves size and target to the desk now and then, as models do.
 */
export function answerTrader(tables: Tables): string {
  const decisions = (tables["ASSETS"] ?? []).flatMap((asset) => decide(asset, frameOf(tables, asset)));
  return JSON.stringify({
    decisions: decisions.sort((a, b) => b.confidence - a.confidence).slice(0, 5),
    rationale: decisions.length === 0 ? "nothing stands out against its noise" : "moves that stand out against their noise",
  });
}

type Decision = {
  readonly symbol: string;
  readonly side: "buy" | "sell";
  readonly confidence: number;
  readonly size_pct: number | null;
  readonly stop_price: number | null;
  readonly target_price: number | null;
  readonly rationale: string;
};

function decide(asset: Row, frame: Row): readonly Decision[] {
  const { symbol = "", tick = "1" } = asset;
  const last = number(asset["last"]);
  const closes = (frame["closes"] ?? "").split(" ").map(number);
  const steps = closes.slice(0, -1).map((close, at) => close - (closes[at + 1] ?? close));
  const noise = steps.reduce((sum, step) => sum + Math.abs(step), 0) / Math.max(1, steps.length);
  if (steps.length < 4 || !(noise > 0) || !(last > 0)) return [];
  const drift = ((closes[0] ?? 0) - (closes.at(-1) ?? 0)) / (noise * Math.sqrt(steps.length));
  if (Math.abs(drift) < 1.5) return [];
  const rsi = number(frame["rsi14"]);
  const spent = drift > 0 ? rsi > 68 : rsi < 32;
  const up = spent ? drift < 0 : drift > 0;
  const step = Number.parseFloat(tick);
  // Spelled as finely as the tick is, so that no binary dust is left.
  const level = (ticks: number): number => Number.parseFloat((last + ticks * step).toFixed((tick.split(".")[1] ?? "").length));
  const distance = Math.max(2, Math.round(noise * 4), Math.ceil((last * 0.006) / step));
  const stop = level(up ? -distance : distance);
  const sure = Math.abs(drift) > 2.2;
  return [
    {
      symbol,
      side: up ? "buy" : "sell",
      confidence: hundredths(Math.min(0.92, 0.42 + Math.abs(drift) * 0.14 + (spent ? 0.05 : 0))),
      size_pct: sure ? 12 : null,
      stop_price: stop > 0 ? stop : null,
      target_price: sure ? level(up ? 2 * distance : -2 * distance) : null,
      rationale: `a ${drift > 0 ? "rise" : "fall"} of ${Math.abs(drift).toFixed(2)} noise units${spent ? ` that RSI ${rsi.toFixed(0)} calls spent` : ""}`,
    },
  ];
}

/** The first frame that the question shows, which is the base one; its closes are ticks from the last price. */
function frameOf(tables: Tables, asset: Row): Row {
  const [, frame = []] = Object.entries(tables).find(([name]) => name.startsWith("FRAME ")) ?? [];
  return frame.find(({ symbol }) => symbol === asset["symbol"]) ?? {};
}

/** The script of an arbiter: whoever is clearly surer, and nobody where the two are close. */
export function answerArbiter(tables: Tables): string {
  const rows = tables["OPPOSED"] ?? [];
  const symbols = [...new Set(rows.map(({ symbol = "" }) => symbol))];
  const choices = symbols.map((symbol) => {
    const of = (source: string): number => number(rows.find((row) => row["symbol"] === symbol && row["source"] === source)?.["confidence"]);
    const lead = of("ai") - of("local");
    const choice = lead > 0.3 ? "ai" : lead < 0.05 ? "local" : "none";
    return { symbol, choice, rationale: `the AI trader is ${hundredths(Math.abs(lead))} ${lead < 0 ? "less" : "more"} sure` };
  });
  return JSON.stringify({ choices });
}
