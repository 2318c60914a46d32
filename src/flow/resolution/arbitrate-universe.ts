import type { InstrumentId, ProposalId } from "../../words/ids.ts";
import type { ArbiterChoice } from "../proposals/crypto-schema.ts";
import type { Offer } from "../proposals/crypto-proposal.ts";
import { arbitrate, type Arbitration, type ArbitrationFault, type ArbitrationRule, type Claim } from "./arbitrate.ts";
import type { ArbitrationRow, FinalRow, ProposalFate } from "./arbitrated.ts";
import { strongest, type Named, type SetAside } from "./strongest.ts";

/** Every valid offer of both sources comes in; what the table says of each symbol goes out, and then what goes on. */

type Offered = Named<Claim> & { readonly offer: Offer };

export type Compared = {
  readonly instrument: InstrumentId;
  readonly local: Offered | undefined;
  readonly ai: Offered | undefined;
  readonly answer: Arbitration | ArbitrationFault;
  readonly aside: readonly SetAside[];
};

/** Symbols that somebody wants something of, in the order in which they are first named. */
export function compare(local: readonly Offer[], ai: readonly Offer[], rule: ArbitrationRule): readonly Compared[] {
  const instruments = [...new Set([...local, ...ai].map(({ proposal }) => proposal.instrument))];
  return instruments.map((instrument) => {
    const rules = strongest(offersOn(instrument, local));
    const trader = strongest(offersOn(instrument, ai));
    const answer = arbitrate(rules.counts, trader.counts, rule);
    return {
      instrument,
      local: rules.counts,
      ai: trader.counts,
      answer: answer.ok ? answer.value : answer.error,
      aside: [...rules.aside, ...trader.aside],
    };
  });
}

const offersOn = (instrument: InstrumentId, offers: readonly Offer[]): readonly Offered[] =>
  offers.flatMap((offer) => {
    const { id, action } = offer.proposal;
    if (offer.proposal.instrument !== instrument || (action !== "buy" && action !== "sell")) return [];
    return [{ id, side: action, confidence: offer.belief.conviction, sizePct: offer.sizePct, offer }];
  });

/** Whether the table leaves it to an arbiter: both want something, and neither wins. */
export const isOpen = ({ local, ai, answer }: Compared): boolean =>
  local !== undefined && ai !== undefined && "resolution" in answer && answer.resolution === "NONE";

export type Settled = {
  readonly row: ArbitrationRow;
  /** Without its id, which the desk gives. */
  readonly final: (Omit<FinalRow, "proposal"> & { readonly source: Offer }) | undefined;
  readonly fates: readonly { readonly proposal: ProposalId; readonly fate: ProposalFate }[];
};

/** The table's word, and the arbiter's where that leaves it open. The arbiter picks a proposal as it stands: its size is that proposal's. */
export function settle(compared: Compared, arbiter?: ArbiterChoice | "unheard"): Settled {
  const { instrument, local, ai, answer, aside } = compared;
  const fault = "code" in answer;
  const picked = arbiter === "local" ? local : arbiter === "ai" ? ai : undefined;
  const [final, followed] = fault ? [undefined, []] : picked === undefined ? byTable(compared, answer) : [as(picked, picked), [picked.id]];
  const lost: ProposalFate = fault ? "arbitration_fault" : "not_followed";
  const won: ProposalFate = followed.length > 1 ? "blended" : "followed";
  return {
    row: {
      instrument,
      ...(local === undefined ? {} : { local: { side: local.side, conviction: local.confidence, sizePct: local.sizePct } }),
      ...(ai === undefined ? {} : { ai: { side: ai.side, confidence: ai.confidence, sizePct: ai.sizePct } }),
      resolution: fault ? "FAULT" : answer.resolution,
      reason: fault ? answer.code : answer.reason,
      ...(arbiter === undefined ? {} : { arbiter }),
    },
    final: final === undefined ? undefined : { instrument, ...final, of: followed, levels: final.source === local?.offer ? "local" : "ai" },
    fates: [
      ...[local, ai].flatMap((each) => (each === undefined ? [] : [{ proposal: each.id, fate: followed.includes(each.id) ? won : lost }])),
      ...aside.map(({ proposal, why }) => ({ proposal, fate: why })),
    ],
  };
}

type Followed = readonly [final: (Claim & { readonly source: Offer }) | undefined, of: readonly ProposalId[]];

function byTable({ local, ai }: Compared, { resolution, side, sizePct, confidence }: Arbitration): Followed {
  // In a blend stop and target stay the rules'.
  const source = resolution === "AI" ? ai : (local ?? ai);
  if (source === undefined || side === undefined) return [undefined, []];
  const ids = resolution === "BLEND" ? [local, ai].flatMap((each) => (each === undefined ? [] : [each.id])) : [source.id];
  return [as({ side, sizePct, confidence }, source), ids];
}

const as = ({ side, sizePct, confidence }: Claim, { offer }: Offered): Claim & { readonly source: Offer } => ({
  side,
  sizePct,
  confidence,
  source: offer,
});
