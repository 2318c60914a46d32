import { clientOrderIdOf, type ClientOrderId } from "../../words/ids.ts";
import type { OrderTerms } from "../../flow/orders/order.ts";
import type { Price } from "../../words/price.ts";
import { quantityOfLots } from "../../words/quantity.ts";
import { opposite } from "../../words/side.ts";
import type { Asset } from "./asset.ts";
import { enlist } from "./enlist.ts";
import type { Exchange } from "./exchange.ts";
import { isLive, type Group, type Working } from "./working.ts";

export const stopLegId = (entry: ClientOrderId): ClientOrderId => clientOrderIdOf(`${entry}.s`);
export const targetLegId = (entry: ClientOrderId): ClientOrderId => clientOrderIdOf(`${entry}.t`);

const legOf = (entry: OrderTerms, lots: number, asset: Asset, own: Pick<OrderTerms, "id" | "purpose" | "type">): OrderTerms => ({
  id: own.id,
  account: entry.account,
  intent: entry.intent,
  correlation: entry.correlation,
  instrument: entry.instrument,
  side: opposite[entry.side],
  purpose: own.purpose,
  type: own.type,
  quantity: quantityOfLots(lots, asset.instrument.lot),
  triggerBy: entry.triggerBy,
  timeInForce: "gtc",
  reduceOnly: true,
});

/** As an entry fills its legs come to life for just as much, each cancelling the other; they need no way to the venue, so no latency. */
export function growLegs(exchange: Exchange, asset: Asset, entry: Working, lots: number, atMs: number): void {
  const { bracket, id } = entry.terms;
  if (bracket === undefined) return;
  if (entry.stopLeg !== undefined || entry.targetLeg !== undefined) {
    for (const leg of [entry.stopLeg, entry.targetLeg]) if (leg !== undefined && isLive(leg)) leg.lots += lots;
    return;
  }
  const group: Group = { members: [] };
  const when = { decidedMs: atMs, arrivesMs: atMs, group, entry };
  const stop = (at: Price): Working =>
    enlist(
      exchange,
      asset,
      { ...legOf(entry.terms, lots, asset, { id: stopLegId(id), purpose: "stop_loss", type: "stop" }), stop: at },
      when,
    );
  const target = (at: Price): Working =>
    enlist(
      exchange,
      asset,
      { ...legOf(entry.terms, lots, asset, { id: targetLegId(id), purpose: "take_profit", type: "limit" }), limit: at },
      when,
    );
  if (bracket.stopLoss !== undefined) entry.stopLeg = stop(bracket.stopLoss);
  if (bracket.takeProfit !== undefined) entry.targetLeg = target(bracket.takeProfit);
}

/** A replacement takes the leg's place under its entry, so that later fills of the entry protect themselves through it. */
export function takePlace(old: Working, fresh: Working): void {
  const { entry } = old;
  if (entry?.stopLeg === old) entry.stopLeg = fresh;
  if (entry?.targetLeg === old) entry.targetLeg = fresh;
}
