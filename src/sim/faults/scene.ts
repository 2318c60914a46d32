import type { SimVenue } from "../venue/sim-venue.ts";
import type { Agenda } from "./agenda.ts";
import type { Dice } from "./dice.ts";
import type { WrongClock } from "./wrong-clock.ts";

/** What every fault works with. */
export type Scene = {
  /** The exchange itself, whose books no fault bends. */
  readonly truth: SimVenue;
  readonly dice: Dice;
  readonly agenda: Agenda;
  /** The true time, which is the desk's; the venue's own is `clock`. */
  readonly nowMs: () => number;
  readonly clock: WrongClock;
};
