/** What gate 1 of an exit calls a reason to sell: any one of the three is enough (OPT-2). */
export type ExitThresholds = {
  /** Gain in percent of the premium paid, from which profit may be taken. */
  readonly profitPctMin: number;
  /** Loss in percent, below zero, at which a loss may be cut. */
  readonly lossPctMax: number;
  /** Minutes before the day's close from which time is a reason. */
  readonly minutesToCloseMax: number;
};

export const exitBiases = ["conservative", "balanced", "aggressive"] as const;
export type ExitBias = (typeof exitBiases)[number];

/**
 * What the bias moves, and all that it moves (OPT-3). Conservative lets a model take profits and cut losses sooner, aggressive lets a
 * position run; the hard stop and the day's end stand where they are whatever the bias, so no row reaches beyond them.
 */
export const exitThresholds = {
  conservative: { profitPctMin: 10, lossPctMax: -15, minutesToCloseMax: 30 },
  balanced: { profitPctMin: 15, lossPctMax: -25, minutesToCloseMax: 15 },
  aggressive: { profitPctMin: 25, lossPctMax: -25, minutesToCloseMax: 15 },
} as const satisfies Record<ExitBias, ExitThresholds>;

export const spreadProfiles = ["standard", "strict"] as const;
export type SpreadProfile = (typeof spreadProfiles)[number];

/** Everything that the gates and hard rails of the options desk compare with; each is a key of the configuration. */
export type OptionLimits = {
  readonly confidenceMin: number;
  readonly exitBias: ExitBias;
  /** Hard: loss in percent of the premium, on the bid, at which a position is sold whatever anybody says. */
  readonly stopLossPct: number;
  /** Hard: minutes before the day's close, early closes too, from which nothing is entered and everything is sold. */
  readonly dayEndMinutes: number;
  /** Hard: minutes after the day's open for which nothing is entered; 0 where a day begins with its session. */
  readonly dayStartMinutes: number;
  readonly positionsMax: number;
  readonly openInterestMin: number;
  readonly volumeMin: number;
  /** `standard` takes the first width, `strict` the second. */
  readonly spreadProfile: SpreadProfile;
  readonly spreadBpsMax: number;
  readonly spreadBpsStrictMax: number;
  readonly quoteAgeMsMax: number;
  /** Bounds of the size of delta: a put's -0.4 counts as 0.4. */
  readonly deltaMin: number;
  readonly deltaMax: number;
  /** US dollars a share and calendar day, below zero. */
  readonly thetaMin: number;
  readonly daysToExpiryMin: number;
  readonly daysToExpiryMax: number;
  /** An implied volatility outside these is a bad quote rather than an opinion; fractions a year. */
  readonly ivMin: number;
  readonly ivMax: number;
};

/** The house's values, which the configuration starts from. */
export const usualOptionLimits: OptionLimits = {
  confidenceMin: 0.6,
  exitBias: "balanced",
  stopLossPct: 25,
  dayEndMinutes: 15,
  dayStartMinutes: 0,
  positionsMax: 5,
  openInterestMin: 50,
  volumeMin: 100,
  spreadProfile: "standard",
  spreadBpsMax: 500,
  spreadBpsStrictMax: 50,
  quoteAgeMsMax: 120_000,
  deltaMin: 0.3,
  deltaMax: 0.7,
  thetaMin: -0.1,
  daysToExpiryMin: 1,
  daysToExpiryMax: 45,
  ivMin: 0.02,
  ivMax: 3,
};
