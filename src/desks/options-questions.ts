import { entryQuestion, exitQuestion } from "../flow/proposals/option-question.ts";
import { optionEntrySchema, optionExitSchema } from "../flow/proposals/option-schemas.ts";
import type { Proposal } from "../flow/proposals/proposal.ts";
import { readEntryAnswer, readExitAnswer, type EntryAnswer, type ExitAnswer } from "../flow/proposals/read-option-answer.ts";
import type { Question } from "../flow/proposals/question.ts";
import { dualGate, type GateVerdict } from "../flow/resolution/dual-gate.ts";
import { record, type Line } from "../runtime/line.ts";
import type { Turn } from "../runtime/turn.ts";
import { proposalId } from "../words/ids.ts";
import { zeroMoney } from "../words/money.ts";
import type { DeskCandidate, Seen } from "./options-candidates.ts";
import { buy, sell } from "./options-orders.ts";
import { askPerson } from "./options-person.ts";
import type { OptionsScene } from "./options-scene.ts";
import type { OptionsSettings } from "./options-settings.ts";
import { putQuestions, type NoAnswer } from "./put-question.ts";

export type Asked = DeskCandidate & { readonly contract: Seen };
type Said = ExitAnswer | EntryAnswer;

/** Puts the questions of a scan all at once, which takes as long as the slowest; each answer goes through the gates on its own. */
export function* ask(
  turn: Turn,
  settings: OptionsSettings,
  scene: OptionsScene,
  asked: readonly Asked[],
  numbered: () => number,
): Line<readonly { readonly key: string; readonly outcome: string }[]> {
  const { correlation } = turn;
  for (const { plan, contract } of asked)
    yield record({ kind: "option_asked", decision: plan.kind, symbol: plan.symbol, instrument: contract.instrument.id }, correlation);
  const texts =
    asked.length === 0
      ? []
      : yield* putQuestions(
          turn,
          asked.map((each) => questionFor(settings, scene, each)),
        );
  const outcomes: { key: string; outcome: string }[] = [];
  for (const [at, candidate] of asked.entries()) {
    const said = yield* heard(turn, candidate, texts[at] ?? { none: "model_failed" });
    const outcome =
      "none" in said
        ? yield* fallBack(turn, settings, candidate, numbered(), said.none, "")
        : yield* gated(turn, settings, scene, candidate, said, numbered());
    outcomes.push({ key: candidate.key, outcome });
  }
  return outcomes;
}

function questionFor(settings: OptionsSettings, scene: OptionsScene, { plan, contract, position }: Asked): Question {
  const { model, deadlineMs, limits, exitPrompt, entryPrompt } = settings;
  const context = scene.context(contract.instrument, contract.market, position);
  const ask = { model, deadlineMs, style: limits.exitBias };
  return plan.kind === "exit"
    ? exitQuestion(context, { ...ask, prompt: exitPrompt })
    : entryQuestion(context, { ...ask, prompt: entryPrompt });
}

function* heard(
  { correlation }: Turn,
  { plan, contract }: Asked,
  text: string | { readonly none: NoAnswer },
): Line<Said | { readonly none: NoAnswer }> {
  if (typeof text !== "string") return text;
  const exit = plan.kind === "exit";
  const read = exit ? readExitAnswer(text) : readEntryAnswer(text);
  if (!read.ok) {
    const detail = `${contract.instrument.symbol}: ${read.error.detail}`;
    yield record({ kind: "fell_back", why: `unreadable: ${read.error.code}`, detail }, correlation);
    return { none: "unreadable" };
  }
  const { normalised } = read.value;
  const schema = (exit ? optionExitSchema : optionEntrySchema).name;
  if (normalised.count > 0) yield record({ kind: "answer_normalised", schema, ...normalised }, correlation);
  return read.value;
}

function* fallBack(turn: Turn, settings: OptionsSettings, candidate: Asked, number: number, why: string, rationale: string): Line<string> {
  yield* askPerson(turn, candidate, settings, number, why, rationale);
  return why;
}

/** The situation is looked at again: an entry of this very scan may have taken the last place. */
function* gated(turn: Turn, settings: OptionsSettings, scene: OptionsScene, candidate: Asked, said: Said, number: number): Line<string> {
  const { correlation } = turn;
  const { contract, position, plan } = candidate;
  const proposal = proposed(turn, settings, candidate, said, number);
  yield record({ kind: "proposed", proposal }, correlation);
  const gate = verdictOn(settings, scene, candidate, said);
  const { action, confidence, rationale } = said;
  yield record(
    {
      kind: "option_gated",
      decision: plan.kind,
      symbol: plan.symbol,
      instrument: contract.instrument.id,
      action,
      confidence,
      acts: gate.acts,
      outcome: gate.outcome,
      gate1: gate.gate1 ?? false,
      gate2: gate.gate2 ?? false,
      reasons: gate.refusals,
      ...("waitMinutes" in said && said.waitMinutes !== undefined ? { waitMinutes: said.waitMinutes } : {}),
    },
    correlation,
  );
  if (!gate.acts) {
    yield record({ kind: "stood_down", instrument: contract.instrument.id, proposals: [proposal.id], why: gate.outcome }, correlation);
    return gate.outcome === "manual_fallback" || gate.outcome === "need_user"
      ? yield* fallBack(turn, settings, candidate, number, gate.outcome, rationale)
      : gate.outcome;
  }
  const cause = { number, proposals: [proposal.id], confidence };
  const sent =
    position === undefined ? yield* buy(turn, contract.instrument.id, settings.premiumMax, cause) : yield* sell(turn, position, cause);
  if (sent !== "ordered") return `${gate.outcome}_${sent}`;
  if (position === undefined) scene.entered();
  return gate.outcome;
}

function verdictOn({ limits }: OptionsSettings, scene: OptionsScene, { contract, position }: Asked, said: Said): GateVerdict {
  const { instrument, market } = contract;
  const { confidence } = said;
  return position === undefined
    ? dualGate(
        { kind: "entry", action: (said as EntryAnswer).action, confidence, situation: scene.entrySituation(instrument, market) },
        limits,
      )
    : dualGate(
        { kind: "exit", action: (said as ExitAnswer).action, confidence, situation: scene.exitSituation(instrument, position, market) },
        limits,
      );
}

/** As every desk says it, so that one list shows the decisions of all. */
function proposed(
  { correlation }: Turn,
  { model, premiumMax, exitPrompt, entryPrompt }: OptionsSettings,
  { contract, position }: Asked,
  { action, confidence, rationale }: Said,
  number: number,
): Proposal {
  const enters = action === "APPROVE";
  return {
    id: proposalId(`${correlation}.${number}`),
    correlation,
    by: { kind: "model", name: model, version: (position === undefined ? entryPrompt : exitPrompt).id },
    instrument: contract.instrument.id,
    action: enters ? "buy" : action === "SELL" ? "close_position" : "hold",
    allocation: enters ? premiumMax : zeroMoney,
    confidence,
    riskLevel: "medium",
    exitPlan: enters ? "sold by the gates, the stop on the bid or the day's end" : "",
    rationale,
  };
}
