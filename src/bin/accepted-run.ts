import { mkdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { z } from "zod";
import type { GoldenDecision } from "../lab/prompts/golden-run.ts";
import { Failed } from "./failed.ts";
import { writeOutput } from "./output-file.ts";

const format = "countersign.accepted@1";
const digest = z.string().regex(/^[0-9a-f]{64}$/, "64 hexadecimal digits");

const acceptance = z.strictObject({
  /** The person who accepted. */
  by: z.string().min(1),
  at: z.string(),
  prompt: z.string(),
  promptHash: digest,
  model: z.string(),
  /** SHA-256 of all questions without the prompt, and of what was decided. */
  questionsHash: digest,
  decisionsHash: digest,
});
export type Acceptance = z.output<typeof acceptance>;

const acceptedRun = z.strictObject({
  format: z.literal(format),
  /** Every acceptance there was, the one that holds at the end. */
  acceptances: z.array(acceptance).min(1),
  decisions: z.array(
    z.strictObject({
      scenario: z.string(),
      symbol: z.string(),
      action: z.string(),
      direction: z.union([z.literal(-1), z.literal(0), z.literal(1)]),
      confidence: z.number().min(0).max(1).nullable(),
    }),
  ),
});
export type AcceptedRun = { readonly acceptances: readonly Acceptance[]; readonly decisions: readonly GoldenDecision[] };

export const acceptedPath = (folder: string, prompt: string): string => join(folder, "accepted", `${prompt}.json`);

/** The run that a person accepted for this prompt; undefined where nobody has yet. */
export function readAccepted(path: string): AcceptedRun | undefined {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (fault) {
    if (fault instanceof Error && "code" in fault && fault.code === "ENOENT") return undefined;
    throw fault;
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (fault) {
    throw broken(path, fault instanceof Error ? fault.message : String(fault));
  }
  const read = acceptedRun.safeParse(json);
  if (read.success) return read.data;
  const [first] = read.error.issues;
  throw broken(path, `${first?.path.join(".") ?? ""}: ${first?.message ?? "another shape"}`);
}

const broken = (path: string, why: string): Failed =>
  new Failed(1, `${path} is no accepted run of ${format}: ${why}; bring it back, or remove it and accept a run anew`);

/** Keeps who accepted what before: an acceptance is added, never replaced. */
export function writeAccepted(path: string, { acceptances, decisions }: AcceptedRun): void {
  mkdirSync(dirname(path), { recursive: true });
  writeOutput(path, "--accept", (put) => put(`${JSON.stringify({ format, acceptances, decisions }, undefined, 2)}\n`));
}
