import { hanging } from "./hanging.ts";
import { paint } from "./paint.ts";
import { programPath } from "./program-path.ts";

export type Try = { readonly what: string; readonly words: readonly string[] };

const widthMax = 80;

/** Commands to try, each below what it is for, as they can be pasted where the person stands; a long one goes on in the next line. */
export function whatNext(tries: readonly Try[]): string {
  return `What to try next\n${tries.map(({ what, words }) => `\n${hanging("  ", what, widthMax).join("\n")}\n${commandLines(words)}`).join("")}`;
}

function commandLines(words: readonly string[]): string {
  const lines: string[] = [];
  let line = `    ${paint.bold(programPath())}`;
  let length = 4 + programPath().length;
  for (const word of words) {
    if (length + 1 + word.length > widthMax && word.startsWith("--")) {
      lines.push(`${line} \\`);
      [line, length] = [`      ${word}`, 6 + word.length];
    } else {
      line += ` ${word}`;
      length += 1 + word.length;
    }
  }
  return `${[...lines, line].join("\n")}\n`;
}
