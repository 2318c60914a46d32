import { multiplyExact } from "../../words/exact.ts";
import { moneyOfUnits, timesRate, type Money } from "../../words/money.ts";
import { quantityOfLots } from "../../words/quantity.ts";
import type { Rate } from "../../words/rate.ts";
import type { Asset } from "./asset.ts";
import { worthOf } from "./books.ts";
import type { VenueSettings } from "./settings.ts";

export type Liquidity = "maker" | "taker";

const feeRate = (settings: VenueSettings, liquidity: Liquidity): Rate => (liquidity === "maker" ? settings.makerFee : settings.takerFee);

/** What so many contracts cost where the venue charges by the contract; undefined where it charges by what they are worth. */
export function contractFee({ feePerContract }: VenueSettings, { instrument }: Asset, lots: number): Money | undefined {
  if (feePerContract === undefined || instrument.kind !== "option") return undefined;
  return moneyOfUnits(multiplyExact(feePerContract, quantityOfLots(lots, instrument.lot), "up"));
}

/** Of so many lots, above zero, at a price. Rounded up at 10^-12: a fee costs no less, and a rebate pays no more, than its rate says. */
export const feeOf = (settings: VenueSettings, asset: Asset, lots: number, ticks: number, liquidity: Liquidity): Money =>
  contractFee(settings, asset, lots) ?? timesRate(worthOf(asset, lots, ticks), feeRate(settings, liquidity), "up");
