import type { ModelRole } from "../flow/proposals/question.ts";
import { present } from "../words/invariant.ts";
import type { Money } from "../words/money.ts";
import type { Config } from "./config.ts";
import { kindOf, providerNames } from "./provider-kind.ts";
import { efforts, type ProviderKind } from "./sections/models.ts";

type Effort = (typeof efforts)[number];

/** What else a role's answers hang on than the question, as recordings keep it. */
type AskedWith = {
  readonly fallbacks?: readonly string[];
  readonly temperature?: number;
  readonly seed?: number;
  readonly effort?: Effort;
};

/** What one model takes and can do, field by field as providers' tables have it. */
type Capability = {
  readonly known: boolean;
  readonly temperature: boolean;
  readonly seed: boolean;
  readonly nativeSchema: boolean;
  readonly efforts: readonly Effort[];
  readonly outputTokensMax: number;
  readonly knowledgeCutoff?: { readonly date: string; readonly source: string };
};

/** US dollars for a million tokens, from the day `from` on. */
type Price = {
  readonly inputPerMTok: Money;
  readonly cachedInputPerMTok: Money;
  readonly cacheWritePerMTok?: Money;
  readonly outputPerMTok: Money;
  readonly reasoningPerMTok: Money;
  readonly from: string;
  readonly source: string;
};

/** How one role's questions are asked, field by field as the gateway takes it. */
type RolePolicy = {
  readonly model?: string;
  readonly fallbacks: readonly string[];
  readonly deadlineMs: number;
  readonly attemptMsMax?: number;
  readonly retriesMax: number;
  readonly outputTokensMax: number;
  readonly temperature?: number;
  readonly seed?: number;
  readonly effort?: Effort;
  readonly refusalFallsBack: boolean;
};

/** A provider as it is built and guarded. `keyEnv` is the name of the variable that holds the key, and absent where none is needed. */
type ProviderPlan = {
  readonly name: string;
  readonly kind: ProviderKind;
  readonly baseUrl?: string;
  readonly keyEnv?: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Of its models that the configuration speaks of, as it spells them: whether each holds answers to a schema itself. */
  readonly nativeSchema: Readonly<Record<string, boolean>>;
  readonly requestsPerMinuteMax?: number;
  readonly breaker: { readonly failuresMax: number; readonly openMs: number };
};

type Budgets = Config["models"]["budgets"];

/** As the providers' own tools call them, so that a machine that is set up for those is set up for this. */
const usualKeyEnv = {
  openai: "OPENAI_API_KEY",
  anthropic: "ANTHROPIC_API_KEY",
  google: "GOOGLE_GENERATIVE_AI_API_KEY",
  xai: "XAI_API_KEY",
  deepseek: "DEEPSEEK_API_KEY",
  openrouter: "OPENROUTER_API_KEY",
  requesty: "REQUESTY_API_KEY",
  "openai-compatible": undefined,
} as const satisfies Record<ProviderKind, string | undefined>;

export const rolesOf = (config: Config): Readonly<Record<ModelRole, RolePolicy>> => config.models.roles;

/** What else a role's answers hang on than the question: recordings are kept by it (MOD-4). */
export function askedWithOf(config: Config, role: ModelRole): AskedWith {
  const { fallbacks, temperature, seed, effort } = config.models.roles[role];
  return {
    ...(fallbacks.length === 0 ? {} : { fallbacks }),
    ...(temperature === undefined ? {} : { temperature }),
    ...(seed === undefined ? {} : { seed }),
    ...(effort === undefined ? {} : { effort }),
  };
}

export const budgetsOf = (config: Config): Budgets => config.models.budgets;

/** Every provider that a model may name: those that are said, and all kinds that have a usual address. */
export function providersOf(config: Config): readonly ProviderPlan[] {
  const { providers } = config.models;
  return providerNames(providers).map((name) => {
    const said = Object.hasOwn(providers, name) ? providers[name] : undefined;
    const kind = present(kindOf(name, said), "a relation of the configuration holds that a provider has a kind");
    const keyEnv = said?.keyEnv ?? usualKeyEnv[kind];
    return {
      name,
      kind,
      ...(said?.baseUrl === undefined ? {} : { baseUrl: said.baseUrl }),
      ...(keyEnv === undefined ? {} : { keyEnv }),
      headers: said?.headers ?? {},
      nativeSchema: nativeSchemas(config, name),
      ...(said?.requestsPerMinuteMax === undefined ? {} : { requestsPerMinuteMax: said.requestsPerMinuteMax }),
      breaker: { failuresMax: said?.breakerFailuresMax ?? 5, openMs: said?.breakerOpenMs ?? 30_000 },
    };
  });
}

const nativeSchemas = (config: Config, provider: string): Readonly<Record<string, boolean>> =>
  Object.fromEntries(
    Object.values(config.models.capabilities).flatMap(({ model, nativeSchema }) =>
      nativeSchema === undefined || !model.startsWith(`${provider}/`) ? [] : [[model.slice(provider.length + 1), nativeSchema]],
    ),
  );

/** What the configuration says of a model, over what is known of it; `model` is `provider/model`. */
export function capabilityWith(config: Config, model: string, known: Capability): Capability {
  const said = Object.values(config.models.capabilities).find((entry) => entry.model === model);
  if (said === undefined) return known;
  const { knowledgeCutoff } = said;
  return {
    ...known,
    // Whoever says what a model takes knows it.
    known: true,
    temperature: said.temperature ?? known.temperature,
    seed: said.seed ?? known.seed,
    nativeSchema: said.nativeSchema ?? known.nativeSchema,
    efforts: said.efforts === undefined ? known.efforts : efforts.filter((effort) => said.efforts?.includes(effort) === true),
    outputTokensMax: said.outputTokensMax ?? known.outputTokensMax,
    ...(knowledgeCutoff === undefined ? {} : { knowledgeCutoff: { date: knowledgeCutoff, source: "configuration" } }),
  };
}

/** The newest prices of the configuration that hold on the day `on` (`2026-01-31`); undefined where it says none. */
export function priceSaid(config: Config, model: string, on: string): Price | undefined {
  const entries = Object.values(config.models.prices).filter((entry) => entry.model === model && entry.from <= on);
  const [said] = entries.toSorted((left, right) => (left.from < right.from ? 1 : -1));
  if (said === undefined) return undefined;
  const inputPerMTok: Money = said.inputUsdPerMTok;
  return {
    inputPerMTok,
    cachedInputPerMTok: said.cachedInputUsdPerMTok ?? inputPerMTok,
    ...(said.cacheWriteUsdPerMTok === undefined ? {} : { cacheWritePerMTok: said.cacheWriteUsdPerMTok }),
    outputPerMTok: said.outputUsdPerMTok,
    reasoningPerMTok: said.reasoningUsdPerMTok ?? said.outputUsdPerMTok,
    from: said.from,
    source: "configuration",
  };
}
