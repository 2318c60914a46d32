import type { ProviderAsk } from "../../ports/provider.ts";

/** Tokens of a text in the encoding of OpenAI's models; undefined where it cannot say in good time. */
export type TokenCounter = (text: string) => Promise<number | undefined>;

/**
 * What a provider adds around a prompt without showing it: roles and message marks, and with schemas that it does not hold natively the
 * instructions that make it hold them (Anthropic documents up to 804 tokens for tool use).
 */
const framingTokens = { openai: 64, other: 1_024 } as const;

/**
 * The most tokens that a prompt can be billed as, for any model: the bytes of UTF-8, since no byte-level or byte-fallback encoding has a
 * token shorter than a byte. The schema counts by its bytes too, as nobody says how it is written into the prompt.
 */
export const promptTokensMax = (kind: string, { model, system, user, schema }: ProviderAsk): number =>
  bytes(system) + bytes(user) + around(schema) + framingTokens[ofOpenAi(kind, model) ? "openai" : "other"];

/**
 * The same, counted with their own encoding for models of OpenAI, and undefined for others. It takes its time, so that it is done only
 * where the bytes are more than a budget has left.
 */
export async function promptTokensCounted(kind: string, ask: ProviderAsk, count: TokenCounter): Promise<number | undefined> {
  if (!ofOpenAi(kind, ask.model)) return undefined;
  const [system, user] = [await count(ask.system), await count(ask.user)];
  return system === undefined || user === undefined ? undefined : system + user + around(ask.schema) + framingTokens.openai;
}

/** Routers name the family in front of the model. */
const ofOpenAi = (kind: string, model: string): boolean =>
  kind === "openai" || ((kind === "openrouter" || kind === "requesty") && model.startsWith("openai/"));

const bytes = (text: string): number => Buffer.byteLength(text, "utf8");
const around = ({ name, json }: ProviderAsk["schema"]): number => bytes(name) + bytes(JSON.stringify(json));
