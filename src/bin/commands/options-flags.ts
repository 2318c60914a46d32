import { Option, type Command as CliCommand } from "commander";
import type { Command } from "../../lab/command.ts";
import { overMarket, setsKeys } from "../backtest-flags.ts";
import { Failed } from "../failed.ts";
import { oneOf } from "../one-of.ts";
import { repeated } from "../repeated.ts";
import { instantMs } from "../window.ts";

/** The market and the settings of a run of the options desk, however long it runs at a time. */
export type OptionsFlags = {
  readonly data: string;
  readonly synthetic?: number;
  readonly config?: string;
  readonly watchlist?: string;
  readonly interval?: string;
  readonly from?: string;
  readonly to?: string;
  readonly llmDecisions?: string;
  readonly llmMinConfidence?: string;
  readonly llmExitBias?: string;
  readonly llmRateLimitS?: string;
  readonly model?: string;
  readonly seed?: string;
  readonly set?: readonly string[];
  readonly kill?: readonly string[];
};

export const withOptionsFlags = (command: CliCommand): CliCommand =>
  setsKeys(
    overMarket(command, {
      desk: "options",
      store: "store of imported history: minute bars of shares or funds, with a modelled chain over them",
      madeUp: "on a made-up market of so many sessions",
    }),
  )
    .option("--watchlist <symbols>", "underlyings with commas between (default: all that the market has)")
    .addOption(oneOf(new Option("--interval <interval>", "how often the desk scans"), ["1m", "3m", "5m", "15m"]))
    .addOption(oneOf(new Option("--llm-decisions <which>", "what a model may automate"), ["exit", "entry,exit"]))
    .option("--llm-min-confidence <share>", "gate 2, from 0 to 1")
    .addOption(oneOf(new Option("--llm-exit-bias <bias>", "gate 1 of exits"), ["conservative", "balanced", "aggressive"]))
    .option("--llm-rate-limit-s <seconds>", "least time between two questions about one symbol")
    .option("--model <name>", "model that is asked, as provider/model; house/options-1 needs no key")
    .option("--kill <time=level>", "throw the kill switch at that time: K1, K2, K3 or K4, or none to resume; may be repeated", repeated);

/** Flags are configuration keys under shorter names. */
export const optionsShortNames = {
  "options.watchlist": "--watchlist",
  "options.interval": "--interval",
  "options.llm.decisions": "--llm-decisions",
  "options.llm.confidenceMin": "--llm-min-confidence",
  "options.llm.exitBias": "--llm-exit-bias",
  "options.llm.rateLimitSeconds": "--llm-rate-limit-s",
  "options.llm.model": "--model",
  seed: "--seed",
};

export function optionsPairs(flags: OptionsFlags): string[] {
  const given = {
    "options.watchlist": flags.watchlist,
    "options.interval": flags.interval,
    "options.llm.decisions": flags.llmDecisions,
    "options.llm.confidenceMin": flags.llmMinConfidence,
    "options.llm.exitBias": flags.llmExitBias,
    "options.llm.rateLimitSeconds": flags.llmRateLimitS,
    "options.llm.model": flags.model,
    seed: flags.seed,
  };
  return [...Object.entries(given).flatMap(([key, value]) => (value === undefined ? [] : [`${key}=${value}`])), ...(flags.set ?? [])];
}

export function killOf(text: string): Extract<Command, { level: unknown }> {
  const [time = "", level, ...rest] = text.split("=");
  const known = killLevels.find((each) => each === level);
  if (known === undefined || rest.length > 0)
    throw new Failed(2, `--kill ${text}: write TIME=LEVEL, for example 2026-06-01T15:30:00Z=K4; levels are K1 to K4, and none to resume`);
  return { fromMs: instantMs(time, "--kill"), level: known };
}

const killLevels = ["none", "K1", "K2", "K3", "K4"] as const;
