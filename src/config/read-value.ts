import { parseExact } from "../words/exact.ts";
import { unreachable } from "../words/invariant.ts";
import { err, ok, type Result } from "../words/result.ts";
import { nearest } from "./did-you-mean.ts";
import { shown } from "./fault.ts";
import type { Leaf } from "./leaf.ts";
import type { PlainValue } from "./plain.ts";

export type BadValue = { readonly problem: string; readonly fix: string };
type Read = Result<PlainValue | readonly string[], BadValue>;

/** One way to write a number: no hex, exponent, separators, leading zeros or plus, each of which some reader takes for another number. */
const plainWhole = /^-?(?:0|[1-9]\d{0,14})$/;
const plainDecimal = /^-?(?:0|[1-9]\d{0,14})(?:\.\d{1,8})?$/;
const plainAmount = /^(?:0|[1-9]\d*)(?:\.\d+)?$/;

/** From the text of a file, an environment variable or `--set`. */
export function readText(leaf: Leaf, text: string): Read {
  if (text.includes("${")) return reference(leaf, text);
  if (text === "" && leaf.kind !== "list") return err({ problem: "has no value", fix: `write ${leaf.wants}, or leave the key out` });
  switch (leaf.kind) {
    case "whole":
    case "decimal": {
      const plain = (leaf.kind === "whole" ? plainWhole : plainDecimal).test(text);
      // Adding zero turns minus zero into zero, which would have another text.
      return plain ? accepted(leaf, Number(text) + 0, text) : err(notPlain(leaf, text));
    }
    case "money":
      return plainAmount.test(text) ? accepted(leaf, text, text) : err(notPlain(leaf, text));
    case "flag":
      return text === "true" || text === "false" ? ok(text === "true") : err(unfit(leaf, text));
    case "list":
      return readItems(leaf, text === "" ? [] : text.split(",").map((item) => item.trim()));
    case "choice":
    case "text":
      return accepted(leaf, text, text);
    default:
      return unreachable(leaf.kind);
  }
}

export function readItems(leaf: Leaf, items: readonly string[]): Read {
  return items.some((item) => item.includes("${")) ? reference(leaf, items.join(",")) : accepted(leaf, items, items.join(","));
}

/** From a journal's settings, which hold numbers and flags as such. */
export function readPlain(leaf: Leaf, value: PlainValue): Read {
  const kind = leaf.kind === "whole" || leaf.kind === "decimal" ? "number" : leaf.kind === "flag" ? "boolean" : "string";
  if (typeof value !== kind) return err(unfit(leaf, String(value)));
  // A text that may be empty was: only what a person writes could be a slip.
  if (value === "" && leaf.kind === "text" && leaf.accepts(value)) return ok(value);
  return typeof value === "string" ? readText(leaf, value) : accepted(leaf, value, String(value));
}

const accepted = (leaf: Leaf, value: PlainValue | readonly string[], text: string): Read =>
  leaf.accepts(value) ? ok(value) : err(unfit(leaf, text));

const reference = (leaf: Leaf, text: string): Read =>
  err({
    problem: `${told(leaf, text)} refers to the environment`,
    fix:
      leaf.hidden === true
        ? `write ${leaf.wants}, by itself`
        : "write the value itself: ${NAME} is for secrets only, and no key here holds one",
  });

const told = (leaf: Leaf, text: string): string => (leaf.hidden === true ? "what stands here" : shown(text));

const usually = (leaf: Leaf): string => (leaf.normal === undefined || leaf.normal === "" ? "" : `; the default is ${String(leaf.normal)}`);

function unfit(leaf: Leaf, text: string): BadValue {
  const meant = leaf.kind === "choice" ? nearest(text, leaf.choices) : undefined;
  return {
    problem: `${told(leaf, text)} is not ${leaf.wants}`,
    fix: meant === undefined ? `write ${leaf.wants}${usually(leaf)}` : `did you mean ${meant}?`,
  };
}

/** What is a number to others is told how to be one here. */
function notPlain(leaf: Leaf, text: string): BadValue {
  if (/^-?\d{1,24}(?:\.\d*)?$/.test(text) && /^-?(?:0|[1-9])/.test(text) && parseExact(text).ok) return unfit(leaf, text);
  return {
    problem: `${shown(text)} is not ${leaf.wants}`,
    fix: `write it in plain digits, such as ${String(leaf.normal ?? 100)}: no exponent, hex, commas, spaces, units or leading zeros`,
  };
}
