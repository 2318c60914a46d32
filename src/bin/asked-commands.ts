import type { LatchName } from "../flow/portfolio/standing.ts";
import type { Command } from "../lab/command.ts";
import { Failed } from "./failed.ts";
import type { Switch } from "./perps-plan.ts";
import { instantMs } from "./window.ts";

/** What a person is to do on the way of a backtest, as flags spell it. */

export function switchOf(text: string): Switch {
  const [time, strategy, ...rest] = text.split("=");
  if (time === undefined || strategy === undefined || strategy === "" || rest.length > 0)
    throw new Failed(2, `--switch ${text}: write TIME=STRATEGY, for example 2025-03-20=scalping`);
  return { fromMs: instantMs(time, "--switch"), strategy };
}

export function killOf(text: string): Command {
  const [time = "", level, ...rest] = text.split("=");
  const known = (["none", "K1", "K2", "K3", "K4"] as const).find((each) => each === level);
  if (known === undefined || rest.length > 0)
    throw new Failed(2, `--kill ${text}: write TIME=LEVEL, for example 2025-03-20=K4; levels are K1, K2, K3, K4, and none to resume`);
  return { fromMs: instantMs(time, "--kill"), level: known };
}

const latches = ["repeated_execution", "daily_loss", "weekly_loss", "drawdown", "ledger_mismatch"] as const satisfies readonly LatchName[];

export function clearOf(text: string): Command {
  const [time = "", latch, ...rest] = text.split("=");
  const known = latches.find((each) => each === latch);
  if (known === undefined || rest.length > 0)
    throw new Failed(2, `--clear ${text}: write TIME=LATCH, for example 2025-03-20=repeated_execution; latches are ${latches.join(", ")}`);
  return { fromMs: instantMs(time, "--clear"), clear: known };
}
