import type { AssetHistory } from "../flow/market/bars.ts";
import type { InstrumentId } from "../words/ids.ts";
import type { Interval } from "../words/interval.ts";
import type { Result } from "../words/result.ts";

/** What a stored column set holds: candles, or one value an instant. */
export type HistoryKind = "ohlcv" | "mark" | "funding" | "open-interest";

/** One line of `data list`: one kind of one asset at one interval. */
export type AssetSummary = {
  readonly id: InstrumentId;
  readonly symbol: string;
  readonly kind: HistoryKind;
  readonly interval: Interval;
  readonly rows: number;
  readonly firstMs: number;
  readonly lastMs: number;
  /** Places where at least one row is missing, and how many rows are missing in all of them. */
  readonly gaps: number;
  readonly missing: number;
  /** Names of the files the rows came from. */
  readonly sources: readonly string[];
};

export type HistoryAsk = {
  /** Symbols (`BTCUSDT`) or ids (`BTCUSDT.PERP`). */
  readonly assets: readonly string[];
  readonly interval: Interval;
  /** Half-open on the open time of the bar: `fromMs` is in, `toMs` is out. */
  readonly fromMs?: number;
  readonly toMs?: number;
};

/** `unknown_asset`, `ambiguous_asset` and `interval_not_stored` are the asker's mistake; the rest are the store's. */
export type HistoryFault =
  | { readonly code: "unknown_asset"; readonly asset: string; readonly known: readonly string[] }
  | { readonly code: "ambiguous_asset"; readonly asset: string; readonly ids: readonly string[] }
  | { readonly code: "interval_not_stored"; readonly asset: string; readonly interval: Interval; readonly stored: readonly Interval[] }
  | {
      readonly code: "empty_window";
      readonly asset: string;
      readonly interval: Interval;
      readonly fromMs: number | undefined;
      readonly toMs: number | undefined;
      readonly firstMs: number;
      readonly lastMs: number;
    }
  | { readonly code: "bad_instrument"; readonly asset: string; readonly rule: string }
  | { readonly code: "off_tick"; readonly asset: string; readonly atMs: number; readonly tick: string }
  | { readonly code: "beyond_exact"; readonly asset: string; readonly column: string }
  | { readonly code: "unreadable_store"; readonly path: string; readonly reason: string };

/** Market history that was imported before: read only, exact, and the same answer to the same question. */
export interface History {
  assets(): Promise<Result<readonly AssetSummary[], HistoryFault>>;
  /** One record an asked asset, in the asked order; mark and open interest also bring the last value before the window. */
  load(ask: HistoryAsk): Promise<Result<readonly AssetHistory[], HistoryFault>>;
}
