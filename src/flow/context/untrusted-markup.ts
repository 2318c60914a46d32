const token = /<!--[\s\S]{0,20000}?(?:-->|$)|<(\/?)([a-z][a-z0-9:_-]{0,40})((?:"[^"]{0,1000}"|'[^']{0,1000}'|[^"'<>]){0,1000})>/gi;

/** Elements whose content no reader of a page ever sees. */
const unseen = new Set(["script", "style", "template", "noscript", "head", "title", "iframe", "object", "svg", "math"]);
/** Elements without an end: they open nothing that could be hidden. */
const empty = new Set(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]);

const hidden =
  /\bhidden\b|aria-hidden\s*=\s*["']?true|display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|opacity\s*:\s*0*\.?0+(?![.\d])|font-size\s*:\s*0*(?:\.0+|[01](?:\.\d+)?(?=px|pt))?(?![.\d])|(?<![-\w])(?:(?:left|top|text-indent)\s*:\s*-\d{3,}|(?:max-)?(?:height|width)\s*:\s*0(?![.\d])|clip(?:-path)?\s*:|color\s*:\s*(?:transparent|#fff(?:fff)?\b|white\b))/i;
/** What runs over its box is cut off there, which hides no text by itself. */
const overflow = /overflow(?:-[xy])?\s*:\s*hidden/gi;

/** A page's markup comes in; the words that its reader would see go out, and how many tags and hidden parts were taken away. */
export function readableText(markup: string): { readonly text: string; readonly markup: number } {
  if (!/[<&]/.test(markup)) return { text: markup, markup: 0 };
  let text = "";
  let from = 0;
  let taken = 0;
  /** The element that hides what is inside it, and how deep we are in elements of its name. */
  let hiding: { readonly name: string; depth: number } | undefined;
  for (const match of markup.matchAll(token)) {
    const [whole, close = "", tag, attributes = ""] = match;
    const name = tag?.toLowerCase();
    if (hiding === undefined) text += `${markup.slice(from, match.index)}${name === undefined || inline.has(name) ? "" : " "}`;
    from = match.index + whole.length;
    taken++;
    if (name === undefined) continue;
    if (hiding !== undefined) {
      if (name === hiding.name && close === "" && !attributes.endsWith("/")) hiding.depth++;
      else if (name === hiding.name && close !== "" && --hiding.depth === 0) hiding = undefined;
    } else if (
      close === "" &&
      !empty.has(name) &&
      !attributes.endsWith("/") &&
      (unseen.has(name) || hidden.test(attributes.replace(overflow, "")))
    )
      hiding = { name, depth: 1 };
  }
  if (hiding === undefined) text += markup.slice(from);
  return { text: text.replace(entity, spelledOut), markup: taken };
}

/** Tags that stand within a word: `buy` written as b<i>u</i>y is one word on the page. */
const inline = new Set([
  "a",
  "abbr",
  "b",
  "bdi",
  "bdo",
  "code",
  "em",
  "font",
  "i",
  "mark",
  "s",
  "small",
  "span",
  "strong",
  "sub",
  "sup",
  "u",
]);

const entity = /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,8}));/gi;
const named: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: " ",
  ndash: "–",
  mdash: "—",
  hellip: "…",
  lsquo: "‘",
  rsquo: "’",
  ldquo: "“",
  rdquo: "”",
  shy: "\u00ad",
  zwj: "\u200d",
  zwnj: "\u200c",
  lrm: "\u200e",
  rlm: "\u200f",
};

function spelledOut(whole: string, decimal?: string, hex?: string, name?: string): string {
  if (name !== undefined) return Object.hasOwn(named, name) ? (named[name] ?? whole) : whole;
  const code = decimal === undefined ? Number.parseInt(hex ?? "", 16) : Number.parseInt(decimal, 10);
  return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
}
