import { describe, expect, it } from "vitest";
import type { Held } from "../context/some-context.ts";
import type { Proposal } from "../../../src/flow/proposals/proposal.ts";
import type { AssetDecision, PortfolioReply } from "../../../src/flow/proposals/read-portfolio.ts";
import { checkPortfolio, toProposal, validate } from "../../../src/flow/proposals/validate.ts";
import { correlationId, instrumentId, proposalId } from "../../../src/words/ids.ts";
import { money, sum } from "../../../src/words/money.ts";
import { price } from "../../../src/words/price.ts";
import { aContext, anAsset, aPerpetual, aPlan, aPosition, watchedThrough } from "../context/some-context.ts";

const { id: btc } = aPerpetual();
const eth = aPerpetual({ id: instrumentId("ETHUSDT.PERP"), symbol: "ETHUSDT" });
const rules = { allocationMax: money("50000"), confidenceMin: 0.5, stopRequired: true };

const aDecision = (with_: Partial<AssetDecision> = {}): AssetDecision => ({
  symbol: "BTCUSDT",
  action: "hold",
  allocation: money("0"),
  exitPlan: "",
  rationale: "",
  confidence: 0.7,
  riskLevel: "low",
  ...with_,
});
const aReply = (decisions: readonly AssetDecision[], total = sum(decisions.map(({ allocation }) => allocation))): PortfolioReply => ({
  normalised: { count: 0, list: [] },
  decisions,
  rationale: "",
  totalAllocation: total,
  riskLevel: "low",
});
const context = aContext([
  { watched: watchedThrough([1000], [{ times: 1, indicators: {} }]) },
  { watched: watchedThrough([500], [{ times: 1, indicators: {} }], { instrument: eth }) },
]);

describe("an answer as a whole (PERP-1)", () => {
  const [b, e] = [aDecision({ action: "buy", allocation: money("1000") }), aDecision({ symbol: "ETHUSDT" })];
  it.each<{ reply: PortfolioReply; code: string; because: string }>([
    { reply: aReply([b, e]), code: "ok", because: "every asset has one decision and the parts make the total" },
    { reply: aReply([e, b]), code: "ok", because: "their order is free" },
    { reply: aReply([b, aDecision({ symbol: "DOGEUSDT" })]), code: "unknown_symbol", because: "that asset was not asked about" },
    { reply: aReply([b, aDecision({ symbol: "ethusdt" })]), code: "unknown_symbol", because: "a symbol is spelled one way" },
    { reply: aReply([b, e, b]), code: "symbol_twice", because: "two decisions for one asset contradict" },
    { reply: aReply([b]), code: "symbol_missing", because: "an asset was forgotten" },
    { reply: aReply([]), code: "symbol_missing", because: "nothing was decided" },
    { reply: aReply([b, e], money("1010")), code: "ok", because: "one percent of the total is rounding" },
    { reply: aReply([b, e], money("1010.11")), code: "allocations_do_not_sum", because: "more than that is not" },
    { reply: aReply([b, e], money("990.09")), code: "allocations_do_not_sum", because: "nor is less" },
    {
      reply: aReply([aDecision({ action: "buy", allocation: money("10") }), e], money("11")),
      code: "ok",
      because: "a dollar is rounding where amounts are small",
    },
    {
      reply: aReply([aDecision({ action: "buy", allocation: money("10") }), e], money("11.01")),
      code: "allocations_do_not_sum",
      because: "more than a dollar and than a percent",
    },
  ])("is $code because $because", ({ reply, code }) => {
    const checked = checkPortfolio(reply, context);
    expect(checked.ok ? "ok" : checked.error.code).toBe(code);
  });

  it("names the symbol and the numbers that it did not like", () => {
    expect(checkPortfolio(aReply([b]), context)).toEqual({ ok: false, error: { code: "symbol_missing", symbol: "ETHUSDT" } });
    expect(checkPortfolio(aReply([b, e], money("2000")), context)).toEqual({
      ok: false,
      error: { code: "allocations_do_not_sum", measured: money("1000"), limit: money("2000") },
    });
  });
});

describe("a decision as a proposal", () => {
  const held = (quantity: string): Held => ({ position: aPosition(btc, quantity, "100") });
  it.each`
    action               | quantity     | stop         | target       | stopTo       | targetTo     | because
    ${"buy"}             | ${undefined} | ${"95.01"}   | ${"109.99"}  | ${"95.1"}    | ${"109.9"}   | ${"a long's levels move toward the price"}
    ${"sell"}            | ${undefined} | ${"104.99"}  | ${"90.01"}   | ${"104.9"}   | ${"90.1"}    | ${"a short's too, the other way"}
    ${"adjust_orders"}   | ${"2"}       | ${"95.01"}   | ${"109.99"}  | ${"95.1"}    | ${"109.9"}   | ${"the position is long"}
    ${"adjust_position"} | ${"-2"}      | ${"104.99"}  | ${"90.01"}   | ${"104.9"}   | ${"90.1"}    | ${"the position is short"}
    ${"buy"}             | ${undefined} | ${"95.1"}    | ${"109.9"}   | ${"95.1"}    | ${"109.9"}   | ${"what is on a tick stays"}
    ${"buy"}             | ${undefined} | ${undefined} | ${undefined} | ${undefined} | ${undefined} | ${"what was not said is not invented"}
  `(
    "$action with $stop and $target is $stopTo and $targetTo: $because (PERP-3 precision)",
    ({ action, quantity, stop, target, stopTo, targetTo }) => {
      const decision = aDecision({
        action,
        allocation: money("1000"),
        ...(stop === undefined ? {} : { stopLoss: price(stop) }),
        ...(target === undefined ? {} : { takeProfit: price(target) }),
      });
      const by = { kind: "model", name: "m", version: "1" } as const;
      const asset = anAsset("100", quantity === undefined ? {} : held(quantity));
      const proposal = toProposal(decision, asset, proposalId("ab12-0001.0"), correlationId("ab12-0001"), by);
      expect(proposal.stopLoss).toBe(stopTo === undefined ? undefined : price(stopTo));
      expect(proposal.takeProfit).toBe(targetTo === undefined ? undefined : price(targetTo));
      expect(proposal).toMatchObject({
        action,
        allocation: money("1000"),
        instrument: btc,
        by,
        id: "ab12-0001.0",
        correlation: "ab12-0001",
      });
    },
  );
});

describe("the business rules (PERP-3)", () => {
  const flat: Held = {};
  const long: Held = { position: aPosition(btc, "2", "98"), plan: aPlan(btc, { stop: "95", target: "110" }) };
  const bare: Held = { position: aPosition(btc, "2", "98") };
  const short: Held = { position: aPosition(btc, "-2", "102"), plan: aPlan(btc, { stop: "105", target: "90" }) };
  const huge: Held = { position: aPosition(btc, "1000", "98") };

  type Row = {
    action: Proposal["action"];
    held: Held;
    allocation?: string;
    stop?: string;
    target?: string;
    confidence?: number;
    stopRequired?: boolean;
    code: string | undefined;
    because: string;
  };
  it.each<Row>([
    { action: "hold", held: flat, code: undefined, because: "to hold asks for nothing" },
    { action: "hold", held: long, allocation: "999999", confidence: 0, code: undefined, because: "whatever else it says" },

    { action: "buy", held: flat, allocation: "1000", stop: "95", target: "110", code: undefined, because: "a whole entry" },
    { action: "sell", held: flat, allocation: "1000", stop: "105", target: "90", code: undefined, because: "the other way" },
    { action: "buy", held: flat, allocation: "1000", stop: "95", code: undefined, because: "a target is not required" },
    { action: "buy", held: long, allocation: "1000", stop: "95", code: undefined, because: "adding to a long" },
    { action: "buy", held: flat, stop: "95", code: "allocation_missing", because: "how much was not said" },
    { action: "sell", held: long, code: "allocation_missing", because: "also against a position" },
    { action: "buy", held: flat, allocation: "5", stop: "95", code: undefined, because: "the venue's smallest" },
    { action: "buy", held: flat, allocation: "4.99", stop: "95", code: "allocation_below_minimum", because: "a cent below it" },
    { action: "buy", held: flat, allocation: "50000", stop: "95", code: undefined, because: "the desk's largest" },
    { action: "buy", held: flat, allocation: "50000.01", stop: "95", code: "allocation_over_maximum", because: "a cent above it" },
    { action: "buy", held: flat, allocation: "1000", stop: "95", confidence: 0.5, code: undefined, because: "just confident enough" },
    { action: "buy", held: flat, allocation: "1000", stop: "95", confidence: 0.499, code: "confidence_too_low", because: "just not" },
    { action: "buy", held: flat, allocation: "1000", target: "110", code: "stop_missing", because: "an entry brings a stop" },
    { action: "buy", held: flat, allocation: "1000", stopRequired: false, code: undefined, because: "unless none is required" },
    { action: "buy", held: long, allocation: "1000", code: "stop_missing", because: "adding brings one too" },
    { action: "buy", held: flat, allocation: "1000", stop: "99.9", code: undefined, because: "a tick below the price" },
    {
      action: "buy",
      held: flat,
      allocation: "1000",
      stop: "100",
      code: "stop_wrong_side",
      because: "at the price it would trigger at once",
    },
    { action: "sell", held: flat, allocation: "1000", stop: "100", code: "stop_wrong_side", because: "for a short too" },
    { action: "sell", held: flat, allocation: "1000", stop: "100.1", code: undefined, because: "a tick above the price" },
    {
      action: "buy",
      held: flat,
      allocation: "1000",
      stop: "95",
      target: "100",
      code: "target_wrong_side",
      because: "a target at the price is none",
    },
    { action: "buy", held: flat, allocation: "1000", stop: "95", target: "100.1", code: undefined, because: "a tick above the price" },
    {
      action: "sell",
      held: flat,
      allocation: "1000",
      stop: "105",
      target: "100",
      code: "target_wrong_side",
      because: "a short's target lies below",
    },
    { action: "sell", held: flat, allocation: "1000", stop: "105", target: "99.9", code: undefined, because: "a tick below the price" },

    {
      action: "sell",
      held: long,
      allocation: "60000",
      confidence: 0.1,
      code: undefined,
      because: "against a position it closes, and closing is never refused",
    },
    { action: "buy", held: short, allocation: "1", stop: "105", code: undefined, because: "a short as well, whatever its levels" },
    { action: "close_position", held: long, confidence: 0, code: undefined, because: "closing needs no confidence" },
    { action: "close_position", held: long, stop: "200", code: undefined, because: "nor right levels" },
    {
      action: "close_position",
      held: long,
      allocation: "1",
      code: "allocation_without_trade",
      because: "the whole position closes or none of it",
    },
    { action: "close_position", held: flat, code: "no_position", because: "nothing is there to close" },

    { action: "adjust_orders", held: long, stop: "96", code: undefined, because: "the stop moves" },
    { action: "adjust_orders", held: short, target: "80", code: undefined, because: "the target moves" },
    { action: "adjust_orders", held: long, stop: "96", confidence: 0.1, code: undefined, because: "protection needs no confidence" },
    { action: "adjust_orders", held: long, code: "nothing_to_adjust", because: "neither level was said" },
    { action: "adjust_orders", held: flat, stop: "96", code: "no_position", because: "nothing is there to protect" },
    { action: "adjust_orders", held: long, stop: "96", allocation: "1", code: "allocation_without_trade", because: "levels cost nothing" },
    { action: "adjust_orders", held: long, stop: "101", code: "stop_wrong_side", because: "a long's stop lies below the price" },
    { action: "adjust_orders", held: short, stop: "99", code: "stop_wrong_side", because: "a short's above" },
    { action: "adjust_orders", held: short, target: "101", code: "target_wrong_side", because: "a short's target lies below" },

    { action: "adjust_position", held: flat, allocation: "100", code: "no_position", because: "nothing is there to adjust" },
    { action: "adjust_position", held: long, allocation: "300", code: undefined, because: "it grows behind the stop that it has" },
    { action: "adjust_position", held: bare, allocation: "300", code: "stop_missing", because: "it would grow without one" },
    { action: "adjust_position", held: bare, allocation: "300", stop: "95", code: undefined, because: "it brings one" },
    { action: "adjust_position", held: bare, allocation: "100", code: undefined, because: "to shrink needs none" },
    { action: "adjust_position", held: bare, allocation: "0", confidence: 0, code: undefined, because: "nor to shrink to nothing" },
    {
      action: "adjust_position",
      held: long,
      allocation: "300",
      confidence: 0.4,
      code: "confidence_too_low",
      because: "to grow takes confidence",
    },
    { action: "adjust_position", held: long, allocation: "100", confidence: 0.4, code: undefined, because: "to shrink does not" },
    {
      action: "adjust_position",
      held: long,
      allocation: "50001",
      code: "allocation_over_maximum",
      because: "it would grow beyond the desk's largest",
    },
    {
      action: "adjust_position",
      held: huge,
      allocation: "60000",
      code: undefined,
      because: "from 100 000 that shrinks, though it stays above the largest",
    },
    {
      action: "adjust_position",
      held: long,
      allocation: "100",
      stop: "101",
      code: "stop_wrong_side",
      because: "its new stop would trigger at once",
    },
  ])(
    "$action is $code because $because",
    ({ action, held, allocation = "0", stop, target, confidence = 0.7, stopRequired = true, code }) => {
      const proposal: Proposal = {
        id: proposalId("ab12-0001.0"),
        correlation: correlationId("ab12-0001"),
        by: { kind: "model", name: "m", version: "1" },
        instrument: btc,
        action,
        allocation: money(allocation),
        ...(stop === undefined ? {} : { stopLoss: price(stop) }),
        ...(target === undefined ? {} : { takeProfit: price(target) }),
        confidence,
        riskLevel: "low",
        exitPlan: "",
        rationale: "",
      };
      expect(validate(proposal, anAsset("100", held), { ...rules, stopRequired })?.code).toBe(code);
    },
  );
});
