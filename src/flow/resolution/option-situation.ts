/**
 * What is known of a position or a candidate contract as it is judged. A number that should be known and is not is NaN, which every
 * comparison refuses; one that is absent was not asked about.
 */
export type OptionSituation = {
  /** Gain of the position in percent of the premium paid, on the bid: what selling now would bring. */
  readonly pnlPct?: number;
  readonly minutesToClose: number;
  readonly minutesFromOpen?: number;
  readonly spreadBps?: number;
  readonly volume?: number;
  readonly openInterest?: number;
  readonly delta?: number;
  readonly theta?: number;
  readonly iv?: number;
  readonly daysToExpiry?: number;
  readonly quoteAgeMs?: number;
  /** Any level of the kill switch is set. */
  readonly killSwitch: boolean;
  /** A loss limit or a mismatch of the books is latched. */
  readonly circuitBreaker: boolean;
  /** Positions that are open or on their way. */
  readonly positions?: number;
  /** What one contract costs at the ask against the most that one position may cost; above 1 not even one fits. */
  readonly costShare?: number;
};

export type DecisionKind = "entry" | "exit";

/** A reason against, with what was compared: `gate` 0 is a hard rail. A code that ends in `.missing` says that the number was not there. */
export type GateRefusal = {
  readonly gate: 0 | 1 | 2;
  readonly code: string;
  readonly measured?: number;
  readonly limit?: number;
};
