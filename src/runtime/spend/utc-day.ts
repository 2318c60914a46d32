/** The UTC date of an instant, `2026-01-05`: caps of a day begin and end there, wherever the desk and its venue are. */
export const utcDay = (at: Temporal.Instant): string => at.toString().slice(0, 10);

/** The month of such a date, `2026-01`. */
export const monthOf = (day: string): string => day.slice(0, 7);
