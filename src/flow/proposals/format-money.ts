import { formatExact, roundToStep } from "../../words/exact.ts";
import type { Money } from "../../words/money.ts";

/** Cents are enough for a reader; the exact amount stays with the rails. */
export const formatMoney = (amount: Money): string => formatExact(roundToStep(amount, 10_000_000_000n, "down"));
