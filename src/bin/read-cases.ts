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
 * Runs every case and prints one JSON line for each, in their order; a case that cannot be judged gets its fault there, the others go on,
 * and the exit code says that there was one.
 */
export function tryCases(path: string, judge: (json: unknown) => { readonly answer: unknown } | { readonly fault: string }): void {
  let bad = 0;
  for (const each of readCases(path)) {
    const judged = "fault" in each ? each : judge(each.json);
    if ("fault" in judged) bad++;
    process.stdout.write(`${JSON.stringify("fault" in judged ? { line: each.line, fault: judged.fault } : judged.answer)}\n`);
  }
  if (bad > 0) throw new Failed(1, `${bad} of the cases could not be judged; their lines say why`);
}
