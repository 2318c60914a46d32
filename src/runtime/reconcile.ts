import type { AccountState } from "../journal/account-state.ts";
import type { ExternalOrder, FoundState } from "../journal/fact.ts";
import type { VenueOrder, VenueReport } from "../ports/venue.ts";
import { finished } from "../flow/orders/lifecycle.ts";
import type { OpenOrder } from "../flow/portfolio/standing.ts";
import { notional } from "../words/money.ts";
import { quantityMinus } from "../words/quantity.ts";
import { find, look, record, type Line, type VenueView } from "./line.ts";
import { sameMoney } from "./money-moved.ts";
import { isPaid } from "./payment-fact.ts";
import { settle } from "./settle.ts";
import { takenBack } from "./taken-back.ts";
import type { Turn } from "./turn.ts";

/** How long a venue may take to show what it has. */
export type Patience = {
  /** An order that no record shows is taken for never arrived only after this. */
  readonly visibilityMs: number;
  /** Differences of positions or cash that stand longer than this latch the account: nothing new is opened. */
  readonly differenceMs: number;
};

/** Executions and payments are read again from this far before books and venue last agreed: venues show them late, and take some back. */
const overlapMs = 86_400_000;

/** `incomplete`: the venue would not say all of it, so nothing is concluded from what is missing. */
export type Reconciled = "equal" | "different" | "incomplete";

/**
 * Our books against the venue's own records: executions and payments that were never told are booked, orders without an answer are
 * asked for by name, and what then still differs is said. No one list is believed alone: each of them leaves things out somewhere.
 */
export function* reconcile(turn: Turn, patience: Patience): Line<Reconciled> {
  const { state } = turn;
  const since = sinceOf(turn);
  const view = yield* look(since);
  const { executions, payments } = view;
  const untold: VenueReport[] = [];
  if (executions !== "unavailable")
    for (const fill of executions)
      if (!state.told.booked(fill.execution)) untold.push({ kind: "filled", fill, remaining: state.leftAfter(fill) });
  if (payments !== "unavailable") untold.push(...payments.filter((payment) => !isPaid(state, payment)));
  untold.sort((left, right) => Temporal.Instant.compare(instantOf(left), instantOf(right)));
  yield* settle(turn, untold);
  const busted = yield* takenBack(turn, view, since, patience.visibilityMs);
  yield* settle(turn, busted);

  yield* askForOrders(turn, view, patience);
  yield* seeExternal(turn, view);
  if (Object.values(view).includes("unavailable")) return "incomplete";
  const difference = differenceOf(state, view);
  yield record({
    kind: "reconciled",
    booked: untold.length + busted.length,
    ...(difference === undefined ? {} : { difference }),
  });
  if (difference === undefined) return "equal";
  const { guards, latches } = state;
  const stands = turn.now.epochMilliseconds - (guards.difference?.since ?? turn.now).epochMilliseconds;
  if (stands >= patience.differenceMs && !latches.some(({ name }) => name === "ledger_mismatch"))
    yield record({
      kind: "latched",
      latch: {
        name: "ledger_mismatch",
        level: "none",
        by: "reconcile",
        reason: difference,
        latchedAt: turn.now,
      },
    });
  return "different";
}

/** While something differs, from before the last look at which nothing did: what explains it may be too old for any later one. */
function sinceOf({ state, now }: Turn): Temporal.Instant {
  const from = state.guards.agreedAt ?? state.openedAt;
  const at = Temporal.Instant.fromEpochMilliseconds(from.epochMilliseconds - overlapMs);
  return Temporal.Instant.compare(at, now) < 0 ? at : now;
}

const instantOf = (report: VenueReport): Temporal.Instant => (report.kind === "filled" ? report.fill.at : report.at);

/** Orders that wait for an answer, and orders that the lists do not show: each is asked for by its own name before it is anything else. */
function* askForOrders(turn: Turn, view: VenueView, { visibilityMs }: Patience): Line {
  const { state, now } = turn;
  const listed = new Set([...ordersOf(view.open), ...ordersOf(view.conditional)].map(({ id }) => id));
  const moved = new Set<OpenOrder["instrument"]>();
  // Nothing is under way while books are compared: a plan without an answer is one that a crash cut off, and it may have left.
  for (const { id, state: is, correlation } of state.openOrders) {
    if (is !== "planned") continue;
    const outcome = { kind: "unknown", detail: "no answer before a restart", at: now } as const;
    yield record({ kind: "order_sent", order: id, outcome }, correlation);
  }
  for (const order of state.openOrders) {
    if (listed.has(order.id) && order.state !== "lost" && order.state !== "cancelling") continue;
    const found = yield* find(order.id, order.instrument);
    if (found === "unknown") continue;
    const waitedMs = now.epochMilliseconds - order.plannedAt.epochMilliseconds;
    if (found === "absent") {
      // Executions must have been readable: an order that filled and was forgotten is not an order that never was.
      if (order.state !== "lost" || waitedMs < visibilityMs || view.executions === "unavailable") continue;
      yield record({ kind: "order_absent", order: order.id, waitedMs }, order.correlation);
      moved.add(order.instrument);
      continue;
    }
    const became = learnable(order, found);
    if (became === undefined) continue;
    yield record({ kind: "order_found", order: order.id, state: became }, order.correlation);
    if (became !== "working") moved.add(order.instrument);
  }
  // What is listed and over in our books came to life again: a late arrival, or a cancel that was not one.
  for (const { id, instrument, filled, quantity } of [...ordersOf(view.open), ...ordersOf(view.conditional)]) {
    if (state.order(id) === undefined || state.openOrder(id) !== undefined || filled >= quantity) continue;
    yield record({ kind: "order_found", order: id, state: "working" }, state.order(id)?.correlation);
    moved.add(instrument);
  }
  for (const instrument of moved) yield* settle(turn, [], [instrument]);
}

const ordersOf = (orders: VenueView["open"]): readonly VenueOrder[] => (orders === "unavailable" ? [] : orders);

/** An end is believed only once everything that the record says was filled is in our books. */
function learnable(ours: OpenOrder, theirs: VenueOrder): FoundState | undefined {
  const { state } = theirs;
  switch (state) {
    case "filled":
    case "cancelled":
    case "expired":
    case "rejected":
      return theirs.filled > ours.filled ? undefined : state;
    default:
      return !finished(state) && ours.state === "lost" ? "working" : undefined;
  }
}

/** What rests at the venue and is not ours counts in our limits, and is never cancelled by us. */
function* seeExternal(turn: Turn, { open, conditional }: VenueView): Line {
  if (open === "unavailable" || conditional === "unavailable") return;
  const { state } = turn;
  const orders: ExternalOrder[] = [];
  for (const order of [...open, ...conditional]) {
    if (state.knowsOrder(order.id) || !state.knowsInstrument(order.instrument)) continue;
    const { venueOrder, instrument, side } = order;
    const price = order.limit ?? order.stop ?? turn.quote(instrument)?.last;
    if (price === undefined) continue;
    const left = quantityMinus(order.quantity, order.filled);
    orders.push({
      venueOrder,
      instrument,
      side,
      notional: notional(price, left, state.instrument(instrument).multiplier, "up"),
    });
  }
  const same = orders.length === state.externalOrders.length && orders.every(({ venueOrder }) => state.externalOrders.includes(venueOrder));
  if (!same) yield record({ kind: "external_orders_seen", orders });
}

/** The first thing that differs, in words; undefined when positions and all that was paid for them are equal to the last unit. */
function differenceOf(state: AccountState, view: VenueView): string | undefined {
  const { positions } = view;
  if (positions === "unavailable") return undefined;
  const theirs = new Map(positions.map(({ instrument, quantity }) => [instrument, quantity]));
  for (const { instrument, quantity } of state.positions) {
    if (theirs.get(instrument) !== quantity) return `position in ${instrument} differs from the venue's`;
    theirs.delete(instrument);
  }
  for (const instrument of theirs.keys()) return `the venue holds ${instrument}, our books do not`;
  return sameMoney(state, view) ? undefined : "cash differs from the venue's";
}
