import type { ModelRole } from "../../flow/proposals/question.ts";

/** One version of a prompt: what its front matter says, and the text that a model reads. */
export type PromptFile = {
  readonly id: string;
  readonly version: number;
  readonly role: ModelRole;
  /** The schema that its answers have, for example `portfolio@1`. */
  readonly schema: string;
  /** Names in double braces that the text uses, with what stands for them already put in. */
  readonly placeholders: readonly string[];
  /** One line a version, from the first to this one. */
  readonly changelog: readonly string[];
  readonly text: string;
  /** SHA-256 of the text, as journals have it. */
  readonly hash: string;
  readonly path: string;
};

export const promptName = ({ id, version }: Pick<PromptFile, "id" | "version">): string => `${id}@${version}`;

/** Where it is in a file, what is wrong, and what would be right; lines and columns count from 1. */
export type PromptFault = {
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly problem: string;
};

export const promptFaultLine = ({ path, line, column, problem }: PromptFault): string => `${path}:${line}:${column} ${problem}`;
