import { carryOut } from "./halt.ts";
import { measureClock } from "./measure-clock.ts";
import type { Line } from "./line.ts";
import { protectOrClose } from "./countersign.ts";
import { reconcile, type Patience, type Reconciled } from "./reconcile.ts";
import type { Turn } from "./turn.ts";

/**
 * What is done over and over while an account is open, with no model and no decision: our clock and our books against the venue's, a kill level
 * carried out to the end, every position behind its stop. Each part finds what is still to do, so that one the venue turned away is
 * done the next time.
 */
export function* tend(turn: Turn, patience: Patience): Line<Reconciled> {
  const isKnown = yield* measureClock(turn);
  const books = yield* reconcile(turn, patience);
  // Asked again as soon as may be, like books that could not be read: until then nothing is entered.
  const reconciled = isKnown ? books : "incomplete";
  const { state } = turn;
  const { killLevel } = state;
  yield* carryOut(turn, killLevel);
  if (killLevel === "K3" || killLevel === "K4") return reconciled;
  for (const { instrument } of state.positions) yield* protectOrClose(turn, instrument);
  return reconciled;
}
