/** `lead` and a text behind it as lines of at most `width` characters, broken at blanks; a longer word stays whole. */
export function hanging(lead: string, text: string, width: number, indent = lead.length): readonly string[] {
  const lines: string[] = [];
  let line = lead;
  let isEmpty = true;
  for (const word of text.split(" ")) {
    if (!isEmpty && line.length + 1 + word.length > width) {
      lines.push(line);
      line = " ".repeat(indent) + word;
    } else line += isEmpty ? word : ` ${word}`;
    isEmpty = false;
  }
  return [...lines, line];
}
