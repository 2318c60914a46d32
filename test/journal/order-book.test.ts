import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { finished, step, type OrderFact } from "../../src/flow/orders/lifecycle.ts";
import { OrderBook } from "../../src/journal/order-book.ts";
import { SentWindow } from "../../src/journal/sent-window.ts";
import { clientOrderIdOf } from "../../src/words/ids.ts";
import { instantOfMs } from "../../src/words/instant.ts";
import { quantity, quantityMinus } from "../../src/words/quantity.ts";
import { anOrder } from "../sim/venue/an-order.ts";

const at = Temporal.Instant.fromEpochMilliseconds(0);

const now = instantOfMs(1_000);
const id = clientOrderIdOf("o");

const working = (lots = 10): OrderBook => {
  const book = new OrderBook();
  book.plan(anOrder({ id: "o", lots }), now);
  book.learn(id, "sent");
  book.learn(id, "accepted");
  return book;
};

describe("our orders by id", () => {
  it.each`
    fills               | state            | because
    ${[[4, 6]]}         | ${"part_filled"} | ${"something remains"}
    ${[[4, 6], [6, 0]]} | ${"filled"}      | ${"nothing remains"}
    ${[[4, 0]]}         | ${"filled"}      | ${"the venue shrank it as its sibling filled, and says that nothing remains"}
    ${[[4, 2], [2, 0]]} | ${"filled"}      | ${"it was shrunk between two fills"}
    ${[[4, 6], [6, 6]]} | ${"filled"}      | ${"its whole quantity is traded, whatever the venue says of a bracket's leg that may grow"}
  `(
    "is $state after fills $fills because $because",
    ({ fills, state }: { fills: readonly (readonly [number, number])[]; state: string }) => {
      const book = working();
      for (const [size, remaining] of fills) book.fill(id, quantity(String(size)), quantity(String(remaining)), at);
      expect(book.state(id)).toBe(state);
      expect(book.open.map((order) => order.id)).toEqual(state === "filled" ? [] : [id]);
    },
  );

  it("keeps what it filled while it is open", () => {
    const book = working();
    book.fill(id, quantity("3"), quantity("7"), at);
    const [open] = book.open;
    expect(quantityMinus(open!.quantity, open!.filled)).toBe(quantity("7"));
  });

  it("knows an id for ever and takes it once", () => {
    const book = working();
    book.learn(id, "cancelled");
    expect([book.knows(id), book.openOrder(id), book.open.length]).toEqual([true, undefined, 0]);
    expect(() => book.plan(anOrder({ id: "o" }), now)).toThrow("planned once");
  });

  it("books a late fill of a cancelled order and keeps it closed", () => {
    const book = working();
    book.learn(id, "cancelled");
    book.fill(id, quantity("3"), quantity("7"), at);
    expect([book.state(id), book.filled(id), book.open.length]).toEqual(["cancelled", quantity("3"), 0]);
  });

  it("does nothing to an order that was never planned", () => {
    const book = new OrderBook();
    expect(() => book.learn(id, "accepted")).toThrow("planned before");
    expect(() => book.fill(id, quantity("1"), quantity("0"), at)).toThrow("planned before");
  });

  it("is open exactly while the life cycle says so, whatever is learned in whatever order", () => {
    const facts: readonly OrderFact[] = [
      "sent",
      "accepted",
      "rejected",
      "timed_out",
      "triggered",
      "cancel_asked",
      "cancel_failed",
      "cancelled",
      "expired",
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...facts), { maxLength: 12 }), (learned) => {
        const book = new OrderBook();
        book.plan(anOrder({ id: "o" }), now);
        for (const fact of learned) {
          const before = book.state(id)!;
          const to = step(before, fact);
          if (!to.ok) expect(() => book.learn(id, fact)).toThrow("no step");
          else book.learn(id, fact);
          expect(book.state(id)).toBe(to.ok ? to.value : before);
          expect(book.openOrder(id)?.state).toBe(finished(book.state(id)!) ? undefined : book.state(id));
          expect(book.open.length).toBe(finished(book.state(id)!) ? 0 : 1);
        }
      }),
      { seed: 3, numRuns: 300 },
    );
  });
});

describe("orders sent lately", () => {
  it("keeps every order of the last hour, oldest first, and lets the rest go", () => {
    const window = new SentWindow();
    const minutes = Array.from({ length: 600 }, (_, minute) => minute);
    for (const minute of minutes) {
      const { id: order, instrument, side, purpose, quantity: size } = anOrder({ id: `o${minute}` });
      window.add({ id: order, instrument, side, purpose, quantity: size, sentAt: instantOfMs(minute * 60_000) });
      const sent = window.orders.map(({ sentAt }) => sentAt.epochMilliseconds / 60_000);
      expect(sent).toEqual(sent.toSorted((a, b) => a - b));
      for (let at = Math.max(0, minute - 60); at <= minute; at++) expect(sent).toContain(at);
      expect(sent.length).toBeLessThan(200);
    }
  });
});
