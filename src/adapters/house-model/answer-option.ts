import type { Tables } from "./read-tables.ts";

type Row = Readonly<Record<string, string>>;
const number = (cell: string | undefined): number => (cell === undefined || cell === "" ? Number.NaN : Number.parseFloat(cell));
const row = (tables: Tables, name: string): Row => tables[name]?.[0] ?? {};
const twoDigits = (value: number): number => Math.round(value * 100) / 100;

/** The move of the underlying's last closes against their own noise, above zero where it helps the contract. Closes are ticks from the last price. */
function drift(tables: Tables): number {
  const [, frame = []] = Object.entries(tables).find(([name]) => name.startsWith("FRAME ")) ?? [];
  const closes = (frame[0]?.["closes"] ?? "")
    .split(" ")
    .filter((cell) => cell !== "")
    .map(number);
  const steps = closes.slice(0, -1).map((close, at) => close - (closes[at + 1] ?? close));
  const noise = steps.reduce((sum, step) => sum + Math.abs(step), 0) / Math.max(1, steps.length);
  if (steps.length < 4 || !(noise > 0)) return Number.NaN;
  const moved = ((closes[0] ?? 0) - (closes.at(-1) ?? 0)) / (noise * Math.sqrt(steps.length));
  return row(tables, "CONTRACT")["right"] === "put" ? -moved : moved;
}

const sure = (strength: number): number => twoDigits(Math.min(0.9, 0.5 + Math.abs(strength) * 0.14));

/** The script for an open option: it takes what has been made once the move tires, cuts what has turned, and else lets it be. */
export function answerOptionExit(tables: Tables): string {
  const gain = number(row(tables, "POSITION")["gain_pct"]);
  const left = number(row(tables, "SESSION")["minutes_to_close"]);
  const withIt = drift(tables);
  const say = (action: string, confidence: number, rationale: string, wait: number | null = null): string =>
    JSON.stringify({ action, wait_minutes: wait, confidence, rationale });
  if (Number.isNaN(withIt) || Number.isNaN(gain)) return say("ABSTAIN", 0.6, "too few closes to tell a move from noise");
  if (gain >= 15 && withIt < 0.8) return say("SELL", sure(1.2 - withIt), "the gain is there and the move behind it tires");
  if (gain <= -12 && withIt < -0.8) return say("SELL", sure(withIt), "the underlying has turned against the contract");
  if (gain > 0 && left < 25) return say("SELL", 0.8, "little time is left, and there is a gain to take");
  if (Math.abs(withIt) < 0.4) return say("WAIT", 0.65, "nothing moves beyond its noise", 10);
  return say("HOLD", sure(withIt), withIt > 0 ? "the move is on" : "not enough of a turn to leave");
}

/** The script for a contract that a rule would buy: it follows strong moves where the spread and the clock leave room for them. */
export function answerOptionEntry(tables: Tables): string {
  const contract = row(tables, "CONTRACT");
  const spread = number(contract["spread_bps"]);
  const left = number(row(tables, "SESSION")["minutes_to_close"]);
  const withIt = drift(tables);
  const say = (action: string, confidence: number, rationale: string): string => JSON.stringify({ action, confidence, rationale });
  if (Number.isNaN(withIt)) return say("ABSTAIN", 0.6, "too few closes to tell a move from noise");
  if (contract["greeks"] === "computed" && number(contract["iv"]) > 1)
    return say("NEED_USER", 0.7, "a volatility this high that nobody quotes is worth a look");
  if (left < 60) return say("HOLD", 0.7, "too little of the day is left for a move");
  if (withIt > 1 && spread <= 400) return say("APPROVE", sure(withIt), "a move beyond its noise, at a spread that it can pay");
  return say("REJECT", sure(1), withIt > 1 ? "the spread eats what the move may bring" : "no move that stands out against its noise");
}
