import type { GroupRegister } from "../../runtime/group-register.ts";
import { Crash } from "./crashing-runner.ts";

/** A storm that is driven line by line, by whoever has put it beside others. */
export type Marching = {
  readonly ms: number;
  readonly waits: boolean;
  /** A process begins; once one has died, with the books from the journal and the market as it is by now. */
  rise(group?: GroupRegister): void;
  step(): void;
  die(): void;
};

/**
 * Storms march together in one process, whoever is earliest in the market's time first, until all are over: the crash of any is the death
 * of all, and all are taken up again before any goes on.
 */
export function outlast(storms: readonly Marching[], newGroup?: () => GroupRegister): void {
  for (;;) {
    try {
      const group = newGroup?.();
      for (const storm of storms) storm.rise(group);
      for (let storm = earliest(storms); storm !== undefined; storm = earliest(storms)) storm.step();
      return;
    } catch (fault) {
      if (!(fault instanceof Crash)) throw fault;
      for (const storm of storms) storm.die();
    }
  }
}

function earliest(storms: readonly Marching[]): Marching | undefined {
  let found: Marching | undefined;
  for (const storm of storms) if (storm.waits && (found === undefined || storm.ms < found.ms)) found = storm;
  return found;
}
