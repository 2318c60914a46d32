import type { Context } from "../flow/context/gather.ts";
import { arbiterSchema, type ArbiterChoice } from "../flow/proposals/crypto-schema.ts";
import { readArbiter, type ArbiterReply } from "../flow/proposals/read-trader.ts";
import { arbiterQuestion, type Opposed } from "../flow/proposals/trader-question.ts";
import { isOpen, type Compared } from "../flow/resolution/arbitrate-universe.ts";
import { record, type Line } from "../runtime/line.ts";
import type { Turn } from "../runtime/turn.ts";
import type { InstrumentId } from "../words/ids.ts";
import type { CryptoSettings } from "./crypto-settings.ts";
import { putQuestion } from "./put-question.ts";

type Choices = ReadonlyMap<InstrumentId, ArbiterChoice | "unheard">;

/** What the table leaves open goes to the arbiter in one question (DUAL-3); whatever it does not answer stays undone. */
export function* askArbiter(turn: Turn, { arbiter }: CryptoSettings, context: Context, compared: readonly Compared[]): Line<Choices> {
  const cases = compared.flatMap((each) => opposedOf(each, context));
  if (arbiter === undefined || cases.length === 0) return new Map();
  const open = new Map(cases.map(({ instrument, opposed }) => [opposed.symbol, instrument]));
  const unheard = new Map([...open.values()].map((instrument) => [instrument, "unheard" as const]));
  const question = arbiterQuestion(
    context,
    cases.map(({ opposed }) => opposed),
    arbiter,
  );
  const answer = yield* putQuestion(turn, question);
  if (typeof answer !== "string") return unheard;
  const read = readArbiter(answer);
  const fault = read.ok ? strange(read.value.reply, open) : { why: read.error.code, detail: read.error.detail };
  if (!read.ok || fault !== undefined) {
    yield record({ kind: "fell_back", why: `unreadable: ${fault?.why ?? ""}`, detail: fault?.detail ?? "" }, turn.correlation);
    return unheard;
  }
  const { reply, normalised } = read.value;
  if (normalised.count > 0) yield record({ kind: "answer_normalised", schema: arbiterSchema.name, ...normalised }, turn.correlation);
  const said = reply.flatMap(({ symbol, choice }) => {
    const instrument = open.get(symbol);
    return instrument === undefined ? [] : [[instrument, choice] as const];
  });
  return new Map<InstrumentId, ArbiterChoice | "unheard">([...unheard, ...said]);
}

function opposedOf(compared: Compared, { assets }: Context): readonly { readonly instrument: InstrumentId; readonly opposed: Opposed }[] {
  const { instrument, local, ai } = compared;
  const symbol = assets.find((asset) => asset.instrument.id === instrument)?.instrument.symbol;
  if (!isOpen(compared) || local === undefined || ai === undefined || symbol === undefined) return [];
  const shown = ({ side, confidence, sizePct, offer }: typeof local): Opposed["ai"] => ({
    side,
    confidence,
    sizePct,
    rationale: offer.proposal.rationale,
  });
  return [{ instrument, opposed: { symbol, local: shown(local), ai: shown(ai) } }];
}

/** An answer about something else, or twice about one thing, is none: to take a part of it would be to choose for the arbiter. */
function strange(
  reply: ArbiterReply,
  open: ReadonlyMap<string, InstrumentId>,
): { readonly why: string; readonly detail: string } | undefined {
  const seen = new Set<string>();
  for (const { symbol } of reply) {
    if (!open.has(symbol)) return { why: "unknown_symbol", detail: symbol };
    if (seen.has(symbol)) return { why: "symbol_twice", detail: symbol };
    seen.add(symbol);
  }
  return undefined;
}
