/** After these a slash begins a regular expression; after anything else it divides. */
const beforeRegExp = /(?:^|[(,=:[!&|?{;+\-*%<>~^]|\b(?:return|typeof|case|in|of|yield|void|await|delete|else|do))\s*$/;

/**
 * The text with comments and the insides of strings, templates and regular expressions blanked, so that a rule sees code and nothing
 * else. Length and line breaks stay, so that an offset in one is an offset in the other.
 */
export function codeOf(text: string): string {
  const out: string[] = [];
  /** One depth of braces for each template that is open around this place. */
  const templates: number[] = [];
  let at = 0;

  const keep = (count: number): void => {
    out.push(text.slice(at, at + count));
    at += count;
  };
  const blankTo = (end: number): void => {
    out.push(text.slice(at, end).replace(/[^\n]/g, " "));
    at = end;
  };
  const insideOfTemplate = (): void => {
    let end = at;
    while (end < text.length && text[end] !== "`" && !text.startsWith("${", end)) end += text[end] === "\\" ? 2 : 1;
    blankTo(end);
    if (text[at] !== "`") templates.push(0);
    keep(text[at] === "`" ? 1 : 2);
  };

  while (at < text.length) {
    const char = text[at];
    if (text.startsWith("//", at)) blankTo(endOfLine(text, at));
    else if (text.startsWith("/*", at)) blankTo(endOfComment(text, at));
    else if (char === '"' || char === "'") {
      keep(1);
      blankTo(endOfString(text, at, char));
      keep(1);
    } else if (char === "`") {
      keep(1);
      insideOfTemplate();
    } else if (char === "/" && beforeRegExp.test(out.slice(-40).join(""))) {
      keep(1);
      blankTo(endOfRegExp(text, at));
      keep(1);
    } else if (char === "}" && templates.at(-1) === 0) {
      templates.pop();
      keep(1);
      insideOfTemplate();
    } else {
      const depth = templates.pop();
      if (depth !== undefined) templates.push(depth + (char === "{" ? 1 : char === "}" ? -1 : 0));
      keep(1);
    }
  }
  return out.join("");
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf("\n", from);
  return end < 0 ? text.length : end;
}

function endOfComment(text: string, from: number): number {
  const end = text.indexOf("*/", from + 2);
  return end < 0 ? text.length : end + 2;
}

function endOfString(text: string, from: number, quote: string): number {
  let end = from;
  while (end < text.length && text[end] !== quote && text[end] !== "\n") end += text[end] === "\\" ? 2 : 1;
  return end;
}

function endOfRegExp(text: string, from: number): number {
  let end = from;
  let inClass = false;
  while (end < text.length && text[end] !== "\n" && (inClass || text[end] !== "/")) {
    if (text[end] === "[") inClass = true;
    else if (text[end] === "]") inClass = false;
    end += text[end] === "\\" ? 2 : 1;
  }
  return end;
}
