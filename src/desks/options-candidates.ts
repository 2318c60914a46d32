import type { AssetSnapshot } from "../flow/market/snapshot.ts";
import type { Position } from "../flow/portfolio/position.ts";
import { optionSignal } from "../flow/proposals/option-signal.ts";
import { firedRail } from "../flow/resolution/option-hard-rails.ts";
import type { DecisionKind } from "../flow/resolution/option-situation.ts";
import { pickContract } from "../flow/resolution/pick-contract.ts";
import type { ScanCandidate } from "../flow/resolution/scan-plan.ts";
import type { QueueItem } from "../journal/options-log.ts";
import type { Turn } from "../runtime/turn.ts";
import type { InstrumentId } from "../words/ids.ts";
import type { Option } from "../words/instrument.ts";
import type { OptionsScene } from "./options-scene.ts";
import type { OptionsSettings } from "./options-settings.ts";

/** An option as the scan sees it. */
export type Seen = { readonly instrument: Option; readonly market: AssetSnapshot };

/** One candidate of a scan: `key` names it among all of them, `contract` is what would be traded, where that is known. */
export type DeskCandidate = {
  readonly key: string;
  readonly plan: ScanCandidate;
  /** What is held, or the underlying that is looked at. */
  readonly instrument: InstrumentId;
  readonly contract?: Seen;
  readonly position?: Position;
};

/** Found to be nothing to decide about in this scan: its outcome stands already. */
export type Settled = { readonly key: string; readonly settled: string };

const keyOf = (kind: DecisionKind, id: InstrumentId): string => `${kind} ${id}`;

/** Every open position is a candidate for an exit, every name of the watchlist for an entry; positions come first. */
export const keysOf = ({ state }: Turn, { watchlist }: OptionsSettings): readonly string[] => [
  ...state.positions.map(({ instrument }) => keyOf("exit", instrument)),
  ...watchlist.map((id) => keyOf("entry", id)),
];

export function lookAround(turn: Turn, settings: OptionsSettings, scene: OptionsScene): readonly (DeskCandidate | Settled)[] {
  return [
    ...turn.state.positions.map((position) => exitCandidate(turn, settings, scene, position)),
    ...settings.watchlist.map((id) => entryCandidate(turn, settings, scene, id)),
  ];
}

function exitCandidate(turn: Turn, { limits }: OptionsSettings, scene: OptionsScene, position: Position): DeskCandidate | Settled {
  const { state } = turn;
  const id = position.instrument;
  const key = keyOf("exit", id);
  const settled = unseen(turn, scene, id);
  const market = scene.asset(id);
  if (settled !== undefined || market === undefined) return { key, settled: settled ?? "no_data" };
  const instrument = state.instrument(id);
  const log = state.decisions.options;
  const plan: ScanCandidate = {
    kind: "exit",
    symbol: id,
    underWay: state.openOrders.some((order) => order.instrument === id),
    answered: log.answer("exit", id)?.action,
    asked: isPersons(log.item("exit", id)),
    waitsUntilMs: log.waitsUntilMs("exit", id),
    lastAskedMs: log.askedMs("exit", id),
  };
  if (instrument.kind !== "option" || position.quantity < 0n) return { key, plan: { ...plan, manual: true }, instrument: id, position };
  const fired = firedRail("exit", scene.exitSituation(instrument, position, market), limits);
  return { key, plan: { ...plan, fired }, instrument: id, contract: { instrument, market }, position };
}

function entryCandidate(turn: Turn, settings: OptionsSettings, scene: OptionsScene, id: InstrumentId): DeskCandidate | Settled {
  const { state } = turn;
  const key = keyOf("entry", id);
  const settled = unseen(turn, scene, id);
  const market = scene.asset(id);
  if (settled !== undefined || market === undefined) return { key, settled: settled ?? "no_data" };
  if (isHeld(turn, id)) return { key, settled: "in_position" };
  const log = state.decisions.options;
  const answer = log.answer("entry", id);
  const item = log.item("entry", id);
  const plan: ScanCandidate = {
    kind: "entry",
    symbol: id,
    fired: firedRail("entry", scene.entryAtAll(), settings.limits),
    answered: answer?.action,
    asked: isPersons(item),
    waitsUntilMs: log.waitsUntilMs("entry", id),
    lastAskedMs: log.askedMs("entry", id),
  };
  // What forbids, waits or refuses needs no contract; what a person approved is the very contract that the person was shown.
  if (plan.fired !== undefined || plan.asked === true || answer?.action === "deny") return { key, plan, instrument: id };
  const shown = answer === undefined ? undefined : log.shown("entry", id)?.instrument;
  const contract = shown === undefined ? picked(settings, scene, id, market) : seen(turn, scene, shown);
  if (typeof contract !== "string") {
    const fired = firedRail("entry", scene.entrySituation(contract.instrument, contract.market), settings.limits);
    return { key, plan: { ...plan, fired }, instrument: id, contract };
  }
  return answer === undefined ? { key, settled: contract } : { key, plan, instrument: id };
}

/**
 * What a model may not automate, or has handed over itself, is a person's alone. A doubtful or failed answer is not: the model is asked
 * again while the item stands, since a person may never look.
 */
const isPersons = (item: QueueItem | undefined): boolean => item?.why === "not_automated" || item?.why === "need_user";

function unseen({ snapshot }: Turn, scene: OptionsScene, id: InstrumentId): string | undefined {
  return scene.open ? snapshot.leftOut.find(({ instrument }) => instrument === id)?.why : "market_closed";
}

/** One contract on an underlying at a time: two of them would be one bet. */
function isHeld({ state }: Turn, underlying: InstrumentId): boolean {
  const isOn = (id: InstrumentId): boolean => {
    const instrument = state.instrument(id);
    return id === underlying || (instrument.kind === "option" && instrument.underlying === underlying);
  };
  return state.positions.some(({ instrument }) => isOn(instrument)) || state.openOrders.some(({ instrument }) => isOn(instrument));
}

/** The contract that a rule would buy on this underlying, or why there is none. */
function picked(
  settings: OptionsSettings,
  scene: OptionsScene,
  id: InstrumentId,
  market: AssetSnapshot,
): Seen | "no_signal" | "no_contract" {
  const right = optionSignal(market);
  if (right === undefined) return "no_signal";
  const offered = scene.contractsOf(id, right).flatMap((instrument) => {
    const of = scene.asset(instrument.id);
    return of === undefined ? [] : [{ instrument, market: of, situation: scene.entrySituation(instrument, of) }];
  });
  const pick = pickContract(offered, settings.deltaWanted, settings.limits);
  const of = pick === undefined ? undefined : scene.asset(pick.instrument.id);
  return pick === undefined || of === undefined ? "no_contract" : { instrument: pick.instrument, market: of };
}

function seen({ state }: Turn, scene: OptionsScene, id: InstrumentId): Seen | "no_contract" {
  const instrument = state.instrument(id);
  const market = scene.asset(id);
  return instrument.kind === "option" && market !== undefined ? { instrument, market } : "no_contract";
}
