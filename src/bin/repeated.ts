/** Collects a flag that may stand several times; without it the flag is undefined, so that help shows no default. */
export const repeated = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];
