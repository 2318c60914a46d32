import type { KillLevel, Purpose } from "../words/order-words.ts";
import { intentId } from "../words/ids.ts";
import { cancel, record, type Line } from "./line.ts";
import { closePosition } from "./countersign.ts";
import type { Turn } from "./turn.ts";

/** Which working orders a level takes back: K1 none, K2 entries, K3 and K4 all. */
const cancels = {
  none: () => false,
  K1: () => false,
  K2: (purpose: Purpose) => purpose === "entry",
  K3: () => true,
  K4: () => true,
} as const satisfies Record<KillLevel, (purpose: Purpose) => boolean>;

/** Latches a kill level before anything else happens, then does what it says. Only a person's `resume` clears it. */
export function* halt(turn: Turn, level: Exclude<KillLevel, "none">, by: string, reason: string): Line {
  yield record({ kind: "latched", latch: { name: "kill", level, by, reason, latchedAt: turn.now } }, turn.correlation);
  for (const order of turn.state.openOrders) {
    if (!cancels[level](order.purpose)) continue;
    yield record({ kind: "cancel_planned", order: order.id, why: `kill ${level}` }, order.correlation);
    yield record({ kind: "cancel_answered", order: order.id, outcome: yield* cancel(order.id, order.instrument) }, order.correlation);
  }
  if (level !== "K4") return;
  for (const { instrument } of turn.state.positions)
    yield* closePosition(turn, instrument, intentId(`${turn.correlation}.k`), turn.correlation);
}

export function* resume(turn: Turn, by: string, reason: string): Line {
  yield record({ kind: "cleared", name: "kill", by, reason }, turn.correlation);
}
