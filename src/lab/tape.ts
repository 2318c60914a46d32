import type { AssetHistory, Bars, Series } from "../flow/market/bars.ts";
import { intervalMs } from "../words/interval.ts";
import { invariant, present } from "../words/invariant.ts";

/** Something that happened between bars: a funding payment or a new mark. */
export type TapeEvent = {
  readonly kind: "funding" | "mark" | "open_interest";
  readonly asset: number;
  readonly atMs: number;
  readonly value: bigint;
};

/**
 * Several assets' histories as one march of time: each step is one bar's length, with the assets that have a bar in it. A missing bar
 * is a gap, and the asset sits that step out.
 */
export class Tape {
  readonly assets: readonly Bars[];
  readonly lengthMs: number;
  readonly steps: number;
  /** Open time of the current step. */
  openMs = Number.NaN;
  /** Indices of the assets with a bar in this step, the first `activeCount` of `active`. */
  readonly active: Int32Array;
  activeCount = 0;
  /** Each asset's bar of this step, where it has one. */
  readonly bar: Int32Array;
  readonly #next: Int32Array;
  /** When each asset's next bar opens; infinite once it has no more. */
  readonly #nextMs: Float64Array;
  readonly #events: readonly TapeEvent[];
  #event = 0;
  /** Of a tape with one asset: no other can come before its next bar. */
  readonly #lone: Float64Array | undefined;
  /** When the next event is; infinite once there are no more. */
  nextEventMs: number;

  constructor(histories: readonly AssetHistory[]) {
    this.assets = histories.map(({ bars }) => bars);
    const [first] = this.assets;
    invariant(first !== undefined, "a tape has at least one asset");
    invariant(
      this.assets.every(({ interval }) => interval === first.interval),
      "all assets of a tape share one interval",
    );
    this.lengthMs = intervalMs[first.interval];
    this.active = new Int32Array(this.assets.length);
    this.bar = new Int32Array(this.assets.length);
    this.#next = new Int32Array(this.assets.length);
    this.#nextMs = new Float64Array(this.assets.length);
    this.#events = histories
      .flatMap((history, asset) => eventsOf(history, asset))
      .sort((a, b) => a.atMs - b.atMs || a.asset - b.asset || order[a.kind] - order[b.kind]);
    this.#lone = this.assets.length === 1 ? first.openMs : undefined;
    this.nextEventMs = this.#events[0]?.atMs ?? Infinity;
    this.#rewind();
    this.steps = this.#lone === undefined ? this.#walked() : first.length;
  }

  #rewind(): void {
    this.openMs = Number.NaN;
    this.activeCount = 0;
    this.#next.fill(0);
    for (const [asset, { openMs }] of this.assets.entries()) this.#nextMs[asset] = openMs[0] ?? Infinity;
  }

  /** How many steps there are, by going through them once. */
  #walked(): number {
    let steps = 0;
    while (this.next()) steps++;
    this.#rewind();
    return steps;
  }

  /** Moves to the next step; false at the end. */
  next(): boolean {
    return this.#lone === undefined ? this.#nextOfSeveral() : this.#nextOfOne(this.#lone);
  }

  #nextOfOne(opens: Float64Array): boolean {
    const next = this.#next[0] ?? 0;
    const openMs = opens[next];
    if (openMs === undefined) return false;
    this.openMs = openMs;
    this.bar[0] = next;
    this.#next[0] = next + 1;
    this.activeCount = 1;
    return true;
  }

  #nextOfSeveral(): boolean {
    const nextMs = this.#nextMs;
    let openMs = Infinity;
    for (let asset = 0; asset < nextMs.length; asset++) {
      const at = nextMs[asset] ?? Infinity;
      if (at < openMs) openMs = at;
    }
    if (openMs === Infinity) return false;
    this.openMs = openMs;
    let count = 0;
    for (let asset = 0; asset < nextMs.length; asset++) {
      if (nextMs[asset] !== openMs) continue;
      const next = this.#next[asset] ?? 0;
      this.bar[asset] = next;
      this.#next[asset] = next + 1;
      nextMs[asset] = this.assets[asset]?.openMs[next + 1] ?? Infinity;
      this.active[count++] = asset;
    }
    this.activeCount = count;
    return true;
  }

  /** The next event before `beforeMs`, in the order of time; undefined when there is none yet. */
  event(beforeMs: number): TapeEvent | undefined {
    if (this.nextEventMs >= beforeMs) return undefined;
    const event = this.#events[this.#event++];
    this.nextEventMs = this.#events[this.#event]?.atMs ?? Infinity;
    return event;
  }

  get firstMs(): number {
    return Math.min(...this.assets.map(({ openMs }) => present(openMs[0], "every asset of a tape has a bar")));
  }
  get lastMs(): number {
    return (
      Math.max(...this.assets.map(({ openMs, length }) => present(openMs[length - 1], "every asset of a tape has a bar"))) + this.lengthMs
    );
  }
}

/** At one instant the mark comes first, since funding is paid on it. */
const order = { mark: 0, open_interest: 1, funding: 2 } as const satisfies Record<TapeEvent["kind"], number>;

function eventsOf({ bars, funding, mark, openInterest }: AssetHistory, asset: number): TapeEvent[] {
  const startMs = bars.openMs[0] ?? Infinity;
  const list = (kind: TapeEvent["kind"], series: Series | undefined): TapeEvent[] =>
    series === undefined ? [] : series.value.map((value, at) => ({ kind, asset, atMs: series.atMs[at] ?? 0, value }));
  // Funding before the first bar was paid by nobody here; marks and open interest before it still hold.
  return [...list("mark", mark), ...list("open_interest", openInterest), ...list("funding", funding).filter(({ atMs }) => atMs >= startMs)];
}
