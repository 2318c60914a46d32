import type { HistoryKind } from "../../ports/history.ts";
import type { Interval } from "../../words/interval.ts";
import type { QualityReport } from "./quality-report.ts";
import { ruleTexts, type FileFault, type RowFault } from "./row-fault.ts";

/** What became of one file of the command. */
export type FileOutcome = {
  readonly file: string;
  readonly id: string | undefined;
  readonly kind: HistoryKind | undefined;
  readonly interval: Interval | undefined;
  readonly rowsRead: number;
  readonly rowsAdded: number;
  /** Rows that the store had already, with the same values. */
  readonly rowsAlreadyThere: number;
  readonly rowsRejected: number;
  readonly rejectFile: string | undefined;
  readonly notes: readonly string[];
  readonly countsBy: "line" | "row";
  readonly fault: FileFault | undefined;
  readonly rowFaults: readonly RowFault[];
};

/** `usage`: a flag or a path is wrong; `refused`: the data is. In both nothing was written. */
export type ImportOutcome = {
  readonly status: "imported" | "refused" | "usage";
  readonly files: readonly FileOutcome[];
  readonly series: readonly QualityReport[];
};

export const emptyOutcome = (file: string): FileOutcome => ({
  file,
  id: undefined,
  kind: undefined,
  interval: undefined,
  rowsRead: 0,
  rowsAdded: 0,
  rowsAlreadyThere: 0,
  rowsRejected: 0,
  rejectFile: undefined,
  notes: [],
  countsBy: "line",
  fault: undefined,
  rowFaults: [],
});

/** One line a fault: `FILE:LINE: rule: what is there; what would be right`. */
export function* faultLines(outcome: FileOutcome): Generator<string> {
  if (outcome.fault !== undefined) {
    const where = outcome.fault.line === undefined ? outcome.file : `${outcome.file}:${outcome.fault.line}`;
    yield `${where}: ${outcome.fault.code}: ${outcome.fault.detail}`;
  }
  const where = outcome.countsBy === "line" ? "" : "row ";
  for (const { line, rule, detail } of outcome.rowFaults) yield `${outcome.file}:${where}${line}: ${rule}: ${detail}; ${ruleTexts[rule]}`;
}
