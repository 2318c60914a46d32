import { Command, Option } from "commander";
import type { Entry } from "../../journal/entry.ts";
import type { StormResult } from "../../lab/storm/storm-result.ts";
import { loadSettings } from "../load-settings.ts";
import { repeated } from "../repeated.ts";
import { stormDesks, stormsOf, type StormDesk } from "../storm-plan.ts";
import { paint } from "../text/paint.ts";
import { stormStory } from "../text/storm-story.ts";
import { seedText } from "../seed-text.ts";
import { simModelsCommand } from "./sim-models.ts";

type Flags = {
  readonly seed: string;
  readonly desk: StormDesk;
  readonly all?: true;
  readonly config?: string;
  readonly set?: readonly string[];
};

/** `countersign sim storm --seed N`: one storm of the proof, told fact by fact. */
export function simCommand(): Command {
  const sim = new Command("sim").description("simulations, to look at what the proof is made of");
  sim
    .command("storm")
    .description("one storm as a story: a wild market, a hostile model, a venue that lies, crashes; and what the house made of it")
    .requiredOption("--seed <seed>", "which storm, as a report of countersign prove names it", seedText)
    .addOption(new Option("--desk <name>", "whose storm").choices(stormDesks).default("perps"))
    .option("--all", "every fact, not only those that move orders, money or limits")
    .option("--config <file>", "configuration file (default: countersign.yaml here, if there is one)")
    .option("--set <key=value>", "one setting over all others, may be repeated", repeated)
    .addHelpText("after", "\nExample:\n  countersign sim storm --seed 42\n  countersign sim storm --desk options --seed 7\n")
    .action(storm);
  return sim.addCommand(simModelsCommand());
}

function storm({ seed, desk, all, config, set = [] }: Flags): void {
  const run = stormsOf(loadSettings(config, set))[desk];
  process.stdout.write(
    `${paint.bold(`Storm ${seed}`)} of the ${desk} desk: ${lengths[desk]} and then calm, on a made-up market. Times are UTC.\n\n`,
  );
  const result = run(seed);
  const told = result.entries.filter(({ fact }) => all === true || !inPassing.has(fact.kind));
  for (const line of stormStory(told, result.deaths, all !== true)) process.stdout.write(line);
  process.stdout.write(ending(result, result.entries.length - told.length));
  if (result.breaches.length > 0) process.exitCode = 1;
}

const lengths: Readonly<Record<StormDesk, string>> = {
  perps: "150 minutes of storm",
  crypto: "150 minutes of storm",
  equities: "70 sessions of storm",
  options: "the last 90 minutes of a week and the first hour of the next in storm",
  council: "three weeks of storm",
};

/** What is asked and looked at every minute; the rest is what came of it. */
const inPassing: ReadonlySet<Entry["fact"]["kind"]> = new Set([
  "woke",
  "model_asked",
  "model_answered",
  "scanned",
  "stood_down",
  "passed",
  "sized",
  "approved",
  "forecast_made",
  "forecast_resolved",
  "proposal_refused",
  "fell_back",
  "arbitrated",
  "edge_weighed",
  "market_measured",
  "option_asked",
  "option_gated",
]);

function ending({ faults, deaths, ordersSent, breaches, hash }: StormResult, untold: number): string {
  const fell = Object.entries(faults)
    .filter(([, times]) => times > 0)
    .map(([name, times]) => `${name.replaceAll("_", " ")} ${times}`);
  const verdict =
    breaches.length === 0
      ? paint.green("Everything held: positions, cash, orders and stops are what the venue has.")
      : paint.red(`${breaches.length} did not hold:\n${breaches.map(({ invariant, what }) => `  ${invariant}  ${what}`).join("\n")}`);
  return [
    "",
    `faults   ${fell.length === 0 ? "none fell" : fell.join(", ")}`,
    `crashes  ${deaths.length}`,
    `orders   ${ordersSent} left for the venue`,
    ...(untold > 0 ? [`untold   ${untold.toLocaleString("en-US")} facts of looking and thinking; --all tells them`] : []),
    `journal  ${hash.slice(0, 16)}, the same whenever this storm comes again`,
    "",
    verdict,
    "",
  ].join("\n");
}
