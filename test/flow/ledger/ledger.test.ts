import { describe, expect, it } from "vitest";
import { Ledger } from "../../../src/flow/ledger/ledger.ts";
import { instrumentId } from "../../../src/words/ids.ts";
import { liquidationPrice } from "../../../src/words/margin.ts";
import { money } from "../../../src/words/money.ts";
import type { CostMethod, MarginMode } from "../../../src/words/order-words.ts";
import { price } from "../../../src/words/price.ts";
import { quantity } from "../../../src/words/quantity.ts";
import { rate } from "../../../src/words/rate.ts";
import { eventOf, instrumentOf, marksOf, start } from "./books-in-words.ts";

const btc = instrumentId("BTC");
const aapl = instrumentId("AAPL");

function ledgerAfter(story: string, costMethod: CostMethod = "average", marginMode: MarginMode = "cross"): Ledger {
  const ledger = new Ledger({ instruments: instrumentOf, costMethod, marginMode: () => marginMode });
  for (const [index, sentence] of story.split("; ").entries()) ledger.post(eventOf(sentence, index));
  return ledger;
}

type Row = { story: string; mark: string; cash: string; realised: string; equity: string; fees?: string; funding?: string };

const holds = (row: Row, costMethod: CostMethod = "average"): void => {
  const ledger = ledgerAfter(row.story, costMethod);
  const marks = marksOf(row.mark);
  expect(ledger.cash, "cash").toBe(money(row.cash));
  expect(ledger.totals().realised, "realised").toBe(money(row.realised));
  expect(ledger.equity(marks), "equity").toBe(money(row.equity));
  if (row.fees !== undefined) expect(ledger.totals().fees, "fees").toBe(money(row.fees));
  if (row.funding !== undefined) expect(ledger.totals().funding, "funding").toBe(money(row.funding));
  ledger.check(marks);
};

describe("a perpetual", () => {
  it.each`
    story                                                                                      | mark         | cash         | realised | equity       | fees       | because
    ${"deposit 1000; buy 2 BTC at 100"}                                                        | ${"BTC 110"} | ${"1000"}    | ${"0"}   | ${"1020"}    | ${"0"}     | ${"opening moves no cash"}
    ${"deposit 1000; buy 2 BTC at 100 fee 0.1"}                                                | ${"BTC 100"} | ${"999.9"}   | ${"0"}   | ${"999.9"}   | ${"0.1"}   | ${"only the fee is paid on opening"}
    ${"deposit 1000; sell 2 BTC at 100"}                                                       | ${"BTC 110"} | ${"1000"}    | ${"0"}   | ${"980"}     | ${"0"}     | ${"a short loses when the mark rises"}
    ${"deposit 1000; buy 2 BTC at 100; sell 2 BTC at 110 fee 0.2"}                             | ${""}        | ${"1019.8"}  | ${"20"}  | ${"1019.8"}  | ${"0.2"}   | ${"closing brings the result into cash and needs no mark"}
    ${"deposit 1000; sell 2 BTC at 100; buy 2 BTC at 90"}                                      | ${""}        | ${"1020"}    | ${"20"}  | ${"1020"}    | ${"0"}     | ${"a short gains when it is bought back lower"}
    ${"deposit 1000; buy 2 BTC at 100; sell 0.5 BTC at 120"}                                   | ${"BTC 130"} | ${"1010"}    | ${"10"}  | ${"1055"}    | ${"0"}     | ${"a partial close realises its part and leaves the rest open"}
    ${"deposit 1000; buy 1 BTC at 100; buy 1 BTC at 110; sell 1 BTC at 120"}                   | ${"BTC 120"} | ${"1015"}    | ${"15"}  | ${"1030"}    | ${"0"}     | ${"average cost is 105"}
    ${"deposit 1000; buy 2 BTC at 100; sell 3 BTC at 110"}                                     | ${"BTC 100"} | ${"1020"}    | ${"20"}  | ${"1030"}    | ${"0"}     | ${"through zero closes two and opens a short of one"}
    ${"deposit 1000; buy 1 BTC at 100 fee -0.02; sell 1 BTC at 100 fee -0.02"}                 | ${""}        | ${"1000.04"} | ${"0"}   | ${"1000.04"} | ${"-0.04"} | ${"a maker's rebate is a fee below zero"}
    ${"deposit 1000; buy 1 BTC at 100; charge 3 liquidation BTC; charge 2 model; deposit -95"} | ${"BTC 100"} | ${"900"}     | ${"0"}   | ${"900"}     | ${"0"}     | ${"charges and withdrawals leave the wallet"}
  `("$story: $because", (row: Row) => {
    holds(row);
  });

  it.each`
    side      | rate         | amount     | funding    | because
    ${"buy"}  | ${"0.0001"}  | ${"-0.02"} | ${"-0.02"} | ${"a long pays when the rate is positive"}
    ${"sell"} | ${"0.0001"}  | ${"0.02"}  | ${"0.02"}  | ${"a short receives it"}
    ${"buy"}  | ${"-0.0001"} | ${"0.02"}  | ${"0.02"}  | ${"below zero shorts pay longs"}
    ${"sell"} | ${"-0.0001"} | ${"-0.02"} | ${"-0.02"} | ${"below zero shorts pay longs"}
  `("held by a $side at $rate is funded $funding because $because", (row: Record<string, string>) => {
    const ledger = ledgerAfter(`deposit 1000; ${row["side"]} 2 BTC at 100`);
    const posting = ledger.post(eventOf(`funding BTC ${row["rate"]} at 100 gives ${row["amount"]}`, 2));
    expect(posting.fundingDifference, "the venue and we agree").toBeUndefined();
    expect(ledger.totals().funding).toBe(money(row["funding"]!));
    expect(ledger.position(btc)?.funding).toBe(money(row["funding"]!));
    expect(ledger.cash).toBe(money("1000") + money(row["funding"]!));
  });

  it.each`
    amount            | difference   | because
    ${"-0.02"}        | ${undefined} | ${"it is what we compute"}
    ${"-0.019999999"} | ${undefined} | ${"eight decimals are the venue's rounding"}
    ${"-0.03"}        | ${"-0.01"}   | ${"the venue took more than the rate says"}
    ${"0.02"}         | ${"0.04"}    | ${"the sign is the wrong one"}
  `("funded $amount differs by $difference because $because", (row: { amount: string; difference?: string }) => {
    const ledger = ledgerAfter("deposit 1000; buy 2 BTC at 100");
    const posting = ledger.post(eventOf(`funding BTC 0.0001 at 100 gives ${row.amount}`, 2));
    expect(posting.fundingDifference).toBe(row.difference === undefined ? undefined : money(row.difference));
    expect(ledger.totals().funding, "the venue's amount is what is booked").toBe(money(row.amount));
  });

  it("opens afresh when it goes through zero: cost, time and results are those of the new side, the fee is split by quantity", () => {
    const ledger = ledgerAfter("deposit 1000; buy 2 BTC at 100 fee 1; funding BTC 0.01 at 100 gives -2; sell 3 BTC at 110 fee 0.3");
    expect(ledger.position(btc)).toEqual({
      instrument: btc,
      quantity: quantity("-1"),
      cost: money("110"),
      averageEntry: price("110"),
      openedAt: start.add({ minutes: 3 }),
      marginMode: "cross",
      isolatedMargin: money("0"),
      realised: money("0"),
      fees: money("0.1"),
      funding: money("0"),
    });
    expect(ledger.totals().fees).toBe(money("1.3"));
  });

  it("keeps its first opening time and gathers results while it is open", () => {
    const ledger = ledgerAfter("deposit 1000; buy 2 BTC at 100 fee 0.2; sell 1 BTC at 130 fee 0.1; buy 1 BTC at 150 fee 0.1");
    const position = ledger.position(btc);
    expect(position?.openedAt).toEqual(start.add({ minutes: 1 }));
    expect(position?.realised).toBe(money("30"));
    expect(position?.fees).toBe(money("0.4"));
    expect(position?.averageEntry).toBe(price("125"));
  });
});

describe("an isolated position", () => {
  it.each`
    story                                                                                | cash     | margin  | because
    ${"deposit 1000; buy 2 BTC at 100; margin BTC 40"}                                   | ${"960"} | ${"40"} | ${"its margin leaves the wallet"}
    ${"deposit 1000; buy 2 BTC at 100; margin BTC 40; margin BTC -10"}                   | ${"970"} | ${"30"} | ${"margin can be taken back"}
    ${"deposit 1000; buy 2 BTC at 100 fee 1; margin BTC 40"}                             | ${"959"} | ${"40"} | ${"fees are the wallet's"}
    ${"deposit 1000; buy 2 BTC at 100; margin BTC 40; funding BTC 0.01 at 100 gives -2"} | ${"960"} | ${"38"} | ${"funding is the margin's"}
    ${"deposit 1000; buy 2 BTC at 100; margin BTC 40; sell 0.5 BTC at 120"}              | ${"980"} | ${"30"} | ${"a quarter closed returns a quarter of the margin, and the result is the wallet's"}
    ${"deposit 1000; buy 2 BTC at 100; margin BTC 40; buy 2 BTC at 100"}                 | ${"960"} | ${"40"} | ${"adding moves no margin by itself"}
    ${"deposit 1000; buy 2 BTC at 100; margin BTC 40; sell 3 BTC at 90"}                 | ${"980"} | ${"0"}  | ${"through zero returns all of it, and the new short has none yet"}
    ${"deposit 1000; margin BTC 40; buy 2 BTC at 100"}                                   | ${"960"} | ${"40"} | ${"the margin may be told before the fill"}
  `("$story: $because", ({ story, cash, margin }: Record<string, string>) => {
    const ledger = ledgerAfter(story!);
    expect(ledger.cash).toBe(money(cash!));
    expect(ledger.position(btc)?.isolatedMargin).toBe(money(margin!));
    expect(ledger.position(btc)?.marginMode).toBe("isolated");
    ledger.check(marksOf("BTC 100"));
  });

  it("gives all its margin back when it closes, and is forgotten", () => {
    const ledger = ledgerAfter("deposit 1000; buy 3 BTC at 100; margin BTC 40; sell 1 BTC at 100; sell 2 BTC at 95");
    expect(ledger.cash).toBe(money("990"));
    expect(ledger.positions()).toEqual([]);
    expect(ledger.snapshot().holdings).toEqual([]);
    expect(ledger.snapshot().balances.map(({ account }) => account)).not.toContain("margin:BTC");
  });

  it("pays funding from its own margin before any was moved, where the desk opens positions isolated", () => {
    const ledger = ledgerAfter("deposit 1000; buy 2 BTC at 100; funding BTC 0.01 at 100 gives -2", "average", "isolated");
    expect(ledger.cash).toBe(money("1000"));
    expect(ledger.position(btc)?.isolatedMargin).toBe(money("-2"));
  });

  it("is only for perpetuals", () => {
    expect(() => ledgerAfter("deposit 1000; buy 2 AAPL at 100; margin AAPL 40")).toThrow("only perpetuals have isolated margin");
  });
});

describe("an asset bought with cash", () => {
  it.each`
    story                                                                          | mark             | cash                 | realised  | equity       | because
    ${"deposit 1000; buy 2 AAPL at 100 fee 1"}                                     | ${"AAPL 110"}    | ${"799"}             | ${"0"}    | ${"1019"}    | ${"the whole value leaves cash and equity has it at its mark"}
    ${"deposit 1000; buy 2 AAPL at 100; sell 1 AAPL at 110"}                       | ${"AAPL 110"}    | ${"910"}             | ${"10"}   | ${"1020"}    | ${"a sale brings its whole value in"}
    ${"deposit 1000; sell 5 AAPL at 100"}                                          | ${"AAPL 90"}     | ${"1500"}            | ${"0"}    | ${"1050"}    | ${"short stock is inventory below zero"}
    ${"deposit 1000; sell 5 AAPL at 100; buy 5 AAPL at 120; charge 2 borrow AAPL"} | ${""}            | ${"898"}             | ${"-100"} | ${"898"}     | ${"a short covered higher loses, and borrowing costs"}
    ${"deposit 1000; buy 2 AAPL at 100; sell 3 AAPL at 110"}                       | ${"AAPL 100"}    | ${"1130"}            | ${"20"}   | ${"1030"}    | ${"selling more than is held goes short"}
    ${"deposit 5000; buy 3 CALL at 2.5 fee 1.95"}                                  | ${"CALL 3"}      | ${"4248.05"}         | ${"0"}    | ${"5148.05"} | ${"an option contract is a hundred shares"}
    ${"deposit 5000; buy 3 CALL at 2.5; sell 3 CALL at 0"}                         | ${""}            | ${"4250"}            | ${"-750"} | ${"4250"}    | ${"an option that expires worthless is sold at nothing"}
    ${"deposit 100; buy 0.33333333 SOL at 20.0001"}                                | ${"SOL 20.0001"} | ${"93.333300066667"} | ${"0"}    | ${"100"}     | ${"the finest grid is exact to the last decimal"}
  `("$story: $because", (row: Row) => {
    holds(row);
  });

  it("stands in its own account at cost, and the account goes when it is sold", () => {
    const ledger = ledgerAfter("deposit 1000; buy 3 AAPL at 100");
    const accounts = () => Object.fromEntries(ledger.snapshot().balances.map(({ account, amount }) => [account, amount]));
    expect(accounts()).toMatchObject({ "inventory:AAPL": money("300") });
    ledger.post(eventOf("sell 3 AAPL at 50", 9));
    expect(accounts()).not.toHaveProperty("inventory:AAPL");
    expect(ledger.position(aapl)).toBeUndefined();
  });
});

describe("cost methods", () => {
  const story = "deposit 1000; buy 1 AAPL at 100; buy 1 AAPL at 110; sell 1 AAPL at 120";
  it.each`
    costMethod   | story                                                                        | mark          | cash      | realised | equity    | because
    ${"average"} | ${story}                                                                     | ${"AAPL 120"} | ${"910"}  | ${"15"}  | ${"1030"} | ${"the average cost was 105"}
    ${"fifo"}    | ${story}                                                                     | ${"AAPL 120"} | ${"910"}  | ${"20"}  | ${"1030"} | ${"the first was bought at 100"}
    ${"fifo"}    | ${story.replaceAll("AAPL", "BTC")}                                           | ${"BTC 120"}  | ${"1020"} | ${"20"}  | ${"1030"} | ${"perpetuals take the same method"}
    ${"fifo"}    | ${"deposit 1000; sell 1 AAPL at 100; sell 1 AAPL at 90; buy 1.5 AAPL at 80"} | ${"AAPL 80"}  | ${"1070"} | ${"25"}  | ${"1030"} | ${"the first short is covered first, and half of the second"}
    ${"fifo"}    | ${"deposit 1000; buy 1 AAPL at 100; buy 1 AAPL at 110; sell 3 AAPL at 120"}  | ${"AAPL 120"} | ${"1150"} | ${"30"}  | ${"1030"} | ${"through zero takes every lot"}
  `("by $costMethod: $because", (row: Row & { costMethod: CostMethod }) => {
    holds(row, row.costMethod);
  });

  it.each(["average", "fifo"] as const)("conserve a cost that does not divide, by %s", (costMethod) => {
    const ledger = ledgerAfter("deposit 1000; buy 3 SPY at 33.34; sell 1 SPY at 40; sell 1 SPY at 40; sell 1 SPY at 40", costMethod);
    expect(ledger.totals().realised).toBe(money("19.98"));
    expect(ledger.cash).toBe(money("1019.98"));
    ledger.check(marksOf(""));
  });
});

describe("a busted fill", () => {
  it.each`
    story                                                                                       | equity    | realised | because
    ${"deposit 1000; buy 2 BTC at 100 fee 1; bust buy 2 BTC at 100 fee 1"}                      | ${"1000"} | ${"0"}   | ${"busting an opening fill takes all of it back, the fee too"}
    ${"deposit 1000; buy 2 AAPL at 100 fee 1; bust buy 2 AAPL at 100 fee 1"}                    | ${"1000"} | ${"0"}   | ${"cash assets come back the same way"}
    ${"deposit 1000; buy 2 BTC at 100; sell 1 BTC at 110; bust sell 1 BTC at 110"}              | ${"1040"} | ${"10"}  | ${"equity is as though never sold; the realised part stays and the cost is the busted price"}
    ${"deposit 1000; buy 1 AAPL at 100; buy 1 AAPL at 110 fee 1; bust buy 1 AAPL at 110 fee 1"} | ${"1020"} | ${"5"}   | ${"what remains is carried at the average"}
  `("$story: $because", ({ story, equity, realised }: Record<string, string>) => {
    const ledger = ledgerAfter(story!);
    const marks = marksOf("BTC 120 AAPL 120");
    expect(ledger.equity(marks)).toBe(money(equity!));
    expect(ledger.totals().realised).toBe(money(realised!));
    ledger.check(marks);
  });
});

describe("charges", () => {
  it("have accounts of their own for liquidations and models, and only trading costs are a position's fees", () => {
    const ledger = ledgerAfter(
      "deposit 1000; buy 1 BTC at 100 fee 1; charge 2 liquidation BTC; charge 4 model BTC; charge 8 interest; charge 16 regulatory BTC",
    );
    expect(ledger.totals()).toEqual({
      capital: money("1000"),
      realised: money("0"),
      fees: money("25"),
      funding: money("0"),
      liquidationFees: money("2"),
      modelCosts: money("4"),
    });
    expect(ledger.position(btc)?.fees).toBe(money("19"));
    ledger.check(marksOf("BTC 100"));
  });
});

describe("margin", () => {
  const marks = marksOf("BTC 110 ETH 20 AAPL 50");

  it("is used by perpetuals at their mark, never by what cash bought", () => {
    const ledger = ledgerAfter("deposit 1000; buy 2 BTC at 100; sell 5 ETH at 20; buy 1 AAPL at 50");
    expect(ledger.marginUsed(marks, 10)).toBe(money("32"));
    expect(ledger.maintenance(marks)).toBe(money("1.6"));
  });

  it("is what was set aside for an isolated position, where that is more", () => {
    const ledger = ledgerAfter("deposit 1000; buy 2 BTC at 100; margin BTC 40");
    expect(ledger.marginUsed(marks, 10)).toBe(money("40"));
    expect(ledger.marginUsed(marks, 2)).toBe(money("110"));
  });

  it("behind a cross position is the wallet and the other cross positions' surplus; isolated ones neither give nor take", () => {
    const ledger = ledgerAfter("deposit 1000; buy 2 BTC at 100; sell 5 ETH at 25");
    // ETH: 25 gained, 100 × 0.005 kept.
    expect(ledger.collateralBehind(btc, marks)).toBe(money("1024.5"));
    ledger.post(eventOf("margin ETH 30", 9));
    expect(ledger.collateralBehind(btc, marks)).toBe(money("970"));
    expect(ledger.collateralBehind(instrumentId("ETH"), marks)).toBe(money("30"));
  });

  it("gives a liquidation price at which the account's equity is its maintenance", () => {
    const ledger = ledgerAfter("deposit 50; buy 2 BTC at 100; sell 5 ETH at 25");
    const position = ledger.position(btc)!;
    const at = liquidationPrice({
      quantity: position.quantity,
      cost: position.cost,
      collateral: ledger.collateralBehind(btc, marks),
      maintenanceMarginRate: rate("0.005"),
      multiplier: quantity("1"),
      tick: price("0.1"),
    });
    // (200 − 74.5) / (2 × 0.995) = 63.07, up to the tick.
    expect(at).toBe(price("63.1"));
    const then = marksOf("BTC 63.1 ETH 20");
    const tickLower = marksOf("BTC 63 ETH 20");
    expect(ledger.equity(then) >= ledger.maintenance(then)).toBe(true);
    expect(ledger.equity(tickLower) < ledger.maintenance(tickLower)).toBe(true);
  });
});

describe("reads", () => {
  it("keep the same record and array until the position changes", () => {
    const ledger = ledgerAfter("deposit 1000; buy 2 BTC at 100; buy 1 AAPL at 50");
    const [first, second] = ledger.positions();
    expect(ledger.positions()).toBe(ledger.positions());
    ledger.post(eventOf("buy 1 AAPL at 60", 9));
    expect(ledger.positions()[0]).toBe(first);
    expect(ledger.positions()[1]).not.toBe(second);
    expect(second?.quantity, "a record already handed out does not change").toBe(quantity("1"));
  });

  it("know nothing of what is not held", () => {
    const ledger = ledgerAfter("deposit 1000");
    expect(ledger.position(btc)).toBeUndefined();
    expect(ledger.unrealised(btc, price("100"))).toBe(money("0"));
  });
});

describe("posting", () => {
  it("says what moved, account by account", () => {
    const ledger = ledgerAfter("deposit 1000; buy 2 AAPL at 100");
    expect(ledger.post(eventOf("sell 1 AAPL at 110 fee 0.5", 9)).entries).toEqual([
      { account: "cash", amount: money("109.5") },
      { account: "realised", amount: money("-10") },
      { account: "fees", amount: money("0.5") },
      { account: "inventory:AAPL", amount: money("-100") },
    ]);
    expect(ledger.post(eventOf("buy 1 BTC at 100", 10)).entries, "an opening without a fee moves nothing").toEqual([]);
  });

  it("refuses a fill of nothing, which is our own bug", () => {
    expect(() => ledgerAfter("buy 0 BTC at 100")).toThrow("quantity above zero");
  });
});

describe("restore", () => {
  it("refuses another cost method than the snapshot's", () => {
    const snapshot = ledgerAfter("deposit 1000; buy 1 BTC at 100", "fifo").snapshot();
    expect(() => Ledger.restore(snapshot, { instruments: instrumentOf, costMethod: "average" })).toThrow("fifo");
  });

  it("refuses balances that do not sum to zero", () => {
    const snapshot = ledgerAfter("deposit 1000; buy 1 BTC at 100").snapshot();
    const torn = { ...snapshot, balances: snapshot.balances.slice(1) };
    expect(() => Ledger.restore(torn, { instruments: instrumentOf, costMethod: "average" })).toThrow("sum to zero");
  });

  it("refuses, at the next check, lots that cost something else than the books say", () => {
    const snapshot = ledgerAfter("deposit 1000; buy 1 BTC at 100").snapshot();
    const holdings = snapshot.holdings.map((holding) => ({ ...holding, cost: money("99") }));
    const ledger = Ledger.restore({ ...snapshot, holdings }, { instruments: instrumentOf, costMethod: "average" });
    expect(() => ledger.check(marksOf("BTC 100"))).toThrow("costs held minus results taken");
  });
});
