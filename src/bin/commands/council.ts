import { existsSync } from "node:fs";
import { Argument, Command, Option } from "commander";
import { checkpointTimes, type CheckpointTime } from "../../flow/market/calendar/council-week.ts";
import { windowOf } from "../backtest-flags.ts";
import { Failed } from "../failed.ts";
import { didYouMean, oneOf } from "../one-of.ts";
import { checkBy } from "../person-name.ts";
import { repeated } from "../repeated.ts";
import { checkStoreThere } from "../store-folder.ts";
import { councilPairs, councilShortNames, sessionsOf } from "./backtest-council.ts";

type Run = {
  readonly dir: string;
  readonly data: string;
  readonly synthetic?: number;
  readonly config?: string;
  readonly from?: string;
  readonly to?: string;
  readonly events?: string;
  readonly seed?: string;
  readonly set?: readonly string[];
  readonly leave?: true;
};
type Answer = { readonly dir: string; readonly by: string; readonly binding?: string; readonly reason?: string };

const folder = ".countersign/council";
const dirOption = () => new Option("--dir <dir>", "folder of the council's journals").default(folder);

/** `countersign council`: a council that stops where a person is needed, over a market that is played from history (COUN-1, COUN-6, COUN-8). */
export function councilCommand(): Command {
  return new Command("council")
    .description("a council week by week: it stops where a person is needed, and goes on when he has answered")
    .addCommand(runCommand())
    .addCommand(checkpointCommand())
    .addCommand(pendingCommand())
    .addCommand(answerCommand("approve"))
    .addCommand(answerCommand("reject"))
    .addCommand(reportCommand())
    .addHelpText(
      "after",
      "\nExample:\n  countersign council run --synthetic 20\n  countersign council pending\n  countersign council approve ID\n  countersign council checkpoint --time 12:00\n  countersign council report\n",
    );
}

const runCommand = () =>
  new Command("run")
    .description("begin a council, or go on to where a person is needed next")
    .addOption(dirOption())
    .option("--data <dir>", "store of imported history of the eight funds", ".countersign/store")
    .addOption(new Option("--synthetic <sessions>", "begin on made-up funds").argParser(sessionsOf).conflicts(["data", "from", "to"]))
    .option("--config <file>", "configuration (default: countersign.yaml, if there is one)")
    .option("--from <time>", "first bar, a UTC date or an instant")
    .option("--to <time>", "end, not included")
    .option("--events <list>", "with commas between, for example NFP:2020-01-10T08:30")
    .option("--seed <text>", "what simulated chance and every shuffle start from")
    .option("--set <key=value>", "any configuration key, may be repeated", repeated)
    .option("--leave", "go on although trades wait: what nobody answers expires")
    .action(run);

async function run(flags: Run): Promise<void> {
  const { openBook, pendingIn } = await import("../council-book.ts");
  const { isBegun, begin, journalPath } = await import("../run-folder.ts");
  const { advance } = await import("../council-advance.ts");
  if (!isBegun(flags.dir) || !existsSync(journalPath(flags.dir, "council"))) {
    const window = windowOf(flags);
    if (flags.synthetic === undefined) checkStoreThere(flags.data, "--data", "begin on made-up funds instead with --synthetic 20");
    const { loadSettings } = await import("../load-settings.ts");
    const loaded = loadSettings(flags.config, councilPairs(flags), councilShortNames);
    const { data, synthetic } = flags;
    if (!isBegun(flags.dir))
      begin(flags.dir, { format: "countersign.council@1", data, ...(synthetic === undefined ? {} : { synthetic }), ...window });
    return tell(flags.dir, await advance(flags.dir, loaded, [], { to: "person", left: [] }));
  }
  if (
    flags.synthetic !== undefined ||
    flags.from !== undefined ||
    flags.to !== undefined ||
    flags.config !== undefined ||
    (flags.set ?? []).length > 0
  )
    throw new Failed(
      2,
      `--dir ${flags.dir}: a council is under way there and goes on as it began; leave those flags out, or name another folder`,
    );
  const book = openBook(flags.dir);
  const left = pendingIn(book).map(({ trade }) => trade.trade);
  const waits = left.length;
  if (waits > 0 && flags.leave === undefined)
    throw new Failed(
      1,
      `${waits} ${waits === 1 ? "trade waits" : "trades wait"} for a person; countersign council pending shows what, and --leave goes on without an answer`,
    );
  await tell(flags.dir, await advance(flags.dir, book.loaded, [], { to: "person", left }));
}

const checkpointCommand = () =>
  new Command("checkpoint")
    .description("go on until the next checkpoint of that time has been held")
    .addOption(dirOption())
    .addOption(oneOf(new Option("--time <time>", "New York time of the checkpoint").makeOptionMandatory(), checkpointTimes))
    .action(async ({ dir, time }: { readonly dir: string; readonly time: CheckpointTime }) => {
      const { openBook } = await import("../council-book.ts");
      const { advance } = await import("../council-advance.ts");
      await tell(dir, await advance(dir, openBook(dir).loaded, [], { to: "checkpoint", time }));
    });

const pendingCommand = () =>
  new Command("pending")
    .description("what waits for a person, in the words that his yes is bound to")
    .addOption(dirOption())
    .action(async ({ dir }: { readonly dir: string }) => {
      const { openBook, pendingIn } = await import("../council-book.ts");
      const { pendingText } = await import("../text/council-text.ts");
      const waits = pendingIn(openBook(dir));
      process.stdout.write(waits.length === 0 ? "nothing waits for a person\n" : pendingText(waits));
    });

function answerCommand(word: "approve" | "reject"): Command {
  const command = new Command(word)
    .description(word === "approve" ? "say yes to what was shown" : "say no, and why")
    .addArgument(new Argument("<ids...>", "trades, as countersign council pending names them, or all"))
    .addOption(dirOption())
    .option("--by <name>", "who says it", "person")
    .option("--binding <hash>", "the beginning of the binding that was shown: anything else is refused");
  if (word === "reject") command.requiredOption("--reason <text>", "why not");
  return command.action((ids: readonly string[], flags: Answer) => answer(word, ids, flags));
}

async function answer(word: "approve" | "reject", ids: readonly string[], { dir, by, binding, reason = "" }: Answer): Promise<void> {
  checkBy(by);
  // It stands in a journal and on pages, a line each.
  if (/\p{C}/u.test(reason)) throw new Failed(2, `--reason ${JSON.stringify(reason)}: one line without control characters`);
  if (word === "reject" && reason.trim() === "") throw new Failed(2, "--reason: a rejection has a reason");
  const { openBook, pendingIn } = await import("../council-book.ts");
  const { advance } = await import("../council-advance.ts");
  const book = openBook(dir);
  const waits = pendingIn(book);
  const waiting = waits.map(({ trade }) => trade.trade);
  const asked = ids.length === 1 && ids[0] === "all" ? waiting : ids;
  const said = asked.map((id) => {
    const found = waits.find(({ trade }) => trade.trade === id);
    if (found === undefined) throw unknownTrade(id, book.seats, waiting);
    if (binding !== undefined && !found.trade.binding.startsWith(binding))
      throw new Failed(1, `--binding ${binding}: ${id} is shown with ${found.trade.binding.slice(0, 16)} now; look at it again`);
    return { account: found.account, trade: id, binding: found.trade.binding, yes: word === "approve", by, why: reason };
  });
  if (said.length === 0) throw new Failed(1, "nothing waits for a person");
  await advance(dir, book.loaded, said, { to: "answers" });
  const left = pendingIn(openBook(dir)).length;
  process.stdout.write(said.map(({ trade }) => `${trade} ${word === "approve" ? "approved" : "rejected"} by ${by}\n`).join(""));
  if (left > 0) return void process.stdout.write(`${left} more ${left === 1 ? "waits" : "wait"}\n`);
  await tell(dir, await advance(dir, book.loaded, [], { to: "person", left: [] }));
}

function unknownTrade(
  id: string,
  seats: readonly {
    readonly state: { readonly decisions: { readonly council: { trade(id: string): { readonly status: string } | undefined } } };
  }[],
  waiting: readonly string[],
): Failed {
  const status = seats.map(({ state }) => state.decisions.council.trade(id)?.status).find((each) => each !== undefined);
  if (status !== undefined) return new Failed(1, `${id} does not wait any more: it is ${status}`);
  const guess = didYouMean(id, waiting);
  return new Failed(
    2,
    `${id}: no trade has this name${guess === undefined ? "; countersign council pending shows those that wait" : `; ${guess}`}`,
  );
}

const reportCommand = () =>
  new Command("report")
    .description("every week so far, and the record of every account with intervals")
    .addOption(dirOption())
    .option("--json", "as JSON")
    .action(async ({ dir, json }: { readonly dir: string; readonly json?: true }) => {
      const { openBook } = await import("../council-book.ts");
      const { weeksOf } = await import("../council-result.ts");
      const { bookBoard } = await import("../council-board.ts");
      const { leaderboardText, weekText } = await import("../text/council-text.ts");
      const book = openBook(dir);
      const weeks = weeksOf(book.seats[0]?.entries ?? []);
      const leaderboard = bookBoard(book);
      if (json === true) return void process.stdout.write(`${JSON.stringify({ leaderboard, weeks }, undefined, 2)}\n`);
      process.stdout.write(`${weeks.map((week) => `${weekText(week)}\n`).join("")}${leaderboardText(leaderboard)}`);
    });

/** Where it stands now, and what to do next. */
async function tell(
  dir: string,
  { stands, ended }: { readonly stands: Temporal.Instant | undefined; readonly ended: boolean },
): Promise<void> {
  const { openBook, pendingIn } = await import("../council-book.ts");
  const { pendingText } = await import("../text/council-text.ts");
  const waits = pendingIn(openBook(dir));
  const where = ended || stands === undefined ? "the data ended" : `it is ${stands.toString()}`;
  process.stdout.write(
    `${where}; ${waits.length === 0 ? "nothing waits for a person" : `${waits.length} wait for a person`}\n${pendingText(waits)}`,
  );
}
