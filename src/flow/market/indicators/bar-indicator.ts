/**
 * Fed one completed bar at a time. Nothing allocates in `onBar`: a backtest calls it millions of times.
 * Prices are in ticks, or any one unit kept throughout, and volume in lots.
 */
export interface BarIndicator {
  /** False until enough bars were seen; every value is NaN until then, and never after. */
  readonly ready: boolean;
  onBar(open: number, high: number, low: number, close: number, volume: number): void;
}

/** A bar indicator that can name its values for a snapshot: `name` alone when it has one, `name.upper` and so on when it has several. */
export interface ReadableIndicator extends BarIndicator {
  read(into: Record<string, number>, name: string): void;
  /** Where it has one value, that value: for watchers, which look at every bar. */
  readonly value?: number;
}
