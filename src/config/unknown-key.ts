import { nearest } from "./did-you-mean.ts";
import type { ConfigFault } from "./fault.ts";
import { keyTree, leavesOf, nodeAt, type KeyNode } from "./key-tree.ts";

const secret = /api[-_]?key|secret|token|passw|passphrase|private[-_]?key|credential|mnemonic/i;

/** The key is named but its value never is: it may be a secret that someone meant well with (LINE-9). */
export function unknownKey(where: string, key: string): ConfigFault {
  const names = key.split(".");
  const last = names.at(-1) ?? "";
  if (secret.test(last) || last === "key") {
    const provider = names[0] === "models" && names[1] === "providers" && names.length === 4;
    const variable = "name the environment variable that holds it as keyEnv: take it out, and replace it if it was shared";
    const fix = provider
      ? variable
      : "secrets come from environment variables, never from the configuration: take it out, and replace it if it was shared";
    return { where, key, problem: "there is no such key, and it is named like a secret", fix };
  }
  const parents = names.slice(0, -1);
  const parent = parents.length === 0 ? keyTree : nodeAt(parents.join("."));
  if (parent?.at === "each") {
    const { what, wants } = parent.names;
    return { where, key, problem: `${what} cannot have this name`, fix: `name it with ${wants}` };
  }
  return { where, key, problem: "there is no such key", fix: hint(last, parents, parent) };
}

/** A slip among its neighbours first, then a key that stands in the wrong section. */
function hint(last: string, parents: readonly string[], parent: KeyNode | undefined): string {
  const neighbours = parent?.at === "section" ? [...parent.keys.keys()] : [];
  const near = nearest(last, neighbours);
  if (near !== undefined) return `did you mean ${[...parents, near].join(".")}?`;
  const all = new Map(leavesOf().map(([key]) => [key.split(".").at(-1) ?? "", key]));
  const elsewhere = all.get(nearest(last, all.keys()) ?? "");
  if (elsewhere !== undefined) return `did you mean ${elsewhere}?`;
  return neighbours.length === 0 ? "config show --reference lists all keys" : `keys here are ${neighbours.join(", ")}`;
}
