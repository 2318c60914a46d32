import { afterEach, describe, expect, it, vi } from "vitest";
import { asItWas, instead } from "../instead.ts";

type Rail = { readonly code: string; readonly check: (scene: never) => unknown };
/** A rail that always passes, in its place in the list. */
const without =
  (...codes: readonly string[]) =>
  (): void =>
    instead("flow/rails/rails.ts", ({ rails }: { rails: readonly Rail[] }) => ({
      rails: rails.map((rail) => (codes.includes(rail.code) ? { ...rail, check: () => ({ outcome: "passed", rail: rail.code }) } : rail)),
    }));

/** Each a bug that a trading system has had, planted in one place; `by` are the invariants that may tell. */
const bugs: readonly { readonly bug: string; readonly plant: () => void; readonly by: RegExp }[] = [
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
];

afterEach(asItWas);

const seedsMost = 250;

/** The first storm that tells, and what it says. */
async function told(): Promise<string> {
  const { Storm } = await import("../../../src/lab/storm/storm.ts");
  const { stormPlan } = await import("./a-storm-plan.ts");
  for (let seed = 0; seed < seedsMost; seed++) {
    try {
      const [breach] = new Storm(String(seed), stormPlan).run().breaches;
      if (breach !== undefined) return `${breach.invariant} in storm ${seed}: ${breach.what}`;
    } catch (fault) {
      return `throws in storm ${seed}: ${fault instanceof Error ? fault.message : String(fault)}`;
    }
  }
  return "nothing";
}

describe("planted bugs: each is told by a storm (negative controls)", () => {
  it("are ten at least", () => expect(bugs.length).toBeGreaterThanOrEqual(10));

  it.each(bugs)("$bug", { timeout: 60_000 }, async ({ plant, by }) => {
    vi.resetModules();
    plant();
    expect(await told()).toMatch(by);
  });

  it("and none is told where nothing is planted", { timeout: 60_000 }, async () => {
    for (const { bug } of bugs) expect(bug).not.toBe("");
    vi.resetModules();
    expect(await told()).toBe("nothing");
  });
});
