import type { Position } from "../flow/portfolio/position.ts";
import type { Intent } from "../flow/resolution/intent.ts";
import { countersign, type Outcome } from "../runtime/countersign.ts";
import { record, type Line } from "../runtime/line.ts";
import type { Turn } from "../runtime/turn.ts";
import { intentId, type InstrumentId, type ProposalId } from "../words/ids.ts";
import type { Money } from "../words/money.ts";
import { magnitude } from "../words/quantity.ts";
import { opposite } from "../words/side.ts";

/** What an intent comes from: a proposal of a model, or nobody's where a rail or a person wants it. */
export type Cause = { readonly number: number; readonly proposals: readonly ProposalId[]; readonly confidence: number };

/** The whole position, through the same rails as everything else. */
export function* sell(turn: Turn, { instrument, quantity }: Position, cause: Cause): Line<Outcome> {
  return yield* carryOut(turn, {
    ...named(turn, instrument, cause),
    aim: "close",
    side: opposite[quantity > 0n ? "buy" : "sell"],
    wanted: { by: "quantity", quantity: magnitude(quantity) },
  });
}

/**
 * As many contracts as the premium buys. It brings no stop for the venue to hold: options often cannot have one, so the desk's own hard
 * rail watches the bid at every scan.
 */
export function* buy(turn: Turn, instrument: InstrumentId, premium: Money, cause: Cause): Line<Outcome> {
  return yield* carryOut(turn, {
    ...named(turn, instrument, cause),
    aim: "enter",
    side: "buy",
    wanted: { by: "notional", notional: premium },
  });
}

const named = ({ correlation }: Turn, instrument: InstrumentId, { number, proposals, confidence }: Cause) => ({
  id: intentId(`${correlation}.${number}`),
  correlation,
  proposals,
  instrument,
  confidence,
});

function* carryOut(turn: Turn, intent: Intent): Line<Outcome> {
  yield record({ kind: "resolved", intent }, turn.correlation);
  return yield* countersign(turn, intent);
}
