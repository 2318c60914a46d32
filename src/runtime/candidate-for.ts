import type { Candidate, Scene } from "../flow/rails/candidate.ts";
import type { Intent } from "../flow/resolution/intent.ts";
import { divideUnits } from "../words/exact.ts";
import type { ClientOrderId } from "../words/ids.ts";
import { notional, zeroMoney, type Money } from "../words/money.ts";
import type { Purpose } from "../words/order-words.ts";
import { priceOfUnits, priceTimes, toTick, type Price } from "../words/price.ts";
import { quantityFor, toLot, zeroQuantity, type Quantity } from "../words/quantity.ts";
import { bps, oneMinus, onePlus } from "../words/rate.ts";
import type { Side } from "../words/side.ts";
import type { Turn } from "./turn.ts";

const purposes = { enter: "entry", reduce: "reduce", close: "close" } as const satisfies Partial<Record<Intent["aim"], Purpose>>;

/** The most that an intent could become: its size at the worst price it may trade at, with the protection it will have. */
export function candidateFor(intent: Intent, aim: keyof typeof purposes, turn: Turn): Candidate {
  const instrument = turn.state.instrument(intent.instrument);
  const entry = aim === "enter";
  const price = worstPrice(turn, instrument.id, intent.side, entry ? turn.rules.entryWorstBps : turn.rules.exitWorstBps);
  const quantity = wantedQuantity(intent, price, instrument.multiplier, instrument.lot);
  const plan = entry ? turn.state.protection(instrument.id) : undefined;
  const stopLoss = intent.stopLoss ?? plan?.stopLoss;
  const takeProfit = intent.takeProfit ?? plan?.takeProfit;
  return {
    intent: intent.id,
    instrument,
    side: intent.side,
    purpose: purposes[aim],
    type: "limit",
    reduceOnly: !entry,
    quantity,
    price,
    notional: price === 0n ? zeroMoney : notional(price, quantity, instrument.multiplier, "up"),
    stopLoss: entry ? stopLoss : undefined,
    takeProfit: entry ? takeProfit : undefined,
    order: undefined,
    replaces: undefined,
  };
}

function wantedQuantity({ wanted }: Intent, price: Price, multiplier: Quantity, lot: Quantity): Quantity {
  switch (wanted.by) {
    case "quantity":
      return wanted.quantity;
    case "notional":
      return price <= 0n ? zeroQuantity : toLot(quantityFor(wanted.notional, price, multiplier, "down"), lot, "down");
    case "protection":
      return zeroQuantity;
  }
}

/** The middle moved against us by the allowance, on a tick and not beyond it; zero when nothing is quoted, which every rail refuses. */
function worstPrice(turn: Turn, id: Candidate["instrument"]["id"], side: Side, allowanceBps: number): Price {
  const quote = turn.quote(id);
  if (quote === undefined) return priceOfUnits(0n);
  const middle = priceOfUnits(divideUnits(quote.bid + quote.ask, 2n, "half_even"));
  const { tick } = turn.state.instrument(id);
  const allowance = bps(allowanceBps);
  return side === "buy"
    ? toTick(priceTimes(middle, onePlus(allowance), "down"), tick, "down")
    : toTick(priceTimes(middle, oneMinus(allowance), "up"), tick, "up");
}

/** Field by field and all of them, so that the rails meet candidates of one shape: read in every rail, they are the hottest records there are. */
export const candidateAs = (of: Candidate, order: ClientOrderId | undefined, quantity: Quantity, worth: Money): Candidate => ({
  intent: of.intent,
  instrument: of.instrument,
  side: of.side,
  purpose: of.purpose,
  type: of.type,
  reduceOnly: of.reduceOnly,
  quantity,
  price: of.price,
  notional: worth,
  stopLoss: of.stopLoss,
  takeProfit: of.takeProfit,
  order,
  replaces: of.replaces,
});

/** The scene for the rails; at later stages the candidate names its order, so that it is not counted against itself. */
export function sceneOf(turn: Turn, candidate: Candidate, stage: Scene["stage"], order?: ClientOrderId): Scene {
  return {
    now: turn.now,
    stage,
    candidate: order === undefined ? candidate : candidateAs(candidate, order, candidate.quantity, candidate.notional),
    standing: turn.state,
    quote: turn.quote,
    instrument: (id) => turn.state.instrument(id),
    sessionOpen: turn.sessionOpen(candidate.instrument.id),
    limits: turn.rules.limits,
    charges: turn.rules.charges,
  };
}
