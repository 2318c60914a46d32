import type { PerpsSettings } from "../desks/perps.ts";
import type { FrameWish } from "../flow/market/watched.ts";
import type { AssetHistory } from "../flow/market/bars.ts";
import type { NewsItem } from "../flow/market/news.ts";
import type { AccountState } from "../journal/account-state.ts";
import type { Entry } from "../journal/entry.ts";
import type { ConfigRecord } from "../journal/fact.ts";
import type { Approver } from "../ports/approver.ts";
import type { JournalStore } from "../ports/journal-store.ts";
import type { Model } from "../ports/model.ts";
import type { Venue } from "../ports/venue.ts";
import type { Desk, DeskSettings } from "../runtime/desk.ts";
import type { GroupRegister } from "../runtime/group-register.ts";
import { AccountRunner } from "../runtime/account-runner.ts";
import type { HouseRules } from "../runtime/turn.ts";
import { ManualClock } from "../sim/manual-clock.ts";
import { SilentApprover } from "../sim/silent-approver.ts";
import type { VenueSettings } from "../sim/venue/settings.ts";
import { SimVenue } from "../sim/venue/sim-venue.ts";
import type { AccountId } from "../words/ids.ts";
import { invariant, present } from "../words/invariant.ts";
import type { AnswerCommand, Command, TradeCommand } from "./command.ts";
import { CorporateActions } from "./corporate-actions.ts";
import type { EquityCurve } from "./equity-curve.ts";
import type { Halt } from "./halts.ts";
import { MarketDay } from "./market-day.ts";
import { NewsTape } from "./news-tape.ts";
import { MarketReplay } from "./replay-market.ts";
import { RunCount } from "./run-count.ts";
import { Tape } from "./tape.ts";

/** `Settings` are the desk's own. */
export type BacktestPlan<Settings extends DeskSettings = PerpsSettings> = {
  readonly desk: Desk<Settings>;
  readonly account: AccountId;
  readonly histories: readonly AssetHistory[];
  readonly settings: Settings;
  /** Strategies to change to on the way, by instant. */
  readonly switches: readonly { readonly fromMs: number; readonly settings: Settings }[];
  /** What a person does on the way, in the order of time. */
  readonly commands?: readonly (Command | AnswerCommand | TradeCommand)[];
  /** When which instrument stands still: histories seldom say it. */
  readonly halts?: readonly Halt[];
  /** Words of others that a model is shown, in the order of time. */
  readonly news?: readonly NewsItem[];
  readonly rules: HouseRules;
  /** `open`: as each bar opens, having seen its first print and all bars before it. */
  readonly cadence: "bar" | "signal" | "open";
  readonly venue: Omit<VenueSettings, "account" | "instruments">;
  /** The settings in force as plain values, with their digest: the journal's opening carries them. */
  readonly record: ConfigRecord;
  readonly digest: string;
  /** Begins every id of this run; accounts that run beside each other have their own. */
  readonly idSeed?: string;
  readonly model: Model;
  readonly approver?: Approver;
  readonly journal: JournalStore;
  readonly onEntry?: (entry: Entry) => void;
  readonly onStep?: (done: number, steps: number) => void;
  /** How often books are held against the venue's, in milliseconds; a venue that tells all is asked every day. */
  readonly reconcileMs?: number;
  /** Where the account shares a budget with others of this process. */
  readonly group?: GroupRegister;
  /** Whoever has the same one goes in step: members of a council take their trades from its meetings. */
  readonly council?: object;
  /** Stands between the desk and the simulated venue: for runs whose ports answer later. */
  readonly through?: (venue: SimVenue, clock: ManualClock) => Venue;
};

export type BacktestRun<Settings extends DeskSettings = PerpsSettings> = {
  readonly plan: BacktestPlan<Settings>;
  readonly state: AccountState;
  readonly curve: EquityCurve;
  readonly count: RunCount;
  readonly venue: SimVenue;
  readonly tape: Tape;
};

/** Runs a desk over history without ever waiting. */
export function runBacktest<Settings extends DeskSettings>(plan: BacktestPlan<Settings>): BacktestRun<Settings> {
  const { replay, run } = prepare(plan);
  replay.runNow();
  return run;
}

/** The same line with ports that answer when they like: the runner that live trading uses, in simulated time. */
export async function runSimulation<Settings extends DeskSettings>(plan: BacktestPlan<Settings>): Promise<BacktestRun<Settings>> {
  const { replay, run } = prepare(plan);
  await replay.run();
  return run;
}

/** A run that has not begun: its loop and, as far as it has come, what comes of it. */
export function prepare<Settings extends DeskSettings>(
  plan: BacktestPlan<Settings>,
): { readonly replay: MarketReplay<Settings>; readonly run: BacktestRun<Settings>; readonly clock: ManualClock } {
  const instruments = plan.histories.map(({ instrument }) => instrument);
  const tape = new Tape(plan.histories);
  const clock = new ManualClock(tape.firstMs);
  const venue = new SimVenue({ ...plan.venue, account: plan.account, instruments, instants: clock.instants, nowMs: () => clock.ms });
  const seen: { count?: RunCount } = {};
  const runner = new AccountRunner(
    {
      clock,
      journal: plan.journal,
      venue: plan.through?.(venue, clock) ?? venue,
      model: plan.model,
      approver: plan.approver ?? new SilentApprover(),
      ...(plan.group === undefined ? {} : { group: plan.group }),
    },
    plan.account,
    plan.desk.id,
    plan.digest,
    (entry) => {
      seen.count?.see(entry);
      plan.onEntry?.(entry);
    },
  );
  const count = new RunCount((id) => runner.state.instrument(id));
  seen.count = count;
  runner.record({
    kind: "opened",
    mode: "backtest",
    venue: venue.name,
    seed: String(plan.venue.seed),
    idSeed: plan.idSeed ?? plan.digest.slice(0, 4),
    startCash: plan.venue.startCash,
    instruments,
    settings: plan.record,
  });
  plan.group?.join(plan.account, runner.state);
  const { bars } = present(plan.histories[0], "a backtest has at least one asset");
  const wishes = wishesOf(plan);
  const news = plan.news === undefined ? undefined : new NewsTape(plan.news, `${plan.digest}/${plan.venue.seed}`);
  const day = new MarketDay(
    tape,
    venue,
    clock,
    bars.interval,
    wishes,
    plan.venue.spreadBps,
    plan.halts,
    news,
    new CorporateActions(plan.histories, venue),
  );
  const replay = new MarketReplay<Settings>({
    desk: plan.desk,
    day,
    runner,
    account: plan.account,
    rules: plan.rules,
    // Asked at every bar.
    settingsAt:
      plan.switches.length === 0
        ? () => plan.settings
        : (ms) => plan.switches.findLast(({ fromMs }) => fromMs <= ms)?.settings ?? plan.settings,
    cadence: plan.cadence,
    reconcileMs: plan.reconcileMs ?? 86_400_000,
    ...(plan.commands === undefined ? {} : { commands: plan.commands }),
    ...(plan.onStep === undefined ? {} : { onStep: plan.onStep }),
  });
  return { replay, clock, run: { plan, state: runner.state, curve: replay.curve, count, venue, tape } };
}

/** All strategies of a run look at the same frames: the union of what they ask for, frame by frame. */
function wishesOf({ settings, switches }: Pick<BacktestPlan<DeskSettings>, "settings" | "switches">): readonly FrameWish[] {
  const merged = new Map<number, Record<string, (typeof settings.strategy.frames)[number]["indicators"][string]>>();
  for (const { strategy } of [settings, ...switches.map((each) => each.settings)]) {
    for (const { times, indicators } of strategy.frames) {
      const known = merged.get(times) ?? {};
      for (const [name, spec] of Object.entries(indicators)) {
        invariant(
          known[name] === undefined || JSON.stringify(known[name]) === JSON.stringify(spec),
          `indicator ${name} means one thing in a run`,
        );
        known[name] = spec;
      }
      merged.set(times, known);
    }
  }
  return [...merged].sort(([a], [b]) => a - b).map(([times, indicators]) => ({ times, indicators }));
}
