import type { DeskSettings } from "../../runtime/desk.ts";
import { driveNow, type Perform } from "../../runtime/drive.ts";
import type { Line } from "../../runtime/line.ts";
import type { MarketReplay } from "../replay-market.ts";

/** A replay that is driven one line at a time, and begun again by each new process until its market is over. */
export class StormMarch {
  #perform: Perform | undefined;
  #lines: Iterator<Line> | undefined;
  #next: Line | undefined;
  done = false;

  get waits(): boolean {
    return this.#next !== undefined;
  }

  begin<Settings extends DeskSettings>(replay: MarketReplay<Settings>): void {
    if (this.done) return;
    this.#perform = replay.perform;
    this.#lines = replay.lines();
    this.#advance();
  }

  step(): void {
    if (this.#next !== undefined && this.#perform !== undefined) driveNow(this.#next, this.#perform);
    this.#advance();
  }

  halt(): void {
    this.#next = undefined;
  }

  #advance(): void {
    const next = this.#lines?.next();
    this.done = next?.done === true;
    this.#next = next?.done === false ? next.value : undefined;
  }
}
