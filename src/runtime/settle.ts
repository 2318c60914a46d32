import { take } from "../flow/fills/take.ts";
import type { VenueReport } from "../ports/venue.ts";
import type { InstrumentId } from "../words/ids.ts";
import { record, type Line } from "./line.ts";
import { protectOrClose } from "./countersign.ts";
import type { Turn } from "./turn.ts";

/** What the venue said becomes facts in the order it happened there; then the protection of whatever moved is brought in line. */
export function* settle(turn: Turn, reports: readonly VenueReport[]): Line {
  const moved = new Set<InstrumentId>();
  for (const report of reports) yield* book(turn, report, moved);
  for (const instrument of moved) yield* protectOrClose(turn, instrument);
}

function* book({ state }: Turn, report: VenueReport, moved: Set<InstrumentId>): Line {
  switch (report.kind) {
    case "filled": {
      const { fill, remaining } = report;
      const taken = take(
        fill,
        (execution) => state.booked(execution),
        (order) => state.knowsOrder(order),
      );
      if (taken === "repeated") {
        yield record({ kind: "execution_repeated", execution: fill.execution }, undefined, fill.at);
        return;
      }
      moved.add(fill.instrument);
      if (taken === "external") {
        yield record({ kind: "external_fill", fill }, undefined, fill.at);
        return;
      }
      const correlation = fill.order === undefined ? undefined : state.order(fill.order)?.correlation;
      yield record({ kind: "filled", fill, remaining }, correlation, fill.at);
      return;
    }
    case "triggered":
      yield record({ kind: "order_triggered", order: report.order }, state.order(report.order)?.correlation, report.at);
      return;
    case "cancelled":
    case "rejected": {
      const order = state.order(report.order);
      if (order === undefined) return;
      // What ended some other way than by our own replacing leaves a gap, or an addition's levels that nothing was filled for.
      if (!(report.kind === "cancelled" && report.why === "replaced")) moved.add(order.instrument);
      const fact =
        report.kind === "cancelled"
          ? ({ kind: "order_cancelled", order: report.order, why: report.why } as const)
          : ({ kind: "order_rejected", order: report.order, reason: report.reason, detail: report.detail } as const);
      yield record(fact, order.correlation, report.at);
      return;
    }
    case "funding":
    case "liquidation_fee": {
      const { transaction, instrument, amount } = report;
      if (state.bookedTransaction(transaction)) yield record({ kind: "payment_repeated", transaction }, undefined, report.at);
      else if (report.kind === "liquidation_fee")
        yield record({ kind: "liquidation_charged", transaction, instrument, amount }, undefined, report.at);
      else {
        const { rate, price } = report;
        yield record({ kind: "funding_paid", transaction, instrument, rate, price, amount }, undefined, report.at);
      }
      return;
    }
  }
}
