import type { CouncilSettings, Seat } from "../../desks/council-settings.ts";
import type { Entry } from "../../journal/entry.ts";
import { fnv1a64 } from "../../words/hash64.ts";
import { accountId } from "../../words/ids.ts";
import type { BacktestPlan } from "../backtest.ts";
import { CouncilApprover, type Person } from "./council-approver.ts";

type Taken = { readonly name: string; readonly seat: Seat; readonly person: Person; readonly onEntry?: (entry: Entry) => void };

/** The plan of a council comes in; that of one of its accounts goes out, with the person who is asked about its trades. */
export function seatPlan(plan: BacktestPlan<CouncilSettings>, { name, seat, person, onEntry }: Taken): BacktestPlan<CouncilSettings> {
  const approver = new CouncilApprover(person);
  return {
    ...plan,
    account: accountId(name),
    idSeed: idSeedOf(plan.digest, name),
    approver,
    // The clock behind its watcher is of one run.
    settings: { ...plan.settings, seat, strategy: { ...plan.settings.strategy } },
    onEntry: (entry) => {
      approver.see(entry);
      onEntry?.(entry);
      plan.onEntry?.(entry);
    },
  };
}

/** No two accounts share an id, so that a trade is named by it alone. */
const idSeedOf = (digest: string, name: string): string => (fnv1a64(`${digest}/${name}`) % 36n ** 4n).toString(36).padStart(4, "0");
