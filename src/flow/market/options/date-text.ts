const shape = /^\d{4}-\d{2}-\d{2}$/;

/** `YYYY-MM-DD` as a day of the calendar; undefined for any other text and for days that no month has. */
export function dateOf(text: string): Temporal.PlainDate | undefined {
  if (!shape.test(text)) return undefined;
  try {
    return Temporal.PlainDate.from(text);
  } catch {
    return undefined;
  }
}
