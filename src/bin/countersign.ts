#!/usr/bin/env node
import { Command, CommanderError } from "commander";
import { JournalFailed } from "../adapters/file-journal/journal-failed.ts";
import { isSystemFault } from "../adapters/file-journal/walk-chain.ts";
import { Failed } from "./failed.ts";
import { keepSecretsFrom } from "./keep-secrets.ts";

keepSecretsFrom(process.stderr);

const helpColumnsMax = 100;

const program = new Command("countersign")
  .description("A trading desk in which language models propose and deterministic rules countersign.")
  .version("0.1.0")
  // Flags belong to the command that they stand behind: a desk below backtest has some by the names of its parent's.
  .enablePositionalOptions()
  .addHelpText("after", "\nExit codes: 0 done, 1 it failed, 2 it was asked wrongly.\n");

/** Loaded when needed: together they bring a database engine along, which nobody waits for who only wants to see the rails. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  demo: async () => (await import("./commands/demo.ts")).demoCommand(),
  backtest: async () => (await import("./commands/backtest.ts")).backtestCommand(),
  ask: async () => (await import("./commands/ask.ts")).askCommand(),
  doctor: async () => (await import("./commands/doctor.ts")).doctorCommand(),
  council: async () => (await import("./commands/council.ts")).councilCommand(),
  options: async () => (await import("./commands/options.ts")).optionsCommand(),
  data: async () => (await import("./commands/data.ts")).dataCommand(),
  decisions: async () => (await import("./commands/decisions.ts")).decisionsCommand(),
  replay: async () => (await import("./commands/replay.ts")).replayCommand(),
  journal: async () => (await import("./commands/journal.ts")).journalCommand(),
  config: async () => (await import("./commands/config.ts")).configCommand(),
  chain: async () => (await import("./commands/chain.ts")).chainCommand(),
  queue: async () => (await import("./commands/queue.ts")).queueCommand(),
  try: async () => (await import("./commands/try.ts")).tryCommand(),
  prompts: async () => (await import("./commands/prompts.ts")).promptsCommand(),
  rails: async () => (await import("./commands/rails.ts")).railsCommand(),
  report: async () => (await import("./commands/report.ts")).reportCommand(),
  twin: async () => (await import("./commands/twin.ts")).twinCommand(),
  desk: async () => (await import("./commands/desk.ts")).deskCommand(),
  prove: async () => (await import("./commands/prove.ts")).proveCommand(),
  spend: async () => (await import("./commands/spend.ts")).spendCommand(),
  sim: async () => (await import("./commands/sim.ts")).simCommand(),
  help: async () => (await import("./commands/help.ts")).helpCommand(program),
};
const asked = process.argv.slice(2).find((word) => !word.startsWith("-")) ?? "";
const isOne = asked !== "help" && Object.hasOwn(commands, asked);
for (const [name, load] of Object.entries(commands)) if (!isOne || name === asked) program.addCommand(await load());

/** Asked wrongly is 2 everywhere, and one line that ends in what would be right. */
function inOneManner(command: Command, name: string): void {
  command.exitOverride().helpCommand(false);
  command.configureOutput({
    getOutHelpWidth: () => Math.min(process.stdout.columns ?? helpColumnsMax, helpColumnsMax),
    outputError: (text, write) => {
      const line = text.trim().replace(/\s*\n\s*/g, " ");
      write(/[.?)]$/.test(line) ? `${line}\n` : `${line}; ${name} --help shows what there is\n`);
    },
  });
  for (const below of command.commands) inOneManner(below, `${name} ${below.name()}`);
}
inOneManner(program, program.name());

// A reader such as `head` that has seen enough is no failure; a full disk behind a redirection is one.
for (const stream of [process.stdout, process.stderr])
  stream.on("error", (fault: NodeJS.ErrnoException) => {
    if (fault.code === "EPIPE") process.exit();
    process.stderr.write(`the output could not be written: ${fault.message}\n`);
    process.exit(1);
  });

try {
  await program.parseAsync();
} catch (fault) {
  if (fault instanceof CommanderError) process.exitCode = fault.exitCode === 0 ? 0 : 2;
  else if (fault instanceof Failed) {
    process.exitCode = fault.exitCode;
    process.stderr.write(`${fault.message}\n`);
  } else if (isSystemFault(fault) || fault instanceof JournalFailed) {
    process.exitCode = 1;
    process.stderr.write(`${fault.message}\n`);
  } else {
    process.exitCode = 1;
    process.stderr.write(`This is a fault of Countersign, not of yours: ${fault instanceof Error ? fault.message : String(fault)}\n`);
    if (process.env["COUNTERSIGN_DEBUG"] !== undefined && fault instanceof Error) process.stderr.write(`${fault.stack}\n`);
    else process.stderr.write("Set COUNTERSIGN_DEBUG=1 to see where.\n");
  }
}
