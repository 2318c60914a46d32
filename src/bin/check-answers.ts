import type { AnswerCommand, Command } from "../lab/command.ts";
import { instantOfMs } from "../words/instant.ts";
import type { Instrument } from "../words/instrument.ts";
import { Failed } from "./failed.ts";
import { didYouMean } from "./one-of.ts";

const contractsShown = 3;

/** An answer about what the market does not have would be used up in silence: nobody was ever asked about it. */
export function checkAnswers(
  commands: readonly (Command | AnswerCommand)[],
  instruments: readonly Instrument[],
  watchlist: readonly string[],
): void {
  const contracts = instruments.flatMap(({ kind, id }) => (kind === "option" ? [id] : []));
  // An assignment brings shares, and whether they are sold is a person's too.
  const held: readonly string[] = instruments.map(({ id }) => id);
  for (const command of commands) {
    if (!("answer" in command)) continue;
    const { fromMs, symbol, answer } = command;
    const enters = answer === "approve" || answer === "deny";
    const known = enters ? watchlist : held;
    if (known.includes(symbol)) continue;
    const there = enters
      ? `the desk looks at ${watchlist.join(", ")}`
      : `this market has ${contracts.length} contracts, such as ${contracts.slice(0, contractsShown).join(", ")}`;
    const guess = didYouMean(symbol, known);
    throw new Failed(
      2,
      `--answer ${instantOfMs(fromMs).toString()}=${symbol}:${answer}: ${enters ? "no underlying" : "no contract"} has this name; ${there}${guess === undefined ? "" : `; ${guess}`}`,
    );
  }
}
