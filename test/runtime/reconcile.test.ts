import { describe, expect, it } from "vitest";
import type { Fact } from "../../src/journal/fact.ts";
import type { Venue, VenueOrder } from "../../src/ports/venue.ts";
import { reconcile, type Reconciled } from "../../src/runtime/reconcile.ts";
import { driveNow } from "../../src/runtime/drive.ts";
import { clientOrderIdOf, venueOrderId } from "../../src/words/ids.ts";
import { money } from "../../src/words/money.ts";
import { price } from "../../src/words/price.ts";
import { quantity } from "../../src/words/quantity.ts";
import { Bench } from "../lab/a-bench.ts";
import { aPlan, entriesOf } from "../lab/a-plan.ts";
import { aCoin, candles, idle, ScriptedModel, still } from "../lab/handmade.ts";
import { venueWith } from "../lab/venue-with.ts";

const coin = aCoin("BTC");
const entry = { 1: { BTC: { action: "buy", usd: 9000, sl: 9500 } } } as const;
const patience = { visibilityMs: 90_000, differenceMs: 60_000 };

/** A desk that buys after its first hour, over a venue that says what `lies` makes of the truth. */
function aDesk(lies: (venue: Venue) => Partial<Venue>, script: object = entry): { readonly bench: Bench; readonly look: () => Reconciled } {
  const plan = aPlan({
    histories: [
      candles(
        coin,
        Array.from({ length: 6 }, () => still(10_000)),
      ),
    ],
    strategy: idle,
    model: new ScriptedModel(script as never),
    set: ["perps.proposer=house", "perps.cacheMs=0"],
    more: { through: (venue) => venueWith(venue, lies(venue)) },
  });
  const bench = new Bench(plan);
  const look = (): Reconciled => {
    const turn = bench.turn("venue");
    return driveNow(reconcile(turn, patience), (step) => bench.runner.perform(turn, step));
  };
  return { bench, look };
}

const facts = ({ plan }: Bench, ...kinds: readonly Fact["kind"][]): Fact[] =>
  entriesOf(plan).flatMap(({ fact }) => (kinds.includes(fact.kind) ? [fact] : []));

const unanswered = (venue: Venue): Partial<Venue> => ({
  place: (order) => {
    const truth = venue.place(order);
    if (truth instanceof Promise || truth.kind !== "accepted") return truth;
    return { kind: "unknown", detail: "no answer", at: truth.at };
  },
});

describe("reconcile: our books against the venue's (I2, I9)", () => {
  it("says that all is equal, once, and books nothing", () => {
    const { bench, look } = aDesk(() => ({}));
    bench.next();
    bench.wake();
    bench.next();
    expect(look()).toBe("equal");
    expect(facts(bench, "reconciled")).toEqual([{ kind: "reconciled", booked: 0 }]);
  });

  it("reads again from before the last look that found all equal, however many looks there were since", () => {
    const asked: number[] = [];
    let capped = true;
    const { bench, look } = aDesk((venue) => ({
      pending: false,
      drain: () => [],
      executions: (since) => {
        asked.push(since.epochMilliseconds);
        return capped ? [] : venue.executions(since);
      },
    }));
    bench.next();
    expect(look()).toBe("equal");
    bench.wake();
    bench.next();
    expect([look(), look(), look()]).toEqual(["different", "different", "different"]);
    expect(new Set(asked.slice(-3)).size, "a list that leaves out what explains it may be whole later").toBe(1);
    capped = false;
    look();
    expect(facts(bench, "filled")).toHaveLength(1);
  });

  it("finds an order that got no answer by its own name", () => {
    const { bench, look } = aDesk(unanswered);
    bench.next();
    bench.wake();
    expect(bench.runner.state.waitsForAnswer).toBe(true);
    look();
    expect(facts(bench, "order_found")).toMatchObject([{ state: "working" }]);
    expect(bench.runner.state.waitsForAnswer).toBe(false);
  });

  it("takes an order for never arrived only after the venue's patience, and not while the venue cannot say", () => {
    const says: { find: VenueOrder | "absent" | "unknown" } = { find: "unknown" };
    const lost = (): Partial<Venue> => ({
      place: (order) => ({ kind: "unknown", detail: "no answer", at: bench.clock.now(), order }) as never,
      find: () => says.find,
    });
    const { bench, look } = aDesk(lost);
    bench.next();
    bench.wake();
    look();
    says.find = "absent";
    look();
    expect(facts(bench, "order_absent"), "not before the window is over").toEqual([]);
    bench.next();
    says.find = "unknown";
    look();
    expect(facts(bench, "order_absent"), "not while it cannot say").toEqual([]);
    says.find = "absent";
    look();
    expect(facts(bench, "order_absent")).toMatchObject([{ waitedMs: 3_600_000 }]);
    expect(bench.runner.state.openOrders).toEqual([]);
  });

  it("books an execution whose frame never came, and guards what it made", () => {
    const { bench, look } = aDesk((venue) => ({ drain: () => venue.drain().filter(({ kind }) => kind !== "filled") }));
    bench.next();
    bench.wake();
    bench.next();
    expect(bench.runner.state.positions).toEqual([]);
    expect(look()).toBe("equal");
    expect(facts(bench, "filled")).toHaveLength(1);
    expect(bench.runner.state.openOrders).toMatchObject([{ purpose: "stop_loss", quantity: bench.runner.state.positions[0]!.quantity }]);
  });

  it("counts what others have resting in our limits, until it is gone", () => {
    const theirs: VenueOrder = {
      id: clientOrderIdOf("somebody-else"),
      venueOrder: venueOrderId("v77"),
      instrument: coin.id,
      side: "buy",
      state: "working",
      quantity: quantity("3"),
      filled: quantity("1"),
      limit: price("9000"),
      conditional: false,
    };
    const seen: { orders: readonly VenueOrder[] } = { orders: [theirs] };
    const { bench, look } = aDesk(() => ({ openOrders: () => seen.orders }), {});
    bench.next();
    look();
    expect(bench.runner.state.reservations).toMatchObject([{ instrument: coin.id, side: "buy", notional: money("18000") }]);
    look();
    expect(facts(bench, "external_orders_seen"), "said once").toHaveLength(1);
    seen.orders = [];
    look();
    expect(bench.runner.state.reservations).toEqual([]);
  });

  it.each`
    what            | lies                                                                                             | says
    ${"a position"} | ${{ positions: () => [{ instrument: coin.id, quantity: quantity("1"), cost: money("10000") }] }} | ${"the venue holds BTC.PERP, our books do not"}
    ${"cash"}       | ${{ balance: () => ({ cash: money("1"), equity: money("1") }) }}                                 | ${"cash differs from the venue's"}
  `(
    "latches when $what differs for longer than it may, and forgets a difference that goes away",
    ({ lies, says }: { lies: Partial<Venue>; says: string }) => {
      const now: { lies: Partial<Venue> } = { lies: {} };
      const { bench, look } = aDesk(
        (venue) => ({
          positions: () => (now.lies.positions ?? (() => venue.positions()))(),
          balance: () => (now.lies.balance ?? (() => venue.balance()))(),
        }),
        {},
      );
      bench.next();
      now.lies = lies;
      expect(look()).toBe("different");
      expect(facts(bench, "latched"), "it may be a lag").toEqual([]);
      now.lies = {};
      expect(look()).toBe("equal");
      now.lies = lies;
      look();
      bench.next();
      expect(look()).toBe("different");
      expect(facts(bench, "latched")).toMatchObject([{ latch: { name: "ledger_mismatch", reason: says } }]);
      look();
      expect(facts(bench, "latched"), "once").toHaveLength(1);
    },
  );

  it.each(["executions", "payments", "openOrders", "conditionalOrders", "positions", "balance"] as const)(
    "concludes nothing while the venue does not show its %s",
    (read) => {
      const { bench, look } = aDesk(() => ({ [read]: () => "unavailable", positions: () => (read === "positions" ? "unavailable" : []) }));
      bench.next();
      bench.wake();
      bench.next();
      expect(look()).toBe("incomplete");
      expect(facts(bench, "reconciled", "latched")).toEqual([]);
    },
  );
});
