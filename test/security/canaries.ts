import { generateKeyPairSync } from "node:crypto";

/** Cut in two, so that no scanner of repositories takes a made-up key for one that leaked. */
const spelled = (...parts: readonly string[]): string => parts.join("");
const random = "Zq7Lw2Xv9Kd4Rt6Yb1Nm8Pc3";

const { privateKey } = generateKeyPairSync("ed25519");
const pem = privateKey.export({ type: "pkcs8", format: "pem" });

/** Secrets of every kind that a person who trades with models has lying around, by the variable that holds it. All of them are made up. */
export const canaries: Readonly<Record<string, string>> = {
  OPENAI_API_KEY: spelled("sk", "-proj-", random, "openai"),
  ANTHROPIC_API_KEY: spelled("sk", "-ant-api03-", random, "anthropic"),
  GOOGLE_API_KEY: spelled("AI", "zaSy", random, "googlegoo"),
  XAI_API_KEY: spelled("xai", "-", random, "grokgrok"),
  DEEPSEEK_API_KEY: spelled("sk", "-", random, "deepseek"),
  OPENROUTER_API_KEY: spelled("sk", "-or-v1-", random, "router"),
  REQUESTY_API_KEY: spelled("rqsty", "-sk-", random, "requesty"),
  ALPACA_API_KEY: spelled("PK", "QX7Z2LW9KD4RT6YB1N"),
  ALPACA_API_SECRET: spelled(random, "/alpaca+secret="),
  ASTER_API_SECRET: spelled(random, "aster0binance0hmac"),
  IB_ACCOUNT_PASSWORD: spelled("ib pass ", random, "!&?"),
  SLACK_BOT_TOKEN: spelled("xo", "xb-1234567890-", random, "slack"),
  DATABASE_URL: spelled("postgres://desk:", "pg-", random, "@db.example:5432/desk"),
  VENUE_PRIVATE_KEY: pem,
};

/** What of a secret must never be seen: all of it, each line of a key with several, and the password within a URL. */
const tellTale = (secret: string): readonly string[] =>
  secret.startsWith("-----BEGIN")
    ? secret.split("\n").filter((line) => line.length > 20 && !line.startsWith("-----"))
    : [secret, ...(/:\/\/[^:]*:([^@]+)@/.exec(secret)?.slice(1) ?? [])];

const spellings = (secret: string): readonly string[] => {
  const bytes = Buffer.from(secret);
  // Where a secret stands within something longer, its base64 begins at another of three places.
  const within = [0, 1, 2].map((shift) =>
    Buffer.concat([Buffer.alloc(shift), bytes])
      .toString("base64")
      .slice(shift === 0 ? 0 : 4, -4),
  );
  return [
    secret,
    JSON.stringify(secret).slice(1, -1),
    encodeURIComponent(secret),
    bytes.toString("hex"),
    bytes.toString("base64url"),
    ...within,
  ];
};

/** The canaries that can be found in a text, in whatever spelling. */
export function leaksIn(text: string): readonly string[] {
  const lower = text.toLowerCase();
  return Object.entries(canaries).flatMap(([name, secret]) =>
    tellTale(secret).flatMap((part) =>
      spellings(part).some((spelling) => text.includes(spelling) || lower.includes(Buffer.from(part).toString("hex"))) ? [name] : [],
    ),
  );
}
