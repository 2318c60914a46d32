import type { Basis, Capability, Price, ProviderKind } from "../../ports/known-model.ts";
import { modelRows } from "./model-rows.ts";
import { priceRows } from "./price-rows.ts";

/** What a cautious caller may send to a model that nobody described: nothing that some model refuses. */
const careful: Capability = { known: false, temperature: false, seed: false, nativeSchema: true, efforts: [], outputTokensMax: 4096 };
/** Servers of open models take both, and need them to answer the same twice. */
const localServer: Capability = { ...careful, temperature: true, seed: true };
const unknown = (kind: ProviderKind): Capability =>
  kind === "openai-compatible" ? localServer : kind === "deepseek" ? { ...careful, nativeSchema: false } : careful;

/** A cutoff guards against look-ahead, so that its source says how far it can be trusted. */
const inWords = {
  provider_page: "read there",
  third_party_copy: "as others repeat it",
  memory: "from memory: check it there",
} as const satisfies Record<Basis, string>;

/** Always answers: a model without a row gets careful defaults and `known: false`. */
export function capabilityOf(kind: ProviderKind, model: string): Capability {
  const row = modelRows.find((candidate) => candidate.kind === kind && candidate.id.test(model));
  if (row === undefined) return unknown(kind);
  const { temperature, seed, nativeSchema, efforts, outputTokensMax, cutoff, source, basis } = row;
  return {
    known: true,
    temperature,
    seed,
    nativeSchema,
    efforts,
    outputTokensMax,
    ...(cutoff === undefined ? {} : { knowledgeCutoff: { date: cutoff, source: `${source} (${inWords[basis]})` } }),
  };
}

/** The newest price that holds on the day `on` (UTC, `2026-01-31`); undefined where none is known. */
export function priceOf(kind: ProviderKind, model: string, on: string): Price | undefined {
  const rows = priceRows.filter((row) => row.kind === kind && row.ids.includes(model) && row.from <= on);
  return rows.toSorted((left, right) => (left.from < right.from ? 1 : -1))[0];
}
