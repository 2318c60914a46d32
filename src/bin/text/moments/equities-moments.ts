import { factWords } from "../../../journal/fact-line.ts";
import { readableMoney, readablePercent } from "../../../journal/readable.ts";
import { parseMoney } from "../../../words/money.ts";
import { closed, filled, verdict } from "./line-moments.ts";
import type { Moment, Said } from "./moment.ts";
import { ofKind, type EntryOf, type Played } from "./played.ts";

type Weighed = EntryOf<"edge_weighed">;

/** An edge that was acted on, one that was passed up, one that a rail refused, and what outcomes taught. */
export function equitiesMoments(played: Played): readonly Moment[] {
  const weighed = ofKind(played.entries, "edge_weighed");
  const isCalibrated = ({ fact }: Weighed): boolean => fact.edge.pWin !== fact.edge.pWinSaid;
  const acted = weighed.filter((each) => filled(played, played.of(each.correlation), each.fact.instrument).length > 0);
  const passedUp = weighed.filter((each) => ofKind(played.of(each.correlation), "proposal_refused").some(isOf(each)));
  const refused = weighed.find((each) => ofKind(played.of(each.correlation), "refused").some(isOf(each)));
  const taught = ofKind(played.entries, "calibrator_fitted").at(-1);
  return [
    ...moment(played, acted.find((each) => isCalibrated(each) && isOver(played, each)) ?? acted[0], "Worth more than it costs: acted on"),
    ...moment(played, passedUp.find(isCalibrated) ?? passedUp[0], "Below the threshold after calibration: passed up"),
    ...moment(played, refused, "Worth it, and refused by a rail"),
    ...(taught === undefined
      ? []
      : [
          {
            at: taught.at,
            decision: taught.correlation,
            title: "What the model says is held against what came true",
            lines: [{ label: "calibrated", text: factWords(taught.fact) }],
          },
        ]),
  ];
}

const isOf =
  ({ fact: { instrument } }: Weighed) =>
  ({ fact }: EntryOf<"proposal_refused" | "refused">): boolean =>
    fact.instrument === instrument;

const isOver = (played: Played, { correlation, fact }: Weighed): boolean => played.trade(correlation, fact.instrument) !== undefined;

function moment(played: Played, told: Weighed | undefined, title: string): readonly Moment[] {
  if (told === undefined) return [];
  const { at, correlation, fact } = told;
  const { instrument, edge, arithmetic } = fact;
  const { pWin, pWinSaid, riskReward, costBps, evBps } = edge;
  const entries = played.of(correlation);
  const name = played.name(instrument);
  const proposal = ofKind(entries, "proposed").find((each) => each.fact.proposal.id === fact.proposal)?.fact.proposal;
  const chance =
    pWin === pWinSaid
      ? `${readablePercent(pWin)} to win, uncalibrated`
      : `${readablePercent(pWinSaid)} said is ${readablePercent(pWin)} calibrated`;
  const lines: Said[] = [
    ...(proposal === undefined
      ? []
      : [{ label: "model", text: `${proposal.action} ${name}, ${readablePercent(proposal.confidence)} sure: ${proposal.rationale}` }]),
    {
      label: "edge",
      text: `${chance}, ${riskReward.toFixed(2)} to 1; ${evBps.toFixed(1)} bps after ${costBps.toFixed(1)} of costs`,
      tone: evBps > 0 ? "good" : "bad",
    },
    ...(evBps > 0 ? [{ label: "size", text: sizes(arithmetic) }] : []),
    ...verdict(entries, instrument),
    ...filled(played, entries, instrument),
    ...closed(played.trade(correlation, instrument), name),
  ];
  return [{ at, decision: correlation, title, lines }];
}

/** The smallest of the three counts. */
const sizes = ({ byAtr, byKelly, orderMax }: Readonly<Record<string, string>>): string =>
  `by range ${amount(byAtr)}, by Kelly ${amount(byKelly)}, at most ${amount(orderMax)}: the smallest counts`;

function amount(text = ""): string {
  const read = parseMoney(text);
  return read.ok ? readableMoney(read.value) : text;
}
