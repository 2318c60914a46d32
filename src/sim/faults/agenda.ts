type Due = { readonly atMs: number; readonly run: () => void; readonly kept: boolean };

/** What is to happen later, in the order of its time and then of its planning. */
export class Agenda {
  #due: readonly Due[] = [];
  /** The instant that what runs now was planned for: a clock that moves in days would else make every consequence of it days late. */
  runsAtMs: number | undefined;

  /** What is `kept` still happens when the faults are ended before its time; the rest is forgotten then. */
  plan(atMs: number, kept: boolean, run: () => void): void {
    const after = this.#due.findIndex((other) => other.atMs > atMs);
    this.#due = this.#due.toSpliced(after < 0 ? this.#due.length : after, 0, { atMs, run, kept });
  }

  runUntil(nowMs: number): void {
    for (let [first] = this.#due; first !== undefined && first.atMs <= nowMs; [first] = this.#due) {
      this.#due = this.#due.slice(1);
      this.runsAtMs = first.atMs;
      first.run();
    }
    this.runsAtMs = undefined;
  }

  /** Empties it: at once and in order, what was to be kept. */
  finish(): void {
    for (let [first] = this.#due; first !== undefined; [first] = this.#due) {
      this.#due = this.#due.slice(1);
      if (first.kept) first.run();
    }
  }
}
