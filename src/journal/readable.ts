import type { Evidence, Verdict } from "../flow/rails/verdict.ts";
import { divideUnits, exactOne, formatExact } from "../words/exact.ts";

/** For people only: thousands in groups, so that 95505.4 is 95,505.4. Nothing is rounded. */
export function grouped(units: bigint): string {
  const [whole = "", fraction] = formatExact(units).split(".");
  const groups = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  return fraction === undefined ? groups : `${groups}.${fraction}`;
}

const cent = exactOne / 100n;

/** Money for people: to the hundredth, half to even, and exactly where that would show a small amount as nothing. */
export function readableMoney(units: bigint): string {
  const rounded = divideUnits(units, cent, "half_even") * cent;
  if (rounded === 0n && units !== 0n) return grouped(units);
  const text = grouped(rounded);
  const decimals = text.includes(".") ? text.length - text.indexOf(".") - 1 : 0;
  return decimals === 0 ? `${text}.00` : text.padEnd(text.length + 2 - decimals, "0");
}

/** An amount with its sign spelled out, for money that came or went. */
export const signedMoney = (units: bigint): string => (units > 0n ? `+${readableMoney(units)}` : readableMoney(units));

const short = (value: number): string => String(Number(value.toFixed(Math.abs(value) < 1 ? 4 : 2)));

export const readablePercent = (fraction: number): string => `${short(fraction * 100)}%`;
export const readableRate = (units: bigint): string => `${grouped(units * 100n)}%`;
export const readableMs = (ms: number): string =>
  ms < 1000
    ? `${short(ms)} ms`
    : ms < 120_000
      ? `${short(ms / 1000)} s`
      : ms < 7_200_000
        ? `${short(ms / 60_000)} min`
        : `${short(ms / 3_600_000)} h`;

function measure(value: number | bigint, unit: Evidence["unit"]): string {
  const exact = typeof value === "bigint";
  switch (unit) {
    case "money":
      return exact ? readableMoney(value) : short(value);
    case "bps":
      return exact ? `${grouped(value)} bps` : readablePercent(value / 10_000);
    case "ms":
      return exact ? `${grouped(value)} ms` : readableMs(value);
    case "multiple":
      return exact ? `${grouped(value)}x` : `${short(value)}x`;
    case "count":
    case "price":
    case "quantity":
    case "state":
      return exact ? grouped(value) : short(value);
  }
}

/** What a rail compared: `31.2% over 30%`, `0.4 below 1`, or the state it names. */
export function readableEvidence({ unit, measured, limit, detail }: Evidence): string {
  const seen = measured === undefined ? undefined : measure(measured, unit);
  const bound = limit === undefined ? undefined : measure(limit, unit);
  if (seen !== undefined && bound !== undefined && measured !== undefined && limit !== undefined) {
    const relation = measured > limit ? "over" : measured < limit ? "below" : "at";
    return `${seen} ${relation} ${bound}${detail === undefined ? "" : ` (${detail})`}`;
  }
  return [seen ?? (bound === undefined ? undefined : `limit ${bound}`), detail].filter((part) => part !== undefined).join(", ");
}

export const count = (of: number, what: string): string => `${of.toLocaleString("en-US")} ${what}${of === 1 ? "" : "s"}`;

const proseMax = 160;
const shortened = (text: string): string => (text.length > proseMax ? `${text.slice(0, proseMax - 1).trimEnd()}…` : text);

/** What happened, and why where somebody said so; models and venues say it at any length. */
export const because = (what: string, why: string): string => (why === "" ? what : `${what}: ${shortened(why)}`);

export function refusedBy(refusal: Extract<Verdict, { readonly outcome: "refused" }>): string {
  const reason = refusal.code.startsWith(refusal.rail) ? refusal.code : `${refusal.rail} (${refusal.code})`;
  return because(`refused by ${reason}`, readableEvidence(refusal));
}
