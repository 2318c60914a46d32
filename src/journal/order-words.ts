import type { Fill } from "../flow/fills/fill.ts";
import type { OrderTerms } from "../flow/orders/order.ts";
import type { Intent } from "../flow/resolution/intent.ts";
import type { Price } from "../words/price.ts";
import { grouped, readableMoney, readableRate } from "./readable.ts";

/** Intents, orders, fills and levels for people, on one line each. */

export const protection = (stop: Price | undefined, target: Price | undefined): string =>
  `${stop === undefined ? "" : ` stop ${grouped(stop)}`}${target === undefined ? "" : ` target ${grouped(target)}`}`;

export function planned(order: OrderTerms): string {
  const terms = [
    order.side.toUpperCase(),
    grouped(order.quantity),
    order.legs === undefined
      ? order.instrument
      : order.legs.map(({ side, ratio, instrument }) => `${side} ${ratio} ${instrument}`).join(" + "),
    order.type,
    order.limit === undefined ? "" : grouped(order.limit),
    order.stop === undefined ? "" : `stop ${grouped(order.stop)} by ${order.triggerBy}`,
    order.trail === undefined ? "" : `trail ${readableRate(order.trail)}`,
    order.timeInForce,
    `(${order.purpose}${order.reduceOnly ? ", reduce only" : ""})`,
    order.id,
  ];
  const bracket = order.bracket === undefined ? "" : protection(order.bracket.stopLoss, order.bracket.takeProfit);
  return terms.filter((term) => term !== "").join(" ") + (bracket === "" ? "" : ` with${bracket}`);
}

export const filled = (fill: Fill): string =>
  `${fill.side === "buy" ? "bought" : "sold"} ${grouped(fill.quantity)} ${fill.instrument} at ${grouped(fill.price)}, fee ${readableMoney(fill.fee)} ${fill.liquidity}` +
  `${fill.reason === "liquidation" ? ", LIQUIDATION" : ""}${fill.order === undefined ? "" : ` (${fill.order})`}`;

export function resolved({ id, aim, side, instrument, wanted, stopLoss, takeProfit }: Intent): string {
  const size =
    wanted.by === "notional" ? ` ${readableMoney(wanted.notional)}` : wanted.by === "quantity" ? ` ${grouped(wanted.quantity)}` : "";
  return `${id} ${aim} ${instrument} ${side.toUpperCase()}${size}${protection(stopLoss, takeProfit)}`;
}
