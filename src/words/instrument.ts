import { decimalsOf, exactDecimals } from "./exact.ts";
import type { InstrumentId } from "./ids.ts";
import type { Money } from "./money.ts";
import type { Price } from "./price.ts";
import type { Quantity } from "./quantity.ts";
import type { Rate } from "./rate.ts";
import { err, ok, type Result } from "./result.ts";

/** When an instrument trades: New York sessions, or always. */
export type CalendarName = "xnys" | "always";

type Common = {
  readonly id: InstrumentId;
  /** The venue's own word, such as `BTCUSDT` or an OCC option symbol. */
  readonly symbol: string;
  readonly venue: string;
  /** Currency of prices, fees and profit, for example `USDT`. */
  readonly currency: string;
  /** Prices are whole multiples of the tick, quantities of the lot. */
  readonly tick: Price;
  readonly lot: Quantity;
  /** Units of the underlying that one contract moves: 100 for a US equity option, 1 for most others. */
  readonly multiplier: Quantity;
  readonly minQuantity: Quantity;
  readonly maxQuantity: Quantity;
  readonly minNotional: Money;
  /** Futures and spreads may trade at or below zero; everything else may not. */
  readonly priceMayBeNegative: boolean;
  readonly calendar: CalendarName;
};

export type Equity = Common & { readonly kind: "equity"; readonly name: string; readonly shortable: boolean };
export type Etf = Common & { readonly kind: "etf"; readonly name: string; readonly shortable: boolean };
export type Option = Common & {
  readonly kind: "option";
  readonly underlying: InstrumentId;
  readonly right: "call" | "put";
  readonly strike: Price;
  /** Exchange-local date, `YYYY-MM-DD`. */
  readonly expiry: string;
  readonly exercise: "american" | "european";
};
export type SpotCrypto = Common & { readonly kind: "spot"; readonly base: string };
export type Perpetual = Common & {
  readonly kind: "perpetual";
  readonly base: string;
  readonly leverageMax: number;
  /** Position margin is liquidated when equity backing it falls below notional times this. */
  readonly maintenanceMarginRate: Rate;
  readonly liquidationFeeRate: Rate;
  readonly fundingIntervalHours: number;
};

export type Instrument = Equity | Etf | Option | SpotCrypto | Perpetual;

export type BadInstrument = { readonly code: "bad_instrument"; readonly id: InstrumentId; readonly rule: string };

/** The one door for instruments from outside: a tick, lot and multiplier whose products would need rounding are refused. */
export function checkInstrument<Kind extends Instrument>(of: Kind): Result<Kind, BadInstrument> {
  const fault = (rule: string): Result<Kind, BadInstrument> => err({ code: "bad_instrument", id: of.id, rule });
  if (of.tick <= 0n) return fault("the tick is above zero");
  if (of.lot <= 0n) return fault("the lot is above zero");
  if (of.multiplier <= 0n) return fault("the multiplier is above zero");
  if (of.minQuantity < of.lot) return fault("the smallest order is at least one lot");
  if (of.maxQuantity < of.minQuantity) return fault("the largest order is not below the smallest");
  if (of.minNotional < 0n) return fault("the smallest notional is not negative");
  if (decimalsOf(of.tick) + decimalsOf(of.lot) + decimalsOf(of.multiplier) > exactDecimals)
    return fault(`tick, lot and multiplier use at most ${exactDecimals} decimals together, so that money stays exact`);
  if (of.kind === "perpetual" && of.leverageMax < 1) return fault("the largest leverage is at least 1");
  return ok(of);
}
