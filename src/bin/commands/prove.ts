import { Command, InvalidArgumentError } from "commander";
import { limitsOf } from "../../config/house-rules-of.ts";
import { prove, type Proof } from "../../lab/prove/prove.ts";
import { loadSettings } from "../load-settings.ts";
import { checkWritable, writeOutput } from "../output-file.ts";
import { repeated } from "../repeated.ts";
import { seedText } from "../seed-text.ts";
import { slowProgress } from "../slow-progress.ts";
import { equitiesRules } from "../equities-plan.ts";
import { stormPlanOf, stormsOf } from "../storm-plan.ts";
import { provePage } from "../text/prove-page.ts";
import { proveText } from "../text/prove-text.ts";

type Flags = {
  readonly seed: string;
  readonly storms: number;
  readonly json?: string;
  readonly html?: string;
  readonly config?: string;
  readonly set?: readonly string[];
};

const replies = 100_000;
const ticks = 20_000;
const damages = 300;

/** `countersign prove`: attacks the user's own configuration, and says what held. Exit code 1: something did not. */
export function proveCommand(): Command {
  return new Command("prove")
    .description("attack this configuration: orders past each limit, broken replies, bad prices, storms, crashes; say what held")
    .option("--storms <count>", "how many storms, of every desk in turn; 300 take about a minute", wholeCount, 300)
    .option("--seed <seed>", "where chance starts from", seedText, "1")
    .option("--json <file>", "also write the report as JSON")
    .option("--html <file>", "also write the report as one page")
    .option("--config <file>", "configuration file (default: countersign.yaml here, if there is one)")
    .option("--set <key=value>", "one setting over all others, may be repeated", repeated)
    .addHelpText("after", "\nExample:\n  countersign prove --html proof.html\n")
    .action(run);
}

function run({ seed, storms, json, html, config, set = [] }: Flags): void {
  if (json !== undefined) checkWritable(json, "--json");
  if (html !== undefined) checkWritable(html, "--html");
  const loaded = loadSettings(config, set);
  const startedMs = performance.now();
  const progress = slowProgress(storms, "{bar} {value}/{total} storms", 1000);
  let weathered = 0;
  const proof = prove({
    seed,
    limits: limitsOf(loaded.config, []),
    equityLimits: equitiesRules(loaded, []).limits,
    planOf: stormPlanOf(loaded),
    stormOf: stormsOf(loaded),
    storms,
    replies,
    ticks,
    damages,
    onProgress: (what) => {
      if (what === "storms") progress.on(++weathered);
    },
  });
  progress.stop();
  const seconds = (performance.now() - startedMs) / 1000;
  if (json !== undefined) writeOutput(json, "--json", (put) => put(asJson(proof, loaded.digest, seconds)));
  if (html !== undefined) writeOutput(html, "--html", (put) => put(provePage(proof, loaded.digest, seconds)));
  process.stdout.write(proveText(proof, loaded.digest, seconds));
  if (!proof.held) process.exitCode = 1;
}

const asJson = (proof: Proof, digest: string, seconds: number): string =>
  `${JSON.stringify({ ...proof, config: digest, seconds: Math.round(seconds * 10) / 10 }, undefined, 2)}\n`;

function wholeCount(text: string): number {
  const count = Number(text);
  if (Number.isSafeInteger(count) && count >= 0 && count <= 1_000_000) return count;
  throw new InvalidArgumentError("It is a whole number from 0 to 1000000.");
}
