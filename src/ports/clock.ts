/** The only source of time. `Temporal.Now` is named in one adapter and nowhere else. */
export interface Clock {
  now(): Temporal.Instant;
}
