import type { Result } from "../words/result.ts";
import type { Loaded } from "./config.ts";
import type { ConfigFault } from "./fault.ts";
import { leavesOf } from "./key-tree.ts";
import type { Layer } from "./layer.ts";
import type { PlainRecord } from "./plain.ts";
import { readRecordLayer, readSetLayer } from "./read-pairs.ts";
import { settle } from "./settle.ts";

/**
 * The configuration that a journal was written with, for replay; `set` says what to ask of it instead. A key of this version that the
 * record lacks is a fault and not a default: the journal was written without it, so no default is what was decided with.
 */
export function configFromRecord(record: PlainRecord, set: readonly string[] = []): Result<Loaded, readonly ConfigFault[]> {
  const wished = readSetLayer(set);
  const lacking = leavesOf()
    // What stands below a name of the user's is in the record where there is such a name.
    .filter(
      ([key, { normal }]) =>
        !key.split(".").includes("NAME") && normal !== undefined && !Object.hasOwn(record, key) && !wished.given.has(key),
    )
    .map(([key]) => ({
      where: "journal",
      key,
      problem: "is not in the journal's settings, which an older version wrote",
      fix: `replay with that version, or say what to take with --set ${key}=VALUE`,
    }));
  const written = readRecordLayer(record);
  const journal: Layer = { given: written.given, faults: [...written.faults, ...lacking] };
  return settle([journal, wished]);
}
