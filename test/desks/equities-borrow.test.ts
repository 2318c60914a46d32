import { describe, expect, it } from "vitest";
import { backtestReport } from "../../src/lab/backtest-report.ts";
import type { Venue } from "../../src/ports/venue.ts";
import type { SimVenue } from "../../src/sim/venue/sim-venue.ts";
import { minus, plus, sum } from "../../src/words/money.ts";
import { formatExact } from "../../src/words/exact.ts";
import { long, ofKind, playShares, quietDays, share, type Day } from "../lab/a-shares-plan.ts";
import { venueWith } from "../lab/venue-with.ts";

const short = long({ direction: "short", stop: 103, target: 94, invalidation: "a close above 103" });
/** Sold on Friday the 5th of January 2024, closed by its target on the day after so many more. */
const days = (more: number): readonly Day[] => [...quietDays(4 + more), [100, 101, 93, 95]];
const play = (more: number, through?: (venue: SimVenue) => Venue, bpsYear = 3600) =>
  playShares({
    histories: [share("AAA", days(more))],
    script: (_, turn) => (turn === 1 ? short : undefined),
    set: [`equities.borrowBpsYear=${bpsYear}`, "equities.evPctMin=0"],
    more: through === undefined ? {} : { through },
  });

/** A venue that moves money and does not say so: it is found in its records. */
const silent = (venue: SimVenue): Venue => venueWith(venue, { drain: () => venue.drain().filter(({ kind }) => kind !== "borrow") });

describe("shorts of the equities desk pay for the shares they borrow (EQ-3)", () => {
  it("each night is a fact, the trade bears them all, and the report says what they were", () => {
    const run = play(3);
    const charged = ofKind(run, "borrow_charged");
    // Over the weekend to Monday, then a night each to Tuesday, Wednesday, and Thursday's target.
    expect(charged.map(({ days: nights, price }) => [nights, formatExact(price)])).toEqual([
      [3, "100"],
      [1, "100"],
      [1, "100"],
      [1, "100"],
    ]);
    const [filled] = ofKind(run, "filled");
    expect(charged[1]!.amount * 10n).toBe(filled!.fill.quantity);
    const [trade] = run.state.trades;
    const fees = sum(ofKind(run, "filled").map(({ fill }) => fill.fee));
    const borrow = sum(charged.map(({ amount }) => amount));
    expect([trade!.direction, trade!.fees, trade!.net]).toEqual(["short", plus(fees, borrow), minus(minus(trade!.realised, fees), borrow)]);
    expect(run.state.wallet).toBe(run.venue.balance().cash);
    expect(backtestReport(run, 1).result).toMatchObject({ borrow: formatExact(borrow), fees: formatExact(plus(fees, borrow)) });
  });

  it.each([0, 1, 3])("a venue that does not tell of it is read again, and the trade bears it all the same (%i days)", (more) => {
    const [told, found] = [play(more), play(more, silent)];
    const amounts = (run: typeof told): readonly bigint[] => ofKind(run, "borrow_charged").map(({ amount }) => amount);
    expect(amounts(found)).toEqual(amounts(told));
    expect(amounts(told).length).toBe(more + 1);
    expect(found.state.trades.map(({ fees, net }) => [fees, net])).toEqual(told.state.trades.map(({ fees, net }) => [fees, net]));
    expect(found.state.wallet).toBe(found.venue.balance().cash);
  });

  it("the expectation and the venue reckon with the same nights: ten sessions are fourteen days of 360", () => {
    const run = play(9, undefined, 360);
    const costOf = (of: typeof run): number => ofKind(of, "edge_weighed")[0]!.edge.costBps;
    expect(costOf(run) - costOf(play(9, undefined, 0))).toBeCloseTo(14, 9);
    const held = ofKind(run, "borrow_charged").reduce((all, { days: nights }) => all + nights, 0);
    // What closes it is the horizon, at the open of its last night's morning.
    expect([held, run.state.trades[0]!.endedBy]).toEqual([14, "order"]);
  });

  it("without a price for it nothing is charged", () => {
    expect(ofKind(play(3, undefined, 0), "borrow_charged")).toEqual([]);
  });
});
