import { existsSync } from "node:fs";
import { capabilityOf, priceOf } from "../adapters/ai-sdk/known-models.ts";
import { clockLine, type TimeSaid } from "./doctor-clock.ts";
import { systemClock } from "../adapters/system-time/system-clock.ts";
import type { Loaded } from "../config/config.ts";
import { deskModels } from "../config/house-models.ts";
import { budgetsOf, capabilityWith, priceSaid, providersOf } from "../config/models-of.ts";
import { isHouse, partsOf } from "../runtime/models/model-name.ts";
import { spendLedgerPath } from "./open-spend-ledger.ts";
import { allPrompts } from "./read-prompt.ts";
import { Failed } from "./failed.ts";

/** `bad` is missing and asked for; `note` is worth knowing. */
export type Doctored = { readonly state: "ok" | "note" | "bad"; readonly what: string; readonly detail: string };

const reachMs = 3_000;

/** What the models of this configuration need, looked at without spending anything. */
export async function doctorModels({ config, digest }: Loaded): Promise<readonly Doctored[]> {
  const asked = askedModels(config);
  const used = new Set(asked.filter((name) => !isHouse(name)).map((name) => partsOf(name).provider));
  const plans = providersOf(config).filter(({ name }) => used.has(name) || Object.hasOwn(config.models.providers, name));
  const said: TimeSaid[] = [];
  const reached = await Promise.all(plans.map((plan) => providerLine(plan, used.has(plan.name), said)));
  return [
    { state: "ok", what: "configuration", detail: `digest ${digest.slice(0, 12)}` },
    clockLine(said),
    promptsLine(),
    { state: "ok", what: "house/perps-1", detail: "needs no key and costs nothing" },
    ...reached,
    ...asked.filter((name) => !isHouse(name)).map((name) => modelLine(config, name)),
    existsSync(spendLedgerPath)
      ? { state: "ok", what: "money", detail: `${spendLedgerPath}; countersign spend shows it` }
      : { state: "ok", what: "money", detail: `nothing was spent yet; ${spendLedgerPath} will hold it` },
  ];
}

/** Models that a run of any desk of this configuration may ask; a seat of the council that nobody takes asks none. */
const askedModels = (config: Loaded["config"]): readonly string[] => [
  ...new Set([
    ...(config.perps.proposer === "model" ? [config.perps.model] : []),
    ...deskModels(config).flatMap(([key, model]) => (model === undefined || emptySeats(config).has(key) ? [] : [model])),
    ...Object.values(config.models.roles).flatMap(({ model, fallbacks }) => [...(model === undefined ? [] : [model]), ...fallbacks]),
  ]),
];

const emptySeats = ({ council }: Loaded["config"]): ReadonlySet<string> =>
  new Set(Object.entries(council.members).flatMap(([seat, { seated }]) => (seated ? [] : [`council.members.${seat}.model`])));

type Plan = ReturnType<typeof providersOf>[number];

/** A key that is there, and a server that answers anything at all: whether the key is right costs a call to find out. */
async function providerLine({ name, keyEnv, baseUrl }: Plan, isUsed: boolean, said: TimeSaid[]): Promise<Doctored> {
  const what = `provider ${name}`;
  const lacks = keyEnv !== undefined && (process.env[keyEnv] ?? "") === "";
  if (lacks) return { state: isUsed ? "bad" : "note", what, detail: `${keyEnv} is not set` };
  const key = keyEnv === undefined ? "needs no key" : `${keyEnv} is set`;
  if (baseUrl === undefined) return { state: "ok", what, detail: `${key}; at its usual address` };
  const reach = await reachOf(name, baseUrl, said);
  return reach === undefined
    ? { state: "ok", what, detail: `${key}; ${baseUrl} answers` }
    : { state: isUsed ? "bad" : "note", what, detail: `${key}; ${baseUrl} does not answer: ${reach}` };
}

/** What keeps it from answering; an answer tells the time as well. */
async function reachOf(who: string, baseUrl: string, said: TimeSaid[]): Promise<string | undefined> {
  const askedMs = systemClock.now().epochMilliseconds;
  try {
    const { headers } = await fetch(`${baseUrl.replace(/\/$/, "")}/models`, { signal: AbortSignal.timeout(reachMs), redirect: "manual" });
    said.push({ who, askedMs, answeredMs: systemClock.now().epochMilliseconds, date: headers.get("date") });
    return undefined;
  } catch (fault) {
    if (!(fault instanceof Error)) return String(fault);
    return fault.cause instanceof Error && fault.cause.message !== "" ? fault.cause.message : fault.message;
  }
}

function modelLine(config: Loaded["config"], name: string): Doctored {
  const { provider, id } = partsOf(name);
  const kind = providersOf(config).find((plan) => plan.name === provider)?.kind ?? "openai-compatible";
  const on = systemClock.now().toString().slice(0, 10);
  const price = priceSaid(config, name, on) ?? priceOf(kind, id, on);
  const capped = Object.entries(budgetsOf(config)).some(([key, cap]) => key.startsWith("usd") && cap !== undefined);
  const { known, knowledgeCutoff } = capabilityWith(config, name, capabilityOf(kind, id));
  const parts = [
    known ? "known" : "not in the table: it is sent only what every model takes",
    knowledgeCutoff === undefined ? "knowledge cutoff unknown" : `knows up to ${knowledgeCutoff.date}`,
    price === undefined ? "no price" : `priced from ${price.from}`,
  ];
  if (price !== undefined) return { state: "ok", what: name, detail: parts.join("; ") };
  // With a cap nothing would ever leave.
  return { state: capped ? "bad" : "note", what: name, detail: `${parts.join("; ")}; models.prices sets one` };
}

function promptsLine(): Doctored {
  try {
    return { state: "ok", what: "prompts", detail: `${allPrompts().length} read` };
  } catch (fault) {
    if (fault instanceof Failed) return { state: "bad", what: "prompts", detail: fault.message.replaceAll("\n", "; ") };
    throw fault;
  }
}
