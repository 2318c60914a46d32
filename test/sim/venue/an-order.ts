import type { Order, OrderTerms } from "../../../src/flow/orders/order.ts";
import { accountId, clientOrderIdOf, correlationId, instrumentId, intentId } from "../../../src/words/ids.ts";
import type { OrderType, Purpose, TimeInForce } from "../../../src/words/order-words.ts";
import { price } from "../../../src/words/price.ts";
import { quantity } from "../../../src/words/quantity.ts";
import { rate } from "../../../src/words/rate.ts";

export type Wish = {
  readonly id?: string;
  readonly account?: string;
  readonly instrument?: string;
  readonly side?: "buy" | "sell";
  readonly type?: OrderType;
  readonly lots?: number | string;
  readonly limit?: number | string;
  readonly stop?: number | string;
  readonly trail?: string;
  readonly triggerBy?: "last" | "mark";
  readonly tif?: TimeInForce;
  readonly reduceOnly?: boolean;
  readonly purpose?: Purpose;
  readonly oco?: string;
  readonly stopLoss?: number;
  readonly takeProfit?: number;
  readonly legs?: readonly (readonly [side: "buy" | "sell", instrument: string, ratio: number])[];
};

let made = 0;

/** An order as orders/ would have made it; only the venue's tests may mint one without an approval. */
export function anOrder(wish: Wish = {}): Order {
  made += 1;
  const { stopLoss, takeProfit } = wish;
  const terms: OrderTerms = {
    id: clientOrderIdOf(wish.id ?? `o${made}`),
    account: accountId(wish.account ?? "paper"),
    intent: intentId("i1"),
    correlation: correlationId("c1"),
    instrument: instrumentId(wish.instrument ?? "BTC.PERP"),
    side: wish.side ?? "buy",
    purpose: wish.purpose ?? (wish.reduceOnly === true ? "stop_loss" : "entry"),
    type: wish.type ?? "market",
    quantity: quantity(String(wish.lots ?? 10)),
    ...(wish.limit === undefined ? {} : { limit: price(String(wish.limit)) }),
    ...(wish.stop === undefined ? {} : { stop: price(String(wish.stop)) }),
    ...(wish.trail === undefined ? {} : { trail: rate(wish.trail) }),
    triggerBy: wish.triggerBy ?? "last",
    timeInForce: wish.tif ?? "gtc",
    reduceOnly: wish.reduceOnly ?? false,
    ...(wish.oco === undefined ? {} : { oco: wish.oco }),
    ...(stopLoss === undefined && takeProfit === undefined
      ? {}
      : {
          bracket: {
            ...(stopLoss === undefined ? {} : { stopLoss: price(String(stopLoss)) }),
            ...(takeProfit === undefined ? {} : { takeProfit: price(String(takeProfit)) }),
          },
        }),
    ...(wish.legs === undefined ? {} : { legs: wish.legs.map(([side, name, ratio]) => ({ side, instrument: instrumentId(name), ratio })) }),
  };
  return terms as unknown as Order;
}
