import { correlationId, orderIn, type ClientOrderId, type CorrelationId, type IntentId } from "../../words/ids.ts";

/** Why an order of an intent exists, one letter each so that ids stay below the 36 characters that venues allow. */
export type Leg = "entry" | "close" | "stop" | "target";
const letter = { entry: "e", close: "c", stop: "s", target: "t" } as const satisfies Record<Leg, string>;

/** One decision's name: the journal's own seed, so that no two runs share an id, and the number of the wake. */
export const correlationOf = (idSeed: string, wake: number): CorrelationId =>
  correlationId(`${idSeed}-${wake.toString(36).padStart(4, "0")}`);

/**
 * A function of intent, leg and epoch and of nothing else: a retry after a crash or a timeout is the same order, which the venue
 * can refuse; a replacement is a new epoch.
 */
export const orderIdOf = (intent: IntentId, leg: Leg, epoch: number): ClientOrderId => orderIn(intent, letter[leg], epoch);
