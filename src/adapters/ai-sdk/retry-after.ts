/**
 * How long a provider asks to be left alone, in milliseconds: `retry-after-ms`, or `Retry-After` in seconds or as an HTTP date
 * (RFC 9110, 10.2.3). A date is counted from the answer's own `Date`, so that a wrong clock of ours does not matter.
 */
export function retryAfterMs(headers: Headers): number | undefined {
  const exact = secondsOf(headers.get("retry-after-ms"));
  if (exact !== undefined) return Math.ceil(exact.total("seconds"));
  const said = headers.get("retry-after");
  const seconds = secondsOf(said);
  if (seconds !== undefined) return Math.ceil(seconds.total("milliseconds"));
  const [until, now] = [Date.parse(said ?? ""), Date.parse(headers.get("date") ?? "")];
  return Number.isNaN(until) || Number.isNaN(now) ? undefined : Math.max(0, until - now);
}

const secondsOf = (text: string | null): Temporal.Duration | undefined =>
  text !== null && /^\d{1,9}(?:\.\d{1,9})?$/.test(text.trim()) ? Temporal.Duration.from(`PT${text.trim()}S`) : undefined;
