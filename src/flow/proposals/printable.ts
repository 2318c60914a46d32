/** A model's text where a fault quotes it: short, and nothing in it that a log, a page or a database would choke on. */
export function printable(text: string, most: number): string {
  const shown = Math.min(text.length, most);
  for (let at = 0; at < shown; at++) {
    const code = text.charCodeAt(at);
    if (code < 0x20 || code > 0x7e) return text.toWellFormed().replace(/\p{C}/gu, "·").slice(0, most).toWellFormed();
  }
  return text.slice(0, most);
}
