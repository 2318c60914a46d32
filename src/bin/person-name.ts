import { Failed } from "./failed.ts";

/** Names go into a journal and onto a page: one line, and nothing that a terminal would obey. */
const personName = /^[\p{L}\p{N}][\p{L}\p{N} ._@'-]{0,63}$/u;
export const personRule = "a name has 1 to 64 letters, digits, spaces and . _ @ ' -, and begins with a letter or digit";

export const isPersonName = (text: string): boolean => personName.test(text);

/** What stands behind `--by`; what cannot be seen in a refused name is shown as it is escaped. */
export function checkBy(by: string): void {
  if (!isPersonName(by)) throw new Failed(2, `--by ${JSON.stringify(by)}: ${personRule}`);
}
