import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { AssetContext } from "../../../src/flow/context/gather.ts";
import type { Proposal } from "../../../src/flow/proposals/proposal.ts";
import { perpActions } from "../../../src/flow/proposals/proposal.ts";
import { resolvePortfolio, type Resolved } from "../../../src/flow/resolution/resolve-portfolio.ts";
import { formatExact } from "../../../src/words/exact.ts";
import { correlationId, instrumentId, proposalId } from "../../../src/words/ids.ts";
import { money } from "../../../src/words/money.ts";
import { price } from "../../../src/words/price.ts";
import { magnitude, quantity } from "../../../src/words/quantity.ts";
import { anAsset, aPerpetual, aPlan, aPosition, type Held } from "../context/some-context.ts";

fc.configureGlobal({ seed: 20261121 });

const correlation = correlationId("ab12-0001");
const { id: btc } = aPerpetual();
const aProposal = (action: Proposal["action"], with_: Partial<Proposal> = {}): Proposal => ({
  id: proposalId("ab12-0001.0"),
  correlation,
  by: { kind: "rules", name: "swing", version: "1" },
  instrument: btc,
  action,
  allocation: money("0"),
  confidence: 0.6,
  riskLevel: "low",
  exitPlan: "",
  rationale: "",
  ...with_,
});

/** `enter buy 1000` or `close sell 2`, or why nothing comes of it. */
function said(resolved: Resolved): string {
  if (!("intent" in resolved)) return resolved.stoodDown;
  const { aim, side, wanted } = resolved.intent;
  return `${aim} ${side}${wanted.by === "notional" ? ` ${formatExact(wanted.notional)}` : wanted.by === "quantity" ? ` of ${formatExact(wanted.quantity)}` : ""}`;
}

describe("a proposal and a position become an intent", () => {
  const flat: Held = {};
  const plan = aPlan(btc, { stop: "95", target: "110" });
  const long: Held = { position: aPosition(btc, "2", "98"), plan };
  const short: Held = { position: aPosition(btc, "-2", "102"), plan: aPlan(btc, { stop: "105", target: "90" }) };

  it.each<{
    action: Proposal["action"];
    held: Held;
    allocation?: string;
    stop?: string;
    target?: string;
    becomes: string;
    because: string;
  }>([
    { action: "buy", held: flat, allocation: "1000", becomes: "enter buy 1000", because: "it opens" },
    { action: "buy", held: long, allocation: "1000", becomes: "enter buy 1000", because: "it adds" },
    { action: "buy", held: short, allocation: "1000", becomes: "close buy of 2", because: "against a short it closes first" },
    { action: "sell", held: flat, allocation: "1000", becomes: "enter sell 1000", because: "it opens a short" },
    { action: "sell", held: long, allocation: "1", becomes: "close sell of 2", because: "one order never turns a long" },
    { action: "sell", held: short, allocation: "1000", becomes: "enter sell 1000", because: "it adds" },
    { action: "hold", held: flat, becomes: "hold", because: "there is nothing to do" },
    { action: "hold", held: long, becomes: "hold", because: "there is nothing to do" },
    { action: "hold", held: short, becomes: "hold", because: "there is nothing to do" },
    { action: "close_position", held: flat, becomes: "no_position", because: "there is nothing to close" },
    { action: "close_position", held: long, becomes: "close sell of 2", because: "the whole of it" },
    { action: "close_position", held: short, becomes: "close buy of 2", because: "the whole of it" },
    { action: "adjust_orders", held: flat, stop: "95", becomes: "no_position", because: "there is nothing to protect" },
    { action: "adjust_orders", held: long, stop: "96", becomes: "reprotect sell", because: "the stop moves" },
    { action: "adjust_orders", held: long, stop: "95", target: "110", becomes: "unchanged", because: "the levels are what they were" },
    { action: "adjust_orders", held: short, target: "91", becomes: "reprotect buy", because: "the target moves" },
    { action: "adjust_position", held: flat, allocation: "100", becomes: "no_position", because: "there is nothing to adjust" },
    { action: "adjust_position", held: long, allocation: "300", becomes: "enter buy 100", because: "200 are held" },
    { action: "adjust_position", held: short, allocation: "300", becomes: "enter sell 100", because: "200 are held" },
    { action: "adjust_position", held: long, allocation: "100", becomes: "reduce sell of 1", because: "half goes" },
    { action: "adjust_position", held: short, allocation: "100", becomes: "reduce buy of 1", because: "half goes" },
    { action: "adjust_position", held: long, allocation: "0", becomes: "close sell of 2", because: "all goes" },
    { action: "adjust_position", held: long, allocation: "200", becomes: "unchanged", because: "200 are held" },
    {
      action: "adjust_position",
      held: long,
      allocation: "204.99",
      becomes: "unchanged",
      because: "less than the smallest order is missing",
    },
    { action: "adjust_position", held: long, allocation: "205", becomes: "enter buy 5", because: "just the smallest order is missing" },
    {
      action: "adjust_position",
      held: long,
      allocation: "200",
      stop: "96",
      becomes: "reprotect sell",
      because: "the size stays and the stop moves",
    },
    { action: "adjust_position", held: long, allocation: "199.95", becomes: "below_one_lot", because: "less than a lot is too much" },
    { action: "adjust_position", held: long, allocation: "199.95", stop: "96", becomes: "reprotect sell", because: "and the stop moves" },
    {
      action: "adjust_position",
      held: long,
      allocation: "199.85",
      becomes: "reduce sell of 0.001",
      because: "a lot and a half rounds down",
    },
  ])("$action of $allocation is $becomes: $because", ({ action, held, allocation = "0", stop, target, becomes }) => {
    const levels = {
      ...(stop === undefined ? {} : { stopLoss: price(stop) }),
      ...(target === undefined ? {} : { takeProfit: price(target) }),
    };
    const resolved = resolvePortfolio(
      [aProposal(action, { allocation: money(allocation), ...levels })],
      [anAsset("100", held)],
      correlation,
    );
    expect(resolved.map(said)).toEqual([becomes]);
  });

  it.each([
    { allocation: "20005", becomes: "below_one_lot", because: "a lot costs 10, although the venue takes orders from 5" },
    { allocation: "20005", stop: "9600", becomes: "reprotect sell", because: "what cannot be bought leaves the stop to be moved" },
    { allocation: "20010", becomes: "enter buy 10", because: "just one lot is missing" },
  ])("adjusts 20000 to $allocation by $becomes where lots are dear: $because", ({ allocation, stop, becomes }) => {
    const proposal = aProposal("adjust_position", {
      allocation: money(allocation),
      ...(stop === undefined ? {} : { stopLoss: price(stop) }),
    });
    expect(resolvePortfolio([proposal], [anAsset("10000", long)], correlation).map(said)).toEqual([becomes]);
  });

  it("carries its proposal's number, confidence and levels", () => {
    const proposal = aProposal("buy", { allocation: money("1000"), stopLoss: price("95"), takeProfit: price("110"), confidence: 0.8 });
    expect(resolvePortfolio([proposal], [anAsset("100")], correlation)[0]).toEqual({
      proposal,
      intent: {
        id: "ab12-0001.0",
        correlation,
        proposals: ["ab12-0001.0"],
        instrument: btc,
        aim: "enter",
        side: "buy",
        wanted: { by: "notional", notional: money("1000") },
        stopLoss: price("95"),
        takeProfit: price("110"),
        confidence: 0.8,
      },
    });
  });

  it("takes no levels along when it closes, since they belong to the other direction", () => {
    const proposal = aProposal("sell", { allocation: money("1000"), stopLoss: price("105"), takeProfit: price("90") });
    const [resolved] = resolvePortfolio([proposal], [anAsset("100", long)], correlation);
    expect(resolved).not.toHaveProperty("intent.stopLoss");
    expect(resolved).not.toHaveProperty("intent.takeProfit");
  });

  it("stands down for an instrument that the context does not have", () => {
    expect(resolvePortfolio([aProposal("buy", { allocation: money("1000") })], [], correlation).map(said)).toEqual(["not_in_context"]);
  });
});

describe("proposals for a portfolio", () => {
  const named = (symbol: string, held: Held = {}): AssetContext => anAsset("100", held, aPerpetual({ id: instrumentId(symbol), symbol }));
  const holding = (symbol: string, of: string): Held => ({ position: aPosition(instrumentId(symbol), of, "100") });
  const assets = [named("A"), named("B", holding("B", "2")), named("C", holding("C", "2")), named("D", holding("D", "-2")), named("E")];
  const of = (symbol: string, n: number, action: Proposal["action"], allocation = "0", with_: Partial<Proposal> = {}): Proposal =>
    aProposal(action, { id: proposalId(`ab12-0001.${n}`), instrument: instrumentId(symbol), allocation: money(allocation), ...with_ });

  it("close before they reduce, reduce before they protect, protect before they enter, and enter the most confident first", () => {
    const proposals = [
      of("A", 0, "buy", "1000", { confidence: 0.6 }),
      of("B", 1, "adjust_position", "100"),
      of("C", 2, "adjust_orders", "0", { stopLoss: price("96") }),
      of("D", 3, "close_position"),
      of("E", 4, "buy", "1000", { confidence: 0.9 }),
    ];
    expect(resolvePortfolio(proposals, assets, correlation).map((each) => `${each.proposal.instrument} ${said(each)}`)).toEqual([
      "D close buy of 2",
      "B reduce sell of 1",
      "C reprotect sell",
      "E enter buy 1000",
      "A enter buy 1000",
    ]);
  });

  it("that contradict each other on one instrument leave the one that takes the most risk away", () => {
    const proposals = [of("B", 0, "buy", "1000", { confidence: 0.9 }), of("B", 1, "close_position", "0", { confidence: 0.5 })];
    expect(resolvePortfolio(proposals, assets, correlation).map(said)).toEqual(["close sell of 2", "superseded"]);
  });

  const anyProposals = fc
    .array(
      fc.record({
        symbol: fc.constantFrom("A", "B", "C", "D", "E", "F"),
        action: fc.constantFrom(...perpActions),
        allocation: fc.integer({ min: 0, max: 60_000 }).map((cents) => (cents / 100).toFixed(2)),
        confidence: fc.constantFrom(0.5, 0.6, 0.6, 0.9),
        stop: fc.option(fc.constantFrom("95", "96"), { nil: undefined }),
      }),
      { maxLength: 12 },
    )
    .map((all) =>
      all.map(({ symbol, action, allocation, confidence, stop }, n) =>
        of(symbol, n, action, allocation, { confidence, ...(stop === undefined ? {} : { stopLoss: price(stop) }) }),
      ),
    );

  it("give the same list in whatever order they come", () => {
    fc.assert(
      fc.property(
        anyProposals.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
        ([all, shuffled]) => {
          expect(resolvePortfolio(shuffled, assets, correlation)).toEqual(resolvePortfolio(all, assets, correlation));
        },
      ),
    );
  });

  it("each come to something, at most one intent an instrument, and no exit exceeds its position (LINE-4)", () => {
    fc.assert(
      fc.property(anyProposals, (all) => {
        const resolved = resolvePortfolio(all, assets, correlation);
        expect(resolved.map(({ proposal }) => proposal.id).sort()).toEqual(all.map(({ id }) => id).sort());
        const intents = resolved.flatMap((each) => ("intent" in each ? [each.intent] : []));
        expect(new Set(intents.map(({ instrument }) => instrument)).size).toBe(intents.length);
        for (const { aim, side, wanted, instrument } of intents) {
          const held = assets.find((asset) => asset.instrument.id === instrument)!.position?.quantity;
          if (aim === "enter") {
            if (held !== undefined) expect(side).toBe(held > 0n ? "buy" : "sell");
            continue;
          }
          expect(held).toBeDefined();
          expect(side).toBe(held! > 0n ? "sell" : "buy");
          if (wanted.by === "quantity") {
            expect(wanted.quantity).toBeGreaterThan(0n);
            expect(wanted.quantity).toBeLessThanOrEqual(magnitude(held!));
            expect(wanted.quantity % quantity("0.001")).toBe(0n);
          }
        }
        const rank = { close: 0, reduce: 1, reprotect: 2, enter: 3 };
        const ranks = intents.map(({ aim }) => rank[aim]);
        expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
      }),
    );
  });
});
