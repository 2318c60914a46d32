const windowMs = 60_000;

/** Calls of each account in any 60 seconds. Waiting calls hold their place in turn, so that none that comes later is let through first. */
export class RequestRate {
  readonly #most: number;
  /** When calls left or will leave, oldest first. */
  readonly #takenAt = new Map<string, number[]>();

  constructor(requestsPerMinuteMax: number) {
    this.#most = requestsPerMinuteMax;
  }

  /** The first moment at which one more call of the account may leave. */
  freeAt(account: string, nowMs: number): number {
    const taken = this.#recent(account, nowMs);
    const oldest = taken[taken.length - this.#most];
    return oldest === undefined ? nowMs : Math.max(nowMs, oldest + windowMs);
  }

  take(account: string, atMs: number): void {
    const taken = this.#takenAt.get(account) ?? [];
    this.#takenAt.set(
      account,
      [...taken, atMs].sort((left, right) => left - right),
    );
  }

  /** For a call that did not leave after all. */
  giveBack(account: string, atMs: number): void {
    const taken = this.#takenAt.get(account) ?? [];
    const at = taken.lastIndexOf(atMs);
    if (at >= 0) taken.splice(at, 1);
  }

  #recent(account: string, nowMs: number): number[] {
    const taken = (this.#takenAt.get(account) ?? []).filter((at) => at > nowMs - windowMs);
    this.#takenAt.set(account, taken);
    return taken;
  }
}
