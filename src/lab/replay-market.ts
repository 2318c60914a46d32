import type { MarketSnapshot, Quote } from "../flow/market/snapshot.ts";
import { correlationOf } from "../flow/orders/order-id.ts";
import type { AccountRunner } from "../runtime/account-runner.ts";
import type { DeskSettings, Watching } from "../runtime/desk.ts";
import { driveNow, drive, type Perform } from "../runtime/drive.ts";
import { record, type Line, type Step } from "../runtime/line.ts";
import { measureClock } from "../runtime/measure-clock.ts";
import { observe } from "../runtime/observe.ts";
import { settle } from "../runtime/settle.ts";
import { tend } from "../runtime/tend.ts";
import { quotesOf, type Turn } from "../runtime/turn.ts";
import type { CorrelationId, InstrumentId } from "../words/ids.ts";
import { intervalMs } from "../words/interval.ts";
import { present } from "../words/invariant.ts";
import { BookValue } from "./book-value.ts";
import { obey } from "./command.ts";
import { EquityCurve } from "./equity-curve.ts";
import { ForecastWatch } from "./forecast-watch.ts";
import { LossWatch } from "./loss-watch.ts";
import type { Replay } from "./replay.ts";

/** What a bar gives rise to, in the order of its parts. */
type Due = "day" | "opening" | "reports" | "tending" | "losses" | "forecasts" | "command" | "wake";

/**
 * The backtest's loop: market events move columns, marks and stops, and now and then wake the desk. It is a line like any other, so
 * that the runner that never waits and the one that does drive the very same thing.
 */
export class MarketReplay<Settings extends DeskSettings> {
  readonly curve: EquityCurve;
  readonly #replay: Replay<Settings>;
  readonly #value: BookValue;
  readonly #losses: LossWatch;
  readonly #forecasts: ForecastWatch;
  #watchers: readonly (() => boolean)[] = [];
  /** Whose watchers these are: a strategy that is switched to brings its own. */
  #watches: Watching | undefined;
  readonly #lastTicks: (index: number) => number;
  readonly #quoteNow = (id: InstrumentId): Quote | undefined => this.#replay.day.quote(id);
  readonly #sessionOpen = (id: InstrumentId): boolean => this.#replay.day.sessionOpen(id);
  #turn: Turn;
  /** An account that was open before is held against its venue before anything else. */
  #tendMs: number;
  #commandAt = 0;
  #commandMs: number;
  /** How far the bar has come that gave rise to a line, and how many bars are over. */
  #at = 0;
  #done = 0;
  #date = "";
  #named: { readonly wakes: number; readonly correlation: CorrelationId } | undefined;
  #dayEndMs = -Infinity;

  constructor(replay: Replay<Settings>) {
    this.#replay = replay;
    const { day, runner, rules } = replay;
    this.curve = new EquityCurve(day.tape.steps);
    this.#value = new BookValue(
      runner.state,
      day.watched.map(({ instrument }) => instrument),
    );
    this.#tendMs = runner.state.guards.dayDate === "" ? Infinity : -Infinity;
    this.#commandMs = replay.commands?.[0]?.fromMs ?? Infinity;
    this.#losses = new LossWatch(rules.limits, runner.state);
    this.#forecasts = new ForecastWatch(runner.state, day.tape.assets);
    this.#lastTicks = (index) => day.watched[index]?.lastTicks ?? Number.NaN;
    this.#turn = this.#newTurn("start", { takenAt: day.clock.now(), assets: [], leftOut: [] });
  }

  runNow(): void {
    for (const line of this.lines()) driveNow(line, this.perform);
  }

  async run(): Promise<void> {
    for (const line of this.lines()) await drive(line, this.perform);
  }

  readonly perform: Perform = (step: Step) => this.#replay.runner.perform(this.#turn, step);

  /** What comes up bar by bar, each a line to be driven to its end before the next is asked for: a bar without one costs no step. */
  *lines(): Generator<Line> {
    for (let due = this.#due(); due !== "end"; due = this.#due()) yield* this.#linesOf(due);
    this.#replay.onStep?.(this.#done, this.#replay.day.tape.steps);
    yield this.#tend();
    yield this.#close();
  }

  /**
   * Plays bars until one gives rise to a line, and goes on from there at the next call. A loop of its own and not a part of the
   * generator, whose loops cost three times as much a bar.
   */
  #due(): Due | "end" {
    const { day, onStep, runner, cadence } = this.#replay;
    const { tape } = day;
    let at = this.#at;
    for (;;) {
      if (at === 0) {
        if (!tape.next()) return "end";
        at = 1;
        if (tape.openMs >= this.#dayEndMs) return this.#stop(at, "day");
      }
      if (at === 1) {
        at = 2;
        if (cadence === "open") return this.#stop(at, "opening");
      }
      if (at === 2 && day.pass()) {
        at = 4;
        if (runner.pending) return this.#stop(at, "reports");
      }
      if (at === 2) {
        at = 3;
        day.open();
        if (runner.pending) return this.#stop(at, "reports");
      }
      if (at === 3) {
        // Again after each report: its orders may meet the same bar.
        day.range();
        if (runner.pending) return this.#stop(at, "reports");
        at = 4;
        day.close();
        if (runner.pending) return this.#stop(at, "reports");
      }
      if (at === 4) {
        at = 5;
        if (day.clock.ms >= this.#tendMs || runner.state.waitsForAnswer) return this.#stop(at, "tending");
      }
      if (at === 5) {
        at = 6;
        const equity = this.#value.at(this.#lastTicks);
        this.curve.push(day.clock.ms, equity, this.#value.inMarket);
        if (this.#losses.suspects(equity)) return this.#stop(at, "losses");
      }
      if (at === 6) {
        at = 7;
        if (runner.state.forecasts.size > 0 && this.#forecasts.due(tape, day.clock.ms)) return this.#stop(at, "forecasts");
      }
      if (at === 7) {
        at = 8;
        if (day.clock.ms >= this.#commandMs) return this.#stop(at, "command");
      }
      at = 0;
      if ((++this.#done & 1023) === 0) onStep?.(this.#done, tape.steps);
      if (this.#wakes()) return this.#stop(at, "wake");
    }
  }

  #stop(at: number, due: Due): Due {
    this.#at = at;
    return due;
  }

  *#linesOf(due: Due): Generator<Line> {
    switch (due) {
      case "day":
        yield this.#openDay();
        return;
      case "opening":
        this.#replay.day.preopen();
        if (this.#replay.runner.pending) yield* this.#reaction();
        yield* this.#awake();
        return;
      case "reports":
        yield* this.#reaction();
        return;
      case "tending":
        yield this.#tend();
        return;
      case "losses":
        yield this.#latchLosses();
        return;
      case "forecasts":
        yield this.#forecasts.settleDue(this.#replay.day.tape, this.#replay.day.clock);
        return;
      case "command":
        yield this.#command();
        return;
      case "wake":
        yield* this.#awake();
        return;
    }
  }

  *#close(): Line {
    yield record({ kind: "closed", cash: this.#replay.runner.state.cash, equity: this.exactEquity() });
  }

  /** A person's commands take effect at the first close at or after their time, before the desk decides again. */
  *#command(): Line {
    const { day, rules, commands = [] } = this.#replay;
    const snapshot = observe(day.watched, day.clock.ms, rules.ages, day.clock.now());
    this.#turn = this.#newTurn("command", snapshot);
    for (; (commands[this.#commandAt]?.fromMs ?? Infinity) <= day.clock.ms; this.#commandAt++) {
      const command = commands[this.#commandAt];
      if (command !== undefined) yield* obey(this.#turn, command);
    }
    this.#commandMs = commands[this.#commandAt]?.fromMs ?? Infinity;
    this.#value.refresh();
  }

  // These two hand out the lines themselves: a step through a line around them would cost a tenth of a microsecond each.
  /** The venue's reports become facts, and what they moved is protected, before the bar goes on. */
  *#reaction(): Generator<Line> {
    const reports = this.#replay.runner.drain();
    this.#turn = this.#newTurn("venue", this.#turn.snapshot);
    yield settle(this.#turn, reports);
    this.#value.refresh();
  }

  *#awake(): Generator<Line> {
    const settings = this.#replay.settingsAt(this.#replay.day.clock.ms);
    const { strategy } = this.#replay.runner.state;
    if (strategy !== "" && strategy !== settings.strategy.name) yield this.#switched(strategy, settings.strategy.name);
    yield this.#cycle(settings);
  }

  *#openDay(): Line {
    const { day, runner } = this.#replay;
    day.clock.moveTo(day.tape.openMs);
    this.#date = day.clock.now().toZonedDateTimeISO("UTC").toPlainDate().toString();
    this.#dayEndMs = (Math.floor(day.clock.ms / intervalMs["1d"]) + 1) * intervalMs["1d"];
    // The same day again after a restart: what was lost in it still counts against its limit.
    if (runner.state.guards.dayDate === this.#date) return;
    // On the first day there are no books to hold against anything, and the venue's clock is known before the first entry all the same.
    if (this.#tendMs === Infinity) this.#tendMs = day.clock.ms + ((yield* measureClock(this.#turn)) ? this.#replay.reconcileMs : 0);
    if (day.clock.ms >= this.#tendMs) yield* this.#tend();
    yield record({ kind: "day_opened", date: this.#date, equity: this.exactEquity() });
    this.#losses.dayOpened();
  }

  /** Books against the venue's records; at once again while an order has no answer or something differs. */
  *#tend(): Line {
    const { day, rules, runner, reconcileMs } = this.#replay;
    const snapshot = observe(day.watched, day.clock.ms, rules.ages);
    this.#turn = this.#newTurn("venue", snapshot);
    const reconciled = yield* tend(this.#turn, rules.patience);
    this.#tendMs = reconciled === "equal" && !runner.state.waitsForAnswer ? day.clock.ms + reconcileMs : day.clock.ms;
    this.#value.refresh();
  }

  *#latchLosses(): Line {
    yield* this.#losses.latch(this.exactEquity(), this.#replay.day.clock.now());
  }

  #watch(strategy: Watching): void {
    const { watcher } = strategy;
    this.#watches = strategy;
    this.#watchers = watcher === undefined ? [] : this.#replay.day.watched.map((asset) => watcher(asset, this.#replay.runner.state));
  }

  #wakes(): boolean {
    if (this.#replay.cadence !== "signal") return this.#replay.cadence === "bar";
    const { strategy } = this.#replay.settingsAt(this.#replay.day.clock.ms);
    if (strategy !== this.#watches) this.#watch(strategy);
    if (this.#watchers.length === 0) return true;
    const { active, activeCount } = this.#replay.day.tape;
    let wakes = false;
    for (let n = 0; n < activeCount; n++) if (this.#watchers[active[n] ?? 0]?.() === true) wakes = true;
    return wakes;
  }

  *#switched(from: string, to: string): Line {
    yield record({ kind: "strategy_switched", from, to, by: "schedule" });
  }

  #cycle(settings: Settings): Line {
    const { day, rules } = this.#replay;
    const snapshot = day.withNews(observe(day.watched, day.clock.ms, rules.ages, day.clock.now()));
    const trigger = this.#replay.cadence === "open" ? "open" : this.#watchers.length === 0 ? "bar_close" : "signal";
    this.#turn = this.#newTurn(trigger, snapshot);
    return this.#replay.desk.cycle(this.#turn, settings);
  }

  #newTurn(trigger: string, snapshot: MarketSnapshot): Turn {
    const { day, runner, account, rules } = this.#replay;
    return {
      now: day.clock.now(),
      trigger,
      account,
      correlation: this.#nextCorrelation(),
      snapshot,
      state: runner.state,
      rules,
      sessionOpen: this.#sessionOpen,
      quote: trigger === "venue" ? this.#quoteNow : quotesOf(snapshot),
    };
  }

  /** Of the wake to come: what the venue tells before it asks for the same name again. */
  #nextCorrelation(): CorrelationId {
    const { opening, wakes } = this.#replay.runner.state;
    if (this.#named?.wakes !== wakes) this.#named = { wakes, correlation: correlationOf(opening.idSeed, wakes + 1) };
    return this.#named.correlation;
  }

  /** Equity at the last prices, exactly. */
  exactEquity(): ReturnType<AccountRunner["state"]["ledger"]["equity"]> {
    const { day, runner } = this.#replay;
    return runner.state.ledger.equity((id: InstrumentId) => present(day.quote(id), `${id} has a price before it has a position`).last);
  }
}
