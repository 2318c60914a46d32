/** Levels lie on ticks, so that the same stakes differ in a later digit; what was said has three as well. */
const digits = 1_000;

/**
 * A probability of the target before the stop comes in; the one that a claim with both equally far would need to be worth as much goes out:
 * p × r of all that is expected to move, p × r + (1 − p), where r is reward to risk. It is one half where the claim pays for its risk and
 * no more, and p itself where r is 1, so that claims of unlike stakes can be compared with one another and with one threshold.
 */
export function evenStakes(probability: number, rewardToRisk: number): number {
  const won = probability * rewardToRisk;
  return won > 0 ? Math.round((won / (won + 1 - probability)) * digits) / digits : 0;
}
