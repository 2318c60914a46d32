import { redact } from "../../words/redact.ts";

const mark = "[secret]";
/** Providers echo the beginning or the end of a wrong key, so that any eight characters of one are taken out. */
const window = 8;
/** Whatever begins like a key of anybody's, as the usual providers spell theirs, also when they star out its middle or cut it short. */
const anyKey = /\b(?:sk|pk|rk|xai|gsk|key|AIza)[-_][\w*.-]{8,}|\bAIza[\w*-]{8,}|\b(?:Bearer|Basic)\s+[\w*+/=._~-]{8,}/gi;
/** Beyond this nothing is read of an error body: it is for a person, not for a program. */
const lengthMax = 300;

/**
 * Takes a text of the outside world and gives one short line that holds no key: what details, journals and screens may show. To what every
 * text loses on its way out it adds what error bodies need: starred keys, pieces of our own, no control characters, and an end.
 */
export function detailLine(secrets: readonly string[]): (text: string) => string {
  const ours = secrets.filter((secret) => secret !== "");
  const pieced = ours.flatMap((secret) => [secret, encodeURIComponent(secret), btoa64(secret)]);
  return (text) => {
    // Patterns first: they take a starred key whole, of which the rest would leave the stars and the end.
    const bare = pieced.reduce(without, redact(text.slice(0, 20 * lengthMax).replace(anyKey, mark), ours));
    const line = bare.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, " ").trim();
    return line.length > lengthMax ? `${line.slice(0, lengthMax - 1).trimEnd()}…` : line;
  };
}

const btoa64 = (secret: string): string => Buffer.from(secret, "utf8").toString("base64").replace(/=+$/, "");

function without(text: string, secret: string): string {
  if (secret.length <= window) return text.replaceAll(secret, mark);
  const hidden = new Set<number>();
  for (let at = 0; at + window <= secret.length; at++) {
    const piece = secret.slice(at, at + window);
    for (let found = text.indexOf(piece); found >= 0; found = text.indexOf(piece, found + 1)) {
      for (let offset = 0; offset < window; offset++) hidden.add(found + offset);
    }
  }
  if (hidden.size === 0) return text;
  let shown = "";
  for (let at = 0; at < text.length; at++) {
    if (!hidden.has(at)) shown += text[at];
    else if (!hidden.has(at - 1)) shown += mark;
  }
  return shown;
}
