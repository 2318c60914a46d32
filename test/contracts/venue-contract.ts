import { describe, expect, it } from "vitest";
import type { Order } from "../../src/flow/orders/order.ts";
import type { Eventually } from "../../src/ports/eventually.ts";
import type { CancelOutcome, PlaceOutcome, Read, Venue, VenueOrder, VenueReport } from "../../src/ports/venue.ts";
import { formatExact, multiplyExact } from "../../src/words/exact.ts";
import { clientOrderIdOf, type InstrumentId } from "../../src/words/ids.ts";
import { instantOfMs, msOf } from "../../src/words/instant.ts";
import { rate, type Rate } from "../../src/words/rate.ts";
import type { Wish } from "../sim/venue/an-order.ts";
import { inWords, type Candle } from "../sim/venue/a-market.ts";

/**
 * A fresh venue with 100,000 in cash, no fee, spread or slippage, and one instrument whose tick and lot are 1, which may be sold short
 * and has closed at 100. A bar's volume bounds what fills in it.
 */
export type Rig = {
  readonly venue: Venue;
  readonly instrument: InstrumentId;
  /** Known to the venue too. */
  readonly other: InstrumentId;
  /** In `instrument` unless the wish names another. */
  order(wish: Wish): Order;
  /** The next bar, played to its end. */
  play(candle: Candle): Eventually<void>;
  /** The session is over. */
  endDay(): Eventually<void>;
  /** Of one interval, at the last price; absent where nothing is held on margin. */
  readonly fund?: (rate: Rate) => Eventually<void>;
  /** Of `instrument`; absent where it is not of shares. */
  readonly split?: (from: number, into: number) => Eventually<void>;
};

const still: Candle = [100, 100, 100, 100];
const id = clientOrderIdOf;

/** Drives a rig step by step and keeps what it was told. */
class Session {
  readonly rig: Rig;
  readonly reports: VenueReport[] = [];
  #heard = 0;

  constructor(rig: Rig) {
    this.rig = rig;
  }

  get venue(): Venue {
    return this.rig.venue;
  }

  async place(wish: Wish): Promise<PlaceOutcome> {
    return this.venue.place(this.rig.order(wish));
  }

  /** One word: the kind of answer, or the reason of a rejection. */
  async placed(wish: Wish): Promise<string> {
    const outcome = await this.place(wish);
    return outcome.kind === "rejected" ? outcome.reason : outcome.kind;
  }

  async replaced(old: string, wish: Wish): Promise<string> {
    return (await this.venue.replace(id(old), this.rig.order(wish))).kind;
  }

  async cancel(order: string, instrument = this.rig.instrument): Promise<CancelOutcome> {
    return this.venue.cancel(id(order), instrument);
  }

  async state(order: string, instrument = this.rig.instrument): Promise<string> {
    const found = await this.venue.find(id(order), instrument);
    return typeof found === "string" ? found : found.state;
  }

  async play(...bars: readonly Candle[]): Promise<this> {
    for (const bar of bars) {
      await this.rig.play(bar);
      this.listen();
    }
    return this;
  }

  listen(): void {
    while (this.venue.pending) this.reports.push(...this.venue.drain());
  }

  /** What was said since the last time, in words; acknowledgements are left out, since not every stream has them. */
  hear(): string {
    this.listen();
    const news = this.reports.slice(this.#heard);
    this.#heard = this.reports.length;
    return news
      .filter(({ kind }) => kind !== "accepted")
      .map(inWords)
      .join("; ");
  }

  async listed(): Promise<string> {
    const names = (orders: readonly VenueOrder[]): string => orders.map((order) => order.id).join(" ");
    return `open: ${names(read(await this.venue.openOrders()))}; conditional: ${names(read(await this.venue.conditionalOrders()))}`;
  }

  async held(): Promise<string> {
    const positions = read(await this.venue.positions());
    return positions.map(({ instrument, quantity, cost }) => `${instrument} ${formatExact(quantity)} for ${formatExact(cost)}`).join("; ");
  }

  async cash(): Promise<string> {
    return formatExact(read(await this.venue.balance()).cash);
  }
}

function read<Value>(answer: Read<Value>): Value {
  if (answer === "unavailable") throw new Error("a venue without faults can be read");
  return answer;
}

const fillsOf = (reports: readonly VenueReport[]) => reports.flatMap((report) => (report.kind === "filled" ? [report.fill] : []));

/** What every venue behind the port does. Adapters pass it against their simulated counterparts. */
export function venueContract(name: string, make: () => Eventually<Rig>): void {
  const session = async (): Promise<Session> => new Session(await make());
  const long = async (lots = 10): Promise<Session> => {
    const each = await session();
    expect(await each.placed({ id: "entry", lots })).toBe("accepted");
    await each.play(still);
    each.hear();
    return each;
  };

  describe(`${name}: an order`, () => {
    it.each<[what: string, wish: Wish, bars: readonly Candle[], said: string, because: string]>([
      ["market", {}, [still], "o buy 10 at 100 taker", "it takes the next price"],
      ["market to sell", { side: "sell" }, [still], "o sell 10 at 100 taker", "it opens a short"],
      ["limit that rests", { type: "limit", limit: 95 }, [[100, 101, 94, 100]], "o buy 10 at 95 maker", "the price went through it"],
      ["limit that takes", { type: "limit", limit: 105 }, [still], "o buy 10 at 100 taker", "it crosses, and gets the better price"],
      ["limit out of reach", { type: "limit", limit: 95 }, [still, still], "", "good till cancelled waits"],
      ["stop", { type: "stop", stop: 105 }, [[100, 106, 99, 104]], "o triggered; o buy 10 at 105 taker", "the price reached its trigger"],
      [
        "stop-limit",
        { type: "stop_limit", stop: 105, limit: 106 },
        [[100, 106, 99, 104]],
        "o triggered; o buy 10 at 105 taker",
        "as above",
      ],
      [
        "ioc in part",
        { type: "limit", limit: 100, tif: "ioc" },
        [[100, 100, 100, 100, 4]],
        "o buy 4 at 100 taker; o cancelled ioc",
        "4 lots are there",
      ],
      ["ioc without", { type: "limit", limit: 99, tif: "ioc" }, [still], "o cancelled ioc", "nothing is offered at its price"],
      ["fok in full", { type: "limit", limit: 100, tif: "fok" }, [still], "o buy 10 at 100 taker", "all of it is there"],
      ["fok in part", { type: "limit", limit: 100, tif: "fok" }, [[100, 100, 100, 100, 4]], "o cancelled fok", "a part is not all"],
      [
        "gtc in parts",
        {},
        [
          [100, 100, 100, 100, 4],
          [100, 100, 100, 100, 6],
        ],
        "o buy 4 at 100 taker; o buy 6 at 100 taker",
        "volume bounds a bar",
      ],
    ])("%s: %j played through %j says '%s', because %s", async (_, wish, bars, said) => {
      const each = await session();
      expect(await each.placed({ id: "o", ...wish })).toBe("accepted");
      expect((await each.play(...bars)).hear()).toBe(said);
    });

    it("for the day expires with it, and one that is good till cancelled does not", async () => {
      const each = await session();
      await each.placed({ id: "d", type: "limit", limit: 90, tif: "day" });
      await each.placed({ id: "g", type: "limit", limit: 90 });
      await each.rig.endDay();
      expect([each.hear(), await each.state("d"), await each.state("g")]).toEqual(["d cancelled expired", "expired", "working"]);
    });

    it("that trails follows the best price and never back, or is refused where none trail", async () => {
      const each = await long();
      const wish: Wish = { id: "t", type: "trailing_stop", trail: "0.1", side: "sell", reduceOnly: true };
      expect(await each.placed(wish)).toBe(each.venue.able.trailing ? "accepted" : "other");
      if (!each.venue.able.trailing) return;
      await each.play([100, 110, 100, 110], [110, 110, 101, 105]);
      expect(each.hear()).toBe("");
      expect((await each.play([105, 105, 98, 99])).hear()).toBe("t triggered; t sell 10 at 99 taker");
    });

    it.each<[reason: string, wish: Wish, because: string]>([
      ["insufficient_margin", { lots: 900_000 }, "the account is too small"],
      ["below_minimum", { lots: 0 }, "nothing is below the smallest order"],
      ["bad_precision", { lots: "2.5" }, "half a lot is none"],
      ["bad_precision", { type: "limit", limit: "99.5" }, "half a tick is none"],
      ["bad_price", { type: "limit", limit: 0 }, "nothing trades at zero"],
      ["bad_price", { type: "limit" }, "a limit order has a limit"],
      ["reduce_only", { side: "sell", reduceOnly: true }, "nothing is held"],
      ["would_trigger", { type: "stop", stop: 100 }, "the trigger has been passed"],
      ["unknown_instrument", { instrument: "NOT.THERE" }, "nobody trades it"],
    ])("is rejected as %s: %j, because %s", async (reason, wish) => {
      const each = await session();
      const before = await each.cash();
      expect(await each.placed({ id: "o", ...wish })).toBe(reason);
      expect([await each.listed(), (await each.play(still)).hear(), await each.cash()]).toEqual(["open: ; conditional: ", "", before]);
    });

    it("whose id was used is a duplicate, whatever became of the first, and changes nothing", async () => {
      const each = await session();
      expect([await each.placed({ id: "a", type: "limit", limit: 90 }), await each.placed({ id: "a", lots: 3 })]).toEqual([
        "accepted",
        "duplicate_id",
      ]);
      expect([await each.placed({ id: "b", lots: "2.5" }), await each.placed({ id: "b" })]).toEqual(["bad_precision", "duplicate_id"]);
      expect([(await each.play(still)).hear(), await each.held(), await each.state("a"), await each.state("b")]).toEqual([
        "",
        "",
        "working",
        "rejected",
      ]);
    });
  });

  describe(`${name}: a cancel`, () => {
    it("ends a working order at once and for good, and is told once", async () => {
      const each = await session();
      await each.placed({ id: "o", type: "limit", limit: 95 });
      expect((await each.cancel("o")).kind).toBe("cancelled");
      expect((await each.play([100, 100, 90, 100])).hear()).toBe("o cancelled asked");
      expect([await each.state("o"), await each.listed()]).toEqual(["cancelled", "open: ; conditional: "]);
    });

    it("comes too late for what is finished, and says how it ended", async () => {
      const each = await long();
      await each.placed({ id: "r", lots: "2.5" });
      await each.placed({ id: "c", type: "limit", limit: 90 });
      await each.cancel("c");
      const answers = await Promise.all(["entry", "r", "c"].map((order) => each.cancel(order)));
      expect(answers).toMatchObject(["filled", "rejected", "cancelled"].map((state) => ({ kind: "too_late", state })));
    });

    it("takes off what is left of a part-filled order", async () => {
      const each = await session();
      await each.placed({ id: "o" });
      await each.play([100, 100, 100, 100, 4]);
      expect((await each.cancel("o")).kind).toBe("cancelled");
      expect((await each.play(still)).hear()).toBe("o buy 4 at 100 taker; o cancelled asked");
      expect(await each.venue.find(id("o"), each.rig.instrument)).toMatchObject({ state: "cancelled" });
    });

    it("of an order that is not there proves nothing", async () => {
      const each = await session();
      await each.placed({ id: "o", type: "limit", limit: 90 });
      expect([(await each.cancel("never")).kind, (await each.cancel("o", each.rig.other)).kind]).toEqual(["unknown", "unknown"]);
      expect(await each.state("o")).toBe("working");
    });
  });

  describe(`${name}: a replacement`, () => {
    it("puts one order in the place of another, or is refused where nothing is replaced", async () => {
      const each = await session();
      await each.placed({ id: "a", type: "limit", limit: 90 });
      const { replace } = each.venue.able;
      expect(await each.replaced("a", { id: "b", type: "limit", limit: 95 })).toBe(replace ? "accepted" : "rejected");
      expect([each.hear(), await each.listed()]).toEqual(
        replace ? ["a cancelled replaced", "open: b; conditional: "] : ["", "open: a; conditional: "],
      );
    });

    it("that is rejected leaves the old order where it was", async () => {
      const each = await session();
      await each.placed({ id: "a", type: "limit", limit: 90 });
      expect(await each.replaced("a", { id: "b", type: "limit", limit: "95.5" })).toBe("rejected");
      expect([each.hear(), await each.state("a"), await each.state("b")]).toEqual(["", "working", "rejected"]);
    });

    it("of what is finished or was never there is rejected, and adds nothing", async () => {
      const each = await long();
      expect([await each.replaced("entry", { id: "b" }), await each.replaced("never", { id: "c" })]).toEqual(["rejected", "rejected"]);
      expect([(await each.play(still)).hear(), await each.held()]).toEqual(["", `${each.rig.instrument} 10 for 1000`]);
    });
  });

  describe(`${name}: the records`, () => {
    it("find an order by our id in every state, in its own instrument only", async () => {
      const each = await session();
      await each.placed({ id: "f" });
      await each.play(still);
      await each.placed({ id: "r", lots: "2.5" });
      await each.placed({ id: "d", type: "limit", limit: 90, tif: "day" });
      await each.rig.endDay();
      await each.placed({ id: "w", type: "limit", limit: 90 });
      await each.placed({ id: "c", type: "limit", limit: 90 });
      await each.cancel("c");
      await each.placed({ id: "p" });
      await each.play([100, 100, 100, 100, 4]);
      const states = await Promise.all(["f", "r", "d", "w", "c", "p", "never"].map((order) => each.state(order)));
      expect(states).toEqual(["filled", "rejected", "expired", "working", "cancelled", "part_filled", "absent"]);
      expect(await each.state("w", each.rig.other)).toBe("absent");
    });

    it("say of an order what was asked and what has filled, under the venue's own id for it", async () => {
      const each = await session();
      const outcome = await each.place({ id: "o", type: "limit", limit: 100, lots: 10 });
      await each.play([100, 100, 100, 100, 4]);
      const found = await each.venue.find(id("o"), each.rig.instrument);
      const of = each.rig.order({ lots: 10, limit: 100 });
      expect(found).toMatchObject({ id: "o", side: "buy", quantity: of.quantity, limit: of.limit, conditional: false });
      expect(found).toMatchObject({
        venueOrder: outcome.kind === "accepted" ? outcome.venueOrder : "",
        filled: each.rig.order({ lots: 4 }).quantity,
      });
    });

    it("list what waits for its trigger apart from what is open, and nothing that is finished", async () => {
      const each = await session();
      await each.placed({ id: "limit", type: "limit", limit: 90 });
      await each.placed({ id: "stop", type: "stop", stop: 120 });
      await each.placed({ id: "gone", type: "limit", limit: 91 });
      await each.cancel("gone");
      await each.placed({ id: "filled" });
      await each.play(still);
      expect(await each.listed()).toBe("open: limit; conditional: stop");
    });

    it("give the executions since an instant, oldest first, each under an id of its own, and the very ones that were told", async () => {
      const each = await session();
      await each.placed({ id: "o", lots: 12 });
      await each.play([100, 100, 100, 100, 4], [100, 100, 100, 100, 4], [100, 100, 100, 100, 4]);
      const told = fillsOf(each.reports);
      const all = read(await each.venue.executions(instantOfMs(0)));
      expect([told.length, new Set(all.map(({ execution }) => execution)).size]).toEqual([3, 3]);
      expect(all).toEqual(told);
      expect(read(await each.venue.executions(told[1]!.at))).toEqual(told.slice(1));
      expect(read(await each.venue.executions(instantOfMs(msOf(told[2]!.at) + 1)))).toEqual([]);
    });

    it("give the payments since an instant, and the very ones that were told", async () => {
      const each = await long();
      await each.rig.fund?.(rate("0.001"));
      await each.play(still);
      await each.rig.fund?.(rate("-0.002"));
      each.listen();
      const told = each.reports.filter((report) => report.kind === "funding");
      expect(told.map(({ amount }) => formatExact(amount))).toEqual(each.rig.fund === undefined ? [] : ["-1", "2"]);
      expect(read(await each.venue.payments(instantOfMs(0)))).toEqual(told);
      if (told[1] !== undefined) expect(read(await each.venue.payments(told[1].at))).toEqual(told.slice(1));
    });

    it("hold each split under an id of its own, as it was told, whether any shares were held or not", async () => {
      const each = await session();
      if (each.rig.split === undefined) return;
      await each.rig.split(1, 2);
      await each.placed({ id: "o", lots: 8 });
      await each.play(still);
      await each.placed({ id: "rests", type: "limit", limit: 90 });
      await each.rig.split(1, 4);
      each.listen();
      const told = each.reports.filter((report) => report.kind === "split");
      expect(told.map(({ instrument, from, into }) => [instrument, from, into])).toEqual([
        [each.rig.instrument, 1, 2],
        [each.rig.instrument, 1, 4],
      ]);
      expect(new Set(told.map(({ transaction }) => transaction)).size).toBe(2);
      expect(read(await each.venue.payments(instantOfMs(0)))).toEqual(told);
      expect(read(await each.venue.payments(told[1]!.at))).toEqual(told.slice(1));
      // What rested is over before the split is told, and what was held keeps its cost.
      expect(each.hear().endsWith(`rests cancelled split; ${each.rig.instrument} split 1 into 4`)).toBe(true);
      expect(await each.held()).toBe(`${each.rig.instrument} 32 for 800`);
    });
  });

  describe(`${name}: the account`, () => {
    it.each<["buy" | "sell", string]>([
      ["buy", "7 for 700"],
      ["sell", "-7 for 700"],
    ])("holds a position of %s, signed, at its cost, until it is closed", async (side, held) => {
      const each = await session();
      await each.placed({ id: "a", side, lots: 10 });
      await each.play(still);
      await each.placed({ id: "b", side: side === "buy" ? "sell" : "buy", lots: 3 });
      await each.play(still);
      expect(await each.held()).toBe(`${each.rig.instrument} ${held}`);
      await each.placed({ id: "c", side: side === "buy" ? "sell" : "buy", lots: 7, reduceOnly: true });
      await each.play(still);
      expect(await each.held()).toBe("");
    });

    it("has, when nothing is held, exactly what it began with and what its fills and payments moved", async () => {
      const each = await session();
      const start = read(await each.venue.balance()).cash;
      await each.placed({ id: "a", lots: 11 });
      await each.play([100, 100, 100, 100]);
      await each.rig.fund?.(rate("0.000123456789"));
      await each.placed({ id: "b", lots: 6 });
      await each.play([107, 107, 107, 107]);
      await each.placed({ id: "c", side: "sell", lots: 17 });
      await each.play([103, 103, 103, 103, 5], [109, 109, 109, 109]);
      let due: bigint = start;
      for (const report of each.reports) {
        if (report.kind === "funding") due += report.amount;
        if (report.kind !== "filled") continue;
        const worth = multiplyExact(report.fill.price, report.fill.quantity, "down");
        due += (report.fill.side === "buy" ? -worth : worth) - report.fill.fee;
      }
      const { cash, equity } = read(await each.venue.balance());
      expect([await each.held(), fillsOf(each.reports).length, cash, equity]).toEqual(["", 4, due, due]);
    });
  });

  describe(`${name}: orders that belong together`, () => {
    it("are a bracket's legs, alive for just what has filled and each ending the other, or refused where there are none", async () => {
      const each = await session();
      const { brackets } = each.venue.able;
      expect(await each.placed({ id: "e", stopLoss: 90, takeProfit: 110 })).toBe(brackets ? "accepted" : "other");
      if (!brackets) return;
      await each.play([100, 100, 100, 100, 4]);
      expect(await each.listed()).toBe("open: e e.t; conditional: e.s");
      await each.play(still, [100, 112, 100, 105]);
      expect(each.hear()).toBe("e buy 4 at 100 taker; e buy 6 at 100 taker; e.t sell 10 at 110 maker; e.s cancelled oco");
    });

    it("are a group of which one's fill ends the others, or refused where there are none", async () => {
      const each = await long();
      const { oco } = each.venue.able;
      const stop: Wish = { id: "s", type: "stop", stop: 90, side: "sell", reduceOnly: true, oco: "g" };
      expect(await each.placed(stop)).toBe(oco ? "accepted" : "other");
      if (!oco) return;
      await each.placed({ id: "t", type: "limit", limit: 110, side: "sell", reduceOnly: true, oco: "g" });
      await each.play(still, [100, 100, 89, 95]);
      expect(each.hear()).toBe("s triggered; s sell 10 at 90 taker; t cancelled oco");
    });
  });

  describe(`${name}: reports`, () => {
    it("come in the order of their instants, each once, and `pending` says whether there are any", async () => {
      const each = await session();
      expect([each.venue.pending, each.venue.drain()]).toEqual([false, []]);
      await each.placed({ id: "a", lots: 9 });
      await each.placed({ id: "b", type: "stop", stop: 104 });
      await each.rig.play([100, 105, 100, 105, 6]);
      expect(each.venue.pending).toBe(true);
      const first = each.venue.drain();
      expect([first.length > 0, each.venue.pending, each.venue.drain()]).toEqual([true, false, []]);
      await each.play([105, 105, 105, 105]);
      const all = [...first, ...each.reports];
      const instants = all.map((report) => msOf(report.kind === "filled" ? report.fill.at : report.at));
      expect(instants).toEqual(instants.toSorted((left, right) => left - right));
      const filled = fillsOf(all).map(({ execution }) => execution);
      expect(new Set(filled).size).toBe(filled.length);
      expect(filled).toEqual(read(await each.venue.executions(instantOfMs(0))).map(({ execution }) => execution));
      const acknowledged = all.flatMap((report) => (report.kind === "accepted" ? [report.order as string] : []));
      expect([[], ["a", "b"]]).toContainEqual(acknowledged);
    });

    it("are stamped by the clock that the venue tells the time of, which never goes back (OPT-7)", async () => {
      const each = await session();
      const before = read(await each.venue.time());
      expect(before.stepMs).toBeGreaterThanOrEqual(0);
      await each.placed({ id: "o" });
      await each.play(still);
      const after = read(await each.venue.time());
      const [fill] = fillsOf(each.reports);
      expect(msOf(fill!.at)).toBeGreaterThanOrEqual(msOf(before.at));
      expect(msOf(fill!.at)).toBeLessThan(msOf(after.at) + Math.max(1, after.stepMs));
      expect(msOf(after.at)).toBeGreaterThan(msOf(before.at));
    });

    it("count down what remains of an order", async () => {
      const each = await session();
      await each.placed({ id: "o" });
      await each.play([100, 100, 100, 100, 4], [100, 100, 100, 100, 4], still);
      const left = each.reports.flatMap((report) => (report.kind === "filled" ? [formatExact(report.remaining)] : []));
      expect(left).toEqual(["6", "2", "0"]);
    });
  });
}
