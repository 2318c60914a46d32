import type { Fact, FactKind } from "./fact.ts";

/** What was thought, said and measured leaves no trace in an account's books; one line for each kind. */
const traceless = {
  model_asked: true,
  answer_normalised: true,
  answer_reused: true,
  rate_limited: true,
  fell_back: true,
  proposed: true,
  proposal_refused: true,
  edge_weighed: true,
  market_measured: true,
  calibrator_fitted: true,
  arbitrated: true,
  alerted: true,
  option_asked: true,
  option_gated: true,
  hard_rail_fired: true,
  person_asked: true,
  person_answered: true,
  person_obeyed: true,
  person_expired: true,
  stood_down: true,
  scanned: true,
  approval_asked: true,
  approved: true,
  execution_repeated: true,
  payment_repeated: true,
  closed: true,
  // Facts of a spend ledger, which is another journal: an account's books have a cost from the answer itself.
  spend_capped: true,
  spend_reserved: true,
  spend_settled: true,
  spend_released: true,
} as const satisfies { readonly [Kind in FactKind]?: true };

type Traceless = Extract<Fact, { readonly kind: keyof typeof traceless }>;

export const isTraceless = (fact: Fact): fact is Traceless => Object.hasOwn(traceless, fact.kind);
