import { afterEach, describe, expect, it, vi } from "vitest";
import type { Question } from "../../src/flow/proposals/question.ts";
import type { SeatRun } from "../../src/lab/council/council-run.ts";
import { approximately } from "../../src/words/exact.ts";
import { price } from "../../src/words/price.ts";
import { aPitch, said } from "../flow/proposals/council-pitches.ts";
import { entriesOf, factsOfSeat, ranCouncil } from "../lab/a-council-plan.ts";
import { asItWas, instead } from "../lab/instead.ts";

const name = "pm-one";
/** More than the stop is away, on the day after it was bought or sold short. */
const paying = "council.dividends=HYG@2024-01-04=2.5";

type Ran = typeof ranCouncil;
const pitching = async (
  direction: "LONG" | "SHORT",
  set: readonly string[],
  sessions = 7,
  ran: Ran = ranCouncil,
): Promise<readonly SeatRun[]> => {
  const pitch = { symbol: "HYG", profile: "WIDE", horizon: "3d", direction, conviction: direction === "LONG" ? 1 : -1 } as const;
  return ran({
    set,
    sessions,
    answer: ({ schema, user }: Question) => {
      if (schema.name === "council_pitch@1" && user.includes("\nmomentum,")) return said(aPitch(pitch));
      return schema.name === "council_checkpoint@1" ? JSON.stringify({ action: "STAY", conviction: 1, reason: "as expected" }) : undefined;
    },
  });
};

const fills = (runs: readonly SeatRun[]): string[] =>
  entriesOf(runs, name).flatMap(({ at, fact }) =>
    fact.kind === "filled"
      ? [`${at.toZonedDateTimeISO("America/New_York").toPlainDateTime().toString().slice(5, 16)} ${fact.fill.side}`]
      : [],
  );
const earned = (runs: readonly SeatRun[]): readonly (readonly [string, number])[] =>
  factsOfSeat(runs, "council", "pitch_resolved").map(({ member, gainBps }) => [member, gainBps] as const);
const stateOf = (runs: readonly SeatRun[]) => runs.find((each) => each.name === name)!.run.state;

describe("a fund that pays while a trade of a council stands", () => {
  it.each`
    direction  | signed    | because
    ${"LONG"}  | ${"2.5"}  | ${"who holds it receives it"}
    ${"SHORT"} | ${"-2.5"} | ${"who sold it short owes it"}
  `(
    "$direction: it is booked, and the trade brings what it would have brought otherwise, since $because",
    async ({ direction, signed }) => {
      const [with_, without] = [await pitching(direction, [paying]), await pitching(direction, [])];
      const [paid] = factsOfSeat(with_, name, "dividend_paid");
      const held = approximately(factsOfSeat(with_, name, "filled")[0]!.fill.quantity);
      expect(approximately(paid!.amount)).toBe(held * Number(signed));
      expect(fills(with_)).toEqual(fills(without));
      // Fees and slippage are of a lower price, and nothing else is.
      const net = (runs: readonly SeatRun[]): number => approximately(stateOf(runs).trades[0]!.net);
      expect(Math.abs(net(with_) - net(without))).toBeLessThan(1);
    },
  );

  it("counts in what every pitch of it came to, so that reviewers are held against what it earned", async () => {
    const [with_, without] = [earned(await pitching("LONG", [paying])), earned(await pitching("LONG", []))];
    expect(with_.length).toBe(5);
    expect(with_).toEqual(without);
  });

  it("lowers the stop in the books as the venue does, and no other order is sent for it", async () => {
    const runs = await pitching("LONG", [paying], 3);
    const { run } = runs.find((each) => each.name === name)!;
    const levels = (of: readonly { readonly id: string; readonly stop?: bigint | undefined; readonly limit?: bigint | undefined }[]) =>
      new Map(of.map(({ id, stop, limit }) => [id, stop ?? limit]));
    expect(levels(run.state.openOrders)).toEqual(levels([...run.venue.openOrders(), ...run.venue.conditionalOrders()]));
    const planned = factsOfSeat(runs, name, "order_planned").filter(({ order }) => order.purpose === "stop_loss");
    expect(planned.length).toBe(1);
    const stop = run.state.openOrders.find(({ purpose }) => purpose === "stop_loss")!.stop!;
    expect(planned[0]!.order.stop! - stop).toBe(price("2.5"));
    expect(run.state.protection(planned[0]!.order.instrument)!.stopLoss).toBe(stop);
  });

  it("shows a checkpoint what it earned and not what it fell", async () => {
    const seen = async (set: readonly string[]) =>
      factsOfSeat(await pitching("LONG", set, 4), name, "checkpoint_held").map(({ time, pnlBps }) => [time, pnlBps]);
    expect(await seen([paying])).toEqual(await seen([]));
  });
});

describe("a planted bug is told", () => {
  afterEach(asItWas);

  it("a venue that leaves stops where they were sells at the gap", async () => {
    vi.resetModules();
    instead("flow/market/ex-dividend.ts", () => ({ isReduced: () => false }));
    const { ranCouncil: ran } = await import("../lab/a-council-plan.ts");
    const gap = fills(await pitching("LONG", [paying], 7, ran as Ran))[1];
    expect(gap).toBe("01-04T09:30 sell");
    expect(fills(await pitching("LONG", [paying]))[1]).toBe("01-05T15:50 sell");
  });

  it("a desk that forgets what was paid holds reviewers against a fall", async () => {
    vi.resetModules();
    instead("flow/market/ex-dividend.ts", () => ({ paidBetween: () => 0n }));
    const { ranCouncil: ran } = await import("../lab/a-council-plan.ts");
    const bugged = earned(await pitching("LONG", [paying], 7, ran as Ran));
    expect(bugged).not.toEqual(earned(await pitching("LONG", [])));
  });
});

describe("what the configuration says of dividends", () => {
  it.each`
    said                  | refused                                           | because
    ${"XYZ@2024-01-04=1"} | ${"council.dividends: XYZ is not in this market"} | ${"a council trades eight funds"}
    ${"HYG@2024-02-30=1"} | ${"2024-02-30 is no day"}                         | ${"February has no thirtieth"}
    ${"HYG@2024-01-04=0"} | ${"a dividend is above zero"}                     | ${"nothing is not paid"}
  `("$said is refused by name, since $because", async ({ said: text, refused }) => {
    await expect(pitching("LONG", [`council.dividends=${text}`])).rejects.toThrow(refused);
  });
});
