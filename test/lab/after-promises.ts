import type { Model } from "../../src/ports/model.ts";
import type { JournalStore } from "../../src/ports/journal-store.ts";
import type { Venue } from "../../src/ports/venue.ts";
import { MemoryJournal } from "../../src/journal/memory-store.ts";
import { setImmediate } from "node:timers/promises";

/** The same answers, but only after the event loop has turned: what a live port does. */
export const laterVenue = (venue: Venue): Venue => ({
  name: venue.name,
  able: venue.able,
  place: async (order) => (await setImmediate(), venue.place(order)),
  cancel: async (id, instrument) => (await Promise.resolve(), venue.cancel(id, instrument)),
  replace: async (id, order) => (await setImmediate(), venue.replace(id, order)),
  find: async (id, instrument) => (await Promise.resolve(), venue.find(id, instrument)),
  openOrders: async () => (await Promise.resolve(), venue.openOrders()),
  conditionalOrders: async () => (await Promise.resolve(), venue.conditionalOrders()),
  executions: async (since) => (await Promise.resolve(), venue.executions(since)),
  payments: async (since) => (await Promise.resolve(), venue.payments(since)),
  positions: async () => (await Promise.resolve(), venue.positions()),
  balance: async () => (await Promise.resolve(), venue.balance()),
  time: async () => (await Promise.resolve(), venue.time()),
  get pending() {
    return venue.pending;
  },
  drain: () => venue.drain(),
});

export const laterModel = (model: Model): Model => ({
  ask: async (question, asking) => (await setImmediate(), model.ask(question, asking)),
});

/** A journal whose commit takes a turn of the event loop, and which counts them. */
export class LaterJournal extends MemoryJournal implements JournalStore {
  commits = 0;
  override async commit(): Promise<void> {
    await setImmediate();
    this.commits++;
  }
}
