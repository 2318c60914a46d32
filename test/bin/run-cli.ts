import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, realpathSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "vitest";

export const root = join(import.meta.dirname, "../..");
export const sharedPerps = join(root, "../shared/data/binance-usdm-perps");
const program = join(root, "src/bin/countersign.ts");

/** Starting the program a few times takes a second, and far longer on a machine that is busy with other tests. */
export const hookTimeoutMs = 60_000;

export type Ran = { readonly code: number | null; readonly signal: string | null; readonly out: string; readonly err: string };

/** A fresh folder for one test; the system clears its temp folder. */
export const freshFolder = (): string => realpathSync(mkdtempSync(join(tmpdir(), "countersign-cli-")));

/** Node keeps what it compiled here, keyed by content: dozens of starts of the same program take a third of the time. */
const compiled = join(tmpdir(), "countersign-test-compiled");

/** The real program as a process of its own, in `folder`, with nothing of this environment but what it needs. */
export const cli = (folder: string, words: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ran> =>
  ran(process.execPath, [program, ...words], folder, env);

/** A line of shell in `folder`, in which `./countersign` and `countersign` are the program. */
export const shell = (folder: string, line: string, env: Readonly<Record<string, string>> = {}): Promise<Ran> =>
  ran(
    "bash",
    ["-c", `set -o pipefail\ncountersign() { "${root}/countersign" "$@"; }\n${line.replaceAll("./countersign", "countersign")}`],
    folder,
    env,
  );

function ran(command: string, words: readonly string[], cwd: string, env: Readonly<Record<string, string>>): Promise<Ran> {
  const { PATH = "", HOME = "" } = process.env;
  return new Promise((resolve, reject) => {
    const child = spawn(command, [...words], {
      cwd,
      env: { PATH, HOME, NODE_COMPILE_CACHE: compiled, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let [out, err] = ["", ""];
    child.stdout.setEncoding("utf8").on("data", (text: string) => (out += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (err += text));
    child.on("error", reject);
    child.on("close", (code, signal) => resolve({ code, signal, out, err }));
  });
}

/** Every file and folder below, by path, in order. */
export const tree = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();

/** Done: nothing to complain about and no escape codes, since a pipe is no terminal. */
export function expectDone({ code, out, err }: Ran): void {
  expect([code, err]).toEqual([0, ""]);
  expect(out).not.toContain("\u001b");
}

/** Refused: the exit code, so many lines that say why, no stack, no word on the standard output. */
export function expectRefused({ code, out, err }: Ran, exit: 1 | 2, says: RegExp, lines = 1): void {
  expect({ code, says: err }).toEqual({ code: exit, says: expect.stringMatching(says) as string });
  expect(out).toBe("");
  expect(err.trimEnd().split("\n")).toHaveLength(lines);
  expect(err).not.toMatch(/^ {4}at /m);
  expect(err).not.toContain("fault of Countersign");
  expect(err).not.toContain("\u001b");
}
