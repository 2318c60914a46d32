import { describe, expect, it } from "vitest";
import type { Scene } from "../../../src/flow/rails/candidate.ts";
import { clientOrderIdOf, instrumentId, intentId } from "../../../src/words/ids.ts";
import { money } from "../../../src/words/money.ts";
import { price } from "../../../src/words/price.ts";
import { quantity } from "../../../src/words/quantity.ts";
import { rate } from "../../../src/words/rate.ts";
import {
  anEquity,
  anOpenOrder,
  anOption,
  aPerpetual,
  aPosition,
  aQuote,
  aReservation,
  aScene,
  aSpot,
  type SceneWanted,
} from "./a-scene.ts";
import { askOne, type Row } from "./ask-one.ts";

const btc = instrumentId("BTCUSDT.PERP");
const eth = instrumentId("ETHUSDT");
const sol = instrumentId("SOLUSDT.PERP");
/** Known, but nobody quotes it. */
const ada = instrumentId("ADAUSDT.PERP");
const other = { quotes: [aQuote(eth), aQuote(sol)], instruments: [aPerpetual({ id: sol }), aPerpetual({ id: ada })] };
const at100 = { price: "100" };
const wire = { stage: "wire" } as const;
const small = aPerpetual({ minNotional: money("0"), tick: price("0.000000000001") });
const unit = "0.000000000001";
const wanting = (
  candidate: SceneWanted["candidate"],
  limits: SceneWanted["limits"],
  standing: SceneWanted["standing"] = {},
  more: SceneWanted = {},
): Scene => aScene({ ...other, ...more, candidate: { ...at100, ...candidate }, limits: { ...limits }, standing });
const less = (of: string): string => (Number(of) - 1).toString() + ".999999999999";
/** One percent, and 0.65 for a contract. */
const dear = { charges: { takerFee: rate("0.01"), feePerContract: money("0.65") } } as const;
const spy = instrumentId("SPY");
const fine = { lot: quantity(unit), minQuantity: quantity(unit) };
const short = { instrument: anEquity(fine), side: "sell", price: "99", quantity: "2" } as const;
const sale = anOpenOrder(spy, { side: "sell", limit: price("99") });
const perp = (held: string, more: Partial<ReturnType<typeof aPosition>> = {}) => [aPosition(btc, held, "100", more)];
const ethHeld = (held: string) => [aPosition(eth, held)];
const backed = (equity: string, standing: SceneWanted["standing"] = {}) =>
  wanting({ quantity: "10" }, { liquidationDistanceBpsMin: 1_000 }, { equity, ...standing }, wire);

const apart = (many: string, of: SceneWanted["candidate"] = {}, standing: SceneWanted["standing"] = {}, points = 3_750) =>
  wanting(
    { quantity: many, instrument: aPerpetual({ maintenanceMarginRate: rate("0.2") }), ...of },
    { liquidationDistanceBpsMin: points },
    { marginMode: "isolated", leverage: 2, ...standing },
    wire,
  );
const pocket = (held: string, margin: string, entry = "100") => ({
  positions: [aPosition(btc, held, entry, { marginMode: "isolated" as const, isolatedMargin: money(margin) })],
});

const rows: readonly Row[] = [
  ["positions_count", "passed", "the fifth of five", many(4)],
  ["positions_count", "positions_count", "the sixth", many(5)],
  ["positions_count", "passed", "adding to one of five makes no sixth", many(5, "I0")],
  ["positions_count", "positions_count", "an order on its way is a position", { ...withOrders(4), stage: "wire" }],
  ["positions_count", "passed", "one fewer", withOrders(3)],
  ["positions_count", "positions_count", "a limit that is not a number permits nothing", wanting({}, { positionsMax: Number.NaN })],

  ["order_value", "passed", "exactly the cap", wanting({}, { orderNotionalMax: money("200") })],
  ["order_value", `trimmed to ${less("200")}`, "a unit above it", wanting({}, { orderNotionalMax: money("199.999999999999") })],
  ["order_value", "passed", "a unit below it", wanting({}, { orderNotionalMax: money("200.000000000001") })],
  [
    "order_value",
    "order_value",
    "after the proposal nothing is trimmed",
    wanting({}, { orderNotionalMax: money("199.999999999999") }, {}, wire),
  ],
  ["order_value", "passed", "exactly its share of equity", wanting({}, { orderEquityBpsMax: 200 })],
  ["order_value", "trimmed to 199", "a basis point less", wanting({}, { orderEquityBpsMax: 199 })],
  ["order_value", "trimmed to 5", "exactly the smallest order is left", wanting({}, { orderNotionalMax: money("5") })],
  ["order_value", "order_value", "less than the smallest order is left", wanting({}, { orderNotionalMax: money("4.999999999999") })],
  ["order_value", "order_value", "no equity, no order", wanting({}, {}, { equity: "0" })],
  ["order_value", "not asked", "exits have no cap", wanting({ purpose: "close", side: "sell" }, { orderNotionalMax: money("1") })],

  ["order_quantity", "passed", "exactly the largest", wanting({ instrument: aPerpetual({ maxQuantity: quantity("2") }) }, {})],
  ["order_quantity", "trimmed to 199.9", "a lot above it", wanting({ instrument: aPerpetual({ maxQuantity: quantity("1.999") }) }, {})],
  [
    "order_quantity",
    "trimmed to 199.9",
    "the largest is not a whole lot",
    wanting({ instrument: aPerpetual({ maxQuantity: quantity("1.9995") }) }, {}),
  ],
  [
    "order_quantity",
    "order_quantity",
    "the venue rejects exits beyond it too",
    wanting({ purpose: "close", side: "sell", instrument: aPerpetual({ maxQuantity: quantity("1") }) }, {}, {}, wire),
  ],

  ["risk_per_trade", "passed", "2 lost on each of 2 is 4 of 10,000", wanting({}, { riskPerTradeBpsMax: 4 })],
  ["risk_per_trade", "trimmed to 150", "three quarters of that", wanting({}, { riskPerTradeBpsMax: 3 })],
  [
    "risk_per_trade",
    "trimmed to 199.99999999995",
    "what equity allows is rounded down",
    wanting({}, { riskPerTradeBpsMax: 4 }, { equity: "9999.99999999995" }),
  ],
  ["risk_per_trade", "risk_per_trade", "after the proposal nothing is trimmed", wanting({}, { riskPerTradeBpsMax: 3 }, {}, wire)],
  [
    "risk_per_trade",
    "trimmed to 10000",
    "an option's contract is a hundred shares",
    wanting({ instrument: anOption(), quantity: "2" }, { riskPerTradeBpsMax: 200 }, {}, {}),
  ],
  ["risk_per_trade", "risk_per_trade.no_stop", "no stop, no measure", wanting({ stopLoss: undefined }, {})],
  ["risk_per_trade", "passed", "no stop is required", wanting({ stopLoss: undefined }, { stopRequired: false })],
  ["risk_per_trade", "risk_per_trade", "no equity to lose", wanting({}, {}, { equity: "0" })],

  [
    "position_value",
    "passed",
    "300 held and 200 more is exactly the cap",
    wanting({}, { positionNotionalMax: money("500") }, { positions: perp("3") }),
  ],
  [
    "position_value",
    `trimmed to ${less("200")}`,
    "a unit above",
    wanting({}, { positionNotionalMax: money("499.999999999999") }, { positions: perp("3") }),
  ],
  [
    "position_value",
    "passed",
    "what is held the other way does not count",
    wanting({}, { positionNotionalMax: money("200") }, { positions: perp("-9") }),
  ],
  [
    "position_value",
    "trimmed to 100",
    "an order on its way counts",
    wanting({}, { positionNotionalMax: money("300") }, { openOrders: [anOpenOrder(btc)] }),
  ],
  [
    "position_value",
    "trimmed to 100",
    "an order nobody answered for counts",
    wanting({}, { positionNotionalMax: money("300") }, { openOrders: [anOpenOrder(btc, { state: "lost" })] }),
  ],
  [
    "position_value",
    "trimmed to 200",
    "what has filled of it does not",
    wanting({ quantity: "3" }, { positionNotionalMax: money("300") }, { openOrders: [anOpenOrder(btc, { filled: quantity("1") })] }),
  ],
  [
    "position_value",
    "trimmed to 100",
    "what waits for a person counts",
    wanting({}, { positionNotionalMax: money("300") }, { reservations: [aReservation(btc, "200")] }),
  ],
  [
    "position_value",
    "passed",
    "its own reservation is itself",
    wanting({}, { positionNotionalMax: money("200") }, { reservations: [aReservation(btc, "200", { intent: intentId("intent-1") })] }),
  ],
  [
    "position_value",
    "passed",
    "the order that it replaces goes",
    wanting({ replaces: clientOrderIdOf("other-order") }, { positionNotionalMax: money("200") }, { openOrders: [anOpenOrder(btc)] }),
  ],
  [
    "position_value",
    "passed",
    "at the wire its own order is itself",
    wanting(
      { order: clientOrderIdOf("other-order") },
      { positionNotionalMax: money("200") },
      { openOrders: [anOpenOrder(btc, { state: "planned" })] },
      wire,
    ),
  ],
  [
    "position_value",
    "passed",
    "exits under way add nothing",
    wanting({}, { positionNotionalMax: money("200") }, { openOrders: [anOpenOrder(btc, { purpose: "close", reduceOnly: true })] }),
  ],
  [
    "position_value",
    "position_value",
    "an order off the reduce-only lane counts whatever it is called",
    wanting({}, { positionNotionalMax: money("200") }, { openOrders: [anOpenOrder(btc, { purpose: "close" })] }),
  ],
  [
    "position_value",
    "position_value.no_quote",
    "a position without a price is not guessed",
    wanting({}, {}, { positions: [aPosition(ada, "1")] }),
  ],

  [
    "concentration",
    "passed",
    "300 held and 200 more is 500 bps of 10,000",
    wanting({}, { concentrationBpsMax: 500 }, { positions: perp("3") }),
  ],
  ["concentration", "trimmed to 199", "one basis point less", wanting({}, { concentrationBpsMax: 499 }, { positions: perp("3") })],
  [
    "concentration",
    "trimmed to 199.9999999999",
    "a little less equity",
    wanting({}, { concentrationBpsMax: 500 }, { positions: perp("3"), equity: "9999.999999998" }),
  ],
  [
    "concentration",
    "concentration",
    "what is held the other way counts too",
    wanting({}, { concentrationBpsMax: 500 }, { positions: perp("-9") }),
  ],
  ["concentration", "passed", "another instrument does not", wanting({}, { concentrationBpsMax: 200 }, { positions: ethHeld("50") })],

  ["gross_exposure", "passed", "300 elsewhere and 200 here", wanting({}, { grossExposureBpsMax: 500 }, { positions: ethHeld("3") })],
  ["gross_exposure", "trimmed to 199", "one basis point less", wanting({}, { grossExposureBpsMax: 499 }, { positions: ethHeld("3") })],
  ["gross_exposure", "trimmed to 199", "shorts add to longs", wanting({}, { grossExposureBpsMax: 499 }, { positions: perp("-3") })],
  [
    "gross_exposure",
    "trimmed to 199",
    "orders and reservations count together",
    wanting(
      {},
      { grossExposureBpsMax: 599 },
      { openOrders: [anOpenOrder(eth)], reservations: [aReservation(btc, "200", { side: "sell" })] },
    ),
  ],
  [
    "gross_exposure",
    "trimmed to 199",
    "a market order on its way stands at mark",
    wanting({}, { grossExposureBpsMax: 399 }, { openOrders: [anOpenOrder(eth, { type: "market", limit: undefined as never })] }),
  ],
  [
    "gross_exposure",
    "gross_exposure.no_quote",
    "a market order without a mark is not guessed",
    wanting({}, {}, { openOrders: [anOpenOrder(ada, { limit: undefined as never })] }),
  ],

  ["net_exposure", "passed", "300 long elsewhere and 200 more", wanting({}, { netExposureBpsMax: 500 }, { positions: ethHeld("3") })],
  ["net_exposure", "trimmed to 199", "one basis point less", wanting({}, { netExposureBpsMax: 499 }, { positions: ethHeld("3") })],
  [
    "net_exposure",
    "passed",
    "a short elsewhere makes room for a long",
    wanting({ quantity: "4" }, { netExposureBpsMax: 100 }, { positions: [aPosition(eth, "-3")] }),
  ],
  [
    "net_exposure",
    "passed",
    "what brings it back is welcome however far it was",
    wanting({}, { netExposureBpsMax: 100 }, { positions: [aPosition(eth, "-50")] }),
  ],
  [
    "net_exposure",
    "trimmed to 100",
    "a sale on its way offsets nothing yet",
    wanting({}, { netExposureBpsMax: 100 }, { openOrders: [anOpenOrder(eth, { side: "sell" })] }),
  ],
  [
    "net_exposure",
    "trimmed to 100",
    "a sale leans the other way",
    wanting({ side: "sell" }, { netExposureBpsMax: 300 }, { openOrders: [anOpenOrder(eth, { side: "sell" })] }),
  ],

  [
    "leverage",
    "passed",
    "20,000 on 10,000 is exactly twice",
    wanting({ quantity: "20" }, { leverageMax: 2 }, { positions: ethHeld("180") }),
  ],
  ["leverage", "trimmed to 1999.9", "a little more", wanting({ quantity: "20" }, { leverageMax: 2 }, { positions: ethHeld("180.001") })],
  [
    "leverage",
    "trimmed to 1000",
    "the venue allows less than we do",
    wanting({ quantity: "20", instrument: aPerpetual({ leverageMax: 1 }) }, {}, { positions: ethHeld("90") }),
  ],
  ["leverage", "trimmed to 15000", "half a multiple is a multiple", wanting({ quantity: "200" }, { leverageMax: 1.5 })],
  ["leverage", "leverage", "no equity carries nothing", wanting({}, {}, { equity: "0" })],
  ["leverage", "rail_fault", "a leverage of zero is a fault of the limits", wanting({}, { leverageMax: 0 })],

  ["buying_power", "passed", "20 at ten times on 200 is exactly its margin", wanting({ quantity: "20" }, {}, { equity: "200" })],
  ["buying_power", "trimmed to 1999.99999999999", "a unit of equity less", wanting({ quantity: "20" }, {}, { equity: less("200") })],
  [
    "buying_power",
    "trimmed to 1000",
    "another position holds half of it",
    wanting({ quantity: "20" }, {}, { equity: "200", positions: [aPosition(btc, "-10")] }),
  ],
  [
    "buying_power",
    "trimmed to 500",
    "isolated margin is set aside as it is",
    wanting({ quantity: "20" }, {}, { equity: "200", positions: perp("-10", { marginMode: "isolated", isolatedMargin: money("150") }) }),
  ],
  [
    "buying_power",
    "trimmed to 1000",
    "an order on its way holds half of it",
    wanting({ quantity: "20" }, {}, { equity: "200", openOrders: [anOpenOrder(btc, { quantity: quantity("10") })] }),
  ],
  [
    "buying_power",
    "trimmed to 1000",
    "coins held need their whole value",
    wanting({ quantity: "20" }, {}, { equity: "200", cash: "100", positions: ethHeld("1") }),
  ],
  ["buying_power", "passed", "a share needs its whole value and has it", wanting({ instrument: anEquity() }, {}, { equity: "200" })],
  [
    "buying_power",
    `trimmed to ${less("200")}`,
    "a unit of cash less",
    wanting({ instrument: anEquity({ lot: quantity(unit), minQuantity: quantity(unit) }) }, {}, { equity: "300", cash: less("200") }),
  ],
  [
    "buying_power",
    "buying_power",
    "a profit not yet realised buys no coins",
    wanting({ instrument: aSpot() }, {}, { equity: "5000", cash: "0" }),
  ],
  [
    "buying_power",
    "trimmed to 150",
    "margin of perpetuals is not free for coins",
    wanting({ instrument: aSpot() }, {}, { equity: "200", positions: perp("5") }, { quotes: [aQuote(btc)] }),
  ],
  ["buying_power", "passed", "200 and a fee of 2 are there", wanting({ instrument: aSpot() }, {}, { equity: "202" }, dear)],
  [
    "buying_power",
    `trimmed to ${less("200")}`,
    "a unit less is not enough for the fee (EQ-4)",
    wanting({ instrument: aSpot() }, {}, { equity: less("202") }, dear),
  ],
  ["buying_power", "passed", "a perpetual's fee comes out of its margin", wanting({ quantity: "20" }, {}, { equity: "200" }, dear)],
  [
    "buying_power",
    "passed",
    "a contract of 10,000 costs 0.65",
    wanting({ instrument: anOption(), quantity: "1" }, {}, { equity: "10000.65" }, dear),
  ],
  [
    "buying_power",
    "buying_power",
    "and there is no smaller one",
    wanting({ instrument: anOption(), quantity: "1" }, {}, { equity: "10000.649999999999" }, dear),
  ],
  [
    "buying_power",
    "trimmed to 100",
    "what is on its way needs its fee too: 303 less 202",
    wanting({ instrument: aSpot() }, {}, { equity: "303", openOrders: [anOpenOrder(spy)] }, { ...dear, quotes: [aQuote(spy)] }),
  ],
  [
    "buying_power",
    "trimmed to 100",
    "so does what is reserved",
    wanting({ instrument: aSpot() }, {}, { equity: "303", reservations: [aReservation(spy, "200")] }, dear),
  ],
  ["buying_power", "passed", "2 sold short below 100 are owed at 100", wanting(short, {}, { equity: "200" })],
  ["buying_power", `trimmed to ${less("198")}`, "at 99 there would be room", wanting(short, {}, { equity: less("200") })],
  [
    "buying_power",
    "passed",
    "a sale above the market is owed at its own price",
    wanting({ ...short, price: "101" }, {}, { equity: "202" }),
  ],
  ["buying_power", `trimmed to ${less("202")}`, "and not at 100", wanting({ ...short, price: "101" }, {}, { equity: less("202") })],
  [
    "buying_power",
    "trimmed to 100",
    "a short sale on its way is owed at 100 as well",
    wanting({ instrument: aSpot() }, {}, { equity: "300", openOrders: [sale] }, { quotes: [aQuote(spy)] }),
  ],
  [
    "buying_power",
    "buying_power.no_quote",
    "and at nothing that is known where nobody quotes it",
    wanting({ instrument: aSpot() }, {}, { equity: "300", openOrders: [sale] }),
  ],
  ["buying_power", "buying_power.no_quote", "no quote, no market to sell at", wanting(short, {}, { equity: "200" }, { noQuotes: true })],
  [
    "buying_power",
    "buying_power.no_quote",
    "a position without a price is not guessed",
    wanting({}, {}, { positions: [aPosition(ada, "1")] }),
  ],

  // 1,000 long at rate 0.005: x = (E − 5) / 995, so a tenth needs E = 104.5.
  ["liquidation_distance", "passed", "exactly a tenth away", backed("104.5")],
  ["liquidation_distance", "liquidation_distance", "a unit of equity less", backed("104.499999999999")],
  ["liquidation_distance", "passed", "a unit more", backed("104.500000000001")],
  // Short: x = (E − 5) / 1005, so a tenth needs E = 105.5.
  [
    "liquidation_distance",
    "passed",
    "a short exactly a tenth away",
    wanting({ quantity: "10", side: "sell" }, { liquidationDistanceBpsMin: 1_000 }, { equity: "105.5" }, wire),
  ],
  [
    "liquidation_distance",
    "liquidation_distance",
    "a short with a unit less",
    wanting({ quantity: "10", side: "sell" }, { liquidationDistanceBpsMin: 1_000 }, { equity: "105.499999999999" }, wire),
  ],
  [
    "liquidation_distance",
    "passed",
    "the position before it counts, half and half",
    wanting({ quantity: "5" }, { liquidationDistanceBpsMin: 1_000 }, { equity: "104.5", positions: perp("5") }, wire),
  ],
  [
    "liquidation_distance",
    "liquidation_distance",
    "and a unit less does not do",
    wanting({ quantity: "5" }, { liquidationDistanceBpsMin: 1_000 }, { equity: "104.499999999999", positions: perp("5") }, wire),
  ],
  [
    "liquidation_distance",
    "passed",
    "another position needs its maintenance of 5",
    backed("109.5", { positions: [aPosition(sol, "-10")] }),
  ],
  [
    "liquidation_distance",
    "liquidation_distance",
    "and a unit less does not do",
    backed("109.499999999999", { positions: [aPosition(sol, "-10")] }),
  ],
  [
    "liquidation_distance",
    "passed",
    "isolated margin elsewhere and its gain of 100 back nothing here",
    backed("254.5", { positions: [aPosition(sol, "10", "90", { marginMode: "isolated", isolatedMargin: money("50") })] }),
  ],
  [
    "liquidation_distance",
    "liquidation_distance",
    "and a unit less does not do",
    backed("254.499999999999", { positions: [aPosition(sol, "10", "90", { marginMode: "isolated", isolatedMargin: money("50") })] }),
  ],
  [
    "liquidation_distance",
    "passed",
    "one above the mark is lost at once",
    wanting({ quantity: "10", price: "101" }, { liquidationDistanceBpsMin: 1_000 }, { equity: "114.5" }, wire),
  ],
  [
    "liquidation_distance",
    "liquidation_distance",
    "and a unit less does not do",
    wanting({ quantity: "10", price: "101" }, { liquidationDistanceBpsMin: 1_000 }, { equity: "114.499999999999" }, wire),
  ],
  [
    "liquidation_distance",
    "trimmed to 500",
    "half the equity carries half",
    wanting({ quantity: "10" }, { liquidationDistanceBpsMin: 1_000 }, { equity: "52.25" }),
  ],
  // Isolated with rate 0.2: a long 37.5% away needs 0.2 + 0.375 * 0.8 of its worth behind it, a short 25% away 0.2 + 0.25 * 1.2: half, both.
  ["liquidation_distance", "passed", "a new long at 2 times brings just half", apart("10")],
  ["liquidation_distance", "liquidation_distance", "and a basis point further is too far", apart("10", {}, {}, 3_751)],
  ["liquidation_distance", "liquidation_distance", "equity of 10,000 backs it no further", apart("10", {}, { leverage: 3 })],
  ["liquidation_distance", "passed", "a new short at 2 times brings just half", apart("10", { side: "sell" }, {}, 2_500)],
  ["liquidation_distance", "liquidation_distance", "and no further", apart("10", { side: "sell" }, {}, 2_501)],
  ["liquidation_distance", "passed", "a position that has half is added to", apart("10", {}, pocket("10", "500"))],
  ["liquidation_distance", "liquidation_distance", "one that has a unit less is not", apart("10", {}, pocket("10", "499.999999999999"))],
  [
    "liquidation_distance",
    "liquidation_distance",
    "however much the order would bring",
    apart("10", {}, { ...pocket("10", "499.999999999999"), leverage: 1 }),
  ],
  ["liquidation_distance", "passed", "what it has gained stands behind it", apart("10", {}, pocket("10", "400", "90"))],
  ["liquidation_distance", "liquidation_distance", "and what it has lost does not", apart("10", {}, pocket("10", "500", "100.1"))],
  [
    "liquidation_distance",
    "passed",
    "a spare 500 carries a quarter of each of 2,000",
    apart("20", {}, { ...pocket("10", "1000"), leverage: 4 }),
  ],
  [
    "liquidation_distance",
    "trimmed to 2000",
    "and of no more",
    { ...apart("30", {}, { ...pocket("10", "1000"), leverage: 4 }), stage: "proposal" },
  ],
  ["liquidation_distance", "passed", "one the other way round neither backs nor burdens", apart("10", {}, pocket("-10", "1"))],
  ["liquidation_distance", "liquidation_distance", "a unit above the mark is lost at once", apart("10", { price: "101" })],
  ["liquidation_distance", "liquidation_distance.no_quote", "no mark, no distance", wanting({}, {}, {}, { noQuotes: true })],
  ["liquidation_distance", "passed", "shares are not liquidated", wanting({ instrument: anEquity() }, {}, { equity: "1" })],

  [
    "concentration",
    "trimmed to 100",
    "a sale on its way counts too",
    wanting({}, { concentrationBpsMax: 300 }, { openOrders: [anOpenOrder(btc, { side: "sell" })] }),
  ],
  [
    "buying_power",
    "trimmed to 999.999999999999",
    "a third is rounded up where it is needed and down where it is left",
    wanting({ quantity: "10" }, { leverageMax: 3 }, { equity: "333.333333333333" }),
  ],
  ["buying_power", "passed", "and a unit more is enough", wanting({ quantity: "10" }, { leverageMax: 3 }, { equity: "333.333333333334" })],
  [
    "buying_power",
    "trimmed to 500.000000000001",
    "half a multiple leaves no half unit",
    wanting({ quantity: "10" }, { leverageMax: 1.5 }, { equity: "333.333333333334" }),
  ],
  [
    "leverage",
    "trimmed to 1.500000000001",
    "half a multiple of an odd unit is rounded down",
    wanting({ instrument: small }, { leverageMax: 1.5 }, { equity: "1.000000000001" }),
  ],
  [
    "gross_exposure",
    "trimmed to 149.999999999999",
    "what is held is rounded up",
    wanting(
      {},
      { grossExposureBpsMax: 200 },
      { positions: [aPosition(sol, "0.5")] },
      { quotes: [aQuote(sol, { mark: "100.000000000001" })] },
    ),
  ],
  [
    "gross_exposure",
    "trimmed to 149.999999999999",
    "and so is what is held short",
    wanting(
      {},
      { grossExposureBpsMax: 200 },
      { positions: [aPosition(sol, "-0.5")] },
      { quotes: [aQuote(sol, { mark: "100.000000000001" })] },
    ),
  ],
  [
    "gross_exposure",
    "gross_exposure.no_quote",
    "an order of an instrument that nobody knows",
    wanting({}, {}, { openOrders: [anOpenOrder(instrumentId("NOBODY"))] }),
  ],
  [
    "gross_exposure",
    "gross_exposure.no_quote",
    "a position of an instrument that nobody knows",
    wanting({}, {}, { positions: [aPosition(instrumentId("NOBODY"), "1")] }),
  ],
  [
    "gross_exposure",
    "gross_exposure.no_quote",
    "a reservation of an instrument that nobody knows",
    wanting({}, {}, { reservations: [aReservation(instrumentId("NOBODY"), "1")] }),
  ],
  [
    "liquidation_distance",
    "trimmed to 497.607655502392",
    "52 carries 52 / 0.1045, rounded down",
    wanting({ quantity: "10" }, { liquidationDistanceBpsMin: 1_000 }, { equity: "52" }),
  ],
  [
    "liquidation_distance",
    "passed",
    "an isolated short's gain of 100 elsewhere backs nothing here",
    backed("254.5", { positions: [aPosition(sol, "-10", "110", { marginMode: "isolated", isolatedMargin: money("50") })] }),
  ],
  [
    "liquidation_distance",
    "liquidation_distance",
    "and a unit less does not do",
    backed("254.499999999999", { positions: [aPosition(sol, "-10", "110", { marginMode: "isolated", isolatedMargin: money("50") })] }),
  ],
  [
    "liquidation_distance",
    "passed",
    "an isolated loss beyond its margin takes no more than that",
    backed("104.5", { positions: [aPosition(sol, "10", "190", { marginMode: "isolated", isolatedMargin: money("50") })] }),
  ],
  ["buying_power", "buying_power", "without equity not even nothing is bought", wanting({ quantity: "0" }, {}, { equity: "0" })],
  [
    "liquidation_distance",
    "liquidation_distance",
    "without equity not even nothing is bought",
    wanting({ quantity: "0" }, {}, { equity: "0" }),
  ],
  ["risk_per_trade", "trimmed to 33.333333333333", "a third is rounded down", wanting({ stopLoss: "97" }, { riskPerTradeBpsMax: 1 })],
  [
    "order_value",
    "trimmed to 5.0949",
    "the smallest notional is 0.05005, so 51 whole lots",
    wanting({ price: "99.9" }, { orderNotionalMax: money("5.0949") }),
  ],
  [
    "order_value",
    "order_value",
    "and a unit less is no whole order",
    wanting({ price: "99.9" }, { orderNotionalMax: money("5.094899999999") }),
  ],
];

function many(held: number, candidate = "NEW"): Scene {
  const ids = Array.from({ length: held }, (_, index) => instrumentId(`I${index}`));
  return aScene({
    candidate: { instrument: aPerpetual({ id: instrumentId(candidate) }) },
    standing: { positions: ids.map((id) => aPosition(id, "1")) },
  });
}

function withOrders(others: number): Scene {
  const ids = Array.from({ length: others }, (_, index) => instrumentId(`I${index}`));
  const openOrders = [...ids.map((id) => anOpenOrder(id)), anOpenOrder(eth, { purpose: "close", reduceOnly: true })];
  return aScene({ standing: { openOrders, reservations: [aReservation(sol, "100")] } });
}

describe("rails on size", () => {
  it.each(rows)("%s: %s because %s", (rail, expected, _because, scene) => {
    expect(askOne(rail, scene)).toBe(expected);
  });
});
