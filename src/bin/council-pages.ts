import type { Config } from "../config/config.ts";
import { councilsOf } from "../config/council-of.ts";
import type { WeekReport } from "../flow/reports/council-week.ts";
import type { AccountRun } from "../lab/accounts.ts";
import { leaderboard, meetingsIn, type LeaderboardRow } from "../lab/council/leaderboard.ts";
import { weeksOf } from "./council-result.ts";

/** A council among other accounts, by the name of its own account: what its weeks came to, and the record of all who sit in it. */
export type CouncilPage = { readonly leaderboard: readonly LeaderboardRow[]; readonly weeks: readonly WeekReport[] };

/** One whose own account could not be opened has held no meeting and no page. */
export function councilPages(runs: readonly AccountRun[], config: Config): Readonly<Record<string, CouncilPage>> {
  return Object.fromEntries(
    councilsOf(config).flatMap(({ name, seats }): readonly (readonly [string, CouncilPage])[] => {
      const own = runs.find(({ account }) => account === name)?.run;
      if (own === undefined) return [];
      const entries = [...own.plan.journal.entries()];
      const records = [name, ...seats].flatMap((seat) => {
        const run = runs.find(({ account }) => account === seat)?.run;
        return run === undefined ? [] : [{ name: seat, curve: run.curve, state: run.state, startCash: run.plan.venue.startCash }];
      });
      return [[name, { leaderboard: leaderboard(records, meetingsIn(entries), config.seed), weeks: weeksOf(entries) }]];
    }),
  );
}
