import { timesRate, type Money } from "../../words/money.ts";
import type { Rate } from "../../words/rate.ts";
import type { VenueSettings } from "./settings.ts";

export type Liquidity = "maker" | "taker";

const feeRate = (settings: VenueSettings, liquidity: Liquidity): Rate => (liquidity === "maker" ? settings.makerFee : settings.takerFee);

/** Rounded up at 10^-12: a fee costs no less, and a rebate pays no more, than its rate says. */
export const feeOf = (settings: VenueSettings, worth: Money, liquidity: Liquidity): Money =>
  timesRate(worth, feeRate(settings, liquidity), "up");
