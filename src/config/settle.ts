import { invariant, present } from "../words/invariant.ts";
import { err, ok, type Result } from "../words/result.ts";
import { configSchema, type Config, type Loaded } from "./config.ts";
import type { ConfigFault } from "./fault.ts";
import { below, keyTree, type KeyNode } from "./key-tree.ts";
import type { Given, Layer } from "./layer.ts";
import { digestOf, recordOf } from "./record.ts";
import { relations } from "./relations.ts";
import { styles } from "./sections/strategies.ts";

/** Layers come in, the weakest first; one frozen configuration goes out, or every fault of all of them. */
export function settle(layers: readonly Layer[]): Result<Loaded, readonly ConfigFault[]> {
  const given = new Map(layers.flatMap((layer) => [...layer.given]));
  const faults = layers.flatMap((layer) => layer.faults);
  const known = new Set(faults.map(({ key }) => key));
  for (const [key, where] of styleless(given)) {
    if (!known.has(key))
      faults.push({ where, key, problem: "is missing", fix: `write one of ${styles.join(", ")}, or name a file of your own as file` });
    // What lacks a key is left out, so that the rest can still be held against one another.
    drop(given, key);
  }
  for (const [key, { where, wants }] of lacking(given)) {
    if (!known.has(key)) faults.push({ where, key, problem: "is missing", fix: `write ${wants}` });
    drop(given, key);
  }
  if (layers.some(({ unreadable }) => unreadable === true)) return err(inOrder(faults));
  const built = configSchema.safeParse(nested(given));
  invariant(built.success, "values that were read one by one are a configuration together");
  const config: Config = frozen(built.data);
  const spoiled = faults.map(({ key }) => key);
  for (const { keys, problem, fix } of relations.flatMap(({ breaches }) => breaches(config))) {
    if (keys.some((key) => spoiled.some((bad) => within(key, bad) || within(bad, key)))) continue;
    const key = keys.find((name) => given.has(name)) ?? present(keys[0], "a breach names its keys");
    faults.push({ where: given.get(key)?.where ?? "default", key: present(keys[0], "a breach names its keys"), problem, fix });
  }
  if (faults.length > 0) return err(inOrder(faults));
  const record = recordOf(config);
  const sources = Object.fromEntries(Object.keys(record).map((key) => [key, given.get(key)?.source ?? "default"]));
  return ok({ config, record, digest: digestOf(record), sources });
}

const within = (key: string, part: string): boolean => key === part || key.startsWith(`${part}.`);

/** A strategy of the user's must say its style or its file: that has no default. Those that do not, and where they stand. */
function styleless(given: ReadonlyMap<string, Given>): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [key, { where }] of given) {
    const [top, name = ""] = key.split(".");
    const style = `strategies.${name}.style`;
    if (top === "strategies" && !given.has(style) && !given.has(`strategies.${name}.file`) && !found.has(style)) found.set(style, where);
  }
  return found;
}

/** What an entry under a name of the user's must say beside what it says, and where that entry begins. */
function lacking(given: ReadonlyMap<string, Given>): ReadonlyMap<string, { readonly where: string; readonly wants: string }> {
  const found = new Map<string, { readonly where: string; readonly wants: string }>();
  for (const [key, { where }] of given) {
    const names = key.split(".");
    let node: KeyNode | undefined = keyTree;
    for (const [at, name] of names.entries()) {
      const entry: boolean = node?.at === "each";
      node = node === undefined ? undefined : below(node, name);
      if (!entry || node?.at !== "section") continue;
      for (const [last, of] of node.keys) {
        const wanted = [...names.slice(0, at + 1), last].join(".");
        if (of.at === "leaf" && of.leaf.required && !given.has(wanted) && !found.has(wanted))
          found.set(wanted, { where, wants: of.leaf.wants });
      }
    }
  }
  return found;
}

/** The whole entry that lacks `key`. */
function drop(given: Map<string, Given>, key: string): void {
  const entry = key.slice(0, key.lastIndexOf("."));
  for (const name of given.keys()) if (within(name, entry)) given.delete(name);
}

function nested(given: ReadonlyMap<string, Given>): Record<string, unknown> {
  const root: Record<string, unknown> = {};
  for (const [key, { value }] of given) {
    const names = key.split(".");
    const last = present(names.pop(), "a key has a name");
    let at = root;
    for (const name of names) {
      // A strategy may be named as something every object inherits.
      if (!Object.hasOwn(at, name)) at[name] = {};
      at = at[name] as Record<string, unknown>;
    }
    at[last] = value;
  }
  return root;
}

function frozen<Value>(value: Value): Value {
  if (typeof value === "object" && value !== null) {
    for (const inner of Object.values(value)) frozen(inner);
    Object.freeze(value);
  }
  return value;
}

/** By place, so that a file is mended from top to bottom. */
const inOrder = (faults: readonly ConfigFault[]): readonly ConfigFault[] =>
  faults.toSorted((left, right) => collator.compare(left.where, right.where) || collator.compare(left.key, right.key));
const collator = new Intl.Collator("en", { numeric: true });
