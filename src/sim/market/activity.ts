import { hourMs } from "./step-grid.ts";

/** How busy each hour (UTC) is against the mean hour: quiet before Asia wakes, loudest when Europe and New York overlap. */
const hourly = [
  1.05, 0.98, 0.9, 0.82, 0.74, 0.7, 0.74, 0.9, 1.02, 1.0, 0.92, 0.88, 1.0, 1.3, 1.62, 1.58, 1.4, 1.22, 1.08, 0.98, 0.92, 0.82, 0.72, 0.71,
];
const mean = hourly.reduce((sum, weight) => sum + weight, 0) / hourly.length;

/** Volume and variance at this instant against those of the mean hour, straight from one hour to the next; a day averages one. */
export function activityAt(epochMs: number): number {
  const hours = epochMs / hourMs;
  const whole = Math.floor(hours);
  const from = hourly[((whole % 24) + 24) % 24] ?? mean;
  const to = hourly[(((whole + 1) % 24) + 24) % 24] ?? mean;
  return (from + (to - from) * (hours - whole)) / mean;
}
