import { runBacktest } from "../src/lab/backtest.ts";
import { invariant } from "../src/words/invariant.ts";
import { paired, row } from "./paired.ts";
import { perpHistories, perpsFolder, perpsThere } from "./perps-data.ts";
import { plainPerp, plainPerps } from "./plain-perps.ts";
import { replayPlan } from "./replay-plan.ts";

/**
 * Eight real perpetuals minute by minute, with funding, marks, cross margin and the liquidation check: SMA 20/50 of each through the
 * public strategy API, rails on, exact books, in-memory journal, against one hand-written merged loop.
 */
if (perpsThere) compare();
else console.log(`perps replay: skipped, there is no data at ${perpsFolder} (PERPS_DATA names another folder)`);

function compare(): void {
  const histories = perpHistories();
  const plain = histories.map(plainPerp);
  const expected = plainPerps(plain);
  const first = runBacktest(replayPlan(histories, "stop"));
  const result = paired(
    {
      name: "countersign",
      run: () => runBacktest(replayPlan(histories, "stop")),
      check: (run) => {
        invariant(run.tape.steps === expected.minutes, `${run.tape.steps} steps for ${expected.minutes} minutes`);
        // The two differ in rounding alone where a fast average meets a slow one to the last bit.
        const off = Math.abs(run.count.scans - expected.wakes);
        invariant(off <= expected.wakes / 200, `${run.count.scans} wakes for ${expected.wakes} minutes with a cross`);
        invariant(run.count.fills > expected.fills / 2, `${run.count.fills} fills for ${expected.fills}`);
        invariant(run.state.cash === first.state.cash && run.state.sequence === first.state.sequence, "every run is the first again");
      },
    },
    {
      name: "merged loop",
      run: () => plainPerps(plain),
      check: (again) => invariant(again.equity === expected.equity, "the merged loop repeats itself"),
    },
    expected.bars,
    5,
    2,
  );
  const { wakes, fills, fundings, minutes } = expected;
  console.log(`${expected.bars} bars of ${histories.length} perpetuals in ${minutes} minutes`);
  console.log(`merged loop: ${wakes} wakes, ${fills} fills, ${fundings} funding payments, ${expected.liquidations} liquidations`);
  console.log(`countersign: ${first.count.scans} wakes, ${first.count.fills} fills, ${first.state.sequence} facts`);
  console.log(row("perps replay, ns a bar", result));
}
