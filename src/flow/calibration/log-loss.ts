import type { Scored } from "./brier.ts";

/** A certainty that fails would cost everything: probabilities are held this far from 0 and 1. */
const edge = 1e-6;

/** Mean negative log likelihood in nats, 0 is perfect and ln 2 is a coin; Good (1952). Undefined without forecasts. */
export function logLoss(scored: readonly Scored[]): number | undefined {
  if (scored.length === 0) return undefined;
  let sum = 0;
  for (const { confidence, cameTrue } of scored) {
    const said = Math.min(1 - edge, Math.max(edge, confidence));
    sum -= Math.log(cameTrue ? said : 1 - said);
  }
  return sum / scored.length;
}
