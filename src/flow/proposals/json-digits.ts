import { NotRead } from "./json-value.ts";

const minus = 0x2d;
const zero = 0x30;
const nine = 0x39;

/** Where the number that begins at `from` ends, by the grammar of JSON: no plus, no zero before it, digits on both sides of a point. */
export function numberEnd(text: string, from: number): number {
  let at = codeAt(text, from) === minus ? from + 1 : from;
  at = codeAt(text, at) === zero ? at + 1 : digitsEnd(text, at);
  let code = codeAt(text, at);
  if (code === 0x2e) {
    at = digitsEnd(text, at + 1);
    code = codeAt(text, at);
  }
  if (code !== 0x65 && code !== 0x45) return at;
  code = codeAt(text, at + 1);
  return digitsEnd(text, code === minus || code === 0x2b ? at + 2 : at + 1);
}

const codeAt = (text: string, at: number): number => (at < text.length ? text.charCodeAt(at) : -1);

/** Behind the digits, of which there has to be one. */
function digitsEnd(text: string, from: number): number {
  const { length } = text;
  let at = from;
  for (; at < length; at++) {
    const code = text.charCodeAt(at);
    if (code < zero || code > nine) break;
  }
  if (at === from) throw new NotRead("not_json");
  return at;
}
