import type { RailCode, RefusalCode } from "./codes.ts";
import type { Unit, Verdict } from "./verdict.ts";

/** The words a rail answers with: what was compared, in its unit, or the state that decided. */
export const pass = (rail: RailCode, unit: Unit, measured: number | bigint, limit: number | bigint): Verdict => ({
  rail,
  outcome: "passed",
  unit,
  measured,
  limit,
});

export const passState = (rail: RailCode, detail: string): Verdict => ({ rail, outcome: "passed", unit: "state", detail });

export const refuse = (rail: RailCode, code: RefusalCode, unit: Unit, measured: number | bigint, limit: number | bigint): Verdict => ({
  rail,
  outcome: "refused",
  code,
  unit,
  measured,
  limit,
});

export const refuseState = (rail: RailCode, code: RefusalCode, detail: string): Verdict => ({
  rail,
  outcome: "refused",
  code,
  unit: "state",
  detail,
});
