import { invariant } from "../../../words/invariant.ts";

/** A year of minutes is half a million, so no period anybody means is above this; it bounds what a spec can make us allocate. */
const periodMax = 1_000_000;

/** The same period back, if it is a whole number of bars from `periodMin` up: config refuses bad ones before they come here. */
export function checkedPeriod(period: number, periodMin: number): number {
  invariant(
    Number.isInteger(period) && period >= periodMin && period <= periodMax,
    `an indicator's period is a whole number from ${periodMin} to ${periodMax}, not ${period}`,
  );
  return period;
}
