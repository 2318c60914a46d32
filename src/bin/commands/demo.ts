import { mkdirSync, rmSync } from "node:fs";
import { Command } from "commander";
import { FileJournal } from "../../adapters/file-journal/file-journal.ts";
import { faultLine } from "../../adapters/file-journal/journal-fault.ts";
import { HouseModel } from "../../adapters/house-model/house-model.ts";
import { backtestReport } from "../../lab/backtest-report.ts";
import { runSimulation } from "../../lab/backtest.ts";
import type { Model } from "../../ports/model.ts";
import { demoMarket } from "../../sim/market/demo-market.ts";
import { Failed } from "../failed.ts";
import { loadSettings } from "../load-settings.ts";
import { perpsPlan } from "../perps-plan.ts";
import { backtestText } from "../text/backtest-text.ts";
import { DemoStory } from "../text/demo-story.ts";

const folder = ".countersign";
const path = `${folder}/demo.journal`;
const days = 10;
/** On a terminal each decision takes this long, so that a person can follow; elsewhere none. */
const paceMs = 45;

/** `countersign demo`, which `npm start` runs: the perps desk on a made-up market, told as it happens. */
export function demoCommand(): Command {
  return new Command("demo")
    .description("watch the perps desk decide, be refused, trade and be protected on a made-up market; no key, no network")
    .option("--seed <text>", "another market", "demo")
    .option("--fast", "do not slow down for a reader")
    .action(demo);
}

async function demo({ seed, fast }: { readonly seed: string; readonly fast?: true }): Promise<void> {
  const slow = fast !== true && process.stdout.isTTY;
  process.stdout.write(`Making a market of ${days} days (synthetic: made-up prices, seed ${seed}) ...\n`);
  const histories = demoMarket(seed, days, "1h");
  const loaded = loadSettings(undefined, [`seed=${seed}`, "perps.proposer=house", "perps.interval=1h", ...demoLimits]);
  mkdirSync(folder, { recursive: true });
  for (const file of [path, `${path}.lock`, `${path}.snapshot`]) rmSync(file, { force: true });
  const journal = FileJournal.open(path);
  if (!journal.ok) throw new Failed(1, faultLine(journal.error));
  const plan = perpsPlan(loaded, histories, journal.value);
  if (!plan.ok) throw new Failed(2, plan.error);
  const story = new DemoStory(
    (text) => void process.stdout.write(text),
    histories.map(({ instrument }) => instrument),
  );
  const startedMs = performance.now();
  const run = await runSimulation({
    ...plan.value,
    model: slow ? paced(new HouseModel()) : plan.value.model,
    onEntry: (entry) => story.see(entry),
  });
  const wallMs = performance.now() - startedMs;
  const report = backtestReport(run, wallMs);
  await journal.value.close();
  process.stdout.write(`\n${backtestText(report, run.plan.settings.strategy.name)}\n${next(story.refused, story.opened)}`);
}

/** Narrow enough that a reader meets refusals of several kinds within minutes. */
const demoLimits = [
  "limits.concentrationBpsMax=3000",
  "limits.orderEquityBpsMax=3000",
  "limits.grossExposureBpsMax=6000",
  "limits.netExposureBpsMax=4500",
  "limits.positionsMax=3",
  "limits.dailyLossBpsMax=100",
  "limits.riskPerTradeBpsMax=60",
];

function paced(model: Model): Model {
  return {
    ask: async (question) => {
      await new Promise((resolve) => setTimeout(resolve, paceMs));
      return model.ask(question);
    },
  };
}

function next(refused: string | undefined, opened: string | undefined): string {
  const tries = [
    ["./countersign decisions .countersign/demo.journal", "what was decided, and what became of each"],
    ...(opened === undefined
      ? []
      : [[`./countersign journal show .countersign/demo.journal ${opened}`, "one decision, from snapshot to fill"]]),
    ...(refused === undefined
      ? []
      : [
          [
            `./countersign replay ${refused} .countersign/demo.journal --set limits.grossExposureBpsMax=20000 --set limits.netExposureBpsMax=15000`,
            "a refused one, as it would have been",
          ],
        ]),
    ["./countersign journal verify .countersign/demo.journal", "the hash chain, entry by entry"],
    ["./countersign rails", "what stands between a proposal and an order"],
    ["./countersign data import FILE...", "bring your own candles and funding, then:"],
    ["./countersign backtest perps --assets A,B,C --interval 1h --strategy swing", "a strategy over them"],
  ] as const;
  const width = Math.min(70, Math.max(...tries.map(([command]) => command.length)));
  return `What to try next\n${tries.map(([command, what]) => `  ${command.padEnd(width)}  ${what}\n`).join("")}`;
}
