import type { Proposal } from "../../../flow/proposals/proposal.ts";
import type { Entry } from "../../../journal/entry.ts";
import { count } from "../../../journal/readable.ts";
import type { CorrelationId } from "../../../words/ids.ts";
import { closed, filled, verdict, wanted } from "./line-moments.ts";
import type { Moment, Said } from "./moment.ts";
import { ofKind, type Played } from "./played.ts";

const wishesMax = 3;

/** One answer with verdicts of several kinds, the best trade from wish to money, and a limit that latched. */
export function perpsMoments(played: Played): readonly Moment[] {
  const answer = mixedAnswer(played);
  return [...(answer === undefined ? [] : [answer]), ...latch(played), ...bestTrade(played, answer?.decision)];
}

/** What a model asks for; holding and moving a stop ask for nothing. */
const wishes = (decision: readonly Entry[]): readonly Proposal[] =>
  ofKind(decision, "proposed")
    .map(({ fact }) => fact.proposal)
    .filter(({ action }) => action !== "hold" && action !== "adjust_orders");

/** The answer that shows most of what can become of a wish, in the fewest lines. */
function mixedAnswer(played: Played): Moment | undefined {
  let [best, most]: [CorrelationId | undefined, number] = [undefined, 0];
  for (const [decision, entries] of played.decisions) {
    const number = wishes(entries).length;
    if (number === 0 || number > wishesMax) continue;
    const traded = ofKind(entries, "filled").length > 0 ? 4 : 0;
    const refused = ofKind(entries, "refused").length > 0 ? 4 : 0;
    const trimmed = ofKind(entries, "passed").some(({ fact }) => fact.verdicts.some(({ outcome }) => outcome === "trimmed")) ? 2 : 0;
    const shown = traded + refused + trimmed - number;
    if (shown > most) [best, most] = [decision, shown];
  }
  const entries = played.of(best);
  const at = entries[0]?.at;
  if (at === undefined) return undefined;
  const lines = wishes(entries).flatMap((proposal): Said[] => {
    const { instrument } = proposal;
    const name = played.name(instrument);
    const trade = closed(played.trade(best, instrument), name);
    return [wanted(proposal, name), ...verdict(entries, instrument), ...filled(played, entries, instrument), ...trade];
  });
  return { at, decision: best, title: "One answer over the whole portfolio, one verdict for each wish", lines };
}

/** A loss limit that fired, and what it then turned away. */
function latch({ entries }: Played): readonly Moment[] {
  const fired = ofKind(entries, "latched")[0];
  if (fired === undefined) return [];
  const { name, by, reason } = fired.fact.latch;
  const refused = ofKind(entries, "refused").filter(({ fact }) => fact.refusal.code === `loss_latch.${name}`);
  const after: Said[] =
    refused.length === 0
      ? []
      : [{ label: "refused", text: `${count(refused.length, "entry").replace(/ys$/, "ies")} while it held`, tone: "bad" }];
  const title = "A loss limit latches: entries are refused, what is held stays guarded";
  return [{ at: fired.at, title, lines: [{ label: "latched", text: `${name} by ${by}: ${reason}`, tone: "warn" }, ...after] }];
}

function bestTrade(played: Played, told: CorrelationId | undefined): readonly Moment[] {
  const [best] = played.state.trades
    .filter(({ correlation, net }) => net > 0n && correlation !== undefined && correlation !== told)
    .toSorted((one, other) => (one.net > other.net ? -1 : 1));
  const entries = played.of(best?.correlation);
  const proposal = wishes(entries).find(({ instrument }) => instrument === best?.instrument);
  const at = entries[0]?.at;
  if (best === undefined || proposal === undefined || at === undefined) return [];
  const name = played.name(best.instrument);
  const moves = ofKind(played.entries, "protection_planned").filter(
    ({ at: when, fact }) => fact.plan.instrument === best.instrument && inside(when, best) && fact.plan.correlation !== best.correlation,
  ).length;
  const followed: Said[] = moves === 0 ? [] : [{ label: "guarded", text: `its stop was moved ${moves === 1 ? "once" : `${moves} times`}` }];
  const lines = [
    wanted(proposal, name),
    ...verdict(entries, best.instrument),
    ...filled(played, entries, best.instrument),
    ...followed,
    ...closed(best, name),
  ];
  return [{ at, decision: best.correlation, title: "The best trade of the run, from wish to money", lines }];
}

const inside = (
  at: Temporal.Instant,
  { openedAt, closedAt }: { readonly openedAt: Temporal.Instant; readonly closedAt: Temporal.Instant },
): boolean => Temporal.Instant.compare(at, openedAt) >= 0 && Temporal.Instant.compare(at, closedAt) <= 0;
