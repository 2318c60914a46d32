import type { Calendar } from "../market/calendar/calendar.ts";

/** Events as a person writes them come in; those with a possible time go out as instants, the others by name with why (COUN-2). */

export const councilEventNames = ["NFP", "CPI", "FOMC"] as const;
export type CouncilEvent = { readonly name: (typeof councilEventNames)[number]; readonly at: Temporal.Instant };
export type RefusedEvent = { readonly event: string; readonly why: string };

const shape = /^([A-Z]+):(\d{4}-\d{2}-\d{2}T\d{2}:\d{2})$/;

/** `NFP:2026-01-09T08:30`, on the exchange's own clock. A day or a time that the clock never showed is refused, and so is one that it showed twice. */
export function readEvents(
  lines: readonly string[],
  calendar: Calendar,
): { readonly events: readonly CouncilEvent[]; readonly refused: readonly RefusedEvent[] } {
  const events: CouncilEvent[] = [];
  const refused: RefusedEvent[] = [];
  for (const line of lines) {
    const read = readEvent(line, calendar);
    if (typeof read === "string") refused.push({ event: line, why: read });
    else events.push(read);
  }
  return { events: events.sort((a, b) => Temporal.Instant.compare(a.at, b.at)), refused };
}

function readEvent(line: string, calendar: Calendar): CouncilEvent | string {
  const match = shape.exec(line);
  if (match === null) return "an event is written as NFP:2026-01-09T08:30";
  const [, word = "", time = ""] = match;
  const name = councilEventNames.find((each) => each === word);
  if (name === undefined) return `${word} is not one of ${councilEventNames.join(", ")}`;
  try {
    const plain = Temporal.PlainDateTime.from(time, { overflow: "reject" });
    const at = plain.toZonedDateTime(calendar.timeZone, { disambiguation: "reject" }).toInstant();
    return calendar.covers(at) ? { name, at } : `the calendar does not hold ${plain.year}`;
  } catch (fault) {
    if (fault instanceof RangeError) return `${time} is no time on the clock of ${calendar.timeZone}`;
    throw fault;
  }
}
