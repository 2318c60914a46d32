import type { AccountRunner } from "../runtime/account-runner.ts";
import type { Desk, DeskSettings } from "../runtime/desk.ts";
import type { HouseRules } from "../runtime/turn.ts";
import type { AccountId } from "../words/ids.ts";
import type { AnswerCommand, Command, TradeCommand } from "./command.ts";
import type { MarketDay } from "./market-day.ts";

/** What the backtest's loop needs: a market that plays, an account that runs, and the desk with what it goes by. */
export type Replay<Settings extends DeskSettings> = {
  readonly desk: Desk<Settings>;
  readonly day: MarketDay;
  readonly runner: AccountRunner;
  readonly account: AccountId;
  readonly rules: HouseRules;
  /** The desk's settings at an instant: a strategy may be switched on the way. */
  readonly settingsAt: (ms: number) => Settings;
  /** `open`: as each bar opens, having seen its first print and all bars before it. */
  readonly cadence: "bar" | "signal" | "open";
  /** What a person does on the way, in the order of time. */
  readonly commands?: readonly (Command | AnswerCommand | TradeCommand)[];
  /** How often books are held against the venue's, in milliseconds, besides every day's start and whenever an answer is missing. */
  readonly reconcileMs: number;
  /** For progress, now and then; never for anything that decides. */
  readonly onStep?: (done: number, steps: number) => void;
};
