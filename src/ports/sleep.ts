/** Resolves after `ms`, or at once when `signal` aborts; it never rejects. */
export type Sleep = (ms: number, signal: AbortSignal) => Promise<void>;
