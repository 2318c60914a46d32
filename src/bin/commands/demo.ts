import { mkdirSync, rmSync } from "node:fs";
import { Command } from "commander";
import { FileJournal } from "../../adapters/file-journal/file-journal.ts";
import { faultLine } from "../../adapters/file-journal/journal-fault.ts";
import { HouseModel } from "../../adapters/house-model/house-model.ts";
import { loadConfig } from "../../config/load-config.ts";
import type { Entry } from "../../journal/entry.ts";
import { backtestReport } from "../../lab/backtest-report.ts";
import { runSimulation } from "../../lab/backtest.ts";
import type { Model } from "../../ports/model.ts";
import { demoMarket } from "../../sim/market/demo-market.ts";
import { demoDesks } from "../demo-desks.ts";
import { demoPlans } from "../demo-plans.ts";
import { whatIfOf } from "../demo-what-if.ts";
import { Failed } from "../failed.ts";
import { settingsFailed } from "../load-settings.ts";
import { perpsPlan } from "../perps-plan.ts";
import { backtestText } from "../text/backtest-text.ts";
import { DemoStory } from "../text/demo-story.ts";
import { whatNext } from "../text/what-next.ts";

const folder = ".countersign";
const path = `${folder}/demo.journal`;
const days = 8;
/** On a terminal each line stays this long before the next decision, so that a person can follow; elsewhere none. */
const paceMs = 140;

/** `countersign demo`, which `npm start` runs: the perps desk on a made-up market, told as it happens, and then the others in a table. */
export function demoCommand(): Command {
  return new Command("demo")
    .description("watch the perps desk decide, be refused, trade and be protected on a made-up market, then all desks; no key, no network")
    .option("--seed <text>", "another market", "demo")
    .option("--fast", "do not slow down for a reader")
    .addHelpText("after", "\nExample:\n  countersign demo --seed monday --fast\n")
    .action(demo);
}

async function demo({ seed, fast }: { readonly seed: string; readonly fast?: true }): Promise<void> {
  // The same story everywhere: no file and no variable of this folder has a say in it.
  const loaded = loadConfig({ set: [`seed=${seed}`, "perps.proposer=house", "perps.interval=1h", ...demoLimits] });
  if (!loaded.ok) throw settingsFailed(loaded.error, { seed: "--seed" });
  const slow = fast !== true && process.stdout.isTTY;
  process.stdout.write(`Making a market of ${days} days: synthetic, all prices are made up (seed ${seed}).\n`);
  const histories = demoMarket(seed, days, "1h");
  const journal = freshJournal();
  const plan = perpsPlan(loaded.value, histories, journal);
  if (!plan.ok) throw new Failed(2, plan.error);
  const story = new DemoStory(
    (text) => void process.stdout.write(text),
    histories.map(({ instrument }) => instrument),
  );
  const entries: Entry[] = [];
  const startedMs = performance.now();
  const run = await runSimulation({
    ...plan.value,
    model: slow ? paced(new HouseModel(), story) : plan.value.model,
    onEntry: (entry) => {
      entries.push(entry);
      story.see(entry);
    },
  });
  const wallMs = performance.now() - startedMs;
  journal.commit();
  story.end();
  const report = backtestReport(run, wallMs);
  await journal.close();
  process.stdout.write(`\n${backtestText(report, "The perps desk, proposed to by the house model,")}\n`);
  process.stdout.write("The other desks, each on a made-up market of its own:\n");
  demoDesks(demoPlans(seed), [{ name: "perps", report }], {
    write: (text) => void process.stdout.write(text),
    isTerminal: process.stdout.isTTY,
  });
  process.stdout.write(`\n${next(entries)}`);
}

/** Narrow enough that a reader meets refusals of several kinds within minutes. */
const demoLimits = [
  "limits.positionsMax=4",
  "limits.concentrationBpsMax=2500",
  "limits.orderEquityBpsMax=2500",
  "limits.grossExposureBpsMax=4500",
  "limits.netExposureBpsMax=3500",
  "limits.dailyLossBpsMax=60",
  "limits.riskPerTradeBpsMax=45",
  "limits.duplicateWindowMs=43200000",
  "limits.duplicateSizeBps=3000",
];

/** A new journal in place of the last demo's, unless another demo is writing that one. */
function freshJournal(): FileJournal {
  mkdirSync(folder, { recursive: true });
  const last = FileJournal.open(path);
  if (last.ok) void last.value.close();
  else if (last.error.code === "locked") throw new Failed(1, faultLine(last.error));
  for (const file of [path, `${path}.snapshot`]) rmSync(file, { force: true });
  const opened = FileJournal.open(path);
  if (!opened.ok) throw new Failed(1, faultLine(opened.error));
  return opened.value;
}

function paced(model: Model, story: DemoStory): Model {
  let told = 0;
  return {
    ask: async (question, asking) => {
      const lines = story.lines - told;
      told = story.lines;
      await new Promise((resolve) => setTimeout(resolve, lines * paceMs));
      return model.ask(question, asking);
    },
  };
}

function next(entries: readonly Entry[]): string {
  const opening = entries[0]?.fact;
  const whatIf = opening?.kind === "opened" ? whatIfOf(entries, opening.settings) : undefined;
  const traded = entries.find(({ fact }) => fact.kind === "order_planned" && fact.order.purpose === "entry")?.correlation;
  return whatNext([
    { what: "what was decided, and what became of each", words: ["decisions", path] },
    ...(traded === undefined
      ? []
      : [{ what: "one decision, from what was seen to what was filled", words: ["journal", "show", path, traded] }]),
    ...(whatIf === undefined
      ? []
      : [
          {
            what: `what ${whatIf.code} refused for ${whatIf.instrument}, as it would have been with the usual limit`,
            words: ["replay", whatIf.id, path, ...whatIf.set.map((pair) => `--set ${pair}`)],
          },
        ]),
    { what: "the record, checked entry by entry", words: ["journal", "verify", path] },
    { what: "all that stands between a proposal and an order", words: ["rails"] },
    {
      what: "the rules of a strategy by themselves, over a longer market",
      words: ["backtest", "perps", "--synthetic 30", "--strategy swing"],
    },
    { what: "your own candles, funding and marks: how to bring them in", words: ["data", "import", "--help"] },
  ]);
}
