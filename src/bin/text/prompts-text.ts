import { promptName, type PromptFile } from "../../adapters/prompt-files/prompt-file.ts";
import type { Drift } from "../../lab/prompts/drift.ts";
import type { DiffLine } from "../../lab/prompts/line-diff.ts";
import { columns } from "./columns.ts";
import { paint } from "./paint.ts";

/** Newest change first: what this version is about. */
const latest = ({ changelog }: PromptFile): string => changelog.at(-1) ?? "";

export const promptsTable = (prompts: readonly PromptFile[]): string =>
  columns([
    ["prompt", "version", "role", "schema", "hash", "changed"],
    ...prompts.map((each) => [each.id, String(each.version), each.role, each.schema, each.hash.slice(0, 12), latest(each)]),
  ]);

export function promptPage(prompt: PromptFile): string {
  const { role, schema, hash, path, changelog, text } = prompt;
  return [
    `${paint.bold(promptName(prompt))}  ${role}, ${schema}\n`,
    `hash ${hash}\n`,
    `file ${path}\n`,
    ...changelog.map((line) => `  ${line}\n`),
    `\n${text}\n`,
  ].join("");
}

/** Lines around a change are shown, runs of more than these are counted. */
const around = 2;

export function diffText(from: PromptFile, to: PromptFile, lines: readonly DiffLine[]): string {
  const shown = lines.map((_, at) => lines.slice(Math.max(0, at - around), at + around + 1).some(({ kind }) => kind !== "same"));
  const out = [paint.bold(`--- ${promptName(from)} ${from.hash.slice(0, 12)}\n+++ ${promptName(to)} ${to.hash.slice(0, 12)}\n`)];
  let hidden = 0;
  const tellHidden = (): void => {
    if (hidden > 0) out.push(paint.dim(`  ${hidden} lines alike\n`));
    hidden = 0;
  };
  lines.forEach(({ kind, text }, at) => {
    if (shown[at] !== true) return void hidden++;
    tellHidden();
    out.push(kind === "same" ? `  ${text}\n` : kind === "added" ? paint.green(`+ ${text}\n`) : paint.red(`- ${text}\n`));
  });
  tellHidden();
  return out.join("");
}

const percent = (share: number): string => `${(share * 100).toFixed(1)}%`;
const changedMost = 20;

/** How far a run of the golden set is from the accepted one. */
export function driftText({
  compared,
  flips,
  flipRate,
  towardsBuying,
  towardsSelling,
  directionP,
  confidence,
  unanswered,
  changed,
  beyond,
}: Drift): string {
  const mean =
    confidence === null
      ? "too few answers"
      : `${confidence.value.toFixed(3)} in the mean, 95% from ${confidence.low.toFixed(3)} to ${confidence.high.toFixed(3)}`;
  return [
    columns([
      ["decisions compared", String(compared)],
      ["flipped", `${flips} (${percent(flipRate)})`],
      ["towards buying, selling", `${towardsBuying}, ${towardsSelling} (sign test p ${directionP.toFixed(3)})`],
      ["confidence", mean],
      ["without a usable answer", `${unanswered.now}, before ${unanswered.before}`],
    ]),
    ...(changed.length === 0
      ? []
      : ["\n", columns([["scenario", "symbol", "before", "now"], ...changed.slice(0, changedMost).map((row) => Object.values(row))])]),
    ...(changed.length > changedMost ? [`and ${changed.length - changedMost} more; --json has them all\n`] : []),
    "\n",
    ...(beyond.length === 0 ? [paint.green("No drift beyond the limits.\n")] : beyond.map((line) => paint.red(`Drift: ${line}\n`))),
  ].join("");
}
