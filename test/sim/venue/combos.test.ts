import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeEntry, encodeEntry } from "../../../src/journal/codec.ts";
import { OrderBook } from "../../../src/journal/order-book.ts";
import { accountId, clientOrderIdOf, deskId, instrumentId } from "../../../src/words/ids.ts";
import { money } from "../../../src/words/money.ts";
import { quantity } from "../../../src/words/quantity.ts";
import { rate } from "../../../src/words/rate.ts";
import { anOrder, type Wish } from "./an-order.ts";
import { endMs, optionNamed, OptionsVenue } from "./an-options-venue.ts";

const names = ["C100", "C110", "P100", "P90"] as const;
type Touch = readonly [bid: number, ask: number, size?: number];
const touch: Readonly<Record<string, Touch>> = { C100: [5, 6], C110: [2, 3], P100: [4, 5], P90: [1, 2] };

class Combos extends OptionsVenue {
  /** Both sides of each contract, all at one moment, a second later. */
  show(touches: Readonly<Record<string, Touch>> = touch): this {
    this.nowMs += 2000;
    this.venue.quote(0, 100, 100, 1_000_000, 1_000_000, this.nowMs);
    for (const [name, [bid, ask, size = 1000]] of Object.entries(touches))
      this.venue.quote(
        this.venue.instruments.findIndex(({ id }) => id === name),
        bid,
        ask,
        size,
        size,
        this.nowMs,
      );
    return this;
  }

  combo(legs: NonNullable<Wish["legs"]>, limit: number, more: Wish = {}): string {
    const outcome = this.venue.place(anOrder({ id: "u", instrument: "ACME", type: "limit", limit, lots: 1, legs, ...more }));
    return outcome.kind === "rejected" ? outcome.reason : outcome.kind;
  }
}

const aVenueOf = (of: ConstructorParameters<typeof OptionsVenue>[1] = {}): Combos =>
  new Combos(
    names.map((name) => optionNamed(name)),
    of,
  ).show();
const callSpread = [
  ["buy", "C100", 1],
  ["sell", "C110", 1],
] as const;
const condor = [
  ["sell", "C100", 1],
  ["buy", "C110", 1],
  ["sell", "P100", 1],
  ["buy", "P90", 1],
] as const;

describe("orders over several contracts trade as one", () => {
  it.each<[NonNullable<Wish["legs"]>, number, string, string, string]>([
    [callSpread, 4, "u buy 1 at 6 taker; u sell 1 at 2 taker", "99600", "a debit of 4: bought at the ask, sold at the bid"],
    [callSpread, 3, "", "100000", "the natural price is above the limit: it rests"],
    [
      [
        ["sell", "C100", 1],
        ["buy", "C110", 1],
      ],
      -2,
      "u sell 1 at 5 taker; u buy 1 at 3 taker",
      "100200",
      "a credit of 2 is a limit of -2",
    ],
    [
      [
        ["sell", "C100", 1],
        ["buy", "C110", 1],
      ],
      -3,
      "",
      "100000",
      "more credit than there is",
    ],
    [condor, -4, "u sell 1 at 5 taker; u buy 1 at 3 taker; u sell 1 at 4 taker; u buy 1 at 2 taker", "100400", "four legs"],
    [
      [
        ["buy", "C110", 2],
        ["sell", "C100", 1],
      ],
      1,
      "u buy 2 at 3 taker; u sell 1 at 5 taker",
      "99900",
      "two for one",
    ],
  ])("%j at %i: %s", (legs, limit, said, cash) => {
    const of = aVenueOf();
    expect(of.combo(legs, limit)).toBe("accepted");
    expect([of.show().hear(), of.cash]).toEqual([said, cash]);
  });

  it("trades inside the quotes where the venue does, each leg's middle rounded against us", () => {
    const of = aVenueOf({ comboPrice: "mid" });
    of.combo(callSpread, 4);
    expect(of.show({ ...touch, C100: [4, 6], C110: [2, 4] }).hear()).toBe("u buy 1 at 5 taker; u sell 1 at 3 taker");
  });

  it("fills as many whole units as its thinnest leg has size for, and the rest later", () => {
    const of = aVenueOf();
    of.combo(callSpread, 4, { lots: 5 });
    of.show({ ...touch, C110: [2, 3, 2] });
    expect([of.hear(), of.venue.openOrders().map(({ filled }) => filled)]).toEqual([
      "u buy 2 at 6 taker; u sell 2 at 2 taker",
      [quantity("2")],
    ]);
    expect(of.show().hear()).toBe("u buy 3 at 6 taker; u sell 3 at 2 taker");
    expect(of.venue.openOrders()).toEqual([]);
  });

  it.each<[Wish, Readonly<Record<string, Touch>>, string, string]>([
    [{ tif: "fok", lots: 5 }, { ...touch, C110: [2, 3, 2] }, "u cancelled fok", "not all units at once"],
    [{ tif: "ioc", limit: 3 }, touch, "u cancelled ioc", "not at that price"],
    [
      { tif: "ioc", lots: 5 },
      { ...touch, C110: [2, 3, 2] },
      "u buy 2 at 6 taker; u sell 2 at 2 taker; u cancelled ioc",
      "the units there are",
    ],
    [{}, { C100: touch["C100"]! }, "", "one leg has no quote of this moment"],
    [{}, { ...touch, C110: [0, 3] }, "", "one leg has no bid"],
  ])("%j: %s", (more, touches, said) => {
    const of = aVenueOf();
    of.combo(callSpread, 4, more);
    expect(of.show(touches).hear()).toBe(said);
  });

  it("does not meet the quotes that it was decided on", () => {
    const of = aVenueOf();
    of.combo(callSpread, 4);
    expect(of.hear()).toBe("");
  });

  it.each<[NonNullable<Wish["legs"]>, Wish, string, string]>([
    [[["buy", "C100", 1]], {}, "other", "one leg is no combination"],
    [
      [
        ["buy", "C100", 1],
        ["sell", "C100", 1],
      ],
      {},
      "other",
      "one contract twice",
    ],
    [
      [
        ["buy", "C100", 2],
        ["sell", "C110", 2],
      ],
      {},
      "bad_precision",
      "2:2 is 1:1 twice",
    ],
    [
      [
        ["buy", "C100", 1],
        ["sell", "C110", 0],
      ],
      {},
      "bad_precision",
      "nothing of a leg",
    ],
    [
      [
        ["buy", "C100", 1],
        ["sell", "ACME", 1],
      ],
      {},
      "other",
      "a share is no option on it",
    ],
    [
      [
        ["buy", "C100", 1],
        ["sell", "C120", 1],
      ],
      {},
      "unknown_instrument",
      "not listed",
    ],
    [callSpread, { type: "market" }, "bad_price", "there is no net price to hold it to"],
    [callSpread, { side: "sell" }, "other", "credits are limits below zero"],
    [callSpread, { lots: "0.5" }, "bad_precision", "half a unit"],
    [callSpread, { oco: "g" }, "other", "its legs are all that is grouped"],
  ])("refuses %j with %j as %s: %s", (legs, more, reason) => {
    expect(aVenueOf().combo(legs, 4, more)).toBe(reason);
  });

  it.each<[NonNullable<Wish["legs"]>, number, string, string, string]>([
    [callSpread, 4, "400", "accepted", "the debit is all that a bought spread can lose"],
    [callSpread, 4, "399", "insufficient_margin", "and it has to be there"],
    [condor, -4, "1000", "accepted", "the wider wing is what it could cost"],
    [condor, -4, "999", "insufficient_margin", "a dollar short of it"],
    [
      [
        ["sell", "C100", 2],
        ["buy", "C110", 1],
      ],
      -4,
      "1000000",
      "insufficient_margin",
      "one call is naked",
    ],
  ])("%j at %i with %s in cash is %s: %s", (legs, limit, cash, said) => {
    expect(aVenueOf({ startCash: money(cash) }).combo(legs, limit)).toBe(said);
  });

  it("shows, cancels and ends like any order", () => {
    const of = aVenueOf();
    of.combo(callSpread, 3, { tif: "day" });
    const id = clientOrderIdOf("u");
    const acme = instrumentId("ACME");
    expect(of.venue.find(id, acme)).toMatchObject({ state: "working", quantity: quantity("1") });
    expect(of.combo(callSpread, 3)).toBe("duplicate_id");
    expect(of.venue.replace(id, anOrder({ id: "v", instrument: "ACME" }))).toMatchObject({ kind: "rejected" });
    expect(of.venue.cancel(id, acme)).toMatchObject({ kind: "cancelled" });
    expect(of.venue.cancel(id, acme)).toMatchObject({ kind: "too_late", state: "cancelled" });
    of.combo(callSpread, 3, { id: "d", tif: "day" });
    of.venue.endSession(0);
    of.combo(callSpread, 3, { id: "e" });
    of.quote(100, {}, endMs);
    expect(of.hear()).toBe("u cancelled asked; d cancelled expired; e cancelled expired");
  });
});

describe("laws of orders over several contracts", () => {
  it("hold the legs' ratio at every step, pay what the legs' prices say, and cost equity nothing but the spread", () => {
    const size = fc.integer({ min: 0, max: 6 });
    const steps = fc.array(fc.record({ C100: size, C110: size, low: fc.integer({ min: 1, max: 5 }) }), { minLength: 1, maxLength: 10 });
    let filled = 0;
    fc.assert(
      fc.property(steps, fc.integer({ min: 1, max: 8 }), fc.integer({ min: -2, max: 6 }), (shown, units, limit) => {
        const covered = aVenueOf({ takerFee: rate("0.001") });
        covered.combo(
          [
            ["buy", "C100", 2],
            ["sell", "C110", 1],
          ],
          limit,
          { lots: units },
        );
        for (const { C100, C110, low } of shown) {
          covered.show({ ...touch, C100: [low, low + 1, C100], C110: [low, low + 1, C110] });
          covered.hear();
          const held = (name: string): bigint => covered.venue.positions().find(({ instrument }) => instrument === name)?.quantity ?? 0n;
          expect(held("C100")).toBe(-2n * held("C110"));
        }
        let cash = money("100000") as bigint;
        for (const report of covered.reports) {
          if (report.kind !== "filled") continue;
          const { side, price, quantity: lots, fee } = report.fill;
          cash += (side === "buy" ? -1n : 1n) * ((price * lots * 100n) / 1_000_000_000_000n) - fee;
          filled++;
        }
        expect(covered.venue.balance().cash).toBe(cash);
      }),
      { seed: 71, numRuns: 120 },
    );
    expect(filled).toBeGreaterThan(50);
  });

  it("in our own books an order has filled as many units as its least filled leg, in whatever order fills are told", () => {
    const id = clientOrderIdOf("u");
    const order = anOrder({
      id: "u",
      instrument: "ACME",
      type: "limit",
      limit: 1,
      lots: 3,
      legs: [
        ["buy", "C100", 2],
        ["sell", "C110", 1],
      ],
    });
    const fills = [
      ["C100", "2"],
      ["C100", "4"],
      ["C110", "1"],
      ["C110", "2"],
    ] as const;
    fc.assert(
      fc.property(fc.shuffledSubarray([...fills], { minLength: 4 }), (told) => {
        const book = new OrderBook();
        const at = Temporal.Instant.from("2026-12-01T15:00:00Z");
        book.plan(order, at);
        book.learn(id, "sent");
        book.learn(id, "accepted");
        for (const [name, lots] of told) {
          expect(book.state(id)).not.toBe("filled");
          book.fill(id, quantity(lots), quantity("0"), at, instrumentId(name));
        }
        expect([book.state(id), book.filled(id)]).toEqual(["filled", quantity("3")]);
        book.bust(id, quantity("2"), instrumentId("C100"));
        expect(book.filled(id)).toBe(quantity("2"));
      }),
      { seed: 72 },
    );
  });

  it("survive the journal's text", () => {
    const order = anOrder({ id: "u", instrument: "ACME", type: "limit", limit: -2, lots: 3, legs: condor });
    const at = Temporal.Instant.from("2026-12-01T15:00:00Z");
    const entry = {
      sequence: 1,
      at,
      account: accountId("paper"),
      desk: deskId("d"),
      config: "c",
      fact: { kind: "order_planned", order },
    } as const;
    expect(decodeEntry(encodeEntry(entry))).toEqual({ ok: true, value: entry });
  });
});
