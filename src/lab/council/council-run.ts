import type { CouncilSettings, Seat } from "../../desks/council-settings.ts";
import type { Entry } from "../../journal/entry.ts";
import { MemoryJournal } from "../../journal/memory-store.ts";
import { runBacktest, runSimulation, type BacktestPlan, type BacktestRun } from "../backtest.ts";
import type { Person } from "./council-approver.ts";
import { MinuteBook } from "./minutes.ts";
import { seatPlan } from "./seat-plan.ts";

/** One account of a council after its run: the council's own, a member's, or the flat baseline. */
export type SeatRun = { readonly name: string; readonly run: BacktestRun<CouncilSettings>; readonly journal: MemoryJournal };

export type CouncilPlan = {
  /** The council's own account as it stands; the others differ in seat, account and journal alone. */
  readonly plan: BacktestPlan<CouncilSettings>;
  readonly personOf: (account: string) => Person;
  /** Asks models that answer when they like. */
  readonly waits: boolean;
  readonly onStep?: (done: number, steps: number) => void;
  /** What a person did to an account on the way, beside what he is asked. */
  readonly commandsOf?: (account: string) => NonNullable<BacktestPlan["commands"]>;
};

/**
 * Every account over the same market, each with its own venue, journal and ledger: the council's first, since the others trade what was
 * pitched in its meetings; after that none can see another. A venue that fails fails one account.
 */
export async function runCouncil(asked: CouncilPlan): Promise<readonly SeatRun[]> {
  const { plan } = asked;
  const book = new MinuteBook();
  const council = await seatRun(asked, "council", { of: "council" }, (entry) => book.see(entry));
  const runs: SeatRun[] = [council];
  for (const { name } of plan.settings.members) runs.push(await seatRun(asked, name, { of: "member", member: name, minutes: book.of }));
  runs.push(await seatRun(asked, "flat", { of: "flat" }));
  return runs;
}

async function seatRun(
  { plan, personOf, waits, onStep, commandsOf }: CouncilPlan,
  name: string,
  seat: Seat,
  onEntry?: (entry: Entry) => void,
): Promise<SeatRun> {
  const journal = new MemoryJournal();
  const own: BacktestPlan<CouncilSettings> = {
    ...seatPlan(plan, { name, seat, person: personOf(name), ...(onEntry === undefined ? {} : { onEntry }) }),
    journal,
    ...(commandsOf === undefined ? {} : { commands: commandsOf(name) }),
    ...(onStep === undefined ? {} : { onStep }),
  };
  const run = waits ? await runSimulation(own) : runBacktest(own);
  return { name, run, journal };
}
