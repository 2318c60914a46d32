import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import { importFiles, type ImportAsk } from "../../../src/adapters/history/import-files.ts";
import { faultLines, type ImportOutcome } from "../../../src/adapters/history/import-outcome.ts";

export const sharedData = join(import.meta.dirname, "../../../../shared/data");

const made: string[] = [];
afterAll(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A fresh folder for one test, gone when its file's tests have run. */
export function freshFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "countersign-history-"));
  made.push(folder);
  return folder;
}

export function aFile(folder: string, name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

export const importInto = (store: string, files: readonly string[], more: Partial<ImportAsk> = {}): Promise<ImportOutcome> =>
  importFiles({ store, files, flags: {}, lenient: false, sort: false, ...more });

/** Every fault line, with the folder cut off the path. */
export const faultsOf = (outcome: ImportOutcome, folder: string): string[] =>
  outcome.files.flatMap((file) => [...faultLines(file)]).map((line) => line.replace(`${folder}/`, ""));

/** `FILE:LINE: rule` of every fault. */
export const rulesOf = (outcome: ImportOutcome, folder: string): string[] =>
  faultsOf(outcome, folder).map((line) => line.split(": ").slice(0, 2).join(": "));

const start = 1_746_372_780_000;
export const minute = (index: number): number => start + index * 60_000;
export const header = "ts_ms,open,high,low,close,volume";
/** `count` sound candles from 2025-05-04T15:33Z on. */
export const candles = (count: number): string[] =>
  Array.from({ length: count }, (_, row) => `${minute(row)},100.5,101,100,100.25,${row + 1}.5`);
export const csv = (lines: readonly string[]): string => `${[header, ...lines].join("\n")}\n`;
