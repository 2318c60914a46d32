import { bootstrapMean, signTest, type Interval95 } from "./intervals.ts";
import type { GoldenDecision } from "./golden-run.ts";

/** Beyond any of these a change has to be accepted by a person; docs/models/prompts.md says why each is what it is. */
export const driftLimits = {
  /** Share of decisions that push another way than before. */
  flipRateMax: 0.1,
  /** A sign test below this says that the changes lean to one side. */
  directionPMin: 0.05,
  /** Mean change of confidence, where its interval leaves zero out. */
  confidenceMax: 0.05,
} as const;

export type Drift = {
  readonly compared: number;
  readonly flips: number;
  readonly flipRate: number;
  /** Flips towards buying and towards selling, and how likely so uneven a split is by chance. */
  readonly towardsBuying: number;
  readonly towardsSelling: number;
  readonly directionP: number;
  /** Mean change of confidence over what was answered both times; null below two such decisions. */
  readonly confidence: Interval95 | null;
  /** Decisions without a usable answer. */
  readonly unanswered: { readonly before: number; readonly now: number };
  /** What decided otherwise, for a person to look at. */
  readonly changed: readonly { readonly scenario: string; readonly symbol: string; readonly before: string; readonly now: string }[];
  /** Which limits it is beyond, as sentences; none is no drift. */
  readonly beyond: readonly string[];
};

const keyOf = ({ scenario, symbol }: GoldenDecision): string => `${scenario} ${symbol}`;

/** An accepted run and a new one come in; how far the new one is from it goes out. Pairs are by scenario and symbol. */
export function driftOf(accepted: readonly GoldenDecision[], now: readonly GoldenDecision[]): Drift {
  const before = new Map(accepted.map((decision) => [keyOf(decision), decision]));
  const pairs = now.flatMap((each) => {
    const was = before.get(keyOf(each));
    return was === undefined ? [] : [{ was, each }];
  });
  const flipped = pairs.filter(
    ({ was, each }) => was.direction !== each.direction || (was.confidence === null) !== (each.confidence === null),
  );
  const towardsBuying = pairs.filter(({ was, each }) => bothAnswered(was, each) && each.direction > was.direction).length;
  const towardsSelling = pairs.filter(({ was, each }) => bothAnswered(was, each) && each.direction < was.direction).length;
  const surer = pairs.flatMap(({ was, each }) =>
    was.confidence === null || each.confidence === null ? [] : [each.confidence - was.confidence],
  );
  const measured = {
    compared: pairs.length,
    flips: flipped.length,
    flipRate: pairs.length === 0 ? 0 : flipped.length / pairs.length,
    towardsBuying,
    towardsSelling,
    directionP: signTest(towardsBuying, towardsSelling),
    confidence: bootstrapMean(surer, "confidence drift"),
    unanswered: { before: unansweredIn(accepted), now: unansweredIn(now) },
    changed: flipped.map(({ was, each }) => ({ scenario: each.scenario, symbol: each.symbol, before: was.action, now: each.action })),
  };
  return { ...measured, beyond: beyond(measured, accepted.length, now.length) };
}

const bothAnswered = (was: GoldenDecision, now: GoldenDecision): boolean => was.confidence !== null && now.confidence !== null;
const unansweredIn = (run: readonly GoldenDecision[]): number => run.filter(({ confidence }) => confidence === null).length;
const percent = (share: number): string => `${(share * 100).toFixed(1)}%`;

function beyond(of: Omit<Drift, "beyond">, accepted: number, now: number): readonly string[] {
  const { flipRateMax, directionPMin, confidenceMax } = driftLimits;
  const { compared, flipRate, directionP, confidence, unanswered } = of;
  const leans = of.towardsBuying > of.towardsSelling ? "buying" : "selling";
  const surely = confidence !== null && (confidence.low > 0 || confidence.high < 0);
  return [
    ...(compared < Math.max(accepted, now)
      ? [`only ${compared} decisions are in both runs, of ${accepted} accepted and ${now} new ones: the golden set has changed`]
      : []),
    ...(flipRate > flipRateMax ? [`${percent(flipRate)} of the decisions flipped, over ${percent(flipRateMax)}`] : []),
    ...(directionP < directionPMin ? [`the flips lean towards ${leans}: p ${directionP.toPrecision(2)}, below ${directionPMin}`] : []),
    ...(surely && Math.abs(confidence.value) > confidenceMax
      ? [`confidence moved by ${confidence.value.toFixed(3)} in the mean, beyond ${confidenceMax}`]
      : []),
    ...(unanswered.now > unanswered.before
      ? [`${unanswered.now} decisions had no usable answer, and ${unanswered.before} in the accepted run`]
      : []),
  ];
}
