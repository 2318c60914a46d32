import type { Order } from "../../flow/orders/order.ts";
import type { JournalStore } from "../../ports/journal-store.ts";
import type { DeskSettings } from "../../runtime/desk.ts";
import type { GroupRegister } from "../../runtime/group-register.ts";
import { FaultyVenue } from "../../sim/faults/faulty-venue.ts";
import { HostileModel } from "../../sim/hostile-model.ts";
import { ManualClock } from "../../sim/manual-clock.ts";
import { Random } from "../../sim/random.ts";
import { SilentApprover } from "../../sim/silent-approver.ts";
import { SimVenue } from "../../sim/venue/sim-venue.ts";
import type { AccountId } from "../../words/ids.ts";
import type { BacktestPlan } from "../backtest.ts";
import { MarketDay } from "../market-day.ts";
import { MarketReplay } from "../replay-market.ts";
import { Tape } from "../tape.ts";
import { CrashingRunner } from "./crashing-runner.ts";
import { outlast, type Marching } from "./outlast.ts";
import type { PersonInStorm, PlanOf, StormPlan, StormShape } from "./shape.ts";
import { shownOf } from "./shown.ts";
import { StormMarch } from "./storm-march.ts";
import { stormResult, type Death, type StormResult } from "./storm-result.ts";
import { takeUpAgain } from "./take-up-again.ts";
import { VolatileJournal } from "./volatile-journal.ts";
import { killsOf, minuteMs, swarm } from "./weather.ts";
import { watchOf } from "./watch-of.ts";
import type { Breach, WireWatch } from "./wire-watch.ts";

/**
 * One seeded storm: a wild market, a model that wants to do harm, a venue that loses, repeats and reorders what it says, crashes
 * between any two steps that take what was not on disk, kill switches. Then the faults end, and within minutes everything must be as
 * the venue has it. The real line and the real runner run in it; only the world is made up.
 */
export class Storm<Settings extends DeskSettings> implements Marching {
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
  #group: GroupRegister | undefined;
  /** Whether a process runs: books without one are taken up from the journal. */
  #up = true;
  readonly #march = new StormMarch();

  constructor(seed: string, planOf: PlanOf<Settings>, shape: StormShape<Settings>, onSent?: (order: Order) => void) {
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
      onOrder: (order) => {
        this.#watch.see(order);
        onSent?.(order);
      },
      onAnswer: (order, answer) => this.#watch.hear(order, answer),
    });
    this.#day = new MarketDay(tape, this.#truth, this.#clock, interval, plan.settings.strategy.frames, plan.venue.spreadBps);
    const kills = killsOf(this.#random.fork("kills"), tape.firstMs, this.#offMs);
    const people = shape.people?.(market, this.#random.fork("people")) ?? [];
    this.#person = shape.person?.(market, this.#random.fork("person"));
    this.#commands = [...kills, ...people, ...(this.#person?.words ?? [])].sort((a, b) => a.fromMs - b.fromMs);
    this.#model = new HostileModel(this.#random.fork("model"), () => shownOf(this.#day));
    this.#watch = watchOf({
      state: () => this.#runner.state,
      limits: plan.rules.limits,
      truth: this.#truth,
      day: this.#day,
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
    outlast([this]);
    return this.result();
  }

  /** Until when its market has been played. */
  get ms(): number {
    return this.#clock.ms;
  }
  get waits(): boolean {
    return this.#march.waits;
  }
  get staked(): bigint {
    return this.#watch.staked();
  }

  rise(group?: GroupRegister): void {
    this.#group = group;
    if (!this.#up) {
      this.#runner = this.#newRunner();
      takeUpAgain(this.#runner, this.#journal.entries(), this.#plan);
      this.#up = true;
    }
    // Not before what was cut short is in its books: until then its group does not know it, and enters nothing.
    group?.join(this.#plan.account, this.#runner.state);
    this.#march.begin(
      new MarketReplay({
        ...this.#plan,
        day: this.#day,
        runner: this.#runner,
        settingsAt: () => this.#plan.settings,
        commands: this.#commands.filter(({ fromMs }) => fromMs > this.#clock.ms),
        reconcileMs: minuteMs,
      }),
    );
  }

  step(): void {
    this.#march.step();
  }

  /** The market as it is by now is what a new process finds. In calm a disk keeps what it is given. */
  die(): void {
    if (this.#calm || this.#march.done) this.#journal.commit();
    const lost = this.#journal.crash(this.#random.fork(`disk ${this.#deaths.length + 1}`));
    this.#deaths.push({ after: this.#journal.head().sequence, lost });
    this.#march.halt();
    if (!this.#up) return;
    this.#up = false;
    this.#day.finish();
    this.#venue.reconnected();
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
    const { account, digest, desk, rules } = this.#plan;
    const { group } = rules.limits;
    const ports = {
      clock: this.#clock,
      journal: this.#journal as JournalStore,
      venue: this.#venue,
      model: this.#model,
      approver: asks?.approver ?? new SilentApprover(),
      ...(group === undefined ? {} : { group: { group: group.name, others: (of: AccountId) => this.#group?.others(of) ?? [] } }),
    };
    const chance = this.#calm || this.#random.chance(0.4) ? 0 : this.#crashes;
    const random = this.#random.fork(`crashes ${this.#deaths.length}`);
    const runner = new CrashingRunner(ports, { account, desk: desk.id, config: digest }, { random, chance }, asks?.see);
    if (this.#calm) runner.calm();
    return runner;
  }

  result(): StormResult {
    const entries = [...this.#journal.entries()];
    const told = { seed: this.#seed, entries, hash: this.#journal.head().hash, deaths: this.#deaths, ordersSent: this.#watch.orders };
    const seen = [...this.#breaches, ...(this.#person?.kept(entries) ?? [])];
    return stormResult({ ...told, state: this.#runner.state, venue: this.#venue, seen });
  }
}
