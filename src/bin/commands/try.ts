import { Command } from "commander";
import { tryArbitrationCommand } from "./try-arbitration.ts";
import { tryCalibrateCommand } from "./try-calibrate.ts";
import { tryGateCommand } from "./try-gate.ts";
import { trySizeCommand } from "./try-size.ts";

/** `countersign try STAGE --cases FILE`: pure stages on cases of one's own, so that thresholds can be tried without a market. */
export function tryCommand(): Command {
  const command = new Command("try").description("a pure stage of a desk on cases in a file, one JSON line each");
  for (const below of [tryArbitrationCommand(), tryGateCommand(), tryCalibrateCommand(), trySizeCommand()]) command.addCommand(below);
  return command;
}
