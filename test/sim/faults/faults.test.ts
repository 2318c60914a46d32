import { describe, expect, it } from "vitest";
import { faultNames, type FaultName, type Faults } from "../../../src/sim/faults/fault-names.ts";
import { FaultyVenue } from "../../../src/sim/faults/faulty-venue.ts";
import { formatExact } from "../../../src/words/exact.ts";
import { clientOrderIdOf } from "../../../src/words/ids.ts";
import { instantOfMs, msOf } from "../../../src/words/instant.ts";
import { anEquity, aVenue, type Candle } from "../venue/a-market.ts";
import { FaultyMarket, perp, read, still } from "./a-faulty-market.ts";

const always = <Name extends FaultName>(name: Name, more: Omit<NonNullable<Faults[Name]>, "chance"> = {} as never): Faults => ({
  [name]: { chance: 1, ...more },
});
const second = 1000;
const minute = 60 * second;
const exactly = (ms: number): { readonly msMin: number; readonly msMax: number } => ({ msMin: ms, msMax: ms });
const epoch = instantOfMs(0);
const resting = { id: "o", type: "limit", limit: 90 } as const;
const dip: Candle = [100, 100, 80, 100];

type Story = (of: FaultyMarket) => readonly unknown[];
const shares = { instruments: [anEquity()] };

const told: readonly (readonly [FaultName, Faults, Story, readonly unknown[], string])[] = [
  [
    "accept_then_timeout",
    always("accept_then_timeout"),
    (of) => [of.placed({ id: "o" }), of.state("o"), of.bar(still).hear(), of.truly("o")],
    ["unknown", "working", "o buy 10 at 100 taker", "filled"],
    "no answer came, and the order is there all the same (B1)",
  ],
  [
    "accept_then_timeout",
    always("accept_then_timeout"),
    (of) => [of.placed(resting), of.cancelled("o"), of.hear(), of.truly("o")],
    ["unknown", "unknown", "o cancelled asked", "cancelled"],
    "a cancel's answer is lost too, and the cancel is not",
  ],
  [
    "late_arrival",
    always("late_arrival", exactly(30 * second)),
    (of) => [of.placed(resting), of.state("o"), of.wait(29 * second).state("o"), of.wait(second).state("o")],
    ["unknown", "absent", "absent", "working"],
    "it reaches the exchange half a minute later (B2)",
  ],
  [
    "late_arrival",
    always("late_arrival", exactly(30 * second)),
    (of) => [of.placed({ id: "o", lots: "0.5" }), of.hear(), of.wait(30 * second).hear(), of.state("o")],
    ["unknown", "", "o rejected bad_precision", "rejected"],
    "refused only when it arrives, it is told on the stream",
  ],
  [
    "late_arrival",
    always("late_arrival", exactly(30 * second)),
    (of) => [of.placed(resting), of.wait(second).placed(resting), of.wait(30 * second).hear(), of.state("o")],
    ["unknown", "unknown", "", "working"],
    "sent twice under one id it lives once, and nothing is said of the double",
  ],
  [
    "late_visibility",
    always("late_visibility", exactly(30 * second)),
    (of) => {
      const placed = of.placed({ id: "o", type: "limit", limit: 100, lots: 1000 });
      const lists = (): number => of.venue.openOrders().length + of.venue.executions(epoch).length;
      const hidden = [of.state("o"), lists(), of.truly("o")];
      of.venue.truth.openBar(0, of.openMs, minute, 100, 100, 100, 100, 400);
      return [placed, ...hidden, of.hear(), lists(), of.wait(30 * second).state("o"), lists()];
    },
    ["accepted", "absent", 0, "working", "o buy 400 at 100 taker", 0, "part_filled", 2],
    "the records follow half a minute behind the stream (B2)",
  ],
  [
    "fill_before_ack",
    always("fill_before_ack", exactly(30 * second)),
    (of) => [of.placed({ id: "o" }), of.hear(), of.bar(still).hear()],
    ["unknown", "", "o buy 10 at 100 taker; o accepted"],
    "the fill overtakes the acceptance (B5)",
  ],
  [
    "fill_before_ack",
    always("fill_before_ack", exactly(30 * second)),
    (of) => [of.placed(resting), of.wait(29 * second).hear(), of.wait(second).hear()],
    ["unknown", "", "o accepted"],
    "where nothing fills, the acceptance is late and comes",
  ],
  [
    "fill_after_cancel",
    always("fill_after_cancel", exactly(2 * minute)),
    (of) => [of.placed(resting), of.cancelled("o"), of.state("o"), of.truly("o"), of.bar(dip).hear(), of.state("o"), of.truly("o")],
    ["accepted", "cancelled", "cancelled", "working", "o buy 10 at 90 maker", "filled", "filled"],
    "it was said to be cancelled, and filled after (B6)",
  ],
  [
    "fill_after_cancel",
    always("fill_after_cancel", exactly(2 * minute)),
    (of) => [of.placed(resting), of.cancelled("o"), of.cancelled("o"), of.venue.openOrders(), of.wait(2 * minute).hear(), of.truly("o")],
    ["accepted", "cancelled", "too_late", [], "o cancelled asked", "cancelled"],
    "where nothing fills, it ends late and then says so",
  ],
  [
    "duplicate_execution",
    { duplicate_execution: { chance: 1, ...exactly(3 * minute) } },
    (of) => {
      of.placed({ id: "a" });
      of.placed({ id: "b" });
      of.placed({ id: "c" });
      of.bar(still).wait(3 * minute);
      const ids = of.reports.flatMap((report) => (report.kind === "filled" ? [report.fill.execution] : []));
      return [ids.length, new Set(ids).size, of.venue.executions(epoch).length];
    },
    [6, 3, 3],
    "every report comes twice under its one id, and the account has it once (B4)",
  ],
  [
    "dropped_report",
    always("dropped_report"),
    (of) => [of.placed({ id: "o" }), of.bar(still).hear(), of.venue.executions(epoch).length, of.venue.positions().length, of.state("o")],
    ["accepted", "", 1, 1, "filled"],
    "the frame never comes; the records have it (B11)",
  ],
  [
    "replace_race",
    always("replace_race"),
    (of) => {
      const ways = Array.from({ length: 24 }, (_, n) => {
        of.placed({ id: `a${n}`, type: "limit", limit: 90 });
        const answer = of.replaced(`a${n}`, { id: `b${n}`, type: "limit", limit: 91 });
        return `${answer}: ${of.truly(`a${n}`)} and ${of.truly(`b${n}`)}`;
      });
      return [...new Set(ways)].sort();
    },
    ["rejected: cancelled and absent", "unknown: cancelled and working", "unknown: working and absent"],
    "neither is left; or it is done without an answer; or it is still under way (B8)",
  ],
  [
    "replace_race",
    always("replace_race", exactly(90 * second)),
    (of) => {
      for (let n = 0; n < 12; n++) {
        of.placed({ id: `a${n}`, type: "limit", limit: 90 });
        of.replaced(`a${n}`, { id: `b${n}`, type: "limit", limit: 70 });
      }
      of.bar(dip).wait(minute);
      const raced = Array.from({ length: 12 }, (_, n) => `${of.truly(`a${n}`)} and ${of.truly(`b${n}`)}`);
      return [...new Set(raced)].sort();
    },
    ["cancelled and absent", "cancelled and working", "filled and rejected"],
    "the old order may fill while its replacement is under way",
  ],
  [
    "hidden_conditionals",
    always("hidden_conditionals"),
    (of) => [
      of.placed({ id: "o", type: "stop", stop: 120 }),
      of.venue.conditionalOrders(),
      of.venue.openOrders(),
      of.state("o"),
      of.venue.truth.conditionalOrders().length,
    ],
    ["accepted", [], [], "working", 1],
    "no list shows the stop, and it is there (B10)",
  ],
  [
    "id_rollback",
    { id_rollback: { chance: 0.5 } },
    (of) => {
      const ids = Array.from({ length: 12 }, (_, n) => {
        const outcome = of.place({ id: `o${n}`, type: "limit", limit: 90 });
        return outcome.kind === "accepted" ? outcome.venueOrder : "";
      });
      const found = read(of.venue.openOrders()).map(({ venueOrder }) => venueOrder);
      return [new Set(ids).size < ids.length, found.join() === ids.join(), of.venue.truth.openOrders().length];
    },
    [true, true, 12],
    "two orders have one number, which each keeps; our own ids tell them apart (B9)",
  ],
  [
    "history_cap",
    always("history_cap", { newest: 3 }),
    (of) => {
      for (let n = 0; n < 5; n++) of.placed({ id: `o${n}` });
      of.bar(still);
      return [
        read(of.venue.executions(epoch))
          .map(({ order }) => order)
          .join(),
        of.venue.truth.executions(epoch).length,
      ];
    },
    ["o2,o3,o4", 5],
    "the newest are there, the older ones are not (B10)",
  ],
  [
    "position_lag",
    always("position_lag", exactly(30 * second)),
    (of) => {
      of.placed({ id: "o" });
      of.wait(minute);
      of.venue.truth.openBar(0, of.openMs, minute, 100, 100, 100, 100, 1000);
      of.listen();
      const late = of.venue.positions();
      of.wait(29 * second);
      const later = of.venue.positions();
      of.wait(second);
      return [of.venue.truth.positions().length, late, later, of.venue.positions().length];
    },
    [1, [], [], 1],
    "half a minute after the fill the position is still what it was (B10)",
  ],
  [
    "self_cancel",
    always("self_cancel", exactly(minute)),
    (of) => [of.placed(resting), of.wait(minute).hear(), of.state("o")],
    ["accepted", "o cancelled venue", "cancelled"],
    "the venue ends an order that nobody asked to end",
  ],
  [
    "bust_and_correct",
    always("bust_and_correct", { ...exactly(minute), ticksMax: 5 }),
    (of) => {
      for (let n = 0; n < 8; n++) of.placed({ id: `o${n}`, lots: 1 });
      of.bar(still).wait(minute);
      const busted = of.reports.filter(({ kind }) => kind === "busted").length;
      const executions = of.venue.truth.executions(epoch);
      const corrected = executions.filter(({ price }) => formatExact(price) !== "100").length;
      return [busted, corrected > 0 && corrected < 8, executions.length === corrected, of.venue.truth.positions().length];
    },
    [8, true, true, 1],
    "each is taken back, and some come again at another price (B14)",
  ],
  [
    "halt",
    always("halt", exactly(5 * minute)),
    (of) => [of.wait(second).placed({ id: "o" }), of.wait(4 * minute).placed({ id: "p" }), of.venue.fired.halt],
    ["halted", "halted", 1],
    "an instrument stops for a while, and no second halt begins in the first (C4)",
  ],
  [
    "auction",
    always("auction", exactly(5 * minute)),
    (of) => [of.wait(second).placed({ id: "o" }), of.bar(still).hear(), of.wait(2 * minute).placed({ id: "p" }), of.venue.fired.auction],
    ["accepted", "", "accepted", 1],
    "orders are collected and nothing fills (C4)",
  ],
  [
    "maintenance_reset",
    always("maintenance_reset", exactly(10 * minute)),
    (of) => {
      of.placed({ id: "d", type: "limit", limit: 90, tif: "day" });
      of.placed({ id: "g", type: "limit", limit: 90 });
      of.wait(second);
      const answers = new Set(Array.from({ length: 12 }, (_, n) => of.placed({ id: `o${n}` })));
      const cancels = new Set(Array.from({ length: 12 }, () => of.cancelled("g")));
      const reads = [of.venue.openOrders(), of.venue.executions(epoch), of.venue.positions(), of.venue.balance(), of.venue.payments(epoch)];
      const said = [of.venue.pending, of.venue.drain()];
      return [
        [...answers].sort(),
        [...cancels].sort(),
        new Set([...reads, of.venue.conditionalOrders()]),
        of.state("g"),
        ...said,
        of.truly("d"),
        of.truly("g"),
      ];
    },
    [["maintenance", "unknown"], ["turned_away", "unknown"], new Set(["unavailable"]), "unknown", false, [], "expired", "working"],
    "nothing gets through and nothing is heard; the day's orders are gone (B15)",
  ],
  [
    "rate_limit",
    { rate_limit: { chance: 1, ...exactly(minute) } },
    (of) => {
      const outcome = of.place(resting);
      const retryAt = outcome.kind === "rejected" ? outcome.retryAt : undefined;
      return [
        of.truly("o"),
        retryAt === undefined ? 0 : msOf(retryAt) - of.nowMs,
        of.venue.violations,
        of.cancelled("o"),
        of.venue.violations,
      ];
    },
    ["absent", minute, 0, "turned_away", 1],
    "turned away until an instant, and whoever does not wait breaks it (B13)",
  ],
];

describe("clock_skew (C1)", () => {
  const ahead = { clock_skew: { chance: 1, msMin: 2_000, msMax: 2_000, ahead: 1 } };
  const told = (of: FaultyMarket): number | "unavailable" => {
    const time = of.venue.time();
    return time === "unavailable" ? time : msOf(time.at) - of.nowMs;
  };

  it.each<[what: string, faults: Faults, offMs: number | "unavailable", because: string]>([
    ["none", {}, 0, "a venue without the fault is on our time"],
    ["ahead", ahead, 2_000, "its clock is set"],
    ["behind", { clock_skew: { chance: 1, msMin: 2_000, msMax: 2_000, ahead: 0 } }, -2_000, "the other way"],
    ["closed", { ...ahead, ...{ maintenance_reset: { chance: 1 } } }, "unavailable", "who answers nothing does not tell the time"],
  ])("%s", (_, faults, offMs) => {
    const of = new FaultyMarket(faults);
    of.wait(minute);
    of.wait(minute);
    expect(told(of)).toBe(offMs);
  });

  it("is on every stamp, and the same execution keeps the one it was told with", () => {
    const of = new FaultyMarket(ahead);
    of.bar(still);
    expect(msOf(of.place({ ...resting, id: "p" }).at) - of.nowMs, "from the next millisecond on").toBe(0);
    of.bar(still);
    expect(msOf(of.place({ id: "o" }).at) - of.nowMs).toBe(2_000);
    of.bar(still);
    const [fill] = of.reports.flatMap((report) => (report.kind === "filled" ? [report.fill] : []));
    expect(msOf(fill!.at) - of.nowMs).toBe(2_000 - minute);
    of.wait(minute);
    expect(read(of.venue.executions(fill!.at))).toEqual([fill]);
    expect(read(of.venue.executions(instantOfMs(msOf(fill!.at) + 1)))).toEqual([]);
    of.venue.off();
    expect(read(of.venue.executions(instantOfMs(0)))).toEqual([fill]);
  });

  it("a question about the time begins no limit, and is one more message inside a ban", () => {
    const of = new FaultyMarket({ rate_limit: { chance: 1, ...exactly(minute), banMs: 10 * minute } });
    expect([told(of), of.venue.fired.rate_limit]).toEqual([0, 0]);
    expect([of.placed(), told(of), of.venue.violations]).toEqual(["rate_limited", "unavailable", 1]);
  });
});

describe("a fault happens, and the truth stays whole", () => {
  it.each(told.map(([name, faults, story, expected, because]) => ({ name, faults, story, expected, because })))(
    "$name: $because",
    (row) => {
      const { name, faults, story, expected } = row;
      const of = new FaultyMarket(faults);
      expect(story(of)).toEqual(expected);
      expect(of.venue.fired[name]).toBeGreaterThan(0);
      const others = faultNames.filter((other) => other !== name && of.venue.fired[other] > 0);
      expect(others).toEqual([]);
    },
  );

  it("accept_then_timeout: what is refused is refused with an answer", () => {
    const of = new FaultyMarket(always("accept_then_timeout"));
    expect([of.placed({ id: "o", lots: "0.5" }), of.placed(resting), of.cancelled("o")]).toEqual([
      "bad_precision",
      "duplicate_id",
      "too_late",
    ]);
    expect([of.hear(), of.venue.fired.accept_then_timeout]).toEqual(["", 0]);
  });

  it("split: shares are split, their orders cancelled, and the market's player told", () => {
    const of = new FaultyMarket(always("split"), shares);
    of.placed({ id: "o", type: "limit", limit: 90 });
    of.wait(second);
    expect(of.hear()).toMatch(/^o cancelled split; ACME split \d+ into \d+$/);
    expect([of.splits.length, of.venue.fired.split]).toEqual([of.venue.fired.split, 1]);
  });

  it("split: happens to nothing else, and not behind the back of whoever plays the market", () => {
    const of = new FaultyMarket(always("split"));
    expect([of.wait(second).hear(), of.venue.fired.split]).toEqual(["", 0]);
    expect(() => new FaultyVenue(aVenue(shares), { seed: 1, nowMs: () => 0, faults: always("split") })).toThrow("is told");
  });

  it("a ban grows with every message before its end, reads included once it was told, and is over at its end", () => {
    const of = new FaultyMarket({ rate_limit: { chance: 1, ...exactly(minute), banMs: 10 * minute } });
    expect([of.venue.openOrders(), of.venue.openOrders(), of.venue.violations]).toEqual(["unavailable", "unavailable", 0]);
    expect([of.placed(), of.venue.violations]).toEqual(["rate_limited", 0]);
    expect([of.state("o"), of.venue.violations]).toEqual(["unknown", 1]);
    of.wait(9 * minute);
    const outcome = of.place();
    expect(outcome).toMatchObject({ kind: "rejected", reason: "rate_limited", retryAt: instantOfMs(of.nowMs + 10 * minute) });
    of.wait(10 * minute);
    expect([of.placed(), of.venue.violations]).toEqual(["rate_limited", 2]);
  });
});

describe("the faults end, and everything comes out", () => {
  it.each<[string, Faults, (of: FaultyMarket) => void, (of: FaultyMarket) => unknown, unknown]>([
    ["an order on its way arrives", always("late_arrival", exactly(minute)), (of) => of.placed(resting), (of) => of.state("o"), "working"],
    [
      "what was accepted is shown",
      always("late_visibility", exactly(minute)),
      (of) => of.placed(resting),
      (of) => of.state("o"),
      "working",
    ],
    ["a late acceptance is told", always("fill_before_ack"), (of) => of.placed(resting), (of) => of.hear(), "o accepted"],
    [
      "what was said to be cancelled is",
      always("fill_after_cancel"),
      (of) => [of.placed(resting), of.cancelled("o")],
      (of) => [of.hear(), of.truly("o")],
      ["o cancelled asked", "cancelled"],
    ],
    ["a halt is over", always("halt"), (of) => of.wait(second), (of) => of.placed(), "accepted"],
    [
      "an auction is over",
      always("auction"),
      (of) => [of.wait(second), of.placed({ id: "o" })],
      (of) => of.bar(still).hear(),
      "o buy 10 at 100 taker",
    ],
    [
      "what maintenance held back is told",
      always("maintenance_reset"),
      (of) => [of.placed({ id: "o" }), of.wait(second), of.bar(still)],
      (of) => [of.hear(), of.placed()],
      ["o buy 10 at 100 taker", "accepted"],
    ],
    ["a ban is lifted", always("rate_limit"), (of) => of.placed(), (of) => of.placed(), "accepted"],
    [
      "a lost fill is never told, and can be read",
      always("dropped_report"),
      (of) => [of.placed(), of.bar(still)],
      (of) => of.venue.executions(epoch).length,
      1,
    ],
    [
      "nothing more is taken back",
      always("bust_and_correct"),
      (of) => [of.placed({ id: "o" }), of.bar(still)],
      (of) => of.wait(60 * minute).hear(),
      "o buy 10 at 100 taker",
    ],
    ["nothing more is ended by the venue", always("self_cancel"), (of) => of.placed(resting), (of) => of.wait(60 * minute).hear(), ""],
  ])("%s", (_, faults, before, after, expected) => {
    const of = new FaultyMarket(faults);
    before(of);
    of.venue.off();
    expect(after(of)).toEqual(expected);
  });

  it("shows the truth in every record from then on", () => {
    const of = new FaultyMarket({ hidden_conditionals: { chance: 1 }, position_lag: { chance: 1 }, history_cap: { chance: 1, newest: 0 } });
    of.placed({ id: "s", type: "stop", stop: 120 });
    of.placed({ id: "o" });
    of.bar(still);
    of.venue.off();
    const { truth } = of.venue;
    expect(of.venue.find(clientOrderIdOf("s"), perp)).toEqual(truth.find(clientOrderIdOf("s"), perp));
    expect([of.venue.conditionalOrders(), of.venue.positions(), of.venue.balance(), of.venue.executions(epoch)]).toEqual([
      truth.conditionalOrders(),
      truth.positions(),
      truth.balance(),
      truth.executions(epoch),
    ]);
  });
});
