import { z } from "zod";
import { amount, choice, decimal, flag, hiddenText, listOf, maybe, named, normally, text, whole } from "../leaf.ts";

/** Wires that are spoken, each with its usual base URL and key variable; a provider with the name of its kind needs not say it. */
export const providerKinds = ["openai", "anthropic", "google", "xai", "deepseek", "openrouter", "requesty", "openai-compatible"] as const;
export type ProviderKind = (typeof providerKinds)[number];

export const efforts = ["none", "low", "medium", "high"] as const;

const shortName = /^[a-z][a-z0-9-]{0,31}$/;
const shortNameWants = "small letters, digits and -, beginning with a letter, 32 at most";

const modelShape = /^[a-z][a-z0-9-]{0,31}\/[A-Za-z0-9][A-Za-z0-9._:/@+-]{0,126}$/;
const model = (meaning: string) => text(modelShape, "a provider's name, / and a model as the provider spells it", meaning);
const day = (meaning: string) => text(/^20\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/, "a day such as 2026-01-31", meaning);

/** Neither user nor query: both are where keys travel. */
const baseUrl = /^https?:\/\/[A-Za-z0-9.[\]:-]{1,253}(?:\/[A-Za-z0-9._~%/-]{0,500})?$/;
/** The underscore keeps out most keys that consist of capitals and digits. */
const variable = /^[A-Z][A-Z0-9]{0,31}(?:_[A-Z0-9]{1,32}){1,8}$/;
const headerName = /^(?!.*(?:auth|cookie|key|token|secret|passw))[a-z][a-z0-9-]{0,63}$/i;
/** Long runs of letters and digits, and the usual beginnings of keys, are kept out of what a journal shows. */
const headerValue = /^(?!.*(?:\b(?:bearer|basic) |\b[a-z]{2,5}[-_](?=[a-z]*\d)[a-z0-9]{12}|[a-z0-9_]{32}))[\x21-\x7e][\x20-\x7e]{0,199}$/i;

const provider = z.strictObject({
  kind: maybe(choice(providerKinds, "Which wire it speaks; absent means the one it is named like")),
  baseUrl: maybe(hiddenText(baseUrl, "an http or https address without user and query", "Where it is; absent means the kind's own")),
  keyEnv: maybe(
    hiddenText(
      variable,
      "the name of an environment variable, such as OPENAI_API_KEY",
      "Variable that holds its key; absent means the kind's usual one, and none with openai-compatible",
    ),
  ),
  headers: maybe(
    named(hiddenText(headerValue, "1 to 200 printable characters that hold no key", "Header that is sent with every call"), {
      shape: headerName,
      what: "a header",
      wants: "letters, digits and -; what carries a key is sent by itself, from keyEnv",
      needs: "a value",
    }),
  ),
  requestsPerMinuteMax: maybe(whole(1, 100_000, "calls a minute", "Calls of one account in any 60 seconds; absent means no limit")),
  breakerFailuresMax: maybe(whole(1, 1000, "calls", "Failures in a row after which it is left alone for a while; absent means 5")),
  breakerOpenMs: maybe(whole(100, 3_600_000, "ms", "For how long it is left alone before one call tries it again; absent means 30000")),
});

const role = (deadlineMs: number, outputTokensMax: number) =>
  z
    .strictObject({
      model: maybe(model("Model that this role's questions go to where a desk names none")),
      fallbacks: normally(
        listOf(
          modelShape,
          8,
          "models",
          "[openai/gpt-5.2, anthropic/claude-sonnet-4-5]",
          "Models that are asked in turn when one gives no answer",
        ),
        [],
      ),
      deadlineMs: normally(
        whole(100, 3_600_000, "ms", "Until when there is an answer or none, over all calls; a question may ask for less"),
        deadlineMs,
      ),
      attemptMsMax: maybe(
        whole(100, 3_600_000, "ms", "After this one call is given up and the next model asked; absent means the deadline"),
      ),
      retriesMax: normally(whole(0, 10, "calls", "Calls of one model that are repeated after a failure that may pass"), 2),
      outputTokensMax: normally(
        whole(16, 1_000_000, "tokens", "Longest answer, reasoning included; a question may ask for less"),
        outputTokensMax,
      ),
      temperature: maybe(decimal(0, 2, "", "Sent to models that take it")),
      seed: maybe(whole(0, 2_147_483_647, "", "Sent to models that take it")),
      effort: maybe(choice(efforts, "How long to reason; sent to models that take it")),
      refusalFallsBack: normally(flag("Whether a refusal is put to the next model; otherwise it is the answer"), false),
    })
    .prefault({});

const capability = z.strictObject({
  model: model("Model that this is about"),
  temperature: maybe(flag("Whether it takes a temperature")),
  seed: maybe(flag("Whether it takes a seed")),
  nativeSchema: maybe(flag("Whether it holds answers to a JSON schema itself")),
  efforts: maybe(listOf(/^(?:none|low|medium|high)$/, 4, "efforts", "[low, medium, high]", "Efforts that it takes")),
  outputTokensMax: maybe(whole(16, 10_000_000, "tokens", "Longest answer that it gives")),
  knowledgeCutoff: maybe(day("Day up to which it may know what happened")),
});

const price = (meaning: string) => amount("0", "100000", "USD for a million tokens", meaning);
const prices = z.strictObject({
  model: model("Model that this is about"),
  from: day("First day in UTC on which these prices hold"),
  inputUsdPerMTok: price("Tokens of a question"),
  cachedInputUsdPerMTok: maybe(price("Tokens of a question that the provider had in its cache; absent means as others")),
  cacheWriteUsdPerMTok: maybe(price("Tokens of a question that the provider put into its cache; absent means as others")),
  outputUsdPerMTok: price("Tokens of an answer"),
  reasoningUsdPerMTok: maybe(price("Tokens of reasoning; absent means as those of an answer")),
});

const names = { shape: shortName, wants: shortNameWants };
const cap = (meaning: string) => maybe(amount("0", "1000000000", "USD", `${meaning}; absent means no cap`));

/** Which models are asked and how, and what they may cost. No key of an account stands here: only the names of variables do. */
export const models = z.strictObject({
  providers: named(provider, { ...names, what: "a provider", needs: "a kind" }).prefault({}),
  roles: z
    .strictObject({
      trader: role(60_000, 4_000),
      arbiter: role(45_000, 4_000),
      pm: role(60_000, 4_000),
      reviewer: role(60_000, 4_000),
      chairman: role(90_000, 8_000),
      research: role(120_000, 8_000),
    })
    .prefault({}),
  capabilities: named(capability, { ...names, what: "an entry", needs: "a model" }).prefault({}),
  prices: named(prices, { ...names, what: "an entry", needs: "a model and its prices" }).prefault({}),
  budgets: z
    .strictObject({
      callsPerScanMax: normally(whole(1, 1000, "calls", "Calls that one decision may make; what is over waits for the next scan"), 4),
      usdPerCall: cap("What one call may cost"),
      usdPerScanMax: cap("What one decision's calls may cost"),
      usdPerDeskDayMax: cap("What one desk's calls may cost in a day of UTC"),
      usdPerAccountDayMax: cap("What one account's calls may cost in a day of UTC"),
      usdPerDayMax: cap("What all calls may cost in a day of UTC"),
      usdPerMonthMax: cap("What all calls may cost in a month of UTC"),
    })
    .prefault({}),
});
