import { planScan } from "../flow/resolution/scan-plan.ts";
import type { HardRail } from "../flow/resolution/option-hard-rails.ts";
import { refusalOf } from "../flow/resolution/option-hard-rails.ts";
import { record, type Line } from "../runtime/line.ts";
import type { Turn } from "../runtime/turn.ts";
import { deskId } from "../words/ids.ts";
import { keysOf, lookAround, type DeskCandidate } from "./options-candidates.ts";
import { sell } from "./options-orders.ts";
import { askPerson, dropAnswers, expireItems, obey } from "./options-person.ts";
import { ask, type Asked } from "./options-questions.ts";
import { OptionsScene } from "./options-scene.ts";
import type { OptionsSettings } from "./options-settings.ts";
import { Tally } from "./tally.ts";

export const options = { id: deskId("options"), cycle };

/** One scan over open options and a watchlist: hard rails first, then people, then as many questions as the budget has (OPT-1 to OPT-6). */
function* cycle(turn: Turn, settings: OptionsSettings): Line {
  const { snapshot, state, correlation, now } = turn;
  let numbers = 0;
  const numbered = (): number => numbers++;

  // Observe.
  yield record(
    { kind: "woke", trigger: turn.trigger, strategy: settings.strategy.name, equity: state.equityAt(snapshot), snapshot },
    correlation,
  );
  const tally = new Tally(keysOf(turn, settings));
  yield* expireItems(turn);
  const scene = new OptionsScene(turn, settings);
  yield* dropAnswers(turn, lookAround(turn, settings, scene), settings.queueMs);
  const candidates: DeskCandidate[] = [];
  for (const found of lookAround(turn, settings, scene)) {
    if ("settled" in found) tally.count(found.key, found.settled);
    else candidates.push(found);
  }

  // Plan: one thing to do with each, protection before everything.
  const planned = planScan(
    candidates.map(({ plan }) => plan),
    now.epochMilliseconds,
    settings,
  );
  const asked: Asked[] = [];
  for (const [at, { step }] of planned.entries()) {
    const candidate = candidates[at];
    if (candidate === undefined) continue;
    switch (step.do) {
      case "leave":
        tally.count(candidate.key, step.outcome);
        break;
      case "close":
        tally.count(candidate.key, yield* closed(turn, candidate, step.rail, numbered()));
        break;
      case "obey":
        tally.count(candidate.key, yield* obey(turn, settings, scene, candidate, step.answer, numbered()));
        break;
      case "ask_person":
        yield* askPerson(turn, candidate, settings, numbered(), "not_automated", "");
        tally.count(candidate.key, "left_to_person");
        break;
      case "ask_model": {
        const { contract } = candidate;
        if (contract === undefined) tally.count(candidate.key, "no_contract");
        else asked.push({ ...candidate, contract });
      }
    }
  }

  // Propose, gate and countersign what the models say.
  for (const { key, outcome } of yield* ask(turn, settings, scene, asked, numbered)) tally.count(key, outcome);

  // Review.
  yield record(tally.scanned(), correlation);
}

/** A hard rail sells without asking anybody; a sale that does not go out is tried again at the next scan. */
function* closed(turn: Turn, { plan, position, contract, instrument }: DeskCandidate, rail: HardRail, number: number): Line<string> {
  const { fired, symbol } = plan;
  if (position === undefined || fired === undefined) return "no_position";
  const reasons = [refusalOf(fired)];
  yield record(
    { kind: "hard_rail_fired", decision: "exit", symbol, instrument: contract?.instrument.id ?? instrument, rail, reasons },
    turn.correlation,
  );
  if (plan.underWay === true) return "order_under_way";
  const sent = yield* sell(turn, position, { number, proposals: [], confidence: 1 });
  return sent === "ordered" ? `closed_by_${rail}` : `${rail}_${sent}`;
}
