import { loadConfig } from "../config/load-config.ts";
import { rails } from "../flow/rails/rails.ts";
import type { Entry } from "../journal/entry.ts";
import type { ConfigRecord, FactOf } from "../journal/fact.ts";
import type { CorrelationId } from "../words/ids.ts";
import { Failed } from "./failed.ts";
import { replayWith } from "./what-if.ts";

export type WhatIf = { readonly id: CorrelationId; readonly instrument: string; readonly code: string; readonly set: readonly string[] };

const triesMax = 12;

/**
 * A refusal that would not have been one with the usual value of the limit that refused it. Each candidate is replayed before it is
 * named: a second rail may stand behind the first.
 */
export function whatIfOf(entries: readonly Entry[], settings: ConfigRecord): WhatIf | undefined {
  const usual = loadConfig({});
  if (!usual.ok) return undefined;
  const narrowed = Object.keys(settings).filter((key) => key.startsWith("limits.") && settings[key] !== usual.value.record[key]);
  const asSet = (keys: readonly string[]): string[] => keys.map((key) => `${key}=${String(usual.value.record[key])}`);
  let tries = 0;
  for (const { correlation, fact } of entries) {
    if (fact.kind !== "refused" || correlation === undefined) continue;
    const own = limitsOf(fact).filter((key) => narrowed.includes(key));
    if (own.length === 0) continue;
    // A limit of one thing may not stand above that of all together, so the other may have to be widened with it.
    for (const keys of [own, ...narrowed.filter((key) => !own.includes(key)).map((key) => [...own, key])]) {
      if (isPassed(entries, correlation, fact, asSet(keys)))
        return { id: correlation, instrument: fact.instrument, code: fact.refusal.code, set: asSet(keys) };
    }
    if (++tries === triesMax) return undefined;
  }
  return undefined;
}

const limitsOf = ({ refusal }: FactOf<"refused">): string[] =>
  (rails.find(({ code }) => code === refusal.rail)?.limits ?? []).map((key) => `limits.${key}`);

function isPassed(entries: readonly Entry[], id: CorrelationId, { intent }: FactOf<"refused">, set: readonly string[]): boolean {
  try {
    const replayed = replayWith(entries, id, set);
    return replayed.ok && replayed.value.replayed.some((fact) => fact.kind === "order_planned" && fact.order.intent === intent);
  } catch (fault) {
    // Values that contradict one another are no what-if.
    if (fault instanceof Failed) return false;
    throw fault;
  }
}
