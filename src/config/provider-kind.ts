import { providerKinds, type ProviderKind } from "./sections/models.ts";

type Said = { readonly kind?: ProviderKind | undefined };

const isKind = (name: string): name is ProviderKind => (providerKinds as readonly string[]).includes(name);

/** The kind that was said, else the one that the provider is named like. */
export const kindOf = (name: string, said: Said | undefined): ProviderKind | undefined => said?.kind ?? (isKind(name) ? name : undefined);

/** Those that were said, and every kind that has a usual address and so needs not be. */
export const providerNames = (said: Readonly<Record<string, Said>>): readonly string[] => [
  ...new Set([...Object.keys(said), ...providerKinds.filter((kind) => kind !== "openai-compatible")]),
];
