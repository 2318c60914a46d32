import { faultNames, type FaultName, type Faults } from "../../sim/faults/fault-names.ts";
import type { Random } from "../../sim/random.ts";
import type { Instrument } from "../../words/instrument.ts";
import type { KillLevel } from "../../words/order-words.ts";
import type { Command } from "../command.ts";

/** Bars of storm, minutes as a rule, and of calm after it. */
export const stormBars = 150;
export const calmBars = 12;
export const minuteMs = 60_000;

/** A chain lists contracts for few splits, mostly for two for one; and a split is of interest where something is held. */
const ofChains = {
  ofHeld: true,
  ratios: [
    { from: 1, into: 2 },
    { from: 1, into: 2 },
    { from: 1, into: 2 },
    { from: 2, into: 3 },
    { from: 10, into: 1 },
  ],
};

/** Each storm has its own few kinds of trouble: all of them at once would keep the rare ones from ever meeting. */
export function swarm(random: Random, instruments: readonly Instrument[]): Faults {
  const [options, shares] = [instruments.some(({ kind }) => kind === "option"), instruments.some(({ kind }) => kind === "equity")];
  const chosen = faultNames.filter((name) => name !== "clock_skew" && random.chance(0.4));
  const chances = chosen.map(
    (name) => [name, { chance: perCall.has(name) ? random.pick([0.05, 0.1, 0.3]) : random.pick([0.002, 0.02]) }] as const,
  );
  // A storm is short: a list that shows fifty executions would show them all.
  return {
    ...Object.fromEntries(chances),
    ...wrongClock(random.fork("clock")),
    ...(random.chance(0.3) ? { history_cap: { chance: 0.5, newest: 3 } } : {}),
    ...(shares && chosen.includes("split")
      ? { split: { ...(options ? ofChains : { ofHeld: random.chance(0.7) }), chance: random.pick([0.02, 0.05]) } }
      : {}),
  };
}

/** Drawn apart from the others. Mostly off by little enough for entries to go on, so that stamps which are not ours are in the books. */
function wrongClock(random: Random): Faults {
  if (!random.chance(0.3)) return {};
  const msMax = random.pick([400, 400, 2_000, minuteMs]);
  return { clock_skew: { chance: random.pick([0.005, 0.05]), msMax } };
}

/** These fall per message or report; the others befall the venue at any move of the clock. */
const perCall: ReadonlySet<FaultName> = new Set([
  "accept_then_timeout",
  "self_cancel",
  "bust_and_correct",
  "late_arrival",
  "late_visibility",
  "fill_before_ack",
  "fill_after_cancel",
  "duplicate_execution",
  "dropped_report",
  "replace_race",
  "hidden_conditionals",
  "id_rollback",
  "history_cap",
  "position_lag",
]);

/** Now and then somebody stops everything, and mostly lets it go on again. */
export function killsOf(random: Random, fromMs: number, toMs: number): readonly Command[] {
  if (random.chance(0.5)) return [];
  const levels = ["K1", "K2", "K3", "K4"] as const satisfies readonly KillLevel[];
  const partMs = (toMs - fromMs) / stormBars;
  const atMs = fromMs + random.int(20, stormBars - 40) * partMs;
  const again = random.chance(0.6) ? [{ fromMs: Math.min(atMs + random.int(3, 20) * partMs, toMs), level: "none" as const }] : [];
  return [{ fromMs: atMs, level: random.pick(levels) }, ...again];
}
