import { fnv1a64, mix64 } from "../../words/hash64.ts";
import type { Pitch, RubricItem } from "./council-words.ts";
import { rubric } from "./council-words.ts";

/**
 * Pitches by name come in; what one reviewer may see of them goes out: the others' pitches in an order and under labels of its own, in one
 * manner of writing (COUN-4). Every order follows from a seed alone, so that a review can be laid out again from the journal.
 */

export type Labelled = { readonly label: string; readonly member: string; readonly pitch: Pitch };

/** Fisher and Yates's shuffle (Durstenfeld 1964) of 0..count-1, its draws a function of the seed. */
export function permutation(seed: string, count: number): readonly number[] {
  const order = Array.from({ length: count }, (_, at) => at);
  const base = fnv1a64(seed);
  for (let at = count - 1; at > 0; at--) {
    // Of 64 bits modulo a handful nothing is left to see of a bias.
    const drawn = mix64(base + BigInt(at) * 0x9e3779b97f4a7c15n) % BigInt(at + 1);
    const pick = order.findIndex((_, place) => BigInt(place) === drawn);
    const [one = 0, other = 0] = [order[at], order[pick]];
    order[at] = other;
    order[pick] = one;
  }
  return order;
}

const letters = "ABCDEFGHJKLMNPQRSTUVWXYZ";

/** Two independent draws: the order says nothing of the label, and the labels of one reviewer nothing of another's. */
export function pitchesFor(
  reviewer: string,
  pitches: readonly { readonly member: string; readonly pitch: Pitch }[],
  seed: string,
  names: readonly string[],
): readonly Labelled[] {
  const others = pitches.filter(({ member }) => member !== reviewer);
  const order = permutation(`${seed}/order/${reviewer}`, others.length);
  const labels = permutation(`${seed}/labels/${reviewer}`, letters.length);
  return order.flatMap((from, at) => {
    const of = others[from];
    return of === undefined ? [] : [{ label: `P-${letters[labels[at] ?? 0]}`, member: of.member, pitch: withoutStyle(of.pitch, names) }];
  });
}

export const rubricFor = (reviewer: string, seed: string): readonly RubricItem[] =>
  permutation(`${seed}/rubric/${reviewer}`, rubric.length).flatMap((at) => rubric[at] ?? []);

/** One manner of writing for all: what a member's typography, habits or own name would tell is gone, and the words stay. */
const withoutStyle = (pitch: Pitch, names: readonly string[]): Pitch => ({
  ...pitch,
  thesis: pitch.thesis.map((line) => plainLine(line, names)),
  indicators: pitch.indicators.map((each) => ({ ...each, measure: plainLine(each.measure, names) })),
  invalidation: plainLine(pitch.invalidation, names),
});

const vendors = [
  "openai",
  "gpt",
  "chatgpt",
  "anthropic",
  "claude",
  "google",
  "gemini",
  "xai",
  "grok",
  "deepseek",
  "mistral",
  "llama",
  "qwen",
  "sonnet",
  "opus",
];

export function plainLine(line: string, names: readonly string[]): string {
  const known = [...new Set([...names, ...vendors])].filter((name) => name.length > 1).sort((a, b) => b.length - a.length);
  const own = new RegExp(`(?<![\\p{L}\\p{N}])(?:${known.map(escaped).join("|")})(?:[-\\s]?[0-9][0-9.]*)?(?![\\p{L}\\p{N}])`, "giu");
  const bare = line
    .normalize("NFKC")
    .replace(/\p{Extended_Pictographic}|\uFE0F/gu, "")
    .replace(/[*_`#>~|]+/g, "")
    .replace(/^\s*(?:[-+•◦▪–—·]|\(?\d{1,2}[.)])\s+/u, "")
    .replace(/[“”«»]/g, '"')
    .replace(/[‘’]/g, "'")
    .replace(/\s*[–—]\s*/g, ", ")
    .replace(/…/g, ".")
    .replace(/[!?.;:]+\s*$/u, "")
    .replace(/!+/g, ".")
    .replace(own, "a member")
    .replace(/\s+/g, " ")
    .trim()
    .toLowerCase();
  return bare;
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
