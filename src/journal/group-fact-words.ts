import { sum } from "../words/money.ts";
import type { GroupFact } from "./group-facts.ts";
import { readableMoney } from "./readable.ts";

/** One of these facts in, a short sentence for people out. */
export function groupWords({ group, members }: GroupFact): string {
  const gross = sum(members.flatMap(({ bets }) => bets.flatMap(({ longs, shorts, buys, sells }) => [longs, shorts, buys, sells])));
  return `${group}: ${members.length} other accounts with ${readableMoney(gross)} gross, ${readableMoney(sum(members.map(({ margin }) => margin)))} margin`;
}
