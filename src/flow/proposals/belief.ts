/** How far a claim is believed, from 0 to 1: as it was said, or as outcomes have shown that such words are worth. */
export type Belief = {
  readonly conviction: number;
  /** How conviction came of what was said; absent while no calibrator is active, where they are the same. */
  readonly calibrated?: CalibratedWord;
};

export type CalibratedWord = {
  /** 0..1, as the proposer said it. */
  readonly said: number;
  /** Of the target before the stop, by the calibrator. */
  readonly probability: number;
  /** Distance of the target as a multiple of the stop's, as far as it counts. */
  readonly rewardToRisk: number;
};
