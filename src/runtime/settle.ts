import { take } from "../flow/fills/take.ts";
import type { VenueReport } from "../ports/venue.ts";
import type { InstrumentId } from "../words/ids.ts";
import { record, type Line } from "./line.ts";
import { protectOrClose } from "./countersign.ts";
import { halt } from "./halt.ts";
import { isPaid, paymentFact } from "./payment-fact.ts";
import type { Turn } from "./turn.ts";

/** What the venue said becomes facts in the order it happened there; then the protection of whatever moved is brought in line. */
export function* settle(turn: Turn, reports: readonly VenueReport[], alsoMoved: readonly InstrumentId[] = []): Line {
  // A list and not a set: there is seldom more than one.
  const moved: InstrumentId[] = [];
  for (const instrument of alsoMoved) if (!moved.includes(instrument)) moved.push(instrument);
  for (const report of reports) {
    const instrument = yield* book(turn, report);
    if (instrument !== undefined && !moved.includes(instrument)) moved.push(instrument);
  }
  for (const instrument of moved) if (mayNeedProtection(turn, instrument)) yield* protectOrClose(turn, instrument);
}

/** Without a plan and without an order in it there is nothing to bring in line. */
const mayNeedProtection = ({ state }: Turn, instrument: InstrumentId): boolean =>
  state.protection(instrument) !== undefined || state.openOrders.some((order) => order.instrument === instrument);

/** The instrument whose protection has to be looked at after this report, if one has. */
function* book(turn: Turn, report: VenueReport): Line<InstrumentId | undefined> {
  const { state } = turn;
  switch (report.kind) {
    case "filled": {
      const { fill, remaining } = report;
      const taken = take(
        fill,
        (execution) => state.told.booked(execution),
        (order) => state.knowsOrder(order),
      );
      if (taken === "repeated") {
        yield record({ kind: "execution_repeated", execution: fill.execution }, undefined, fill.at);
        return undefined;
      }
      if (taken === "external") {
        yield record({ kind: "external_fill", fill }, undefined, fill.at);
        return fill.instrument;
      }
      const correlation = fill.order === undefined ? undefined : state.order(fill.order)?.correlation;
      yield record({ kind: "filled", fill, remaining }, correlation, fill.at);
      return fill.instrument;
    }
    case "accepted":
      if (state.knowsOrder(report.order))
        yield record(
          { kind: "order_accepted", order: report.order, venueOrder: report.venueOrder },
          state.order(report.order)?.correlation,
          report.at,
        );
      return undefined;
    case "busted":
      // What we never booked there is nothing to take back of; it must not come in later either.
      if (state.told.busted(report.fill.execution)) return undefined;
      yield record({ kind: "fill_busted", fill: report.fill }, undefined, report.at);
      return report.fill.instrument;
    case "triggered":
      yield record({ kind: "order_triggered", order: report.order }, state.order(report.order)?.correlation, report.at);
      return undefined;
    case "cancelled":
    case "rejected": {
      const order = state.order(report.order);
      if (order === undefined) return undefined;
      const fact =
        report.kind === "cancelled"
          ? ({ kind: "order_cancelled", order: report.order, why: report.why } as const)
          : ({ kind: "order_rejected", order: report.order, reason: report.reason, detail: report.detail } as const);
      yield record(fact, order.correlation, report.at);
      // What ended some other way than by our own replacing leaves a gap, or an addition's levels that nothing was filled for.
      return report.kind === "cancelled" && report.why === "replaced" ? undefined : order.instrument;
    }
    case "funding":
    case "liquidation_fee":
    case "dividend":
    case "borrow":
    case "split":
    case "expired":
    case "exercised":
    case "assigned":
    case "adjusted":
      if (isPaid(state, report)) {
        yield record({ kind: "payment_repeated", transaction: report.transaction }, undefined, report.at);
        return undefined;
      }
      // Before it is booked: what a crash cuts off here is read again with the split.
      if (report.kind === "split") yield* haltUnadjusted(turn, report);
      yield record(paymentFact(report), undefined, report.at);
      if (report.kind === "adjusted") return undefined;
      if (report.kind === "split") return report.instrument;
      return "quantity" in report ? (report.delivered?.instrument ?? report.instrument) : undefined;
  }
}

/** What is held is no longer what its symbol says: nothing is entered until a person has looked. A harder level stays. */
function* haltUnadjusted(turn: Turn, { instrument, from, into, unadjusted }: Extract<VenueReport, { kind: "split" }>): Line {
  if (unadjusted === undefined || turn.state.killLevel !== "none") return;
  const reason = `every ${from} ${instrument} became ${into}, and no listed contract stands for the ${unadjusted.join(", ")} that are held`;
  yield* halt(turn, "K1", "split", reason);
}
