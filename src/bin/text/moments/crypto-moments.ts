import type { ArbitrationRule } from "../../../flow/resolution/arbitrate.ts";
import type { ArbitrationRow } from "../../../flow/resolution/arbitrated.ts";
import { readablePercent } from "../../../journal/readable.ts";
import { closed, filled, verdict } from "./line-moments.ts";
import type { Moment, Said } from "./moment.ts";
import { ofKind, type EntryOf, type Played } from "./played.ts";

/** Both agreed, one of them followed against the other, and what the table leaves open. */
export function cryptoMoments(played: Played): readonly Moment[] {
  const rows = ofKind(played.entries, "arbitrated").flatMap((entry) => entry.fact.arbitrations.map((row): Row => ({ entry, row })));
  const isFilled = ({ entry, row }: Row): boolean => filled(played, played.of(entry.correlation), row.instrument).length > 0;
  const isEntry = ({ entry, row }: Row): boolean =>
    ofKind(played.of(entry.correlation), "resolved").some(
      ({ fact: { intent } }) => intent.instrument === row.instrument && intent.aim === "enter",
    );
  const ofOrders = rows.filter(isFilled);
  // What enters tells more than what only closes the other side.
  const traded = [...ofOrders.filter(isEntry), ...ofOrders];
  const agreed = traded.find(({ row }) => row.resolution === "BLEND");
  const ai = traded.find(({ row }) => row.resolution === "AI");
  const rules = traded.find(({ row }) => row.resolution === "LOCAL");
  const isOpen = ({ row }: Row): boolean => row.reason === "no_clear_winner";
  return [
    ...moment(played, agreed, "Rules and AI trader agree"),
    ...moment(played, ai ?? rules, `They disagree, and the table follows the ${ai === undefined ? "rules" : "AI trader"}`),
    ...moment(played, traded.find(isOpen) ?? rows.find(isOpen), "They disagree, and the table follows neither"),
  ];
}

type Row = { readonly entry: EntryOf<"arbitrated">; readonly row: ArbitrationRow };

function moment(played: Played, told: Row | undefined, title: string): readonly Moment[] {
  if (told === undefined) return [];
  const { entry, row } = told;
  const { local, ai, arbiter, instrument } = row;
  const entries = played.of(entry.correlation);
  const name = played.name(instrument);
  const lines: Said[] = [
    ...(local === undefined
      ? []
      : [{ label: "rules", text: `${local.side} ${name}, ${readablePercent(local.conviction)} sure, ${local.sizePct}% of equity` }]),
    ...(ai === undefined
      ? []
      : [{ label: "AI trader", text: `${ai.side} ${name}, ${readablePercent(ai.confidence)} sure, ${ai.sizePct}% of equity` }]),
    { label: "table", text: `${row.resolution}: ${because(row, entry.fact.rule)}`, tone: row.resolution === "NONE" ? "bad" : "good" },
    ...(arbiter === undefined ? [] : [{ label: "arbiter", text: choices[arbiter] }]),
    ...verdict(entries, instrument),
    ...filled(played, entries, instrument),
    ...closed(played.trade(entry.correlation, instrument), name),
  ];
  return [{ at: entry.at, decision: entry.correlation, title, lines }];
}

/** Where the table leaves it open, an arbiter picks one of two proposals and can change neither. */
const choices = {
  local: "asked, follows the rules as they stand",
  ai: "asked, follows the AI trader as it stands",
  none: "asked, follows neither",
  unheard: "asked, and not heard: nobody is followed",
} as const satisfies Record<NonNullable<ArbitrationRow["arbiter"]>, string>;

/** The line of the table that decided, with the numbers that it was decided by. */
function because({ reason }: ArbitrationRow, rule: ArbitrationRule): string {
  const [override, weak, ahead] = [rule.aiOverrideThreshold, rule.localWeakConviction, rule.aiConfidenceAdvantage].map(readablePercent);
  switch (reason) {
    case "agreed":
      return rule.blendMode === "conservative"
        ? "both want it, so the smaller of the two sizes"
        : "both want it, so the middle of the two sizes";
    case "ai_unsure":
      return `against the rules, an AI below ${override} is not heard`;
    case "local_weak":
      return `rules below ${weak} yield to an AI that is more than ${ahead} surer`;
    case "no_clear_winner":
      return `the AI is heard from ${override}, but the rules yield only below ${weak}`;
    default:
      return reason.replaceAll("_", " ");
  }
}
