/** Money's path, in order: a stage may name records from further up this list and may call nobody. */
export const stages = [
  "market",
  "portfolio",
  "context",
  "proposals",
  "resolution",
  "rails",
  "sizing",
  "approval",
  "orders",
  "fills",
  "ledger",
  "protection",
  "calibration",
  "reports",
] as const;

export type Room = {
  /** Rooms it may import from; `type journal` for what must be erased. Its own files are always allowed. */
  readonly ours: readonly string[];
  /** `npm`, `node:*` or single modules such as `node:crypto`. */
  readonly outside: readonly string[];
};

/** Every room but flow, which has a law of its own. A room that is not here has no place in the house. */
export const rooms: Readonly<Record<string, Room>> = {
  words: { ours: [], outside: [] },
  journal: { ours: ["words", "flow"], outside: ["node:crypto"] },
  ports: { ours: ["words", "type flow", "type journal"], outside: [] },
  config: { ours: ["words", "flow", "type journal"], outside: ["npm", "node:fs", "node:path", "node:crypto"] },
  runtime: { ours: ["words", "flow", "journal", "ports"], outside: ["node:crypto"] },
  desks: { ours: ["words", "flow", "journal", "ports", "runtime"], outside: [] },
  adapters: { ours: ["words", "flow", "journal", "ports"], outside: ["npm", "node:*"] },
  sim: { ours: ["words", "flow", "ports", "type journal"], outside: [] },
  lab: { ours: ["words", "flow", "journal", "ports", "config", "runtime", "desks", "sim"], outside: [] },
  bin: {
    ours: ["words", "flow", "journal", "ports", "config", "runtime", "desks", "adapters", "sim", "lab"],
    outside: ["npm", "node:*"],
  },
};
