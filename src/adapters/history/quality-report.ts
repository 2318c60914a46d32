import type { HistoryKind } from "../../ports/history.ts";
import type { Interval } from "../../words/interval.ts";
import { findBadTicks, type BadTicks } from "./bad-ticks.ts";
import type { ExactColumn } from "./exact-column.ts";
import { findGaps, type Gaps } from "./gaps.ts";

/** What is missing in a series and what is hard to believe; nothing here stops an import or changes a row. */
export type QualityReport = {
  readonly id: string;
  readonly kind: HistoryKind;
  readonly interval: Interval;
  readonly rows: number;
  readonly firstMs: number;
  readonly lastMs: number;
  readonly gaps: Gaps;
  readonly badTicks: readonly BadTicks[];
};

export const qualityReport = (
  of: { readonly id: string; readonly kind: HistoryKind; readonly interval: Interval; readonly sessions: boolean },
  atMs: Float64Array,
  columns: readonly ExactColumn[],
): QualityReport => ({
  id: of.id,
  kind: of.kind,
  interval: of.interval,
  rows: atMs.length,
  firstMs: atMs[0] ?? Number.NaN,
  lastMs: atMs.at(-1) ?? Number.NaN,
  gaps: findGaps(atMs, of.interval, of.sessions),
  badTicks: findBadTicks(of.kind, atMs, columns),
});
