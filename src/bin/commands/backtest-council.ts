import { existsSync } from "node:fs";
import { Command } from "commander";
import { checkOutputs, keepsAnswers, madeUpOf, overMarket, setsKeys, windowOf, writesResult } from "../backtest-flags.ts";
import { Failed } from "../failed.ts";
import { checkStoreThere } from "../store-folder.ts";

type Flags = {
  readonly data: string;
  readonly synthetic?: number;
  readonly config?: string;
  readonly from?: string;
  readonly to?: string;
  readonly approve: string;
  readonly events?: string;
  readonly record?: string;
  readonly recorded?: string;
  readonly seed?: string;
  readonly set?: readonly string[];
  readonly json?: string;
  readonly journals?: string;
  readonly metrics?: string;
};

/** `countersign backtest council`: weeks of a council over history, an account for each member beside its own and a flat one. */
export function backtestCouncilCommand(): Command {
  const command = overMarket(
    new Command("council").description(
      "the council: research, pitches, anonymous review, a bounded chairman, and accounts that trade what a person approves",
    ),
    {
      desk: "council",
      store: "store of imported history of SPY QQQ IWM TLT HYG UUP GLD USO",
      madeUp: "on eight made-up funds over so many sessions",
    },
  )
    .option("--approve <who>", "what the person says: all, none, or a file with lines such as pm-one approve", "all")
    .option("--events <list>", "with commas between, for example NFP:2020-01-10T08:30,FOMC:2020-01-29T14:00");
  return writesResult(setsKeys(keepsAnswers(command), "what simulated chance and every shuffle start from"))
    .option("--journals <dir>", "write every account's journal into this folder, which must not exist yet")
    .addHelpText(
      "after",
      "\nExamples:\n  countersign backtest council --synthetic 60\n  countersign data import --market etf --interval 1m --round-decimals 2 --sort --lenient --currency USD SPY.csv.gz\n  countersign backtest council --from 2019-12-16 --to 2019-12-25 --events FOMC:2019-12-20T14:00 --json council.json\n",
    )
    .action(backtest);
}

export const sessionsOf = madeUpOf("council");

export const councilShortNames = { "council.events": "--events", seed: "--seed" };

export const councilPairs = ({ set = [], events, seed }: Pick<Flags, "set" | "events" | "seed">): string[] => [
  ...(events === undefined ? [] : [`council.events=${events}`]),
  ...(seed === undefined ? [] : [`seed=${seed}`]),
  ...set,
];

/** Everything that was asked is looked at before anything runs or is written. */
async function backtest(flags: Flags): Promise<void> {
  checkOutputs({
    ...(flags.json === undefined ? {} : { json: flags.json }),
    ...(flags.metrics === undefined ? {} : { metrics: flags.metrics }),
  });
  if (flags.journals !== undefined && existsSync(flags.journals))
    throw new Failed(2, `--journals ${flags.journals}: it exists, and a journal is never written over; name another folder`);
  const window = windowOf(flags);
  if (flags.synthetic === undefined) checkStoreThere(flags.data, "--data", "run on made-up funds instead with --synthetic 60");
  const { loadSettings } = await import("../load-settings.ts");
  const loaded = loadSettings(flags.config, councilPairs(flags), councilShortNames);
  const { runCouncilBacktest } = await import("../run-council.ts");
  await runCouncilBacktest({ ...flags, loaded, window });
}
