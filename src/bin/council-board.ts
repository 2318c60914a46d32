import { leaderboard, meetingsIn, type LeaderboardRow } from "../lab/council/leaderboard.ts";
import { approximately } from "../words/exact.ts";
import type { CouncilBook } from "./council-book.ts";

/** The record of a council that is under way, from its journals alone: equity as its accounts saw it at each wake. */
export function bookBoard({ seats, loaded }: CouncilBook): readonly LeaderboardRow[] {
  const records = seats.map(({ account, entries, state }) => {
    const marks = entries.flatMap(({ at, fact }) =>
      fact.kind === "woke" || fact.kind === "closed" ? [{ ms: at.epochMilliseconds, equity: approximately(fact.equity) }] : [],
    );
    const curve = { atMs: marks.map(({ ms }) => ms), equity: marks.map(({ equity }) => equity), length: marks.length };
    return { name: account, curve, state, startCash: state.opening.startCash };
  });
  return leaderboard(records, meetingsIn(seats[0]?.entries ?? []), loaded.config.seed);
}
