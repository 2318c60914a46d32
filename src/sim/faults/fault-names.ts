const second = 1000;
const minute = 60 * second;

/**
 * What venues were seen to do, each with what it takes when nothing else is said. `chance` is per occasion: per message for faults of
 * the wire, per report for faults of the stream, per move of the clock for what befalls the venue. A bad tick (a price of zero or
 * below, where an instrument allows none) is a fault of market data and not of a venue.
 */
const usual = {
  /** Place, replace or cancel is done, and its answer never comes. */
  accept_then_timeout: { chance: 0 },
  /** No answer, and the order reaches the exchange only later. */
  late_arrival: { chance: 0, msMin: 0, msMax: 30 * second },
  /** Accepted, but for a while neither `find` nor the lists nor `executions` show it. */
  late_visibility: { chance: 0, msMin: 0, msMax: 30 * second },
  /** No answer; the stream tells the acceptance after the first fill, or at last when nothing fills. */
  fill_before_ack: { chance: 0, msMin: 5 * second, msMax: 30 * second },
  /** Answered `cancelled`, while the order stays alive and may fill until it really ends. */
  fill_after_cancel: { chance: 0, msMin: second, msMax: 10 * minute },
  /** A report is told again, half of the time at once. */
  duplicate_execution: { chance: 0, msMin: second, msMax: 5 * minute },
  /** A fill's frame never comes; `executions` shows it. */
  dropped_report: { chance: 0 },
  /** An execution is taken back later, half of the time for one at a price of up to `ticksMax` beside it. */
  bust_and_correct: { chance: 0, msMin: second, msMax: 30 * minute, ticksMax: 20 },
  /** A replacement's answer is lost, or the old order may fill while it is under way, or it leaves neither order. */
  replace_race: { chance: 0, msMin: 0, msMax: 10 * second },
  /** `conditionalOrders` leaves them out; `openOrders` never has them, and `find` does. */
  hidden_conditionals: { chance: 0 },
  /** The venue's numbers for orders start again at one and repeat. */
  id_rollback: { chance: 0 },
  /** `executions` gives the newest only. */
  history_cap: { chance: 0, newest: 50 },
  /** `positions` and `balance` answer what was true a while ago. */
  position_lag: { chance: 0, msMin: second, msMax: 30 * second },
  /** The venue ends an accepted order by itself. */
  self_cancel: { chance: 0, msMin: second, msMax: 60 * minute },
  halt: { chance: 0, msMin: 5 * minute, msMax: 60 * minute },
  auction: { chance: 0, msMin: 5 * minute, msMax: 30 * minute },
  /** Of shares and funds only, by one of the ratios, each as likely; `ofHeld`: of those alone that are held, or that a held option is on. */
  split: {
    chance: 0,
    ofHeld: false,
    ratios: [
      { from: 1, into: 2 },
      { from: 1, into: 10 },
      { from: 2, into: 3 },
      { from: 10, into: 1 },
      { from: 100, into: 1 },
    ],
  },
  /** Every call fails and reports wait; day orders do not live to see the end of it. */
  maintenance_reset: { chance: 0, msMin: minute, msMax: 15 * minute },
  /** Calls are turned away until `retryAt`; whoever was told and calls before it is banned for `banMs` from then. */
  rate_limit: { chance: 0, msMin: second, msMax: minute, banMs: 10 * minute },
  /** The venue's clock is set anew, by so much off the true time, and ahead of it with a chance of `ahead`; all its stamps follow it. */
  clock_skew: { chance: 0, msMin: 0, msMax: minute, ahead: 0.5 },
};

export type FaultName = keyof typeof usual;
export type FaultTerms = typeof usual;
export type Faults = { readonly [Name in FaultName]?: Partial<FaultTerms[Name]> & { readonly chance: number } };

/** The faults that take their time. */
export type SlowFault = { [Name in FaultName]: FaultTerms[Name] extends { msMin: number } ? Name : never }[FaultName];

export const faultNames = Object.keys(usual) as readonly FaultName[];

export const termsOf = (faults: Faults): FaultTerms => {
  const terms = structuredClone(usual);
  for (const name of faultNames) Object.assign(terms[name], faults[name]);
  return terms;
};

/** The same chance for every fault. */
export const everyFault = (chance: number): Faults => Object.fromEntries(faultNames.map((name) => [name, { chance }]));
