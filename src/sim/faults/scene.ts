import type { SimVenue } from "../venue/sim-venue.ts";
import type { Agenda } from "./agenda.ts";
import type { Dice } from "./dice.ts";

/** What every fault works with. */
export type Scene = {
  /** The exchange itself, whose books no fault bends. */
  readonly truth: SimVenue;
  readonly dice: Dice;
  readonly agenda: Agenda;
  readonly nowMs: () => number;
};
