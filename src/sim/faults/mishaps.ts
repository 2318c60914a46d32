import type { InstrumentId } from "../../words/ids.ts";
import type { Instrument } from "../../words/instrument.ts";
import { invariant } from "../../words/invariant.ts";
import type { Gate } from "./gate.ts";
import type { Scene } from "./scene.ts";

/** Tells whoever plays the market that prices are in new shares from now on. */
export type OnSplit = (instrument: Instrument, from: number, into: number) => void;

/** No share splits twice a week: of two splits in one instant nobody could say which of them an execution of that instant came after. */
const apartMs = 7 * 86_400_000;

/** What befalls the venue as time passes: `halt`, `auction`, `split`, `maintenance_reset`, `clock_skew`. One chance each for every move of the clock. */
export class Mishaps {
  readonly #scene: Scene;
  readonly #gate: Gate;
  readonly #onSplit: OnSplit | undefined;
  readonly #shares: readonly Instrument[];
  readonly #stopped = new Set<Instrument>();
  readonly #splitMs = new Map<InstrumentId, number>();

  constructor(scene: Scene, gate: Gate, onSplit: OnSplit | undefined) {
    this.#shares = scene.truth.instruments.filter(({ kind }) => kind === "equity" || kind === "etf");
    const mute = scene.dice.has("split") && this.#shares.length > 0 && onSplit === undefined;
    invariant(!mute, "where shares split, the one who plays their prices is told");
    this.#scene = scene;
    this.#gate = gate;
    this.#onSplit = onSplit;
  }

  befall(): void {
    const { dice } = this.#scene;
    if (dice.falls("maintenance_reset") && !this.#gate.shut) this.#maintain();
    if (dice.falls("halt")) this.#stop("halt");
    if (dice.falls("auction")) this.#stop("auction");
    if (dice.falls("split")) this.#split();
    if (dice.falls("clock_skew")) this.#setClock();
  }

  #maintain(): void {
    const { truth, dice, nowMs } = this.#scene;
    dice.happened("maintenance_reset");
    this.#gate.shutUntil(nowMs() + dice.delayMs("maintenance_reset"));
    for (const instrument of truth.instruments) truth.endSession(truth.indexOf(instrument));
  }

  #setClock(): void {
    const { dice, clock, nowMs } = this.#scene;
    const ms = dice.delayMs("clock_skew");
    dice.happened("clock_skew");
    clock.set(nowMs(), dice.streamOf("clock_skew").chance(dice.terms.clock_skew.ahead) ? ms : -ms);
  }

  #stop(name: "halt" | "auction"): void {
    const { truth, dice, agenda, nowMs } = this.#scene;
    const instrument = dice.streamOf(name).pick(truth.instruments);
    const delayMs = dice.delayMs(name);
    if (this.#stopped.has(instrument)) return;
    dice.happened(name);
    this.#stopped.add(instrument);
    const index = truth.indexOf(instrument);
    const turn = (on: boolean): void => (name === "halt" ? truth.halt(index, on) : truth.auction(index, on));
    turn(true);
    agenda.plan(nowMs() + delayMs, true, () => {
      this.#stopped.delete(instrument);
      turn(false);
    });
  }

  #optionsOn(id: InstrumentId): readonly Instrument[] {
    return this.#scene.truth.instruments.filter((of) => of.kind === "option" && of.underlying === id);
  }

  #split(): void {
    const { truth, dice, nowMs } = this.#scene;
    const { ratios, ofHeld } = dice.terms.split;
    const held = new Set(ofHeld ? truth.positions().map(({ instrument }) => instrument) : []);
    const shares = this.#shares.filter(
      ({ id }) =>
        nowMs() - (this.#splitMs.get(id) ?? -Infinity) >= apartMs &&
        (!ofHeld || held.has(id) || this.#optionsOn(id).some((option) => held.has(option.id))),
    );
    if (shares.length === 0) return;
    const random = dice.streamOf("split");
    const instrument = random.pick(shares);
    const { from, into } = random.pick(ratios);
    dice.happened("split");
    this.#splitMs.set(instrument.id, nowMs());
    truth.split(truth.indexOf(instrument), from, into);
    this.#onSplit?.(instrument, from, into);
  }
}
