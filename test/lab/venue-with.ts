import type { Venue } from "../../src/ports/venue.ts";

/** A venue with some of its answers replaced. */
export const venueWith = (venue: Venue, other: Partial<Venue>): Venue => ({
  name: venue.name,
  able: venue.able,
  place: (order) => venue.place(order),
  cancel: (id, instrument) => venue.cancel(id, instrument),
  replace: (id, order) => venue.replace(id, order),
  find: (id, instrument) => venue.find(id, instrument),
  openOrders: () => venue.openOrders(),
  conditionalOrders: () => venue.conditionalOrders(),
  executions: (since) => venue.executions(since),
  payments: (since) => venue.payments(since),
  positions: () => venue.positions(),
  balance: () => venue.balance(),
  time: () => venue.time(),
  get pending() {
    return venue.pending;
  },
  drain: () => venue.drain(),
  ...other,
});
