import { readFileSync } from "node:fs";
import { err, ok, type Result } from "../words/result.ts";
import type { ConfigFault } from "./fault.ts";

const usualPath = "countersign.yaml";
const bytesMax = 1 << 20;

/** The file named, which must be there; or `countersign.yaml` of the working directory, which need not be: `undefined` then. */
export function readConfigFile(
  path?: string,
): Result<{ readonly path: string; readonly text: string } | undefined, readonly ConfigFault[]> {
  const where = path ?? usualPath;
  const fault = (problem: string, fix: string): Result<never, readonly ConfigFault[]> => err([{ where, key: "", problem, fix }]);
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(where);
  } catch (cause) {
    const code = cause instanceof Error && "code" in cause ? String(cause.code) : String(cause);
    if (code === "ENOENT" && path === undefined) return ok(undefined);
    if (code === "ENOENT") return fault("there is no such file", "name one that exists with --config, or leave --config out");
    return fault(`cannot be read (${code})`, "make it a file that this user may read");
  }
  if (bytes.length > bytesMax) return fault(`has ${bytes.length} bytes`, `a configuration has at most ${bytesMax}`);
  try {
    return ok({ path: where, text: new TextDecoder("utf-8", { fatal: true }).decode(bytes) });
  } catch {
    return fault("is not UTF-8 text", "save it as UTF-8");
  }
}
