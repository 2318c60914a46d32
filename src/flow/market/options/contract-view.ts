import type { GreeksSource } from "./chain.ts";

/** What a snapshot shows of one option beside its price. Absent is what nobody knows. Units are those of `Greeks`. */
export type ContractView = {
  /** Contracts: held open the evening before, and traded this day so far. */
  readonly contractsOpen: number;
  readonly dayVolume: number;
  readonly iv?: number;
  readonly delta?: number;
  readonly gamma?: number;
  readonly theta?: number;
  readonly vega?: number;
  readonly greeksBy: GreeksSource;
};
