import { z } from "zod";
import { invariant, present, unreachable } from "../words/invariant.ts";
import { configSchema } from "./config.ts";
import { leafOf, namesOf, type Leaf, type Names } from "./leaf.ts";

/** The schema as a tree of keys. Below `each` stands any name that the user gives. */
export type KeyNode =
  | { readonly at: "leaf"; readonly leaf: Leaf }
  | { readonly at: "section"; readonly keys: ReadonlyMap<string, KeyNode> }
  | { readonly at: "each"; readonly names: Names; readonly of: KeyNode };

function treeOf(schema: z.core.$ZodType): KeyNode {
  const leaf = leafOf(schema);
  if (leaf !== undefined) return { at: "leaf", leaf };
  if (schema instanceof z.ZodPrefault || schema instanceof z.ZodExactOptional) return treeOf(schema.unwrap());
  if (schema instanceof z.ZodRecord)
    return { at: "each", names: present(namesOf(schema), "names below a key have a shape"), of: treeOf(schema.valueType) };
  invariant(schema instanceof z.ZodObject, `the schema is made of sections, names and keys, not of ${schema._zod.def.type}`);
  const shape: z.core.$ZodShape = schema.shape;
  return { at: "section", keys: new Map(Object.entries(shape).map(([key, of]) => [key, treeOf(of)])) };
}

export const keyTree = treeOf(configSchema);

/** The node of one step further down; `undefined` where there is no such key. */
export function below(node: KeyNode, name: string): KeyNode | undefined {
  switch (node.at) {
    case "leaf":
      return undefined;
    case "section":
      return node.keys.get(name);
    case "each":
      return node.names.shape.test(name) ? node.of : undefined;
    default:
      return unreachable(node);
  }
}

/** The node of a dotted key. */
export function nodeAt(key: string): KeyNode | undefined {
  let node: KeyNode | undefined = keyTree;
  for (const name of key.split(".")) {
    if (node === undefined) return undefined;
    node = below(node, name);
  }
  return node;
}

/** Every key with its leaf, in the order of the schema; names that users give are written `NAME`. */
export function leavesOf(node: KeyNode = keyTree, path: readonly string[] = []): readonly (readonly [string, Leaf])[] {
  switch (node.at) {
    case "leaf":
      return [[path.join("."), node.leaf]];
    case "section":
      return [...node.keys].flatMap(([name, of]) => leavesOf(of, [...path, name]));
    case "each":
      return leavesOf(node.of, [...path, "NAME"]);
    default:
      return unreachable(node);
  }
}
