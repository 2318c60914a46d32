import { readFileSync } from "node:fs";
import { Failed } from "./failed.ts";

/** One line of a file of cases: what it says, or why it could not be read. Empty lines are none. */
export type CaseLine = { readonly line: number; readonly json: unknown } | { readonly line: number; readonly fault: string };

/** Reads JSON Lines from a file, or from the standard input for `-`. */
export function readCases(path: string): readonly CaseLine[] {
  let text: string;
  try {
    text = readFileSync(path === "-" ? 0 : path, "utf8");
  } catch (fault) {
    const why = fault instanceof Error && "code" in fault && fault.code === "ENOENT" ? "there is no such file" : "it cannot be read";
    throw new Failed(2, `--cases ${path}: ${why}; name a file of JSON Lines, one case a line, or - for the standard input`);
  }
  const lines = text.split("\n").flatMap((of, at) => (of.trim() === "" ? [] : [{ of, line: at + 1 }]));
  if (lines.length === 0) throw new Failed(2, `--cases ${path}: it holds no case; write one JSON object a line`);
  return lines.map(({ of, line }) => {
    try {
      return { line, json: JSON.parse(of) as unknown };
    } catch {
      return { line, fault: "the line is not JSON" };
    }
  });
}

/**
 * Runs every case and prints one JSON line for each that can be judged, in their order. A line that is no case is named on the standard
 * error, the others are answered all the same, and the exit code is 2.
 */
export function tryCases(path: string, judge: (json: unknown) => { readonly answer: unknown } | { readonly fault: string }): void {
  const faults: string[] = [];
  for (const each of readCases(path)) {
    const judged = "fault" in each ? each : judge(each.json);
    if ("fault" in judged) faults.push(`--cases ${path}, line ${each.line}: ${judged.fault}`);
    else process.stdout.write(`${JSON.stringify(judged.answer)}\n`);
  }
  if (faults.length > 0) throw new Failed(2, faults);
}
