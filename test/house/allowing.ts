/** A breach that stands for a stated reason; when it is gone, its line here must go too. */
export type Allowed = { readonly breach: string; readonly because: string };

/** What a rule found beyond what is allowed, and what is allowed but no longer there: both must be empty. */
export function allowing(breaches: readonly string[], allowed: readonly Allowed[]): readonly string[] {
  const known = new Set(allowed.map(({ breach }) => breach));
  const found = new Set(breaches);
  return [
    ...breaches.filter((breach) => !known.has(breach)),
    ...[...known].filter((breach) => !found.has(breach)).map((breach) => `no longer needed: ${breach}`),
  ];
}
