import { approximately, formatExact } from "../../words/exact.ts";
import type { Money } from "../../words/money.ts";
import type { Price } from "../../words/price.ts";

/** A trade as a person was shown it comes in; whether his yes still holds for what is about to be done goes out (COUN-6). */

export type ShownTrade = {
  readonly trade: string;
  readonly week: string;
  readonly account: string;
  readonly action: "enter" | "exit" | "reduce" | "flip";
  readonly instrument: string;
  readonly side: "buy" | "sell";
  readonly conviction: number;
  readonly stopPct: number;
  readonly targetPct: number;
  readonly horizon: string;
  readonly entryBy: string;
  readonly limit?: Price | undefined;
  readonly outBefore: readonly string[];
  /** The last price and the size as they were shown; an exit's size is what is to be closed. */
  readonly price: Price;
  readonly notional: Money;
  readonly packHash: string;
};

export type DriftLimits = { readonly priceBpsMax: number; readonly sizeBpsMax: number };
export type Drift = { readonly of: "price" | "size"; readonly driftBps: number; readonly driftBpsMax: number };

/** Everything that was shown, as one line: the hash of it is what a yes is bound to. */
export const shownText = (of: ShownTrade): string =>
  [
    of.trade,
    of.week,
    of.account,
    of.action,
    of.instrument,
    of.side,
    of.conviction,
    of.stopPct,
    of.targetPct,
    of.horizon,
    of.entryBy,
    of.limit === undefined ? "-" : formatExact(of.limit),
    of.outBefore.join("+"),
    formatExact(of.price),
    formatExact(of.notional),
    of.packHash,
  ].join(" ");

/** How an approver says that it has not heard from the person yet: the trade waits on. */
export const waiting = "waiting";

/** The first that has moved past what a yes is good for; a price or size of nothing has moved without bound. */
export function driftOf(
  shown: Pick<ShownTrade, "price" | "notional">,
  now: Pick<ShownTrade, "price" | "notional">,
  limits: DriftLimits,
): Drift | undefined {
  const price = movedBps(shown.price, now.price);
  if (!(price <= limits.priceBpsMax)) return { of: "price", driftBps: rounded(price), driftBpsMax: limits.priceBpsMax };
  const size = movedBps(shown.notional, now.notional);
  if (!(size <= limits.sizeBpsMax)) return { of: "size", driftBps: rounded(size), driftBpsMax: limits.sizeBpsMax };
  return undefined;
}

function movedBps(from: bigint, to: bigint): number {
  if (from <= 0n || to <= 0n) return from === to ? 0 : Infinity;
  return Math.abs(approximately(to) / approximately(from) - 1) * 10_000;
}

/** A drift without bound is written as a million percent: a journal holds finite numbers. */
const rounded = (driftBps: number): number => Math.min(1e8, Math.round(driftBps * 100) / 100);
