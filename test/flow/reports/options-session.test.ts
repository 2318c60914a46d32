import { describe, expect, it } from "vitest";
import { actionableMessage, heartbeat, sessionMessage, slackText } from "../../../src/flow/reports/options-blocks.ts";
import { OptionsSession } from "../../../src/flow/reports/options-session.ts";
import { money } from "../../../src/words/money.ts";

function aSession(): OptionsSession {
  const session = new OptionsSession("2026-06-01", 4);
  session.scanned(3, { hold: 2, sell: 1 });
  session.scanned(3, { over_budget: 3 });
  for (let question = 0; question < 3; question++) session.asked();
  session.answered(100, 20, money("0.01"));
  session.answered(50, 10, money("0.02"));
  session.gated("exit", "A", "SELL", 0.8, { gate1: true, gate2: true }, []);
  session.gated("exit", "B", "HOLD", 0.55, { gate1: true, gate2: false }, ["confidence"]);
  session.gated("exit", "C", "SELL", 1, { gate1: false, gate2: true }, ["profit_too_small"]);
  session.closedByRail("stop_loss");
  session.personAsked();
  session.personAnswered("exit", "B", "hold");
  session.personAnswered("exit", "A", "hold");
  session.personAnswered("entry", "D", "approve");
  session.personObeyed("held_by_person");
  session.personObeyed("held_by_person");
  session.personObeyed("no_longer_there");
  return session;
}

describe("a session in figures (OPT-11)", () => {
  it("adds up, spreads confidence over tenths and compares a person with the model", () => {
    expect(aSession().summary()).toEqual({
      date: "2026-06-01",
      scans: 2,
      candidates: 6,
      outcomes: { hold: 2, over_budget: 3, sell: 1 },
      questions: { asked: 3, budgetUse: 0.375, overBudget: 3, tokensIn: 150, tokensOut: 30, cost: "0.03" },
      confidence: [0, 0, 0, 0, 0, 1, 0, 0, 1, 1],
      blocks: { gate1: 1, gate2: 1, byReason: { confidence: 1, profit_too_small: 1 } },
      closedByRails: { stop_loss: 1 },
      person: { asked: 1, answered: 3, expired: 0, became: { held_by_person: 2, no_longer_there: 1 }, compared: 2, agreed: 1 },
    });
  });
});

describe("what Slack is told (OPT-10)", () => {
  it("is one line for a scan in which nothing happened, with its decision", () => {
    expect(heartbeat("c-1", 2, { hold: 2 })).toEqual({
      kind: "heartbeat",
      correlation: "c-1",
      text: "options: 2 looked at, hold 2 (c-1)",
      blocks: [],
    });
  });

  it("is a message with the decision, the contract and how to answer where a person is needed", () => {
    const message = actionableMessage({
      what: "person_asked",
      correlation: "c-1",
      symbol: "SPY",
      contract: "SPY261218C00600000",
      why: "confidence",
      item: "c-1.q0",
    });
    const text = JSON.stringify(message);
    for (const part of ["SPY261218C00600000", "confidence", "countersign queue answer c-1.q0", "c-1"]) expect(text).toContain(part);
  });

  it("cannot be made to ring a channel or to forge a link by a model's words", () => {
    expect(slackText("<!channel> sell & run\u202e <http://x|y>")).toBe("&lt;!channel&gt; sell &amp; run &lt;http://x|y&gt;");
  });

  it("has the day's counts, tokens, cost and blocks by gate", () => {
    const text = JSON.stringify(sessionMessage(aSession().summary(), "c-9"));
    for (const part of ["gate 1 1", "gate 2 1", "150 + 30 tokens", "0.03 USD", "over_budget 3", "agreed with the model in 1 of 2", "c-9"])
      expect(text).toContain(part);
  });
});
