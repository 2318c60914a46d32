import { hash } from "node:crypto";
import { closeSync, fdatasyncSync, openSync, writeSync } from "node:fs";
import type { PlainBars } from "./plain-engine.ts";

/** What became of the plain loop's orders: its books at the end, and what the file holds. */
export type PlainOrders = { readonly orders: number; readonly fills: number; readonly equity: number; readonly events: number };

type Order = { readonly id: string; readonly openMs: number; readonly side: "buy" | "sell"; readonly quantity: number; state: string };

const chunkMax = 1 << 18;
const feeRate = 0.0005;

/** JSON lines, each chained to the one before by sha256, in large writes with one sync at the end. */
class PlainChain {
  readonly #descriptor: number;
  #sequence = 0;
  #hash = "";
  #chunk = "";

  constructor(path: string) {
    this.#descriptor = openSync(path, "w");
  }

  get events(): number {
    return this.#sequence;
  }

  append(kind: string, order: Order, price: number, position: number, cash: number): void {
    const { id, openMs, side, quantity } = order;
    this.line({
      sequence: this.#sequence + 1,
      openMs,
      kind,
      id,
      symbol: "BTC-PERP",
      side,
      quantity,
      price,
      position,
      cash,
    });
  }

  line(record: object): void {
    this.#sequence++;
    const text = JSON.stringify(record);
    this.#hash = hash("sha256", this.#hash + text, "hex");
    this.#chunk += `${text}${this.#hash}\n`;
    if (this.#chunk.length > chunkMax) this.#write();
  }

  close(): void {
    this.#write();
    fdatasyncSync(this.#descriptor);
    closeSync(this.#descriptor);
  }

  #write(): void {
    writeSync(this.#descriptor, this.#chunk);
    this.#chunk = "";
  }
}

/**
 * The plain loop that an order a bar is held against: buy and sell in turn at market, filled at the next open, five checks in doubles and
 * four chained events an order (submitted, accepted, filled, position changed).
 */
export function plainOrders(bars: PlainBars, path: string): PlainOrders {
  const chain = new PlainChain(path);
  let cash = 1_000_000;
  let position = 0;
  let sent = 0;
  let fills = 0;
  let pending: Order | undefined;
  for (let at = 0; at < bars.length; at++) {
    if (pending !== undefined) {
      const price = bars.open[at]!;
      const signed = pending.side === "buy" ? pending.quantity : -pending.quantity;
      cash -= signed * price + Math.abs(signed) * price * feeRate;
      position = Math.round((position + signed) * 1e8) / 1e8;
      pending.state = "filled";
      fills++;
      chain.append("filled", pending, price, position, cash);
      chain.append("position_changed", pending, price, position, cash);
      pending = undefined;
    }
    const side = at % 2 === 0 ? "buy" : "sell";
    const quantity = 0.01;
    const price = bars.close[at]!;
    const equity = cash + position * price;
    const next = position + (side === "buy" ? quantity : -quantity);
    if (price <= 0 || Math.abs(next * price) >= 3 * equity || quantity * price >= 25_000 || equity <= 500_000 || Math.abs(next) >= 5)
      continue;
    const order: Order = { id: `o${at}`, openMs: bars.openMs[at]!, side, quantity, state: "new" };
    sent++;
    chain.append("submitted", order, price, position, cash);
    order.state = "accepted";
    chain.append("accepted", order, price, position, cash);
    pending = order;
  }
  chain.close();
  return { orders: sent, fills, equity: cash + position * bars.close[bars.length - 1]!, events: chain.events };
}

/** The same chain and file of records that are there already, with no trading at all: what any code would pay to write them down. */
export function plainRecord(records: readonly object[], path: string): number {
  const chain = new PlainChain(path);
  for (const record of records) chain.line(record);
  chain.close();
  return chain.events;
}
