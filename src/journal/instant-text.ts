const dayMs = 86_400_000;
const lastPlainMs = 253_402_300_799_999;
const pairs: readonly string[] = Array.from({ length: 60 }, (_, index) => String(index).padStart(2, "0"));

let dayStartMs = Number.NaN;
let dayText = "";
let lastInstant: Temporal.Instant | undefined;
let lastText = "";
let otherInstant: Temporal.Instant | undefined;
let otherText = "";

/**
 * The text of `Temporal.Instant.prototype.toString` in quotes, which is shortest and in UTC, at an eighth of its cost. Facts of one moment
 * share one object, so the last two are remembered.
 */
export function instantText(instant: Temporal.Instant): string {
  if (instant === lastInstant) return lastText;
  if (instant === otherInstant) return otherText;
  otherInstant = lastInstant;
  otherText = lastText;
  lastInstant = instant;
  lastText = written(instant);
  return lastText;
}

function written(instant: Temporal.Instant): string {
  const epochMs = instant.epochMilliseconds;
  if (epochMs < 0 || epochMs > lastPlainMs || instant.epochNanoseconds !== BigInt(epochMs) * 1_000_000n) return `"${instant.toString()}"`;
  const inDayMs = epochMs % dayMs;
  if (epochMs - inDayMs !== dayStartMs) {
    dayStartMs = epochMs - inDayMs;
    dayText = instant.toString().slice(0, 11);
  }
  const seconds = Math.trunc(inDayMs / 1000);
  const minutes = Math.trunc(seconds / 60);
  return `"${dayText}${two(Math.trunc(minutes / 60))}:${two(minutes % 60)}:${two(seconds % 60)}${fraction(inDayMs % 1000)}Z"`;
}

const two = (value: number): string => pairs[value] ?? "";

function fraction(ms: number): string {
  if (ms === 0) return "";
  const digits = String(ms).padStart(3, "0");
  return ms % 100 === 0 ? `.${digits.slice(0, 1)}` : ms % 10 === 0 ? `.${digits.slice(0, 2)}` : `.${digits}`;
}
