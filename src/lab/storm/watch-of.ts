import type { Limits } from "../../flow/rails/limits.ts";
import type { AccountState } from "../../journal/account-state.ts";
import type { SimVenue } from "../../sim/venue/sim-venue.ts";
import type { MarketDay } from "../market-day.ts";
import { WireWatch, type Breach } from "./wire-watch.ts";

type Of = {
  /** Of the process that runs now. */
  readonly state: () => AccountState;
  readonly limits: Limits;
  readonly truth: SimVenue;
  readonly day: MarketDay;
  readonly breach: (of: Breach) => void;
};

/** A watch on the wire of one account that goes by its venue's truth. */
export const watchOf = ({ state, limits, truth, day, breach }: Of): WireWatch =>
  new WireWatch({
    state,
    limits,
    instrument: (id) => state().instrument(id),
    held: (id) => truth.positions().find(({ instrument }) => instrument === id)?.quantity ?? 0n,
    last: (id) => day.quote(id)?.last ?? 0n,
    left: (id, instrument) => {
      const found = truth.find(id, instrument);
      if (found === "absent") return undefined;
      return found.state === "working" || found.state === "part_filled" ? found.quantity - found.filled : 0n;
    },
    nowMs: () => day.clock.ms,
    breach,
  });
