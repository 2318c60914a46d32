import { hash } from "node:crypto";

/** SHA-256 in hex, for prompts, questions and settings. */
export const digestOf = (text: string): string => hash("sha256", text, "hex");
