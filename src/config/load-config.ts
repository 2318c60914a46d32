import type { Result } from "../words/result.ts";
import type { Loaded } from "./config.ts";
import type { ConfigFault } from "./fault.ts";
import { readFileLayer } from "./read-file-layer.ts";
import { readEnvLayer, readSetLayer } from "./read-pairs.ts";
import { settle } from "./settle.ts";

export type Sources = {
  readonly file?: { readonly path: string; readonly text: string } | undefined;
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** `key=value`, as `--set` takes them. */
  readonly set?: readonly string[];
};

/** Defaults, then the environment, then the file, then `set`: each goes over the one before. */
export function loadConfig({ file, env = {}, set = [] }: Sources): Result<Loaded, readonly ConfigFault[]> {
  return settle([readEnvLayer(env), ...(file === undefined ? [] : [readFileLayer(file)]), readSetLayer(set)]);
}
