#!/usr/bin/env node
import { Command, CommanderError } from "commander";
import { backtestCommand } from "./commands/backtest.ts";
import { configCommand } from "./commands/config.ts";
import { dataCommand } from "./commands/data.ts";
import { decisionsCommand } from "./commands/decisions.ts";
import { demoCommand } from "./commands/demo.ts";
import { journalCommand } from "./commands/journal.ts";
import { railsCommand } from "./commands/rails.ts";
import { replayCommand } from "./commands/replay.ts";
import { Failed } from "./failed.ts";

const program = new Command("countersign")
  .description("A trading desk in which language models propose and deterministic rules countersign.")
  .version("0.1.0")
  .showHelpAfterError("(countersign --help shows the commands)")
  .addHelpText("after", "\nExit codes: 0 done, 1 it failed, 2 it was asked wrongly.\n");

for (const command of [
  demoCommand(),
  backtestCommand(),
  dataCommand(),
  decisionsCommand(),
  replayCommand(),
  journalCommand(),
  configCommand(),
  railsCommand(),
])
  program.addCommand(command);

/** Asked wrongly is 2 everywhere, also in commands that others made. */
function overrideExit(command: Command): void {
  command.exitOverride();
  for (const below of command.commands) overrideExit(below);
}
overrideExit(program);

// A reader such as `head` that has seen enough is no failure.
process.stdout.on("error", (fault: NodeJS.ErrnoException) => {
  if (fault.code === "EPIPE") process.exit(0);
  throw fault;
});

try {
  await program.parseAsync();
} catch (fault) {
  if (fault instanceof CommanderError) process.exitCode = fault.exitCode === 0 ? 0 : 2;
  else if (fault instanceof Failed) {
    process.stderr.write(`${fault.message}\n`);
    process.exitCode = fault.exitCode;
  } else {
    process.stderr.write(`This is a fault of Countersign, not of yours: ${fault instanceof Error ? fault.message : String(fault)}\n`);
    if (process.env["COUNTERSIGN_DEBUG"] !== undefined && fault instanceof Error) process.stderr.write(`${fault.stack}\n`);
    else process.stderr.write("Set COUNTERSIGN_DEBUG=1 to see where.\n");
    process.exitCode = 1;
  }
}
