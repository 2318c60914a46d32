import type { Fill } from "../flow/fills/fill.ts";
import type { VenueReport } from "../ports/venue.ts";
import type { ClientOrderId } from "../words/ids.ts";
import { quantityMinus } from "../words/quantity.ts";
import { find, type Line, type VenueView } from "./line.ts";
import { sameMoney } from "./money-moved.ts";
import type { Turn } from "./turn.ts";

/**
 * Executions that we booked and that the venue's records have no more: a bust whose report was lost. Two witnesses are asked for, where
 * a position or the money differs: the list of executions since that instant, and the order's own record, which must say that so much
 * less of it was filled. The list alone proves nothing, since venues cut it short.
 */
export function* takenBack(turn: Turn, view: VenueView, since: Temporal.Instant, visibilityMs: number): Line<readonly VenueReport[]> {
  const { state, now } = turn;
  const { executions, positions } = view;
  if (executions === "unavailable" || positions === "unavailable") return [];
  const theirs = new Map(positions.map(({ instrument, quantity }) => [instrument, quantity]));
  // Of a purchase and its sale that were both taken back only the money tells.
  let isSame: boolean | undefined;
  const differs = ({ instrument }: Fill): boolean =>
    (state.position(instrument)?.quantity ?? 0n) !== (theirs.get(instrument) ?? 0n) || !(isSame ??= sameMoney(state, view));
  const listed = new Set(executions.map(({ execution }) => execution));
  const gone = state.told
    .between(since.epochMilliseconds, now.epochMilliseconds - visibilityMs)
    .filter((fill) => !listed.has(fill.execution) && differs(fill));

  const busted: VenueReport[] = [];
  for (const [order, fills] of Map.groupBy(gone, (fill) => fill.order)) {
    const [first] = fills;
    if (order === undefined || first === undefined) continue;
    for (const fill of yield* notFilled(turn, order, first.instrument, fills)) busted.push({ kind: "busted", fill, at: now });
  }
  return busted;
}

/** Of these fills the ones that the order's record does not count: all of them, or the one whose size is what is missing. */
function* notFilled({ state }: Turn, order: ClientOrderId, instrument: Fill["instrument"], fills: readonly Fill[]): Line<readonly Fill[]> {
  const found = yield* find(order, instrument);
  if (found === "absent" || found === "unknown") return [];
  const missing = quantityMinus(state.filledOf(order), found.filled);
  if (missing <= 0n) return [];
  const all = fills.reduce((sum, { quantity }) => sum + quantity, 0n);
  if (all === missing) return fills;
  const one = fills.filter(({ quantity }) => quantity === missing);
  return one.length === 1 ? one : [];
}
