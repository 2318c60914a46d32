import { cancelsAt, flatten } from "./halt.ts";
import { cancel, record, type Line } from "./line.ts";
import { protectOrClose } from "./countersign.ts";
import { reconcile, type Patience, type Reconciled } from "./reconcile.ts";
import type { Turn } from "./turn.ts";

/**
 * What is done over and over while an account is open, with no model and no decision: our books against the venue's, a kill level
 * carried out to the end, every position behind its stop. Each part finds what is still to do, so that one the venue turned away is
 * done the next time.
 */
export function* tend(turn: Turn, patience: Patience): Line<Reconciled> {
  const reconciled = yield* reconcile(turn, patience);
  const { state } = turn;
  const { killLevel } = state;
  for (const { id, instrument, purpose, correlation } of state.openOrders) {
    if (!cancelsAt(killLevel, purpose)) continue;
    yield record({ kind: "cancel_planned", order: id, why: `kill ${killLevel}` }, correlation);
    yield record({ kind: "cancel_answered", order: id, outcome: yield* cancel(id, instrument) }, correlation);
  }
  if (killLevel === "K4") yield* flatten(turn);
  if (killLevel === "K3" || killLevel === "K4") return reconciled;
  for (const { instrument } of state.positions) yield* protectOrClose(turn, instrument);
  return reconciled;
}
