const mask = "[secret]";

/** What keys look like wherever they come from: a second net under the values that are known. */
const shapes = [
  /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g,
  /\bsk-[A-Za-z0-9_-]{16,}/g,
  /\bxai-[A-Za-z0-9_-]{16,}/g,
  /\bxox[abeoprs]-[A-Za-z0-9-]{10,}/g,
  /\bxapp-[A-Za-z0-9-]{10,}/g,
  /\bAIza[A-Za-z0-9_-]{20,}/g,
  /\b[AP]K[A-Z0-9]{18}\b/g,
  /(?<=\bBearer )[A-Za-z0-9._~+/-]{16,}=*/gi,
  /(?<=\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s/:@]{0,100}:)[^\s/@]{1,200}(?=@)/gi,
];

/** Shorter values would be found in ordinary words. */
const lengthMin = 6;

/** Names of environment variables that hold secrets, by the words that people use for them. */
const secretName = /key|secret|token|passw|passphrase|credential|private|mnemonic|dsn|database_url/i;

/** The values of an environment that nobody may read anywhere, the password of a URL by itself as well. */
export function secretsOf(environment: Readonly<Record<string, string | undefined>>): readonly string[] {
  return Object.entries(environment).flatMap(([name, value = ""]) => {
    if (!secretName.test(name)) return [];
    const password = /:\/\/[^\s/:@]*:([^\s@]+)@/.exec(value)?.[1];
    return password === undefined ? [value] : [value, password];
  });
}

/**
 * Takes secrets out of a text that leaves the program (LINE-9): known values in plain, URL, base64 and hex spelling, each line of one with
 * several lines, and whatever is shaped like a key.
 */
export function redact(text: string, secrets: readonly string[]): string {
  let safe = text;
  for (const secret of spellingsOf(secrets)) safe = safe.replaceAll(secret, mask);
  for (const shape of shapes) safe = safe.replace(shape, mask);
  return safe;
}

/** Longest first, or a part of one would leave the rest of it. */
function spellingsOf(secrets: readonly string[]): readonly string[] {
  const plain = secrets.flatMap((secret) => [secret, ...secret.split(/\r?\n|\\n/)]).filter((each) => each.length >= lengthMin);
  const all = plain.flatMap((secret) => {
    const bytes = new TextEncoder().encode(secret);
    const base64 = bytes.toBase64({ omitPadding: true });
    return [secret, encodeURIComponent(secret.toWellFormed()), base64, base64.replaceAll("+", "-").replaceAll("/", "_"), bytes.toHex()];
  });
  return [...new Set(all)].sort((a, b) => b.length - a.length);
}
