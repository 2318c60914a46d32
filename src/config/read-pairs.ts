import type { Result } from "../words/result.ts";
import type { ConfigFault } from "./fault.ts";
import { nodeAt } from "./key-tree.ts";
import type { Given, Layer } from "./layer.ts";
import type { Leaf } from "./leaf.ts";
import type { PlainRecord, PlainValue } from "./plain.ts";
import { readPlain, readText, type BadValue } from "./read-value.ts";
import { unknownKey } from "./unknown-key.ts";

/** The environment names of the perps desk (PERP-10) and of live trading (EQ-11), and the keys that they set. */
export const envKeys = {
  ASSETS: "perps.assets",
  INTERVAL: "perps.interval",
  LEVERAGE: "account.leverage",
  MAX_POSITION_SIZE_USD: "perps.allocationUsdMax",
  LLM_MODEL: "perps.model",
  LIVE_ALLOWED: "live.allowed",
  REQUIRE_LIVE_CONFIRM: "live.requireConfirm",
} as const;

/** A variable that is set to nothing counts as not set, as compose files and shells leave them. */
export function readEnvLayer(env: Readonly<Record<string, string | undefined>>): Layer {
  const layer = new PairLayer<string>(readText, unknownKey);
  for (const [name, key] of Object.entries(envKeys)) {
    const text = env[name];
    if (text !== undefined && text !== "") layer.take(key, text, `env ${name}`, `env ${name}`);
  }
  return layer;
}

/** `key=value` pairs; of two for one key the later holds, so that a script's own can be followed by another. */
export function readSetLayer(pairs: readonly string[]): Layer {
  const layer = new PairLayer<string>(readText, unknownKey);
  for (const pair of pairs) {
    const split = pair.indexOf("=");
    const key = split < 0 ? pair : pair.slice(0, split);
    const where = `--set ${key}`;
    if (split < 0) layer.faults.push({ where, key, problem: "has no value", fix: "write --set key=value" });
    else layer.take(key, pair.slice(split + 1), where, "--set");
  }
  return layer;
}

/** A journal's settings; its keys are those of the version that wrote it. */
export function readRecordLayer(record: PlainRecord): Layer {
  const layer = new PairLayer<PlainValue>(readPlain, keyOfAnother);
  for (const [key, value] of Object.entries(record)) layer.take(key, value, "journal", "journal");
  return layer;
}

const keyOfAnother = (where: string, key: string): ConfigFault => ({
  where,
  key,
  problem: "is a key of another version of the program",
  fix: "replay with the version that wrote the journal",
});

class PairLayer<Value> implements Layer {
  readonly given = new Map<string, Given>();
  readonly faults: ConfigFault[] = [];
  readonly #read: (leaf: Leaf, value: Value) => Result<Given["value"], BadValue>;
  readonly #unknown: (where: string, key: string) => ConfigFault;

  constructor(read: (leaf: Leaf, value: Value) => Result<Given["value"], BadValue>, unknown: (where: string, key: string) => ConfigFault) {
    this.#read = read;
    this.#unknown = unknown;
  }

  take(key: string, value: Value, where: string, source: string): void {
    const node = nodeAt(key);
    if (node === undefined) return void this.faults.push(this.#unknown(where, key));
    if (node.at !== "leaf")
      return void this.faults.push({ where, key, problem: "is a section", fix: `name one of its keys, as ${key}.KEY=value` });
    const read = this.#read(node.leaf, value);
    if (read.ok) this.given.set(key, { value: read.value, where, source });
    else this.faults.push({ where, key, ...read.error });
  }
}
