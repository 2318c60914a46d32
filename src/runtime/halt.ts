import type { LatchName } from "../flow/portfolio/standing.ts";
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
  yield* carryOut(turn, level);
}

/** What a level asks for and is not done yet: orders taken back, and at K4 what is held closed; a close under way is waited for. */
export function* carryOut(turn: Turn, level: KillLevel): Line {
  for (const { id, instrument, purpose, correlation } of turn.state.openOrders) {
    if (!cancels[level](purpose)) continue;
    yield record({ kind: "cancel_planned", order: id, why: `kill ${level}` }, correlation);
    yield record({ kind: "cancel_answered", order: id, outcome: yield* cancel(id, instrument) }, correlation);
  }
  if (level !== "K4") return;
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
