import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { finished, lifecycle, step, type OrderFact } from "../../../src/flow/orders/lifecycle.ts";
import type { OrderState } from "../../../src/words/order-words.ts";

fc.configureGlobal({ seed: 20261121 });

const states = [
  "planned",
  "sent",
  "working",
  "part_filled",
  "cancelling",
  "lost",
  "cancelled",
  "expired",
  "rejected",
  "withheld",
  "filled",
] as const satisfies readonly OrderState[];
/** A state that is missing above makes this line fail to compile. */
const everyState: Exclude<OrderState, (typeof states)[number]> extends never ? true : false = true;

/** What only the venue can say. A cancel that came too late is an answer too, but it ends nothing. */
const evidence = [
  "accepted",
  "rejected",
  "part_filled",
  "filled",
  "triggered",
  "cancelled",
  "expired",
  "found_working",
  "found_absent",
] as const;
/** What we do ourselves, and what the passing of time says. */
const ours = ["sent", "withheld", "timed_out", "cancel_asked", "cancel_failed"] as const;
const facts: readonly OrderFact[] = [...evidence, ...ours];
const everyFact: Exclude<OrderFact, (typeof evidence)[number] | (typeof ours)[number]> extends never ? true : false = true;

/** Written by hand from what each fact means; - is a fact that cannot come there. Columns as in `head`. */
const head =
  "sent withheld timed_out accepted rejected triggered part_filled filled cancel_asked cancel_failed cancelled expired found_absent found_working";
const expected = `
  planned      sent        withheld  lost        working     rejected   working      part_filled  filled  planned     planned      cancelled  expired    -     working
  sent         sent        -         lost        working     rejected   working      part_filled  filled  sent        sent         cancelled  expired    -     working
  working      working     -         working     working     rejected   working      part_filled  filled  cancelling  working      cancelled  expired    -     working
  part_filled  part_filled -         part_filled part_filled rejected   part_filled  part_filled  filled  cancelling  part_filled  cancelled  expired    -     part_filled
  cancelling   cancelling  -         cancelling  cancelling  rejected   cancelling   cancelling   filled  cancelling  working      cancelled  expired    -     working
  lost         lost        -         lost        working     rejected   working      part_filled  filled  lost        lost         cancelled  expired    rejected     working
  cancelled    cancelled   -         cancelled   cancelled   cancelled  cancelled    cancelled    filled  cancelled   cancelled    cancelled  cancelled  -     working
  expired      expired     -         expired     expired     expired    expired      expired      filled  expired     expired      expired    expired    -     working
  rejected     rejected    -         rejected    working     rejected   rejected     part_filled  filled  rejected    rejected     rejected   rejected   -     working
  withheld     -           -         -           -           -          -            -            -       -           -            -          -          -     -
  filled       filled      -         filled      filled      filled     filled       filled       filled  filled      filled       filled     filled     -     filled
`;
const cells = expected
  .trim()
  .split("\n")
  .flatMap((line) => {
    const [from = "", ...row] = line.trim().split(/\s+/);
    return head.split(" ").map((fact, at) => ({ from: from as OrderState, fact: fact as OrderFact, to: row[at]! }));
  });

const walk = (from: OrderState, path: readonly OrderFact[]): OrderState => {
  let state = from;
  for (const fact of path) {
    const next = step(state, fact);
    if (next.ok) state = next.value;
  }
  return state;
};

describe("an order's life cycle", () => {
  it("is described for every state and every fact", () => {
    expect([everyState, everyFact]).toEqual([true, true]);
    expect(Object.keys(lifecycle).sort()).toEqual([...states].sort());
    expect(cells).toHaveLength(states.length * facts.length);
  });

  it.each(cells)("goes from $from by $fact to $to", ({ from, fact, to }) => {
    expect(step(from, fact)).toEqual(to === "-" ? { ok: false, error: { code: "no_such_step", from, fact } } : { ok: true, value: to });
  });

  it("ends in five states and in no other", () => {
    expect(states.filter(finished)).toEqual(["cancelled", "expired", "rejected", "withheld", "filled"]);
  });

  it("never leaves lost but by evidence from the venue: neither time nor anything that we do ends it (I9)", () => {
    fc.assert(fc.property(fc.array(fc.constantFrom(...ours), { maxLength: 12 }), (path) => walk("lost", path) === "lost"));
  });

  it("never reaches a finished state but by evidence from the venue, unless the order was withheld and never left", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...states.filter((state) => !finished(state))),
        fc.array(fc.constantFrom(...ours), { maxLength: 12 }),
        (from, path) => {
          const to = walk(from, path);
          expect(!finished(to) || to === "withheld", `${from} by ${path.join(", ")} ends ${to}`).toBe(true);
          if (to === "withheld") expect(from).toBe("planned");
        },
      ),
    );
  });

  it("has a cell for whatever a venue may repeat or reorder, so that no report is a crash (B5)", () => {
    for (const from of states.filter((state) => state !== "withheld"))
      for (const fact of evidence.filter((each) => each !== "found_absent")) expect(step(from, fact).ok, `${from} ${fact}`).toBe(true);
  });

  it("has a cell for every answer to a cancel in every state that a kill switch can meet", () => {
    for (const from of states.filter((state) => !finished(state)))
      for (const fact of ["cancel_asked", "cancel_failed", "cancelled", "timed_out"] as const)
        expect(step(from, fact).ok, `${from} ${fact}`).toBe(true);
  });

  it("ends in one state however the venue's messages of one story are ordered, once all of it is filled (B5)", () => {
    const story: readonly OrderFact[] = ["accepted", "triggered", "part_filled", "part_filled", "cancel_asked", "filled"];
    fc.assert(
      fc.property(fc.shuffledSubarray([...story], { minLength: story.length }), (order) => {
        expect(walk("sent", order)).toBe("filled");
      }),
    );
  });
});
