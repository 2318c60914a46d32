import type { Instrument } from "../../words/instrument.ts";
import { invariant } from "../../words/invariant.ts";
import type { Gate } from "./gate.ts";
import type { Scene } from "./scene.ts";

/** Tells whoever plays the market that prices are in new shares from now on. */
export type OnSplit = (instrument: Instrument, from: number, into: number) => void;

const ratios = [
  { from: 1, into: 2 },
  { from: 1, into: 10 },
  { from: 2, into: 3 },
  { from: 10, into: 1 },
  { from: 100, into: 1 },
] as const;

/** What befalls the venue as time passes: `halt`, `auction`, `split`, `maintenance_reset`. One chance each for every move of the clock. */
export class Mishaps {
  readonly #scene: Scene;
  readonly #gate: Gate;
  readonly #onSplit: OnSplit | undefined;
  readonly #shares: readonly Instrument[];
  readonly #stopped = new Set<Instrument>();

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
  }

  #maintain(): void {
    const { truth, dice, nowMs } = this.#scene;
    dice.happened("maintenance_reset");
    this.#gate.shutUntil(nowMs() + dice.delayMs("maintenance_reset"));
    for (const instrument of truth.instruments) truth.endSession(truth.indexOf(instrument));
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

  #split(): void {
    const { truth, dice } = this.#scene;
    if (this.#shares.length === 0) return;
    const random = dice.streamOf("split");
    const instrument = random.pick(this.#shares);
    const { from, into } = random.pick(ratios);
    dice.happened("split");
    truth.split(truth.indexOf(instrument), from, into);
    this.#onSplit?.(instrument, from, into);
  }
}
