import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, Scalar, type Node, type YAMLError } from "yaml";
import { err } from "../words/result.ts";
import { shown, type ConfigFault } from "./fault.ts";
import { below, keyTree, type KeyNode } from "./key-tree.ts";
import type { Given, Layer } from "./layer.ts";
import type { Leaf } from "./leaf.ts";
import { readItems, readText, type BadValue } from "./read-value.ts";
import { unknownKey } from "./unknown-key.ts";

/** A YAML text comes in; its values by dotted key go out, with the line and column of each. `path` is only for those. */
export function readFileLayer({ path, text }: { readonly path: string; readonly text: string }): Layer {
  const lines = new LineCounter();
  // Duplicate keys are looked for below, where their full name is known.
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: false });
  const place = (offset: number): string => {
    const { line, col } = lines.linePos(offset);
    return `${path}:${line}:${col}`;
  };
  // One slip can bring forth hundreds of errors; the first are the ones to read.
  const broken = [...document.errors, ...document.warnings].slice(0, 10);
  if (broken.length > 0)
    return { given: new Map(), faults: broken.map((error) => syntaxFault(error, place(error.pos[0]))), unreadable: true };
  const walk = new Walk(place);
  walk.visit(document.contents, [], keyTree, path);
  return walk;
}

class Walk implements Layer {
  readonly given = new Map<string, Given>();
  readonly faults: ConfigFault[] = [];
  readonly #place: (offset: number) => string;

  constructor(place: (offset: number) => string) {
    this.#place = place;
  }

  visit(value: unknown, path: readonly string[], node: KeyNode, near: string): void {
    const key = path.join(".");
    const where = isNode(value) ? this.#at(value, near) : near;
    if (isAlias(value) || (isNode(value) && (value.anchor !== undefined || value.tag !== undefined)))
      return this.#fault(where, key, { problem: "anchors, aliases and tags have no meaning here", fix: "write the plain value" });
    if (node.at === "leaf") return this.#leaf(value, key, node.leaf, where);
    // A section whose keys are all commented out is an empty section.
    if (value === null || (isScalar(value) && value.value === null)) return;
    if (!isMap(value))
      return this.#fault(where, key, { problem: "is not a section", fix: `write its keys below it, indented: ${some(node)}` });
    const seen = new Set<string>();
    for (const { key: name, value: inner } of value.items) this.#pair(name, inner, path, node, seen, where);
  }

  #pair(name: unknown, value: unknown, path: readonly string[], node: KeyNode, seen: Set<string>, near: string): void {
    const where = isNode(name) ? this.#at(name, near) : near;
    const word = isScalar(name) ? (name.source ?? String(name.value)) : undefined;
    if (word === undefined) return this.#fault(where, path.join("."), { problem: "a key is one word", fix: "write name: value" });
    const key = [...path, word].join(".");
    if (seen.has(word)) return this.#fault(where, key, { problem: "is there twice", fix: "keep one of the two" });
    seen.add(word);
    if (word.includes(".")) return this.#fault(where, key, { problem: "has a dot", fix: "write each part on a line of its own, indented" });
    const next = below(node, word);
    if (next === undefined) return void this.faults.push(unknownKey(where, key));
    const before = this.given.size + this.faults.length;
    this.visit(value, [...path, word], next, where);
    // A name that says nothing would vanish without a word.
    if (node.at === "each" && this.given.size + this.faults.length === before)
      this.#fault(where, key, { problem: "is empty", fix: `give it ${node.names.needs}, or take the name out` });
  }

  #leaf(value: unknown, key: string, leaf: Leaf, where: string): void {
    const read = readNode(value, leaf);
    if (read.ok) this.given.set(key, { value: read.value, where, source: where });
    else this.#fault(where, key, read.error);
  }

  #at(node: Node, near: string): string {
    return node.range ? this.#place(node.range[0]) : near;
  }

  #fault(where: string, key: string, bad: BadValue): void {
    this.faults.push({ where, key, ...bad });
  }
}

const isNode = (value: unknown): value is Node => isScalar(value) || isMap(value) || isSeq(value) || isAlias(value);
const some = (node: KeyNode): string => (node.at === "section" ? [...node.keys.keys()].slice(0, 3).join(", ") : "a name, then its keys");

const bad = (problem: string, fix: string) => err({ problem, fix });

function readNode(value: unknown, leaf: Leaf): ReturnType<typeof readText> {
  if (leaf.kind === "list") {
    if (!isSeq(value)) return bad("is a list", `write it as ${leaf.example ?? "[]"}`);
    const items = value.items.map((item) =>
      isScalar(item) && item.anchor === undefined && item.tag === undefined ? textOf(item) : undefined,
    );
    const texts = items.filter((item) => item !== undefined);
    return texts.length === items.length ? readItems(leaf, texts) : bad("is a list of plain words", `write it as ${leaf.example ?? "[]"}`);
  }
  if (value === null || value === undefined) return readText(leaf, "");
  if (!isScalar(value)) return bad(`is one value: ${leaf.wants}`, `write ${leaf.wants} behind the colon`);
  const text = textOf(value);
  if (text === undefined) return readText(leaf, "");
  const quoted = value.type !== Scalar.PLAIN;
  if (quoted && (leaf.kind === "whole" || leaf.kind === "decimal" || leaf.kind === "flag") && !text.includes("${"))
    return bad(`${shown(text)} in quotes is a text`, `write ${leaf.wants} without quotes`);
  return readText(leaf, text);
}

/** The characters as written: a number's double would have lost them. `undefined` for null. */
function textOf(scalar: Scalar): string | undefined {
  if (scalar.value === null) return undefined;
  return typeof scalar.value === "string" ? scalar.value : scalar.source;
}

function syntaxFault({ code, message }: YAMLError, where: string): ConfigFault {
  const fix =
    code === "TAB_AS_INDENT"
      ? "indent with spaces"
      : code === "MULTIPLE_DOCS"
        ? "keep one document in the file"
        : "mend the YAML here; nothing else of the file was looked at";
  return { where, key: "", problem: `not YAML: ${message.split("\n")[0] ?? code}`, fix };
}
