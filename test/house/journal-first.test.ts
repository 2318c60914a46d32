import { describe, expect, it } from "vitest";
import { runBacktest } from "../../src/lab/backtest.ts";
import { MemoryJournal } from "../../src/journal/memory-store.ts";
import type { Venue } from "../../src/ports/venue.ts";
import type { SimVenue } from "../../src/sim/venue/sim-venue.ts";
import type { ClientOrderId } from "../../src/words/ids.ts";
import { aPlan } from "../lab/a-plan.ts";
import { venueWith } from "../lab/venue-with.ts";

/** A disk that says what has reached it, and that fails at the commit it is told to. */
class WatchedDisk extends MemoryJournal {
  written = 0;
  commits = 0;
  readonly #failsAt: number;
  readonly #keeps: boolean;

  constructor(failsAt = Infinity, keeps = true) {
    super();
    this.#failsAt = failsAt;
    this.#keeps = keeps;
  }

  override commit(): void {
    if (++this.commits === this.#failsAt) throw new Error("no space left on device");
    if (this.#keeps) this.written = this.length;
  }

  /** Whether the fact that announces this order, or its end, is durable. */
  holds(kind: "order_planned" | "cancel_planned", id: ClientOrderId): boolean {
    for (const { sequence, fact } of this.entries()) {
      if (sequence > this.written) return false;
      if (fact.kind === "order_planned" && kind === fact.kind && fact.order.id === id) return true;
      if (fact.kind === "cancel_planned" && kind === fact.kind && fact.order === id) return true;
    }
    return false;
  }
}

/** Stands on the wire and notes what passes before the disk has it. */
function onTheWire(disk: WatchedDisk, seen: { sent: number; unwritten: string[] }): (venue: SimVenue) => Venue {
  const note = (kind: "order_planned" | "cancel_planned", id: ClientOrderId): void => {
    seen.sent++;
    if (!disk.holds(kind, id)) seen.unwritten.push(`${kind} ${id}`);
  };
  return (venue) =>
    venueWith(venue, {
      place: (order) => (note("order_planned", order.id), venue.place(order)),
      replace: (id, order) => (note("order_planned", order.id), venue.replace(id, order)),
      cancel: (id, instrument) => (note("cancel_planned", id), venue.cancel(id, instrument)),
    });
}

function run(disk: WatchedDisk): { sent: number; unwritten: string[] } {
  const seen = { sent: 0, unwritten: [] };
  try {
    runBacktest(aPlan({ days: 20, more: { journal: disk, through: onTheWire(disk, seen) } }));
  } catch (fault) {
    if (!(fault instanceof Error) || fault.message !== "no space left on device") throw fault;
  }
  return seen;
}

describe("law 4: a fact is durable before its effect leaves", () => {
  it("finds every order and every cancel on disk as it passes the wire", () => {
    const { sent, unwritten } = run(new WatchedDisk());
    expect(sent, "the run sends enough to judge by").toBeGreaterThan(10);
    expect(unwritten).toEqual([]);
  });

  it.each([1, 2, 7])("sends nothing more when commit %d fails", (failsAt) => {
    const { sent } = run(new WatchedDisk(failsAt));
    expect(sent).toBe(failsAt - 1);
  });

  it("would catch an effect that leaves before its fact is written", () => {
    const { sent, unwritten } = run(new WatchedDisk(Infinity, false));
    expect(unwritten).toHaveLength(sent);
  });
});
