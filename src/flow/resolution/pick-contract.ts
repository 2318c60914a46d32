import type { Option } from "../../words/instrument.ts";
import type { OptionLimits } from "./option-limits.ts";
import { liquidityRefusals } from "./option-liquidity.ts";
import type { OptionSituation } from "./option-situation.ts";

/** One contract of a chain as an entry would find it. */
export type Offered = { readonly instrument: Option; readonly situation: OptionSituation };

/**
 * Contracts of one underlying and right come in; the one to ask about goes out: of those that may be entered at all the one whose delta
 * lies nearest to what is wanted, then the cheaper to trade, then by name. Undefined when none may: no question is spent on those.
 */
export function pickContract(offered: readonly Offered[], deltaWanted: number, limits: OptionLimits): Offered | undefined {
  let best: Offered | undefined;
  for (const each of offered)
    if (liquidityRefusals(each.situation, limits).length === 0 && (best === undefined || isBefore(each, best, deltaWanted))) best = each;
  return best;
}

function isBefore(one: Offered, other: Offered, wanted: number): boolean {
  const away = ({ situation: { delta = Number.NaN } }: Offered): number => Math.abs(Math.abs(delta) - wanted);
  const spread = ({ situation: { spreadBps = Number.NaN } }: Offered): number => spreadBps;
  const order = away(one) - away(other) || spread(one) - spread(other);
  return order < 0 || (order === 0 && one.instrument.id < other.instrument.id);
}
