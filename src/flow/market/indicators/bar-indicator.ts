/**
 * Fed one completed bar at a time. Nothing allocates in `onBar`: a backtest calls it millions of times.
 * Prices are in ticks, or any one unit kept throughout, and volume in lots.
 */
export interface BarIndicator {
  /** False until enough bars were seen; every value is NaN until then, and never after. */
  readonly ready: boolean;
  onBar(open: number, high: number, low: number, close: number, volume: number): void;
}

/** A bar indicator that can say its values in a snapshot. */
export interface ReadableIndicator extends BarIndicator {
  /** What its values are called where it has several. */
  readonly parts?: readonly string[];
  /** Under names that `namesOf` made once: a text put together at each reading would be hashed anew each time. */
  read(into: Record<string, number>, names: readonly string[]): void;
  /** Where it has one value, that value: for watchers, which look at every bar. */
  readonly value?: number;
}

/** `name` alone for an indicator with one value, `name.upper` and so on for one with several. */
export const namesOf = ({ parts }: Pick<ReadableIndicator, "parts">, name: string): readonly string[] =>
  parts === undefined ? [name] : parts.map((part) => `${name}.${part}`);
