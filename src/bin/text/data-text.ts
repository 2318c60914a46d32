import { faultLines, type FileOutcome, type ImportOutcome } from "../../adapters/history/import-outcome.ts";
import type { QualityReport } from "../../adapters/history/quality-report.ts";
import { timeText } from "../../adapters/history/row-rules.ts";
import type { AssetSummary } from "../../ports/history.ts";
import { paint } from "./paint.ts";

const faultsMax = 20;
const sourcesMax = 2;

export function importText(outcome: ImportOutcome): string {
  return `${outcome.files.map(fileText).join("")}${outcome.series.map(qualityText).join("")}`;
}

function fileText(file: FileOutcome): string {
  const parts = [`${file.rowsAdded} rows added`];
  if (file.rowsAlreadyThere > 0) parts.push(`${file.rowsAlreadyThere} already there`);
  if (file.rowsRejected > 0) parts.push(paint.yellow(`${file.rowsRejected} rejected, see ${file.rejectFile ?? "the reject file"}`));
  const notes = file.notes.map((note) => `  ${paint.yellow("note")} ${note}\n`).join("");
  return `${file.file}: ${file.id} ${file.kind} ${file.interval}: ${parts.join(", ")}\n${notes}`;
}

/** The first faults, one a line, then how many more there are; empty where there is none. */
export function refusalText(outcome: ImportOutcome): string {
  if (outcome.status === "imported") return outcome.files.some((file) => file.rowsRejected > 0) ? faultText(outcome.files) : "";
  const stored = outcome.files.some((file) => file.rowFaults.length > 0) ? "; --lenient imports the other rows" : "";
  return `${faultText(outcome.files)}${paint.red(`nothing was imported${stored}`)}\n`;
}

function faultText(files: readonly FileOutcome[]): string {
  const lines: string[] = [];
  let count = 0;
  for (const file of files) {
    count += file.rowFaults.length + (file.fault === undefined ? 0 : 1);
    for (const line of faultLines(file)) {
      if (lines.length >= faultsMax) break;
      lines.push(line);
    }
  }
  const more = count > lines.length ? `... and ${count - lines.length} more faults\n` : "";
  return `${lines.join("\n")}\n${more}`;
}

export function qualityText(report: QualityReport): string {
  const head = `${paint.bold(`${report.id} ${report.kind} ${report.interval}`)}: ${report.rows} rows, ${timeText(report.firstMs)} to ${timeText(report.lastMs)}`;
  const { gaps } = report;
  if (gaps.count === 0 && report.badTicks.length === 0) return `${head}, no gap, no bad tick\n`;
  const lines = gaps.largest.map(
    ({ afterMs, beforeMs, missing }) => `    ${missing} missing after ${timeText(afterMs)}, before ${timeText(beforeMs)}`,
  );
  const gapText =
    gaps.count === 0 ? "" : `  ${paint.yellow("gaps")} ${gaps.count}, ${gaps.missing} rows missing; the largest:\n${lines.join("\n")}\n`;
  const ticks = report.badTicks.map(
    ({ code, count, first }) => `  ${paint.yellow(code)} ${count}:\n${first.map((line) => `    ${line}\n`).join("")}`,
  );
  return `${head}\n${gapText}${ticks.join("")}`;
}

export function listText(store: string, assets: readonly AssetSummary[]): string {
  if (assets.length === 0) return `${store} holds no history; countersign data import FILE... fills it\n`;
  const rows = assets.map((one) => [
    one.id,
    one.kind,
    one.interval,
    String(one.rows),
    timeText(one.firstMs),
    timeText(one.lastMs),
    one.gaps === 0 ? "0" : `${one.gaps} (${one.missing} rows)`,
    one.sources.length > sourcesMax
      ? `${one.sources.slice(0, sourcesMax).join(", ")} and ${one.sources.length - sourcesMax} more`
      : one.sources.join(", "),
  ]);
  const table = [["ASSET", "KIND", "INTERVAL", "ROWS", "FIRST", "LAST", "GAPS", "SOURCE"], ...rows];
  const widths = (table[0] ?? []).map((_, column) => Math.max(...table.map((row) => (row[column] ?? "").length)));
  const rightColumn = 3;
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => (column === rightColumn ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0)))
      .join("  ")
      .trimEnd();
  return `${table.map((row, index) => (index === 0 ? paint.bold(line(row)) : line(row))).join("\n")}\n`;
}
