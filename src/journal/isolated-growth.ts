import type { Position } from "../flow/portfolio/position.ts";
import { minus, zeroMoney, type Money } from "../words/money.ts";

/** What an isolated position grew by, at cost: it brings its own initial margin along, as the venue takes it. Zero where it did not grow. */
export function isolatedGrowth(before: Position | undefined, after: Position | undefined): Money {
  if (after === undefined || after.marginMode !== "isolated") return zeroMoney;
  const grown = minus(after.cost, before === undefined || before.quantity > 0n !== after.quantity > 0n ? zeroMoney : before.cost);
  return grown > 0n ? grown : zeroMoney;
}
