import { Command } from "commander";
import { whatIfOf } from "../demo-what-if.ts";
import { demoJournal, runDemoDesk, type DemoRow } from "../demo-desks.ts";
import { demoPlans, type DemoDesk } from "../demo-plans.ts";
import { deskHeading, deskRun, momentText, turnedAwayText } from "../text/demo-desk-text.ts";
import { demoDesksText } from "../text/demo-desks-text.ts";
import { hanging } from "../text/hanging.ts";
import { whatNext, type Try } from "../text/what-next.ts";

/** On a terminal each moment stays this long before the next, so that a person can follow; elsewhere none. */
const paceMs = 250;
const [widthMin, widthMax] = [40, 100];

/** `countersign demo`, which `npm start` runs: five desks on made-up markets, each told by some moments of its journal, and then a table. */
export function demoCommand(): Command {
  return new Command("demo")
    .description("watch five desks decide, be refused, trade and be protected on made-up markets, then side by side; no key, no network")
    .option("--seed <text>", "other markets", "demo")
    .option("--fast", "do not slow down for a reader")
    .addHelpText("after", "\nExample:\n  countersign demo --seed monday --fast\n")
    .action(demo);
}

async function demo({ seed, fast }: { readonly seed: string; readonly fast?: true }): Promise<void> {
  const { isTTY, columns } = process.stdout;
  // A terminal that does not know its width says zero.
  const width = isTTY && columns > 0 ? Math.max(widthMin, Math.min(columns, widthMax)) : widthMax;
  const pause = fast === true || !isTTY ? 0 : paceMs;
  const desks = demoPlans(seed);
  say(
    hanging(
      "",
      `Five desks at work on markets that are made up (seed ${seed}), with a script in the place of the model: no key, no network. Times are UTC, money is play money.`,
      width,
    ),
  );
  const rows: DemoRow[] = [];
  for (const desk of desks) rows.push(await told(desk, width, pause));
  process.stdout.write(`\n${demoDesksText(rows, width)}\n${next(rows)}`);
  if (rows.some(({ fault }) => fault !== undefined)) process.exitCode = 1;
}

async function told(desk: DemoDesk, width: number, pauseMs: number): Promise<DemoRow> {
  process.stdout.write(`\n${deskHeading(desk, width)}`);
  const moving = movingLine();
  moving.on("making a market");
  const row = runDemoDesk(desk, (at) => moving.on(`at work, on ${at.toString().slice(0, 10)} of its market`));
  moving.stop();
  process.stdout.write(deskRun(row, width));
  for (const moment of row.moments) {
    process.stdout.write(momentText(moment, width));
    if (pauseMs > 0) await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
  process.stdout.write(turnedAwayText(row, width));
  return row;
}

/** One line that moves while a desk runs, on a terminal that can; nothing is left of it. */
function movingLine(): { readonly on: (text: string) => void; readonly stop: () => void } {
  const moves = process.stdout.isTTY && process.env["TERM"] !== "dumb";
  const write = (text: string): void => void (moves && process.stdout.write(`\r\u001b[K${text}`));
  return { on: (text) => write(`  ${text}`), stop: () => write("") };
}

const say = (lines: readonly string[]): void => void process.stdout.write(lines.map((line) => `${line}\n`).join(""));

/** One command for each desk, and some that are for all. */
function next(rows: readonly DemoRow[]): string {
  return whatNext([
    ...rows.flatMap((row) => (row.fault === undefined ? (byDesk[row.desk.name]?.(row, demoJournal(row.desk.name)) ?? []) : [])),
    { what: "the record, checked entry by entry", words: ["journal", "verify", demoJournal("perps")] },
    { what: "all that stands between a proposal and an order", words: ["rails"] },
    {
      what: "the rules of a strategy by themselves, over a longer market",
      words: ["backtest", "perps", "--synthetic 30", "--strategy swing"],
    },
    { what: "your own candles, funding and marks: how to bring them in", words: ["data", "import", "--help"] },
  ]);
}

const byDesk: Readonly<Record<string, (row: DemoRow, journal: string) => readonly Try[]>> = {
  perps: (row, journal) => [
    { what: "perps: what was decided, and what became of each", words: ["decisions", journal] },
    ...whatIf(row, journal),
  ],
  options: ({ desk: { days } }, journal) => [
    { what: "options: what its gates saved or cost, by what the market did afterwards", words: ["twin", journal, `--synthetic ${days}`] },
  ],
  crypto: ({ moments }, journal) =>
    shown(moments, "crypto: an arbitration again from what was seen, byte for byte", (id) => ["replay", id, journal]),
  equities: (_, journal) => [
    { what: "equities: its last decisions, held and passed up ones too", words: ["decisions", journal, "--all", "--last 12"] },
  ],
  council: ({ moments }, journal) => shown(moments, "council: a whole meeting, fact by fact", (id) => ["journal", "show", journal, id]),
};

function shown(moments: DemoRow["moments"], what: string, words: (id: string) => readonly string[]): readonly Try[] {
  const id = moments.find(({ decision }) => decision !== undefined)?.decision;
  return id === undefined ? [] : [{ what, words: words(id) }];
}

function whatIf({ entries }: DemoRow, journal: string): readonly Try[] {
  const opening = entries[0]?.fact;
  const found = opening?.kind === "opened" ? whatIfOf(entries, opening.settings) : undefined;
  if (found === undefined) return [];
  const { id, instrument, code, set } = found;
  return [
    {
      what: `perps: what ${code} refused for ${instrument}, as it would have been with the usual limit`,
      words: ["replay", id, journal, ...set.map((pair) => `--set ${pair}`)],
    },
  ];
}
