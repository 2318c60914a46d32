import { Failed } from "./failed.ts";

/** `2025-03-06` is its first moment in UTC; a full instant is taken as it is. */
export function instantMs(text: string, flag: string): number {
  const full = /^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00:00Z` : text;
  try {
    return Temporal.Instant.from(full).epochMilliseconds;
  } catch {
    throw new Failed(2, `${flag} ${text}: not a time; write a UTC date such as 2025-03-06 or an instant such as 2025-03-06T11:00:00Z`);
  }
}
