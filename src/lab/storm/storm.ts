import type { JournalStore } from "../../ports/journal-store.ts";
import type { DeskSettings } from "../../runtime/desk.ts";
import { FaultyVenue } from "../../sim/faults/faulty-venue.ts";
import { HostileModel } from "../../sim/hostile-model.ts";
import { ManualClock } from "../../sim/manual-clock.ts";
import { Random } from "../../sim/random.ts";
import { SilentApprover } from "../../sim/silent-approver.ts";
import { SimVenue } from "../../sim/venue/sim-venue.ts";
import { approximately } from "../../words/exact.ts";
import type { BacktestPlan } from "../backtest.ts";
import { MarketDay } from "../market-day.ts";
import { MarketReplay } from "../replay-market.ts";
import { Tape } from "../tape.ts";
import { Crash, CrashingRunner } from "./crashing-runner.ts";
import type { PersonInStorm, PlanOf, StormPlan, StormShape } from "./shape.ts";
import { stormResult, type Death, type StormResult } from "./storm-result.ts";
import { takeUpAgain } from "./take-up-again.ts";
import { VolatileJournal } from "./volatile-journal.ts";
import { killsOf, minuteMs, swarm } from "./weather.ts";
import { WireWatch, type Breach } from "./wire-watch.ts";

/**
 * One seeded storm: a wild market, a model that wants to do harm, a venue that loses, repeats and reorders what it says, crashes
 * between any two steps that take what was not on disk, kill switches. Then the faults end, and within minutes everything must be as
 * the venue has it. The real line and the real runner run in it; only the world is made up.
 */
export class Storm<Settings extends DeskSettings> {
  readonly #seed: string;
  readonly #random: Random;
  readonly #plan: StormPlan<Settings>;
  readonly #clock: ManualClock;
  readonly #truth: SimVenue;
  readonly #venue: FaultyVenue;
  readonly #day: MarketDay;
  readonly #journal = new VolatileJournal();
  readonly #model: HostileModel;
  readonly #watch: WireWatch;
  readonly #offMs: number;
  readonly #crashes: number;
  readonly #commands: NonNullable<BacktestPlan["commands"]>;
  readonly #person: PersonInStorm | undefined;
  readonly #breaches: Breach[] = [];
  #calm = false;
  #runner: CrashingRunner;
  readonly #deaths: Death[] = [];

  constructor(seed: string, planOf: PlanOf<Settings>, shape: StormShape<Settings>) {
    this.#seed = seed;
    this.#random = new Random(seed).fork("storm");
    const market = shape.market(this.#random.fork("world"));
    const { histories, interval, calmFromMs } = market;
    const plan = shape.ways(planOf(histories), this.#random.fork("ways"));
    const instruments = histories.map(({ instrument }) => instrument);
    const weather = this.#random.fork("venue");
    this.#plan = plan;
    this.#crashes = shape.crashes ?? 0.0015;
    const tape = new Tape(histories);
    this.#offMs = calmFromMs;
    this.#clock = new ManualClock(tape.firstMs);
    this.#truth = new SimVenue({ ...plan.venue, seed, account: plan.account, instruments, acknowledges: weather.chance(0.5) });
    const faults = swarm(weather, instruments);
    this.#venue = new FaultyVenue(this.#truth, {
      seed,
      nowMs: () => this.#now(),
      faults: shape.tempered?.(faults) ?? faults,
      onSplit: (...of) => this.#day.split(...of),
      onOrder: (order) => this.#watch.see(order),
      onAnswer: (order, answer) => this.#watch.hear(order, answer),
    });
    this.#day = new MarketDay(tape, this.#truth, this.#clock, interval, plan.settings.strategy.frames, plan.venue.spreadBps);
    const kills = killsOf(this.#random.fork("kills"), tape.firstMs, this.#offMs);
    const people = shape.people?.(market, this.#random.fork("people")) ?? [];
    this.#person = shape.person?.(market, this.#random.fork("person"));
    this.#commands = [...kills, ...people, ...(this.#person?.words ?? [])].sort((a, b) => a.fromMs - b.fromMs);
    this.#model = new HostileModel(this.#random.fork("model"), () => this.#shown());
    this.#watch = new WireWatch({
      state: () => this.#runner.state,
      limits: plan.rules.limits,
      instrument: (id) => this.#runner.state.instrument(id),
      held: (id) => this.#truth.positions().find(({ instrument }) => instrument === id)?.quantity ?? 0n,
      last: (id) => this.#day.quote(id)?.last ?? 0n,
      left: (id, instrument) => {
        const found = this.#truth.find(id, instrument);
        if (found === "absent") return undefined;
        return found.state === "working" || found.state === "part_filled" ? found.quantity - found.filled : 0n;
      },
      nowMs: () => this.#clock.ms,
      breach: (of) => this.#breaches.push(of),
    });
    this.#runner = this.#newRunner();
    this.#runner.record({
      kind: "opened",
      mode: "simulation",
      venue: this.#truth.name,
      seed,
      idSeed: `s${seed}`.slice(0, 8),
      startCash: plan.venue.startCash,
      instruments,
      settings: plan.record,
    });
    this.#journal.commit();
  }

  run(): StormResult {
    let replay = this.#newReplay();
    for (;;) {
      try {
        replay.runNow();
        break;
      } catch (fault) {
        if (!(fault instanceof Crash)) throw fault;
        replay = this.#restart();
      }
    }
    return this.#result();
  }

  /** The faults end by the clock, and with them the model's will: what is asked of the house then is only to get in order. */
  #now(): number {
    const { ms } = this.#clock;
    if (!this.#calm && ms >= this.#offMs) {
      this.#calm = true;
      this.#model.quiet = true;
      this.#runner.calm();
      this.#venue.off();
    }
    return ms;
  }

  #newRunner(): CrashingRunner {
    const asks = this.#person?.reached(this.#journal.entries());
    const approver = asks?.approver ?? new SilentApprover();
    const ports = { clock: this.#clock, journal: this.#journal as JournalStore, venue: this.#venue, model: this.#model, approver };
    const chance = this.#calm || this.#random.chance(0.4) ? 0 : this.#crashes;
    const random = this.#random.fork(`crashes ${this.#deaths.length}`);
    const { account, digest, desk } = this.#plan;
    const runner = new CrashingRunner(ports, { account, desk: desk.id, config: digest }, { random, chance }, asks?.see);
    if (this.#calm) runner.calm();
    return runner;
  }

  #newReplay(): MarketReplay<Settings> {
    const { rules, settings, account, desk, cadence } = this.#plan;
    return new MarketReplay({
      desk,
      day: this.#day,
      runner: this.#runner,
      account,
      rules,
      settingsAt: () => settings,
      cadence,
      commands: this.#commands.filter(({ fromMs }) => fromMs > this.#clock.ms),
      reconcileMs: minuteMs,
    });
  }

  /** A new process: the journal as the disk has it, the decision that was cut short, and on with the market as it is by now. */
  #restart(): MarketReplay<Settings> {
    this.#die();
    this.#day.finish();
    this.#venue.reconnected();
    for (;;) {
      this.#runner = this.#newRunner();
      try {
        takeUpAgain(this.#runner, this.#journal.entries(), this.#plan);
        return this.#newReplay();
      } catch (fault) {
        if (!(fault instanceof Crash)) throw fault;
        this.#die();
      }
    }
  }

  #die(): void {
    const lost = this.#journal.crash(this.#random.fork(`disk ${this.#deaths.length + 1}`));
    this.#deaths.push({ after: this.#journal.head().sequence, lost });
  }

  #shown(): { symbol: string; last: number; tick: number }[] {
    return this.#day.watched
      .filter(({ seen }) => seen)
      .map((asset) => ({
        symbol: asset.instrument.symbol,
        last: asset.lastTicks * approximately(asset.instrument.tick),
        tick: approximately(asset.instrument.tick),
      }));
  }

  #result(): StormResult {
    const { state } = this.#runner;
    const entries = [...this.#journal.entries()];
    const told = { seed: this.#seed, entries, hash: this.#journal.head().hash, deaths: this.#deaths, ordersSent: this.#watch.orders };
    const seen = [...this.#breaches, ...(this.#person?.kept(entries) ?? [])];
    return stormResult({ ...told, state, venue: this.#venue, seen });
  }
}
