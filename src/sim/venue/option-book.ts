import { expiryAt } from "../../flow/market/options/expiry-time.ts";
import type { InstrumentId } from "../../words/ids.ts";
import { msOf } from "../../words/instant.ts";
import type { Option } from "../../words/instrument.ts";
import { present } from "../../words/invariant.ts";
import type { Asset } from "./asset.ts";

/** A listed option at this venue: its own market, that of what it is on (absent where that trades elsewhere), and when it ends. */
export type Listed = {
  readonly asset: Asset;
  readonly option: Option;
  readonly underlying: Asset | undefined;
  readonly endsMs: number;
  ended: boolean;
  /** Shares that each one of old became since the contract was listed, where no other contract took its place. */
  sharesEach: { readonly from: number; readonly into: number } | undefined;
};

/** Which options the venue lists, by what they are on and by when they end. */
export class OptionBook {
  readonly #byAsset: ReadonlyMap<Asset, Listed>;
  readonly #byUnderlying: ReadonlyMap<InstrumentId, readonly Listed[]>;
  /** Soonest first. */
  #open: readonly Listed[];

  constructor(assets: readonly Asset[]) {
    const byId = new Map(assets.map((asset) => [asset.instrument.id, asset]));
    const listed = assets.flatMap((asset): Listed[] => {
      const { instrument } = asset;
      if (instrument.kind !== "option") return [];
      const ends = present(expiryAt(instrument.expiry), `${instrument.id} expires on a day of the calendar`);
      return [
        { asset, option: instrument, underlying: byId.get(instrument.underlying), endsMs: msOf(ends), ended: false, sharesEach: undefined },
      ];
    });
    this.#byAsset = new Map(listed.map((each) => [each.asset, each]));
    this.#byUnderlying = Map.groupBy(listed, ({ option }) => option.underlying);
    this.#open = listed.toSorted((a, b) => a.endsMs - b.endsMs);
  }

  /** When the next option ends; infinite when none is left. Asked at every bar and quote. */
  get nextEndMs(): number {
    return this.#open[0]?.endsMs ?? Infinity;
  }

  /** Those that have ended: at once when their own underlying shows its price, else when time has moved on. */
  due(nowMs: number, shown: Asset): readonly Listed[] {
    return this.#open.filter(
      ({ endsMs, underlying }) => endsMs < nowMs || (endsMs === nowMs && (underlying === shown || underlying === undefined)),
    );
  }

  end(listed: Listed): void {
    listed.ended = true;
    this.#open = this.#open.filter((other) => other !== listed);
  }

  of(asset: Asset): Listed | undefined {
    return this.#byAsset.get(asset);
  }

  /** The listed contract that stands for `times` as many of this one at a strike so many times smaller, as OCC adjusts for whole splits. */
  adjusted({ option }: Listed, times: number): Listed | undefined {
    return this.on(option.underlying).find(
      ({ option: { right, strike, expiry, exercise, multiplier, lot }, ended }) =>
        !ended &&
        right === option.right &&
        expiry === option.expiry &&
        exercise === option.exercise &&
        multiplier === option.multiplier &&
        lot === option.lot &&
        strike * BigInt(times) === option.strike,
    );
  }

  get underlyings(): Iterable<InstrumentId> {
    return this.#byUnderlying.keys();
  }

  on(underlying: InstrumentId): readonly Listed[] {
    return this.#byUnderlying.get(underlying) ?? [];
  }
}
