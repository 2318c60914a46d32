import { consensusOf } from "../flow/proposals/council-consensus.ts";
import { mayResearch, type CouncilPack } from "../flow/proposals/council-pack.ts";
import { researchQuestion, type CouncilPrice } from "../flow/proposals/council-questions.ts";
import type { Research } from "../flow/proposals/council-words.ts";
import { checkResearch, readResearch } from "../flow/proposals/read-pitch.ts";
import { digestOf } from "../runtime/digest.ts";
import { record, type Line } from "../runtime/line.ts";
import type { Turn } from "../runtime/turn.ts";
import type { CouncilSettings } from "./council-settings.ts";
import { putQuestions } from "./put-question.ts";

/** Events further ahead belong to a later week. */
const aheadMs = 8 * 86_400_000;

/**
 * The pack of a week: regime and events by rules, two analysts at once, and where they differ; then it is frozen. This is the one place
 * where research is asked for, and `meeting` is undefined everywhere but in a meeting.
 */
export function* research(
  turn: Turn,
  settings: CouncilSettings,
  meeting: string | undefined,
  prices: readonly CouncilPrice[],
): Line<{ readonly pack: CouncilPack; readonly packHash: string } | undefined> {
  const { correlation, state, now } = turn;
  const may = mayResearch(state.decisions.council.week, meeting);
  if (!may.ok) {
    yield record({ kind: "research_refused", ...may.error }, correlation);
    return undefined;
  }
  const week = may.value;
  const regime = settings.regimeAt(now.epochMilliseconds);
  const events = settings.eventList.filter(
    ({ at }) => at.epochMilliseconds > now.epochMilliseconds && at.epochMilliseconds <= now.epochMilliseconds + aheadMs,
  );
  const market = { week, regime, events, prices };
  const ask = (model: string) => ({ model, prompt: settings.prompts.research, deadlineMs: settings.deadlineMs });
  const [a, b] = yield* putQuestions(turn, [
    researchQuestion("A", market, ask(settings.models.a)),
    researchQuestion("B", market, ask(settings.models.b)),
  ]);
  const researchA = yield* heard(turn, week, "A", a);
  const researchB = yield* heard(turn, week, "B", b);
  const pack: CouncilPack = {
    week,
    regime,
    events,
    refusedEvents: settings.refusedEvents,
    ...(researchA === undefined ? {} : { researchA }),
    ...(researchB === undefined ? {} : { researchB }),
    consensus: consensusOf(researchA, researchB),
  };
  const packHash = digestOf(JSON.stringify(pack));
  yield record({ kind: "pack_frozen", week, packHash, pack }, correlation);
  return { pack, packHash };
}

type Said = string | { readonly none: string } | undefined;

/** An analyst who fails is named, and the council goes on with the other and with what rules have measured. */
function* heard({ correlation }: Turn, week: string, name: "A" | "B", said: Said): Line<Research | undefined> {
  const out = (why: string, detail: string) =>
    record({ kind: "left_out", week, member: `research ${name}`, as: "research", why, detail }, correlation);
  if (typeof said !== "string") {
    yield out(said?.none ?? "model_failed", "");
    return undefined;
  }
  const read = readResearch(said);
  if (!read.ok) {
    yield out("unreadable", `${read.error.code}: ${read.error.detail}`);
    return undefined;
  }
  const fault = checkResearch(read.value);
  if (fault === undefined) return read.value;
  yield out(fault.code, fault.detail);
  return undefined;
}
