import { Command } from "commander";
import { Failed } from "../failed.ts";
import { didYouMean } from "../one-of.ts";

/** `countersign help [COMMAND...]`: the same as `COMMAND --help`, with a word for a command that is not there. */
export function helpCommand(program: Command): Command {
  return new Command("help")
    .description("show the help of a command")
    .argument("[command...]", "for example: data import")
    .addHelpText("after", "\nExample:\n  countersign help data import\n")
    .action((names: readonly string[]) => {
      let at = program;
      for (const name of names) {
        const known = at.commands.map((command) => command.name());
        const below = at.commands.find((command) => command.name() === name);
        if (below === undefined)
          throw new Failed(
            2,
            `help ${names.join(" ")}: unknown command ${name}; ${didYouMean(name, known) ?? `there are ${known.join(", ")}`}`,
          );
        at = below;
      }
      at.outputHelp();
    });
}
