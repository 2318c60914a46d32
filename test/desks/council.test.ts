import { beforeAll, describe, expect, it } from "vitest";
import { research } from "../../src/desks/council-research.ts";
import { encodeEntry } from "../../src/journal/codec.ts";
import type { Entry } from "../../src/journal/entry.ts";
import { always } from "../../src/lab/council/council-approver.ts";
import type { SeatRun } from "../../src/lab/council/council-run.ts";
import { leaderboard, meetingsIn } from "../../src/lab/council/leaderboard.ts";
import type { SimVenue } from "../../src/sim/venue/sim-venue.ts";
import type { Turn } from "../../src/runtime/turn.ts";
import { aPitch, said } from "../flow/proposals/council-pitches.ts";
import { aCouncilPlan, entriesOf, factsOfSeat, ranCouncil } from "../lab/a-council-plan.ts";

const members = ["pm-one", "pm-two", "pm-three", "pm-four", "pm-five"];
const accounts = ["council", ...members, "flat"];
let house: readonly SeatRun[];
let asked: { readonly schema: string; readonly user: string }[];

beforeAll(async () => {
  asked = [];
  house = await ranCouncil({
    sessions: 12,
    answer: ({ schema, user }) => {
      asked.push({ schema: schema.name, user });
      return undefined;
    },
  });
});

describe("a week of a council", () => {
  it("goes from research to trades that a person is shown (COUN-1)", () => {
    const kinds = entriesOf(house, "council").map(({ fact }) => fact.kind);
    const order = [
      "pack_frozen",
      "pitched",
      "peers_reviewed",
      "pitches_ranked",
      "chairman_decided",
      "trade_pending",
      "trade_answered",
      "trade_released",
      "order_sent",
    ] as const;
    const places = order.map((kind) => kinds.indexOf(kind));
    expect(places).not.toContain(-1);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
  });

  it("trades in an account of each member's and none in the flat one (COUN-7, COUN-11)", () => {
    expect(house.map(({ name }) => name)).toEqual(accounts);
    for (const name of ["council", ...members]) expect(factsOfSeat(house, name, "filled").length, name).toBeGreaterThan(0);
    expect(factsOfSeat(house, "flat", "order_planned")).toEqual([]);
    expect(factsOfSeat(house, "flat", "model_asked")).toEqual([]);
  });

  it("holds one instrument an account, with its stop and target at the profile's distance (COUN-11)", () => {
    for (const name of ["council", ...members]) {
      const held = new Set<string>();
      for (const { fact } of entriesOf(house, name)) {
        if (fact.kind === "order_planned" && fact.order.purpose === "entry") {
          held.add(fact.order.instrument);
          expect(held.size, name).toBe(1);
        }
        if (fact.kind === "trade_ended" && fact.end === "superseded") held.clear();
        if (fact.kind === "pack_frozen" || fact.kind === "seated") held.clear();
      }
      for (const { proposal } of factsOfSeat(house, name, "proposed")) {
        const shown = factsOfSeat(house, name, "trade_pending").find(({ trade }) => proposal.id.startsWith(trade))!;
        const middle =
          (Number(proposal.stopLoss) * shown.targetPct + Number(proposal.takeProfit) * shown.stopPct) / (shown.targetPct + shown.stopPct);
        const away = Math.abs(Number(proposal.stopLoss) / middle - 1) * 100;
        expect(away).toBeCloseTo(shown.stopPct, 1);
      }
    }
  });

  it("asks both analysts the same and no reviewer about himself, and tells no reviewer who pitched (COUN-2, COUN-4)", () => {
    const reviews = asked.filter(({ schema }) => schema === "council_review@1");
    expect(reviews.length).toBe(15);
    for (const { user } of reviews)
      for (const name of [...members, "house/", "momentum", "reversion", "defensive", "carry"]) expect(user).not.toContain(`,${name}`);
    for (const { user } of reviews) for (const name of members) expect(user).not.toContain(name);
    const [a, b] = asked.filter(({ schema }) => schema === "council_research@1").map(({ user }) => user);
    expect(a!.replace("\nA,", "\n_,")).toBe(b!.replace("\nB,", "\n_,"));
    for (const { reviewer, labels, reviews: of } of factsOfSeat(house, "council", "peers_reviewed")) {
      expect(labels.map(({ member }) => member)).not.toContain(reviewer);
      expect(of.length).toBe(labels.length);
    }
  });

  it("holds past rankings against what became of the pitches (COUN-4)", () => {
    expect(factsOfSeat(house, "council", "pitch_resolved").length).toBe(10);
    const [first, second] = factsOfSeat(house, "council", "pitches_ranked");
    expect(first!.skills.every(({ rankCorrelation }) => rankCorrelation === null)).toBe(true);
    expect(second!.skills.every(({ weeks }) => weeks === 1)).toBe(true);
    expect(second!.reviewers.every(({ weight }) => weight === 1)).toBe(true);
  });

  it("stays by itself and shows everything else to a person (COUN-8)", () => {
    const held = accounts.flatMap((name) => factsOfSeat(house, name, "checkpoint_held"));
    expect(held.filter(({ action }) => action === "STAY").length).toBeGreaterThan(5);
    const acts = held.filter(({ action }) => action !== "STAY").length;
    expect(acts).toBeGreaterThan(0);
    expect(accounts.flatMap((name) => factsOfSeat(house, name, "trade_pending")).filter(({ action }) => action !== "enter").length).toBe(
      acts,
    );
  });

  it("is the same again, entry by entry", async () => {
    const again = await ranCouncil({ sessions: 12 });
    for (const name of accounts) expect(entriesOf(again, name).map(encodeEntry), name).toEqual(entriesOf(house, name).map(encodeEntry));
  });

  it("tells weeks with intervals, the flat account at nothing (COUN-9)", () => {
    const rows = leaderboard(
      house.map(({ name, run }) => ({ name, curve: run.curve, state: run.state, startCash: run.plan.venue.startCash })),
      meetingsIn(entriesOf(house, "council")),
      "1",
    );
    expect(rows.map(({ account }) => account).toSorted()).toEqual(accounts.toSorted());
    expect(rows.find(({ account }) => account === "flat")).toMatchObject({ netPct: 0, trades: 0, winRate: null });
    for (const { weekBps, weeks } of rows) {
      expect(weeks).toBe(3);
      expect(weekBps!.low).toBeLessThanOrEqual(weekBps!.value);
      expect(weekBps!.high).toBeGreaterThanOrEqual(weekBps!.value);
    }
  });
});

describe("a member who fails is named and the rest go on (COUN-10)", () => {
  const isPitchOf = (style: string) => (user: string) => user.includes(`\n${style},`);
  const saying = (style: string, text: string, more: readonly string[] = []) =>
    ranCouncil({
      set: more,
      answer: ({ schema, user }) => (schema.name === "council_pitch@1" && isPitchOf(style)(user) ? text : undefined),
    });

  it.each`
    text                                       | set                                            | why                   | because
    ${said(aPitch({ symbol: "QQQ" }))}         | ${["council.members.one.instruments=SPY,TLT"]} | ${"other_instrument"} | ${"it pitched what is not its to pitch"}
    ${said(aPitch(), { symbol: "TSLA" })}      | ${[]}                                          | ${"unreadable"}       | ${"it pitched what no council trades"}
    ${"I would buy SPY."}                      | ${[]}                                          | ${"unreadable"}       | ${"it answered in prose"}
    ${said(aPitch(), { size_usd: 1_000_000 })} | ${[]}                                          | ${"unreadable"}       | ${"it named a size"}
    ${said(aPitch({ conviction: -1 }))}        | ${[]}                                          | ${"sign"}             | ${"its conviction points the other way"}
  `("by $why when $because", async ({ text, set, why }) => {
    const runs = await saying("momentum", text, set);
    expect(factsOfSeat(runs, "council", "left_out")).toEqual([expect.objectContaining({ member: "pm-one", as: "pm", why })]);
    expect(factsOfSeat(runs, "council", "pitched").map(({ member }) => member)).toEqual(members.slice(1));
    expect(factsOfSeat(runs, "council", "chairman_decided").length).toBe(1);
    expect(factsOfSeat(runs, "pm-one", "seated")[0]?.why).toBe("it was not heard");
    expect(factsOfSeat(runs, "pm-one", "order_planned")).toEqual([]);
  });

  it("but below the quorum there is no council, and nobody trades", async () => {
    const runs = await ranCouncil({
      answer: ({ schema, user }) =>
        schema.name === "council_pitch@1" && !isPitchOf("carry")(user) && !isPitchOf("macro")(user) ? "nothing" : undefined,
    });
    expect(factsOfSeat(runs, "council", "no_quorum")).toEqual([expect.objectContaining({ heard: 2, quorum: 3 })]);
    for (const name of accounts) expect(factsOfSeat(runs, name, "order_planned"), name).toEqual([]);
  });

  it("a fund without data is left out of the week by name, and a pitch of it is not heard", async () => {
    const runs = await ranCouncil({
      plan: (plan) => ({ ...plan, histories: plan.histories.filter(({ instrument }) => instrument.symbol !== "GLD") }),
      answer: ({ schema, user }) =>
        schema.name === "council_pitch@1" && isPitchOf("momentum")(user) ? said(aPitch({ symbol: "GLD" })) : undefined,
    });
    expect(factsOfSeat(runs, "council", "left_out")).toEqual([
      expect.objectContaining({ member: "GLD", as: "fund", why: "no_data" }),
      expect.objectContaining({ member: "pm-one", as: "pm", why: "no_data" }),
    ]);
    expect(factsOfSeat(runs, "council", "chairman_decided").length).toBe(1);
  });

  it("an analyst or a reviewer who fails is named, and the council is held with the others", async () => {
    let reviews = 0;
    const runs = await ranCouncil({
      answer: ({ schema, user }) => {
        if (schema.name === "council_research@1" && user.includes("\nB,")) return "{}";
        if (schema.name === "council_review@1" && ++reviews === 2) return JSON.stringify({ reviews: [] });
        return undefined;
      },
    });
    expect(factsOfSeat(runs, "council", "left_out").map(({ member, as }) => `${member} ${as}`)).toEqual([
      "research B research",
      "pm-two reviewer",
    ]);
    expect(factsOfSeat(runs, "council", "pack_frozen")[0]!.pack.consensus.every(({ verdict }) => verdict === "only_a")).toBe(true);
    expect(factsOfSeat(runs, "council", "peers_reviewed").length).toBe(4);
  });
});

describe("the chairman is bounded by code (COUN-5)", () => {
  const chair = (of: object) =>
    ranCouncil({
      answer: ({ schema }) =>
        schema.name === "council_chair@1"
          ? JSON.stringify({
              symbol: "IWM",
              direction: "LONG",
              horizon: "1w",
              conviction: 2,
              risk_profile: "WIDE",
              rationale: "",
              dissent: "they are wrong",
              monitoring: [],
              ...of,
            })
          : undefined,
    });
  it("a trade that nobody pitched is refused, and the best ranked pitch stands", async () => {
    const runs = await chair({});
    const [decided] = factsOfSeat(runs, "council", "chairman_decided");
    const [ranked] = factsOfSeat(runs, "council", "pitches_ranked");
    const best = factsOfSeat(runs, "council", "pitched").find(({ member }) => member === ranked!.ranked[0]!.member)!;
    expect(decided!.breach?.code).toBe("not_pitched");
    expect(decided!.decision).toMatchObject({
      by: "ranking",
      trade: { symbol: best.pitch.symbol, direction: best.pitch.direction, conviction: best.pitch.conviction },
    });
    expect(decided!.said?.dissent).toBe("they are wrong");
    expect(decided!.decision.dissenters.length + decided!.decision.backers.length).toBe(5);
    expect(factsOfSeat(runs, "council", "trade_pending")[0]!.instrument).toBe(best.pitch.symbol);
  });
  it("flat is his to say, and the council's account does nothing", async () => {
    const runs = await chair({ direction: "FLAT", conviction: 0 });
    expect(factsOfSeat(runs, "council", "chairman_decided")[0]!.breach).toBeUndefined();
    expect(factsOfSeat(runs, "council", "trade_pending")).toEqual([]);
    expect(factsOfSeat(runs, "pm-one", "trade_pending").length).toBeGreaterThan(0);
  });
});

describe("a person decides (COUN-6)", () => {
  it("nothing is ordered that nobody approved, and a rejection keeps its reason", async () => {
    const runs = await ranCouncil({ person: () => always(false) });
    for (const name of accounts) expect(factsOfSeat(runs, name, "order_planned"), name).toEqual([]);
    const [answered] = factsOfSeat(runs, "council", "trade_answered");
    expect(answered).toMatchObject({ yes: false, by: "policy", why: "the policy rejects all" });
  });

  it("who does not answer lets it expire", async () => {
    const runs = await ranCouncil({ person: () => () => undefined });
    const [shown] = factsOfSeat(runs, "council", "trade_pending");
    expect(factsOfSeat(runs, "council", "trade_ended")).toEqual([
      expect.objectContaining({ trade: shown!.trade, end: "expired", why: "nobody answered" }),
    ]);
    expect(factsOfSeat(runs, "council", "order_planned")).toEqual([]);
  });

  it("a price that moved past the tolerance is shown again with another binding, and the old yes is void", async () => {
    const answers: string[] = [];
    const runs = await ranCouncil({
      set: ["council.driftBpsMax=0"],
      person: (account) => (trade, binding) => {
        if (account === "council") answers.push(`${trade} ${binding}`);
        return { yes: true, by: "anna", why: "" };
      },
    });
    const shown = factsOfSeat(runs, "council", "trade_pending").filter(({ action }) => action === "enter");
    const drifts = factsOfSeat(runs, "council", "trade_drifted");
    expect(drifts.length).toBeGreaterThan(0);
    expect(shown.length).toBeGreaterThan(1);
    expect(new Set(shown.map(({ binding }) => binding)).size).toBe(shown.length);
    expect(shown.map(({ asked: times }) => times)).toEqual(shown.map((_, at) => at + 1));
    expect(new Set(answers).size).toBe(answers.length);
    // It was never still when it was to be carried out.
    expect(factsOfSeat(runs, "council", "order_planned")).toEqual([]);
  });

  it("an order's approval names who said yes", async () => {
    const runs = await ranCouncil({ person: () => always(true, "anna") });
    // Of entries: what takes risk away at its horizon is the rules' own.
    const entries = (of: readonly SeatRun[], name: string): string[] => {
      const entering = new Set(factsOfSeat(of, name, "approval_asked").map(({ intent }) => intent));
      return factsOfSeat(of, name, "approved").flatMap(({ intent, by }) => (entering.has(intent) ? [by] : []));
    };
    for (const name of ["council", ...members]) expect(entries(runs, name), name).toEqual(entries(runs, name).map(() => "anna"));
    expect(factsOfSeat(runs, "council", "approved").length).toBeGreaterThan(0);
  });
});

describe("the week is frozen (COUN-8)", () => {
  it("research in the middle of it is refused by code, with or without a meeting's name", () => {
    const { state } = house[0]!.run;
    const before = state.decisions.council.week!;
    const turn = {
      correlation: "t-0001",
      state,
      now: house[0]!.run.plan.settings.calendar.nextOpen(Temporal.Instant.from("2024-01-11T15:00Z")),
    } as unknown as Turn;
    for (const meeting of [undefined, before.week, "2024-01-03"]) {
      const steps = [...drained(research(turn, house[0]!.run.plan.settings, meeting, []))];
      expect(steps).toEqual([
        {
          do: "record",
          fact: expect.objectContaining({ kind: "research_refused", code: "frozen_for_the_week" }),
          correlation: "t-0001",
          at: undefined,
        },
      ]);
    }
  });
  it("no analyst is asked outside a meeting", () => {
    expect(asked.filter(({ schema }) => schema === "council_research@1").length).toBe(6);
    const packs = factsOfSeat(house, "council", "pack_frozen");
    expect(new Set(packs.map(({ week }) => week)).size).toBe(packs.length);
  });
});

function* drained(line: Generator): Generator {
  for (let next = line.next(undefined); next.done !== true; next = line.next(undefined)) yield next.value;
}

/** A venue that answers every order with a no. */
const down = (venue: SimVenue): SimVenue =>
  new Proxy(venue, {
    get(of, key) {
      if (key === "place")
        return () => ({ kind: "rejected", reason: "other", detail: "down", at: Temporal.Instant.from("2024-01-03T14:45:00Z") });
      const value: unknown = Reflect.get(of, key, of);
      return typeof value === "function" ? (value.bind(of) as unknown) : value;
    },
  });

describe("accounts are isolated (COUN-7)", () => {
  it("a venue that takes no order of one account leaves every other journal as it was", async () => {
    let opened = 0;
    const dead = await ranCouncil({
      sessions: 12,
      plan: (plan) => ({
        ...plan,
        through: (venue) => (accounts[opened++] === "pm-three" ? down(venue) : venue),
      }),
    });
    const hash = (runs: readonly SeatRun[], name: string): string => runs.find((each) => each.name === name)!.journal.head().hash;
    for (const name of accounts) expect(hash(dead, name) === hash(house, name), name).toBe(name !== "pm-three");
  });
});

it("a plan of the council alone runs for demos", () => {
  expect(aCouncilPlan().histories.length).toBe(8);
  const facts: Entry["fact"]["kind"][] = entriesOf(house, "council").map(({ fact }) => fact.kind);
  expect(facts).toContain("closed");
});
