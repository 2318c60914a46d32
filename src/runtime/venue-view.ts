import { whenDone, type Eventually } from "../ports/eventually.ts";
import type { Venue } from "../ports/venue.ts";
import type { VenueView } from "./line.ts";

/** A venue that may not be asked has shown nothing. */
export const nothingSeen: VenueView = {
  executions: "unavailable",
  payments: "unavailable",
  open: "unavailable",
  conditional: "unavailable",
  positions: "unavailable",
  balance: "unavailable",
};

/**
 * All that a venue's records show, without waiting where it answers at once. Executions are read last: what fills while the others
 * are read is then booked before positions are compared again, and never the other way round.
 */
export const viewOf = (venue: Venue, since: Temporal.Instant): Eventually<VenueView> =>
  whenDone(venue.openOrders(), (open) =>
    whenDone(venue.conditionalOrders(), (conditional) =>
      whenDone(venue.positions(), (positions) =>
        whenDone(venue.balance(), (balance) =>
          whenDone(venue.payments(since), (payments) =>
            whenDone(venue.executions(since), (executions) => ({ executions, payments, open, conditional, positions, balance })),
          ),
        ),
      ),
    ),
  );
