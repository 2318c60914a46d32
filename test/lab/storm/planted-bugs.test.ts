import { afterEach, describe, expect, it, vi } from "vitest";
import type { StormDesk } from "../../../src/bin/storm-plan.ts";
import { asItWas, instead } from "../instead.ts";
import { councilBugs } from "./council-bugs.ts";

type Account = { readonly latches: readonly { readonly name: string }[] };
type Runner = new (...of: never[]) => { perform(turn: never, step: object): unknown };
type Register = { others: (of: string) => readonly object[] };
type Rail = { readonly code: string; readonly check: (scene: never) => unknown };
/** A rail that always passes, in its place in the list. */
const without =
  (...codes: readonly string[]) =>
  (): void =>
    instead("flow/rails/rails.ts", ({ rails }: { rails: readonly Rail[] }) => ({
      rails: rails.map((rail) => (codes.includes(rail.code) ? { ...rail, check: () => ({ outcome: "passed", rail: rail.code }) } : rail)),
    }));

type Seen = { readonly payments: "unavailable" | readonly { readonly kind: string }[] };
/** Reports of a kind that are told once, on the stream, and looked for nowhere else. */
const neverRead = (kind: string): void =>
  instead("runtime/venue-view.ts", ({ viewOf }: { viewOf: (...of: never[]) => Seen }) => ({
    viewOf: (...of: never[]) => {
      const { payments, ...rest } = viewOf(...of);
      return { ...rest, payments: payments === "unavailable" ? payments : payments.filter((payment) => payment.kind !== kind) };
    },
  }));

/** Each a bug that a trading system has had, planted in one place; `by` are the invariants that may tell. */
const bugs: readonly { readonly bug: string; readonly desk?: StormDesk | "house"; readonly plant: () => void; readonly by: RegExp }[] = [
  {
    bug: "no answer is taken for a rejection",
    plant: () => instead("journal/learned.ts", ({ placed }: { placed: object }) => ({ placed: { ...placed, unknown: "rejected" } })),
    by: /^I/,
  },
  {
    bug: "an UNKNOWN order reserves nothing",
    plant: () =>
      instead("flow/orders/lifecycle.ts", ({ finished }: { finished: (state: string) => boolean }) => ({
        finished: (state: string) => state === "lost" || finished(state),
      })),
    by: /^I|throws/,
  },
  {
    bug: "an execution told twice is booked twice",
    plant: () => {
      instead("flow/fills/take.ts", () => ({ take: () => "new" }));
      instead("journal/told.ts", ({ Told }: { Told: new () => { book: (fill: never) => void } }) => ({
        Told: class extends Told {
          override book = (): void => undefined;
          booked = (): boolean => false;
        },
      }));
    },
    by: /^I2|throws/,
  },
  {
    bug: "funding told twice is booked twice",
    plant: () =>
      instead("journal/told.ts", ({ Told }: { Told: new () => object }) => ({
        Told: class extends Told {
          paid = (): boolean => false;
        },
      })),
    by: /^I2/,
  },
  {
    bug: "executions are never read again",
    plant: () =>
      instead("runtime/venue-view.ts", ({ viewOf }: { viewOf: (...of: never[]) => object }) => ({
        viewOf: (...of: never[]) => ({ ...viewOf(...of), executions: [] }),
      })),
    by: /^I2/,
  },
  {
    bug: "an execution that was taken back stays in the books",
    plant: () =>
      instead("runtime/taken-back.ts", () => ({
        *takenBack() {
          yield* [];
          return [];
        },
      })),
    by: /^I2/,
  },
  {
    bug: "what is not in the records yet is taken for never arrived",
    plant: () =>
      instead("config/house-rules-of.ts", ({ houseRulesOf }: { houseRulesOf: (...of: never[]) => object }) => ({
        houseRulesOf: (...of: never[]) => ({ ...houseRulesOf(...of), patience: { visibilityMs: 0, differenceMs: 60_000 } }),
      })),
    by: /^I/,
  },
  {
    bug: "orders leave before the journal is on disk",
    plant: () =>
      instead("lab/storm/volatile-journal.ts", ({ VolatileJournal }: { VolatileJournal: new () => object }) => ({
        VolatileJournal: class extends VolatileJournal {
          commit = (): void => undefined;
        },
      })),
    by: /^I|throws/,
  },
  {
    bug: "what moved is not protected",
    plant: () =>
      instead("runtime/protect.ts", () => ({
        *protect() {
          yield* [];
          return "in_order";
        },
      })),
    by: /^I13|^I3/,
  },
  {
    bug: "a stop keeps its size when the position has another",
    plant: () =>
      instead("flow/protection/gaps.ts", ({ protectiveGaps }: { protectiveGaps: (...of: never[]) => { do: string }[] }) => ({
        protectiveGaps: (...of: never[]) => protectiveGaps(...of).filter(({ do: what }) => what !== "replace"),
      })),
    by: /^I13/,
  },
  { bug: "the kill switch is not asked", plant: without("kill_switch"), by: /^I4/ },
  { bug: "the loss latch is not asked", plant: without("loss_latch", "daily_loss", "drawdown"), by: /^I4/ },
  { bug: "nobody asks for a stop", plant: without("protective_order", "risk_per_trade"), by: /^I3|^I13/ },
  {
    bug: "a venue that asked for silence is talked to",
    plant: () =>
      instead("journal/guards.ts", ({ Guards }: { Guards: new () => object }) => ({
        Guards: class extends Guards {
          asked = (): void => undefined;
        },
      })),
    by: /^I3/,
  },
  {
    bug: "a decision that was cut short begins anew",
    plant: () => instead("runtime/continue-line.ts", () => ({ continueLine: (line: unknown) => line })),
    by: /^I|throws/,
  },
  {
    bug: "the AI is asked after a rollback",
    desk: "crypto",
    plant: () => instead("desks/crypto-watch.ts", () => ({ isLocalOnly: () => false })),
    by: /^I7/,
  },
  {
    bug: "a rollback is remembered by the process and not read from the journal",
    desk: "crypto",
    plant: () =>
      instead("desks/crypto-watch.ts", ({ watch }: { watch: (turn: { state: Account }, settings: never) => Generator }) => {
        const remembered = new WeakSet<Account>();
        const latched = ({ latches }: Account): boolean => latches.some(({ name }) => name === "local_only");
        return {
          isLocalOnly: ({ state }: { state: Account }) => remembered.has(state),
          *watch(turn: { state: Account }, settings: never) {
            const before = latched(turn.state);
            yield* watch(turn, settings);
            if (!before && latched(turn.state)) remembered.add(turn.state);
          },
        };
      }),
    by: /^I7|throws/,
  },
  {
    bug: "a sale that was cut short is sent again after a restart",
    desk: "options",
    plant: () =>
      instead("lab/storm/crashing-runner.ts", ({ CrashingRunner }: { CrashingRunner: Runner }) => ({
        CrashingRunner: class extends CrashingRunner {
          override perform(turn: never, step: object): unknown {
            const { maybeSent: _, ...first } = step as { maybeSent?: true };
            return super.perform(turn, first);
          }
        },
      })),
    by: /^I1|^I2|throws/,
  },
  {
    bug: "contracts that ended stay in the books",
    desk: "options",
    plant: () => instead("flow/fills/settlement.ts", () => ({ settlementFills: () => [] })),
    by: /^I2|throws/,
  },
  {
    bug: "sizes are made before what a model says is calibrated",
    desk: "equities",
    plant: () =>
      instead("desks/weigh-decision.ts", ({ weighDecision }: { weighDecision: (...of: unknown[]) => unknown }) => ({
        weighDecision: (turn: unknown, decision: unknown, asset: unknown, settings: object, cost: unknown) =>
          weighDecision(turn, decision, asset, { ...settings, model: "somebody/else" }, cost),
      })),
    by: /^I14/,
  },
  {
    bug: "the table compares what was said, not what such words are worth",
    desk: "crypto",
    plant: () => instead("desks/crypto-belief.ts", () => ({ believe: (...[, , , conviction]: unknown[]) => ({ conviction }) })),
    by: /^I14/,
  },
  {
    bug: "a forecast is settled before its horizon",
    desk: "crypto",
    plant: () =>
      instead("flow/calibration/resolve-forecast.ts", ({ resolveForecast }: { resolveForecast: (...of: unknown[]) => unknown }) => ({
        resolveForecast: (forecast: object, ...rest: unknown[]) => resolveForecast({ ...forecast, horizonAt: rest.at(-1) }, ...rest),
      })),
    by: /^I14/,
  },
  {
    bug: "the loss of a week is not asked",
    desk: "equities",
    plant: () => {
      without("loss_latch")();
      instead("flow/rails/equities/equity-rails.ts", ({ equityRails }: { equityRails: readonly Rail[] }) => ({
        equityRails: equityRails.map((rail) =>
          rail.code === "weekly_loss" ? { ...rail, check: () => ({ outcome: "passed", rail: rail.code }) } : rail,
        ),
      }));
    },
    by: /^I4/,
  },
  {
    bug: "a fill that is told after a split counts in new shares",
    desk: "equities",
    plant: () =>
      instead("journal/splits.ts", ({ Splits }: { Splits: new () => object }) => ({
        Splits: class extends Splits {
          inNewShares = (event: unknown): unknown => event;
        },
      })),
    by: /^I2|throws/,
  },
  {
    bug: "a split that was lost is never read again",
    desk: "equities",
    plant: () => neverRead("split"),
    by: /^I2|throws/,
  },
  {
    bug: "a split is booked twice after a restart",
    desk: "equities",
    plant: () => {
      let takesUp = false;
      instead("runtime/recover.ts", ({ takeUp }: { takeUp: (...of: unknown[]) => unknown }) => ({
        takeUp: (...of: unknown[]) => {
          takesUp = true;
          const cut = takeUp(...of);
          takesUp = false;
          return cut;
        },
      }));
      instead("journal/told.ts", ({ Told }: { Told: new () => { pay(transaction: string): void } }) => ({
        Told: class extends Told {
          override pay(transaction: string): void {
            if (!takesUp) super.pay(transaction);
          }
        },
      }));
    },
    by: /^I2|throws/,
  },
  {
    bug: "contracts that a split made others of are never read again",
    desk: "options",
    plant: () => neverRead("adjusted"),
    by: /^I2|throws/,
  },
  {
    bug: "a venue's clock that is ahead is taken for one that is behind",
    plant: () =>
      instead("words/clock-skew.ts", ({ clockSkewOf }: { clockSkewOf: (...of: number[]) => { skewMs: number } }) => ({
        clockSkewOf: (...of: number[]) => {
          const { skewMs, ...rest } = clockSkewOf(...of);
          return { ...rest, skewMs: -skewMs };
        },
      })),
    by: /^I20/,
  },
  { bug: "nobody asks how far the venue's clock is off", plant: without("stale_data"), by: /^I20/ },
  ...councilBugs,
  {
    bug: "after a restart an account takes the others of its group for empty",
    desk: "house",
    plant: () =>
      instead("lab/storm/outlast.ts", ({ outlast }: { outlast: (storms: never, newGroup?: () => Register) => void }) => ({
        outlast: (storms: never, newGroup?: () => Register) => {
          let begun = false;
          const again = (register: Register): Register => {
            const others = register.others.bind(register);
            if (begun) register.others = (of) => others(of).map((member) => ({ ...member, bets: [], margin: 0n }));
            begun = true;
            return register;
          };
          outlast(storms, newGroup === undefined ? undefined : () => again(newGroup()));
        },
      })),
    by: /^I21/,
  },
  {
    bug: "the gross exposure of the group is not asked",
    desk: "house",
    plant: () =>
      instead("flow/rails/group/group-rails.ts", ({ groupRails }: { groupRails: readonly Rail[] }) => ({
        groupRails: groupRails.map((rail) =>
          rail.code === "group_gross" ? { ...rail, check: () => ({ outcome: "passed", rail: rail.code }) } : rail,
        ),
      })),
    by: /^I21/,
  },
];

afterEach(asItWas);

const seedsMost = 250;

/** The first storm that tells, and what it says. */
async function told(desk: StormDesk | "house" = "perps"): Promise<string> {
  const { breachesOf } = await import("./a-storm-plan.ts");
  for (let seed = 0; seed < seedsMost; seed++) {
    try {
      const [breach] = breachesOf(desk, String(seed));
      if (breach !== undefined) return `${breach.invariant} in storm ${seed}: ${breach.what}`;
    } catch (fault) {
      return `throws in storm ${seed}: ${fault instanceof Error ? fault.message : String(fault)}`;
    }
  }
  return "nothing";
}

describe("planted bugs: each is told by a storm (negative controls)", () => {
  it("are ten at least", () => expect(bugs.length).toBeGreaterThanOrEqual(10));

  it.each(bugs)("$bug", { timeout: 60_000 }, async ({ plant, by, desk }) => {
    vi.resetModules();
    plant();
    expect(await told(desk)).toMatch(by);
  });

  it("and none is told where nothing is planted", { timeout: 60_000 }, async () => {
    for (const { bug } of bugs) expect(bug).not.toBe("");
    vi.resetModules();
    expect(await told()).toBe("nothing");
  });
});
