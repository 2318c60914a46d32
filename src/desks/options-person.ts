import { liquidityRefusals } from "../flow/resolution/option-liquidity.ts";
import type { PersonsAnswer } from "../flow/resolution/scan-plan.ts";
import { record, type Line } from "../runtime/line.ts";
import type { Turn } from "../runtime/turn.ts";
import type { DeskCandidate, Settled } from "./options-candidates.ts";
import { buy, sell } from "./options-orders.ts";
import type { OptionsScene } from "./options-scene.ts";
import type { OptionsSettings } from "./options-settings.ts";

/** Leaves a decision to a person (LINE-5): nothing is done until one answers, and the hard rails work on. */
export function* askPerson(
  { now, correlation, state }: Turn,
  { plan, instrument, contract }: DeskCandidate,
  { queueMs }: OptionsSettings,
  number: number,
  why: string,
  rationale: string,
): Line {
  // One item at a time: the first stands until it is answered or expires.
  if (state.decisions.options.item(plan.kind, plan.symbol) !== undefined) return;
  const expiresAt = now.add({ milliseconds: queueMs });
  const about = { decision: plan.kind, symbol: plan.symbol, instrument: contract?.instrument.id ?? instrument };
  yield record({ kind: "person_asked", ...about, item: `${correlation}.q${number}`, why, rationale, expiresAt }, correlation);
}

/** Items that nobody answered in time leave the queue, so that a person never answers to a market of long ago. */
export function* expireItems({ now, state, correlation }: Turn): Line {
  for (const { item, decision, symbol, expiresAt } of state.decisions.options.queue)
    if (Temporal.Instant.compare(expiresAt, now) <= 0) yield record({ kind: "person_expired", item, decision, symbol }, correlation);
}

/**
 * An answer to what is no longer there, such as a position that a rail has sold, is used up and says so; so is an approval that a kill
 * switch or a closed market has kept waiting for longer than a question would have waited.
 */
export function* dropAnswers({ state, now, correlation }: Turn, found: readonly (DeskCandidate | Settled)[], queueMs: number): Line {
  for (const { decision, symbol, action, answeredMs } of state.decisions.options.answers) {
    const of = found.find(({ key }) => key === `${decision} ${symbol}`);
    const gone = of === undefined || ("settled" in of && of.settled === "in_position");
    const late = action === "approve" && now.epochMilliseconds - answeredMs > queueMs;
    if (gone || late)
      yield record({ kind: "person_obeyed", decision, symbol, outcome: gone ? "no_longer_there" : "too_late" }, correlation);
  }
}

const declines: Readonly<Record<Extract<PersonsAnswer, "hold" | "deny">, string>> = { hold: "held_by_person", deny: "denied_by_person" };

/** Does what a person said. The gates are a model's; the contract's liquidity and every rail hold for a person too. */
export function* obey(
  turn: Turn,
  settings: OptionsSettings,
  scene: OptionsScene,
  candidate: DeskCandidate,
  answer: PersonsAnswer,
  number: number,
): Line<string> {
  const outcome = answer === "hold" || answer === "deny" ? declines[answer] : yield* act(turn, settings, scene, candidate, answer, number);
  const { kind: decision, symbol } = candidate.plan;
  yield record({ kind: "person_obeyed", decision, symbol, outcome }, turn.correlation);
  return outcome;
}

function* act(
  turn: Turn,
  settings: OptionsSettings,
  scene: OptionsScene,
  { position, contract }: DeskCandidate,
  answer: "sell" | "approve",
  number: number,
): Line<string> {
  const cause = { number, proposals: [], confidence: 1 };
  if (answer === "sell") {
    if (position === undefined) return "not_an_answer";
    const sold = yield* sell(turn, position, cause);
    return sold === "ordered" ? "sold_by_person" : `person_${sold}`;
  }
  if (position !== undefined) return "not_an_answer";
  if (contract === undefined) return "no_contract";
  const { instrument, market } = contract;
  if (liquidityRefusals(scene.entrySituation(instrument, market), settings.limits).length > 0) return "gate1_blocked";
  const bought = yield* buy(turn, instrument.id, settings.premiumMax, cause);
  if (bought !== "ordered") return `person_${bought}`;
  scene.entered();
  return "approved_by_person";
}
