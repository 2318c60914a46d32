/** Bar intervals, as exchanges name them. */
export const intervals = ["1m", "3m", "5m", "15m", "30m", "1h", "2h", "4h", "8h", "12h", "1d", "1w"] as const;
export type Interval = (typeof intervals)[number];

const minute = 60_000;
/** Length in milliseconds. Bars start on whole multiples since 1970-01-01T00:00Z; weeks start on Monday. */
export const intervalMs = {
  "1m": minute,
  "3m": 3 * minute,
  "5m": 5 * minute,
  "15m": 15 * minute,
  "30m": 30 * minute,
  "1h": 60 * minute,
  "2h": 120 * minute,
  "4h": 240 * minute,
  "8h": 480 * minute,
  "12h": 720 * minute,
  "1d": 1440 * minute,
  "1w": 7 * 1440 * minute,
} as const satisfies Record<Interval, number>;

const mondayOffset = 4 * 1440 * minute;
/** Open time of the bar that holds `epochMs`; 1970-01-01 was a Thursday, so weeks count from the Monday after. */
export const barOpen = (epochMs: number, interval: Interval): number => {
  const length = intervalMs[interval];
  const shift = interval === "1w" ? mondayOffset : 0;
  return Math.floor((epochMs - shift) / length) * length + shift;
};
