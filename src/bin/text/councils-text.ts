import type { CouncilPage } from "../council-pages.ts";
import { columns } from "./columns.ts";
import { leaderboardText } from "./council-text.ts";

/** Councils that ran beside other accounts: a line for each week's decision, and who made what of it. */
export const councilsText = (councils: Readonly<Record<string, CouncilPage>>): string =>
  Object.entries(councils)
    .map(([name, { weeks, leaderboard }]) => {
      const rows = weeks.map(({ week, decision, by, pitches, leftOut }) => [
        `week of ${week}`,
        `${decision} by the ${by}`,
        `${pitches.length} pitched${leftOut.length === 0 ? "" : `, left out: ${leftOut.join("; ")}`}`,
      ]);
      return `\nThe council of ${name}\n${rows.length === 0 ? "it did not meet\n" : columns(rows)}${leaderboardText(leaderboard)}`;
    })
    .join("");
