import { capabilityOf, priceOf } from "../adapters/ai-sdk/known-models.ts";
import { providerProcess } from "../adapters/ai-sdk/provider-process.ts";
import { HouseModel } from "../adapters/house-model/house-model.ts";
import { countO200k } from "../adapters/o200k/count-o200k.ts";
import { ModelMetrics } from "../adapters/prometheus/model-metrics.ts";
import { sleep } from "../adapters/system-time/sleep.ts";
import { systemClock } from "../adapters/system-time/system-clock.ts";
import type { Config, Loaded } from "../config/config.ts";
import { budgetsOf, capabilityWith, priceSaid, providersOf, rolesOf } from "../config/models-of.ts";
import type { ModelRole } from "../flow/proposals/question.ts";
import type { Model } from "../ports/model.ts";
import { isHouse, partsOf } from "../runtime/models/model-name.ts";
import { ModelGateway } from "../runtime/models/model-gateway.ts";
import { present } from "../words/invariant.ts";
import { formatMoney } from "../flow/proposals/format-money.ts";
import { answerReaders } from "./answer-readers.ts";
import { Failed } from "./failed.ts";
import { openSpendLedger, spendLedgerPath } from "./open-spend-ledger.ts";

/** Models that a run may ask; `close` ends the process that asks and frees the ledger. */
export type OpenModels = { readonly model: Model; readonly metrics: ModelMetrics; close(): Promise<void> };

type Asks = { readonly role: ModelRole; readonly model: string };

/**
 * The way to every model of the configuration: one process that holds their keys and nothing else, one ledger of money, and the gateway
 * before both. What is missing for what this run will ask is said before a cent is spent; `tell` hears what there is to know later.
 */
export function openModels(loaded: Loaded, asks: readonly Asks[], tell: (line: string) => void, ledger = spendLedgerPath): OpenModels {
  const { config, digest } = loaded;
  const names = modelsOf(config, asks);
  checkKeys(config, names);
  const used = new Set(names.filter((name) => !isHouse(name)).map((name) => partsOf(name).provider));
  const plans = providersOf(config).filter(({ name }) => used.has(name));
  const spend = openSpendLedger(
    ledger,
    {
      caps: budgetsOf(config),
      config: digest,
      onOverrun: ({ call, excess }) =>
        tell(`a call to ${call.by.model} cost ${formatMoney(excess)} USD more than its worst case; it counts`),
    },
    systemClock.now(),
  );
  const child = providerProcess(
    plans.map(({ name, kind, baseUrl, headers, keyEnv, nativeSchema }) => ({
      name,
      kind,
      headers,
      nativeSchema,
      ...(baseUrl === undefined ? {} : { baseUrl }),
      ...(keyEnv === undefined ? {} : { keyEnv }),
    })),
    process.env,
  );
  const metrics = new ModelMetrics();
  const kindOf = (model: string) => providersOf(config).find(({ name }) => name === partsOf(model).provider)?.kind ?? "openai-compatible";
  const model = new ModelGateway({
    providers: new Map(
      plans.map(({ name, kind, requestsPerMinuteMax, breaker }) => [
        name,
        {
          provider: present(
            child.providers.find((each) => each.name === name),
            "the process serves each provider that it was given",
          ),
          kind,
          breaker,
          ...(requestsPerMinuteMax === undefined ? {} : { requestsPerMinuteMax }),
        },
      ]),
    ),
    roles: rolesOf(config),
    readers: answerReaders,
    capabilityOf: (name) => capabilityWith(config, name, capabilityOf(kindOf(name), partsOf(name).id)),
    priceOf: (name, on) => priceSaid(config, name, on) ?? priceOf(kindOf(name), partsOf(name).id, on),
    countTokens: countO200k,
    house: new HouseModel(),
    budget: spend.ledger,
    clock: systemClock,
    sleep,
    backoff: { firstMs: 500, mostMs: 8_000 },
    random: Math.random,
    watch: metrics,
    onNotice: tell,
    onFault: tell,
  });
  return {
    model,
    metrics,
    close: async () => {
      child.close();
      await spend.close();
    },
  };
}

/** What is asked, with what its role falls back to. */
const modelsOf = (config: Config, asks: readonly Asks[]): readonly string[] => [
  ...new Set(asks.flatMap(({ role, model }) => [model, ...config.models.roles[role].fallbacks])),
];

function checkKeys(config: Config, names: readonly string[]): void {
  const plans = providersOf(config);
  const lines = names.flatMap((name) => {
    if (isHouse(name)) return [];
    const { provider } = partsOf(name);
    const plan = plans.find((each) => each.name === provider);
    if (plan === undefined)
      return [`${name}: no provider is named ${provider}; providers are house, ${plans.map((each) => each.name).join(", ")}`];
    if (plan.keyEnv === undefined || (process.env[plan.keyEnv] ?? "") !== "") return [];
    return [`${name} needs a key: set the environment variable ${plan.keyEnv} (models.providers.${provider}.keyEnv names another)`];
  });
  if (lines.length > 0) throw new Failed(1, lines);
}
