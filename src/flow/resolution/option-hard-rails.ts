import type { OptionLimits } from "./option-limits.ts";
import type { DecisionKind, GateRefusal, OptionSituation } from "./option-situation.ts";

/** A situation comes in; the first hard rail that fires goes out, before any model is asked (OPT-6). No answer, bias or person moves one. */

export const hardRails = ["stop_loss", "day_end", "day_start", "kill_switch", "circuit_breaker", "positions_max", "size_max"] as const;
export type HardRail = (typeof hardRails)[number];

/** `closes`: the rail itself sells the position. The others only forbid: nothing is entered, and no model is asked. */
export type Fired = { readonly rail: HardRail; readonly closes: boolean; readonly measured?: number; readonly limit?: number };

/**
 * For a position protection comes first: it works on under a kill switch and an open breaker, which only end the asking. An entry is
 * forbidden by the switch, the breaker, the day's end and its beginning, the number of positions and a contract that costs more than a position may.
 */
export function firedRail(kind: DecisionKind, of: OptionSituation, limits: OptionLimits): Fired | undefined {
  return kind === "exit" ? exitRail(of, limits) : entryRail(of, limits);
}

function exitRail(of: OptionSituation, limits: OptionLimits): Fired | undefined {
  const { pnlPct = Number.NaN, minutesToClose } = of;
  const stop = -limits.stopLossPct;
  if (pnlPct <= stop) return { rail: "stop_loss", closes: true, measured: pnlPct, limit: stop };
  return dayEnd(minutesToClose, limits, true) ?? halted(of);
}

function entryRail(of: OptionSituation, limits: OptionLimits): Fired | undefined {
  const { positions = 0, costShare = 0 } = of;
  const fired = halted(of) ?? dayEnd(of.minutesToClose, limits, false) ?? dayStart(of, limits);
  if (fired !== undefined) return fired;
  if (!(positions < limits.positionsMax)) return { rail: "positions_max", closes: false, measured: positions, limit: limits.positionsMax };
  // Written so that a cost that is not known forbids.
  return costShare <= 1 ? undefined : { rail: "size_max", closes: false, measured: costShare, limit: 1 };
}

const dayEnd = (minutes: number, { dayEndMinutes }: OptionLimits, closes: boolean): Fired | undefined =>
  minutes > dayEndMinutes ? undefined : { rail: "day_end", closes, measured: minutes, limit: dayEndMinutes };

/** Written so that an open that is not known forbids, where a wait after it is asked for. */
function dayStart({ minutesFromOpen }: OptionSituation, { dayStartMinutes }: OptionLimits): Fired | undefined {
  if (dayStartMinutes <= 0 || (minutesFromOpen !== undefined && minutesFromOpen >= dayStartMinutes)) return undefined;
  return {
    rail: "day_start",
    closes: false,
    limit: dayStartMinutes,
    ...(minutesFromOpen === undefined ? {} : { measured: minutesFromOpen }),
  };
}

function halted({ killSwitch, circuitBreaker }: OptionSituation): Fired | undefined {
  if (killSwitch) return { rail: "kill_switch", closes: false };
  return circuitBreaker ? { rail: "circuit_breaker", closes: false } : undefined;
}

export const refusalOf = ({ rail, measured, limit }: Fired): GateRefusal => ({
  gate: 0,
  code: rail,
  ...(measured === undefined ? {} : { measured }),
  ...(limit === undefined ? {} : { limit }),
});
