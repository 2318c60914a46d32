import type { SessionSummary } from "./options-session.ts";

/** Records become texts for Slack (OPT-10): blocks as its API takes them, here as plain data. Sending them is another's work. */

export type SlackBlock =
  | { readonly type: "header"; readonly text: { readonly type: "plain_text"; readonly text: string } }
  | { readonly type: "section"; readonly text: { readonly type: "mrkdwn"; readonly text: string } }
  | { readonly type: "context"; readonly elements: readonly { readonly type: "mrkdwn"; readonly text: string }[] };

/**
 * `text` is what a notification shows, and all of it where nothing is to be done: such a record has no blocks. `correlation` is the decision
 * that it comes from; of a session the last one of its day.
 */
export type SlackMessage = {
  readonly kind: Actionable["what"] | "heartbeat" | "session";
  readonly correlation: string;
  readonly text: string;
  readonly blocks: readonly SlackBlock[];
};

/** An order, a rail that closed, or an item for a person: what someone should see at once. */
export type Actionable = {
  readonly what: "bought" | "sold" | "closed_by_rail" | "person_asked";
  readonly correlation: string;
  readonly symbol: string;
  readonly contract: string;
  readonly why: string;
  /** 0..1, of a model's answer alone. */
  readonly confidence?: number;
  /** How a person answers it from a shell. */
  readonly item?: string;
};

const headlines = {
  bought: "Bought",
  sold: "Sold",
  closed_by_rail: "Closed by a hard rail",
  person_asked: "Needs a person",
} as const satisfies Record<Actionable["what"], string>;

/** Characters that Slack would take for markup or a mention: a model's words must not ring a channel. */
export const slackText = (text: string): string =>
  text
    .replace(/[\p{C}\s]+/gu, " ")
    .trim()
    .slice(0, 600)
    .toWellFormed()
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;");

const section = (text: string): SlackBlock => ({ type: "section", text: { type: "mrkdwn", text } });
const foot = (correlation: string): SlackBlock => ({
  type: "context",
  elements: [{ type: "mrkdwn", text: `decision \`${correlation}\`` }],
});

export function actionableMessage({ what, correlation, symbol, contract, why, confidence, item }: Actionable): SlackMessage {
  const head = `${headlines[what]}: ${slackText(contract)}`;
  const sure = confidence === undefined ? "" : `, ${Math.round(confidence * 100)}% sure`;
  const answer = item === undefined ? [] : [section(`\`countersign queue answer ${slackText(item)}\``)];
  return {
    kind: what,
    correlation,
    text: head,
    blocks: [
      { type: "header", text: { type: "plain_text", text: head.slice(0, 150) } },
      section(`*${slackText(symbol)}*${sure}: ${slackText(why)}`),
      ...answer,
      foot(correlation),
    ],
  };
}

/** One line for a scan in which nothing was to be done. */
export const heartbeat = (correlation: string, candidates: number, outcomes: Readonly<Record<string, number>>): SlackMessage => ({
  kind: "heartbeat",
  correlation,
  text: `options: ${candidates} looked at, ${pairs(outcomes) || "nothing there"} (${correlation})`,
  blocks: [],
});

const pairs = (of: Readonly<Record<string, number>>): string =>
  Object.entries(of)
    .map(([name, count]) => `${slackText(name)} ${count}`)
    .join(", ");

/** The day in one message: counts, tokens, cost, and what each gate held back. */
export function sessionMessage(of: SessionSummary, correlation: string): SlackMessage {
  const { questions, blocks, person, closedByRails } = of;
  const head = `Options, session of ${of.date}`;
  const sureness = of.confidence.map((count, tenth) => (count === 0 ? "" : `0.${tenth}: ${count}`)).filter((each) => each !== "");
  const lines = [
    `*Scans* ${of.scans}, *candidates* ${of.candidates}: ${pairs(of.outcomes)}`,
    `*Questions* ${questions.asked}${questions.budgetUse === null ? "" : ` (${Math.round(questions.budgetUse * 100)}% of the budget)`}, ${questions.overBudget} waited for another scan, ${questions.tokensIn} + ${questions.tokensOut} tokens, ${questions.cost} USD`,
    `*Held back* by gate 1 ${blocks.gate1}, by gate 2 ${blocks.gate2}: ${pairs(blocks.byReason) || "nothing"}`,
    `*Closed by rails* ${pairs(closedByRails) || "none"}`,
    `*Confidence* ${sureness.join(", ") || "no answers"}`,
    `*Person* asked ${person.asked}, answered ${person.answered}, too late ${person.expired}${person.compared === 0 ? "" : `, agreed with the model in ${person.agreed} of ${person.compared}`}`,
  ];
  const told: readonly SlackBlock[] = [
    { type: "header", text: { type: "plain_text", text: head } },
    ...lines.map(section),
    foot(correlation),
  ];
  return { kind: "session", correlation, text: head, blocks: told };
}
