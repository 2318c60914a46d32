import type { Calibrator } from "../flow/calibration/calibrator.ts";
import type { MarketMeasures } from "../flow/market/measures.ts";
import type { WeighedEdge } from "../flow/sizing/edge.ts";
import type { InstrumentId, ProposalId } from "../words/ids.ts";

/** What a desk that goes by expected value adds to the journal; the equities desk is the first that does. */
export type EquitiesFact =
  /** Once a day: what rails want to know of the market beyond its quotes. */
  | ({ readonly kind: "market_measured" } & MarketMeasures)
  /** The map from what a proposer says to a probability changed; it counts from here on. */
  | { readonly kind: "calibrator_fitted"; readonly calibrator: Calibrator }
  /** What a trade is worth after all costs, and what would be put on it; whether it goes on is the next fact. */
  | {
      readonly kind: "edge_weighed";
      readonly proposal: ProposalId;
      readonly instrument: InstrumentId;
      readonly edge: WeighedEdge;
      /** How the size was found: name and value. */
      readonly arithmetic: Readonly<Record<string, string>>;
    };
