import type { SessionSummary } from "../../flow/reports/options-session.ts";
import { columns } from "./columns.ts";

/** Sessions of the options desk as a table for people, one row each. */
export function optionsText(sessions: readonly SessionSummary[]): string {
  const rows = sessions.map(({ date, scans, candidates, questions, blocks, closedByRails, person }) => [
    date,
    String(scans),
    String(candidates),
    `${questions.asked}${questions.budgetUse === null ? "" : ` (${Math.round(questions.budgetUse * 100)}%)`}`,
    String(blocks.gate1),
    String(blocks.gate2),
    counted(closedByRails) || "none",
    `${person.asked} asked, ${person.answered} answered${person.answered === 0 ? "" : `: ${counted(person.became) || "not acted on"}`}`,
    person.compared === 0 ? "" : `${person.agreed} of ${person.compared}`,
  ]);
  const head = ["session", "scans", "looked at", "questions", "gate 1", "gate 2", "closed by rails", "person", "agreed"];
  return columns([head, ...rows], [1, 2, 3, 4, 5]);
}

const counted = (of: Readonly<Record<string, number>>): string =>
  Object.entries(of)
    .map(([name, count]) => `${name} ${count}`)
    .join(", ");
