import { demoOptionsPlan } from "../src/bin/options-plan.ts";
import { loadConfig } from "../src/config/load-config.ts";
import { lookAround, type Seen } from "../src/desks/options-candidates.ts";
import { OptionsScene } from "../src/desks/options-scene.ts";
import { readEntryAnswer } from "../src/flow/proposals/read-option-answer.ts";
import { dualGate } from "../src/flow/resolution/dual-gate.ts";
import type { Intent } from "../src/flow/resolution/intent.ts";
import { MemoryJournal } from "../src/journal/memory-store.ts";
import type { Turn } from "../src/runtime/turn.ts";
import { intentId, proposalId } from "../src/words/ids.ts";
import { invariant } from "../src/words/invariant.ts";
import { freshTurn, passes, type Decision } from "./decision-scene.ts";
import { snapshotsOf } from "./decision-snapshots.ts";

/** The first contract of a made-up session that the options desk would ask about buying. */
const loaded = loadConfig({ set: ["venue.latencyMs=0"] });
invariant(loaded.ok, "the defaults are a configuration");
const plan = demoOptionsPlan(loaded.value, new MemoryJournal());
const { settings } = plan;

const text = JSON.stringify({
  action: "APPROVE",
  confidence: 0.8,
  rationale:
    "the trend of the underlying is up on both frames, its volume rises, the spread is narrow for the strike, and theta takes less of the premium until the session's end than half of one ordinary hour's move gives; implied volatility is below what was realised over the last sessions, so the contract is not dear.",
});

function judgedBy({ turn, scene, contract }: Found): number {
  const read = readEntryAnswer(text);
  invariant(read.ok, "the reply is read");
  const { action, confidence } = read.value;
  const situation = scene.entrySituation(contract.instrument, contract.market);
  if (!dualGate({ kind: "entry", action, confidence, situation }, settings.limits).acts) return 0;
  const { correlation } = turn;
  const intent: Intent = {
    id: intentId("bench-0001.1"),
    correlation,
    proposals: [proposalId("bench-0001.1")],
    instrument: contract.instrument.id,
    confidence,
    aim: "enter",
    side: "buy",
    wanted: { by: "notional", notional: settings.premiumMax },
  };
  return passes(turn, intent) ? 1 : 0;
}

type Found = { readonly turn: Turn; readonly scene: OptionsScene; readonly contract: Seen };

function found(): Found {
  for (const snapshot of snapshotsOf(plan)) {
    const { turn } = freshTurn(plan, snapshot);
    const scene = new OptionsScene(turn, settings);
    for (const candidate of lookAround(turn, settings, scene)) {
      if ("settled" in candidate || candidate.contract === undefined) continue;
      const at = { turn, scene, contract: candidate.contract };
      if (judgedBy(at) === 1) return at;
    }
  }
  throw new Error("no turn of the made-up sessions lets a contract through");
}
const at = found();

export const optionsDecision: Decision = {
  desk: "options",
  text,
  read: () => readEntryAnswer(text),
  judged: () => judgedBy(at),
  intents: 1,
};
