import type { LatchName } from "../flow/portfolio/standing.ts";
import type { KillLevel, Purpose } from "../words/order-words.ts";
import { intentId } from "../words/ids.ts";
import { cancel, record, type Line } from "./line.ts";
import { closePosition } from "./countersign.ts";
import type { Turn } from "./turn.ts";

const cancels = {
  none: () => false,
  K1: () => false,
  K2: (purpose: Purpose) => purpose === "entry",
  K3: () => true,
  K4: () => true,
} as const satisfies Record<KillLevel, (purpose: Purpose) => boolean>;

/** Which working orders a level takes back: K1 none, K2 entries, K3 and K4 all. */
export const cancelsAt = (level: KillLevel, purpose: Purpose): boolean => cancels[level](purpose);

/** Latches a kill level before anything else happens, then does what it says. Only a person's `resume` clears it. */
export function* halt(turn: Turn, level: Exclude<KillLevel, "none">, by: string, reason: string): Line {
  yield record({ kind: "latched", latch: { name: "kill", level, by, reason, latchedAt: turn.now } }, turn.correlation);
  for (const order of turn.state.openOrders) {
    if (!cancelsAt(level, order.purpose)) continue;
    yield record({ kind: "cancel_planned", order: order.id, why: `kill ${level}` }, order.correlation);
    yield record({ kind: "cancel_answered", order: order.id, outcome: yield* cancel(order.id, order.instrument) }, order.correlation);
  }
  if (level === "K4") yield* flatten(turn);
}

/** Closes what is held; a close under way is waited for. */
export function* flatten(turn: Turn): Line {
  for (const { instrument } of turn.state.positions)
    yield* closePosition(turn, instrument, intentId(`${turn.correlation}.k`), turn.correlation);
}

export function* resume(turn: Turn, by: string, reason: string): Line {
  yield* clear(turn, "kill", by, reason);
}

/** A named person lifts a latch, and says why. One that is not set stays so, and the journal is not told. */
export function* clear(turn: Turn, name: LatchName, by: string, reason: string): Line {
  if (name !== "kill" && !turn.state.latches.some((latch) => latch.name === name)) return;
  yield record({ kind: "cleared", name, by, reason }, turn.correlation);
}
