import { describe, expect, it } from "vitest";
import { instrumentId } from "../../../src/words/ids.ts";
import { aLatch, anEquity, anOption, aPosition, aPerpetual, aQuote, aScene, aSpot } from "./a-scene.ts";
import { askOne, type Row } from "./ask-one.ts";

const btc = instrumentId("BTCUSDT.PERP");
const close = { purpose: "close", side: "sell" } as const;
const stop = { purpose: "stop_loss", side: "sell", type: "stop", price: "98" } as const;
const long = [aPosition(btc, "2")];
const quoted = (with_: Parameters<typeof aQuote>[1], more: Parameters<typeof aScene>[0] = {}) =>
  aScene({ ...more, quotes: [aQuote(btc, with_)] });

const silentClock = { measured: { deltaOf: () => undefined, clock: { known: "unanswered" } } } as const;
const clocked = (skewMs: number, uncertaintyMs = 0, candidate = {}) =>
  aScene({
    candidate,
    standing: {
      measured: {
        deltaOf: () => undefined,
        clock: { known: "measured", at: Temporal.Instant.fromEpochMilliseconds(0), skewMs, uncertaintyMs },
      },
    },
  });

const rows: readonly Row[] = [
  ["kill_switch", "passed", "nobody has said stop", aScene()],
  ["kill_switch", "kill_switch.entries", "K1 is reduce only", aScene({ standing: { killLevel: "K1" } })],
  ["kill_switch", "passed", "K1 lets a close reduce", aScene({ standing: { killLevel: "K1" }, candidate: close })],
  [
    "kill_switch",
    "kill_switch.entries",
    "a close that is not reduce-only may open",
    aScene({ standing: { killLevel: "K1" }, candidate: { ...close, reduceOnly: false } }),
  ],
  ["kill_switch", "kill_switch.entries", "K2 has cancelled entries", aScene({ standing: { killLevel: "K2" } })],
  ["kill_switch", "passed", "K2 keeps protection", aScene({ standing: { killLevel: "K2" }, candidate: stop })],
  [
    "kill_switch",
    "kill_switch.all",
    "K3 has cancelled everything, protection too",
    aScene({ standing: { killLevel: "K3" }, candidate: stop }),
  ],
  ["kill_switch", "kill_switch.all", "K3 flattens nothing by itself", aScene({ standing: { killLevel: "K3" }, candidate: close })],
  ["kill_switch", "passed", "K4 flattens", aScene({ standing: { killLevel: "K4" }, candidate: close })],
  [
    "kill_switch",
    "kill_switch.all",
    "K4 flattens only with closes that are reduce-only",
    aScene({ standing: { killLevel: "K4" }, candidate: { ...close, reduceOnly: false } }),
  ],
  ["kill_switch", "kill_switch.all", "K4 places no new protection", aScene({ standing: { killLevel: "K4" }, candidate: stop })],
  ["kill_switch", "rail_fault", "a level nobody knows is not a permission", aScene({ standing: { killLevel: "K9" as "K1" } })],

  ["loss_latch", "passed", "no latch is set", aScene()],
  ["loss_latch", "loss_latch.daily_loss", "it holds though equity is back", aScene({ standing: { latches: [aLatch("daily_loss")] } })],
  ["loss_latch", "loss_latch.drawdown", "it holds though equity is back", aScene({ standing: { latches: [aLatch("drawdown")] } })],
  [
    "loss_latch",
    "loss_latch.ledger_mismatch",
    "the book cannot be trusted",
    aScene({ standing: { latches: [aLatch("ledger_mismatch")] } }),
  ],
  ["loss_latch", "passed", "the kill latch is the kill switch's", aScene({ standing: { latches: [aLatch("kill")] } })],
  ["loss_latch", "not asked", "exits are never latched", aScene({ standing: { latches: [aLatch("drawdown")] }, candidate: close })],

  [
    "daily_loss",
    "daily_loss",
    "200 of 10,000 is exactly the limit of 200 bps",
    aScene({ standing: { equity: "9800", dayStartEquity: "10000" } }),
  ],
  [
    "daily_loss",
    "passed",
    "one unit of 10^-12 less is below it",
    aScene({ standing: { equity: "9800.000000000001", dayStartEquity: "10000" } }),
  ],
  ["daily_loss", "daily_loss", "one unit more is above it", aScene({ standing: { equity: "9799.999999999999", dayStartEquity: "10000" } })],
  ["daily_loss", "passed", "a gain is no loss", aScene({ standing: { equity: "10100", dayStartEquity: "10000" } })],
  ["daily_loss", "daily_loss.no_equity", "a loss of nothing cannot be measured", aScene({ standing: { dayStartEquity: "0" } })],
  ["daily_loss", "rail_fault", "a limit that is not a number permits nothing", aScene({ limits: { dailyLossBpsMax: Number.NaN } })],
  [
    "daily_loss",
    "daily_loss",
    "a limit may be a fraction of a basis point",
    aScene({ limits: { dailyLossBpsMax: 0.5 }, standing: { equity: "9999.5", dayStartEquity: "10000" } }),
  ],
  [
    "daily_loss",
    "passed",
    "a limit may be a fraction of a basis point",
    aScene({ limits: { dailyLossBpsMax: 0.5 }, standing: { equity: "9999.500000000001", dayStartEquity: "10000" } }),
  ],
  ["drawdown", "drawdown", "1,000 of 10,000 is exactly the limit", aScene({ standing: { equity: "9000", peakEquity: "10000" } })],
  ["drawdown", "passed", "one unit less is below it", aScene({ standing: { equity: "9000.000000000001", peakEquity: "10000" } })],
  ["drawdown", "drawdown", "one unit more is above it", aScene({ standing: { equity: "8999.999999999999", peakEquity: "10000" } })],
  ["drawdown", "drawdown.no_equity", "no peak, no measure", aScene({ standing: { peakEquity: "-1" } })],

  ["instrument_permission", "passed", "it is allowed by id", aScene()],
  [
    "instrument_permission",
    "instrument_permission",
    "a symbol alike is not the id",
    aScene({ candidate: { instrument: aPerpetual({ id: instrumentId("BTCUSD.PERP") }) } }),
  ],
  ["instrument_permission", "instrument_permission", "an empty list allows nothing", aScene({ limits: { allowed: [] } })],
  ["instrument_permission", "instrument_permission.unknown", "allowed but not known", { ...aScene(), instrument: () => undefined }],
  [
    "instrument_permission",
    "instrument_permission.not_shortable",
    "a share that cannot be borrowed",
    aScene({ candidate: { side: "sell", instrument: anEquity({ shortable: false }) } }),
  ],
  ["instrument_permission", "passed", "a share that can", aScene({ candidate: { side: "sell", instrument: anEquity() } })],
  [
    "instrument_permission",
    "instrument_permission.not_shortable",
    "coins are not borrowed",
    aScene({ candidate: { side: "sell", instrument: aSpot() } }),
  ],
  [
    "instrument_permission",
    "instrument_permission.not_shortable",
    "options are not written",
    aScene({ candidate: { side: "sell", instrument: anOption() } }),
  ],
  [
    "instrument_permission",
    "not asked",
    "what is no longer allowed can still be closed",
    aScene({ limits: { allowed: [] }, candidate: close }),
  ],

  ["market_state", "passed", "calendar and venue both say open", aScene()],
  ["market_state", "market_state.disagreement", "the calendar says closed", aScene({ sessionOpen: false })],
  ["market_state", "market_state.disagreement", "the venue says closed", quoted({ status: "closed" })],
  ["market_state", "market_state.closed", "both say closed", quoted({ status: "closed" }, { sessionOpen: false })],
  ["market_state", "market_state.halted", "halted is halted", quoted({ status: "halted" })],
  ["market_state", "market_state.auction", "an auction is not continuous trading", quoted({ status: "auction" })],
  ["market_state", "passed", "exits may go on where the two disagree", quoted({ status: "closed" }, { candidate: close })],
  ["market_state", "market_state.halted", "nothing is sold into a halt", quoted({ status: "halted" }, { candidate: close })],
  [
    "market_state",
    "market_state.closed",
    "a close waits for the session",
    quoted({ status: "closed" }, { candidate: close, sessionOpen: false }),
  ],
  ["market_state", "passed", "a stop may be placed at night", quoted({ status: "closed" }, { candidate: stop, sessionOpen: false })],
  ["market_state", "market_state.no_quote", "no status is not open", aScene({ noQuotes: true })],

  ["stale_data", "passed", "exactly as old as allowed", quoted({ ageMs: 2_000 })],
  ["stale_data", "stale_data.old", "one millisecond older", quoted({ ageMs: 2_001 })],
  ["stale_data", "passed", "one millisecond younger", quoted({ ageMs: 1_999 })],
  ["stale_data", "passed", "made this very millisecond", quoted({ ageMs: 0 })],
  ["stale_data", "stale_data.future", "a quote from the future means a clock is wrong", quoted({ ageMs: -1 })],
  ["stale_data", "stale_data.no_quote", "no quote at all", aScene({ noQuotes: true })],
  ["stale_data", "stale_data.old", "a limit that is not a number permits nothing", aScene({ limits: { quoteAgeMsMax: Number.NaN } })],
  ["stale_data", "passed", "half a second is what clocks may differ by", clocked(500)],
  ["stale_data", "stale_data.clock_off", "a millisecond more, ahead", clocked(501)],
  ["stale_data", "stale_data.clock_off", "and behind", clocked(-501)],
  ["stale_data", "passed", "what the way there and back may have made of it is no difference", clocked(1_500, 1_000)],
  ["stale_data", "stale_data.clock_off", "but what is left after that is", clocked(-1_501, 1_000)],
  ["stale_data", "stale_data.clock_unknown", "an answer known no better than a second says nothing", clocked(0, 1_000.5)],
  ["stale_data", "stale_data.clock_unknown", "nor does one that is not a number", clocked(0, Number.NaN)],
  ["stale_data", "stale_data.clock_off", "nor a difference that is none", clocked(Number.NaN)],
  ["stale_data", "stale_data.clock_unknown", "who did not tell his time is not on time", aScene({ standing: silentClock })],
  ["stale_data", "not asked", "no clock holds up an exit", aScene({ standing: silentClock, candidate: close })],
  ["stale_data", "not asked", "nor a stop, however wrong it is", clocked(3_600_000, 0, stop)],
  ["stale_data", "not asked", "old data holds up no exit", quoted({ ageMs: 60_000 }, { candidate: close })],

  ["price_collar", "passed", "a buy at exactly one collar above the middle", aScene({ candidate: { price: "101" } })],
  ["price_collar", "price_collar.worse", "a buy one unit beyond", aScene({ candidate: { price: "101.000000000001" } })],
  ["price_collar", "passed", "a buy one unit within", aScene({ candidate: { price: "100.999999999999" } })],
  ["price_collar", "passed", "a sale at exactly one collar below", aScene({ candidate: { side: "sell", price: "99" } })],
  ["price_collar", "price_collar.worse", "a sale one unit beyond", aScene({ candidate: { side: "sell", price: "98.999999999999" } })],
  ["price_collar", "passed", "a patient buy ten collars below only waits", aScene({ candidate: { price: "90" } })],
  ["price_collar", "price_collar.far", "beyond ten collars it is a slipped digit", aScene({ candidate: { price: "89.999999999999" } })],
  ["price_collar", "price_collar.far", "on the other side too", aScene({ candidate: { side: "sell", price: "110.1" } })],
  ["price_collar", "passed", "an exit may cost three collars", aScene({ candidate: { ...close, price: "97" } })],
  ["price_collar", "price_collar.worse", "and not a unit more", aScene({ candidate: { ...close, price: "96.999999999999" } })],
  ["price_collar", "passed", "last and mark at exactly the widest gap", quoted({ last: "102" })],
  ["price_collar", "price_collar.reference_gap", "a unit wider", quoted({ last: "102.000000000001" })],
  [
    "price_collar",
    "price_collar.reference_gap",
    "a middle away from the mark is not believed",
    quoted({ bid: "97.89", ask: "97.91" }, { candidate: { price: "98" } }),
  ],
  ["price_collar", "passed", "exits do not wait for two sources", quoted({ last: "150" }, { candidate: close })],
  ["price_collar", "price_collar.no_reference", "no quote", aScene({ noQuotes: true })],
  ["price_collar", "price_collar.no_reference", "no exit without a reference either", aScene({ noQuotes: true, candidate: close })],
  ["price_collar", "price_collar.no_reference", "no bids", quoted({ bid: "0" })],
  ["price_collar", "price_collar.no_reference", "a negative bid", quoted({ bid: "-1" })],
  ["price_collar", "price_collar.no_reference", "no last price", quoted({ last: "0" })],
  ["price_collar", "price_collar.no_reference", "no mark for a stop", quoted({ mark: "0" }, { candidate: stop })],
  [
    "price_collar",
    "passed",
    "an instrument that may trade below zero",
    quoted(
      { bid: "-100.1", ask: "-99.9", last: "-100", mark: "-100" },
      { candidate: { instrument: aPerpetual({ priceMayBeNegative: true }), price: "-99" } },
    ),
  ],
  [
    "price_collar",
    "price_collar.worse",
    "and is held to the collar there",
    quoted(
      { bid: "-100.1", ask: "-99.9", last: "-100", mark: "-100" },
      { candidate: { instrument: aPerpetual({ priceMayBeNegative: true }), price: "-98.9" } },
    ),
  ],
  ["price_collar", "passed", "a stop at exactly the greatest distance from the mark", aScene({ candidate: { ...stop, price: "90" } })],
  ["price_collar", "price_collar.trigger_far", "a unit further", aScene({ candidate: { ...stop, price: "89.999999999999" } })],
  ["price_collar", "passed", "a target has three of them", aScene({ candidate: { ...stop, purpose: "take_profit", price: "130" } })],
  [
    "price_collar",
    "price_collar.trigger_far",
    "and not a unit more",
    aScene({ candidate: { ...stop, purpose: "take_profit", price: "130.000000000001" } }),
  ],
  [
    "price_collar",
    "passed",
    "a stop right at entry stays right when the market has doubled",
    quoted({ mark: "200" }, { candidate: { ...stop, price: "95" }, standing: { positions: long } }),
  ],

  ["price_collar", "price_collar.no_reference", "no asks", quoted({ ask: "0" })],
  [
    "price_collar",
    "passed",
    "a stop at the distance from the mark, far from where we entered",
    aScene({ candidate: { ...stop, price: "90" }, standing: { positions: [aPosition(btc, "2", "50")] } }),
  ],
  [
    "price_collar",
    "passed",
    "a stop at the distance from where we entered, far from the mark",
    quoted({ mark: "200" }, { candidate: { ...stop, price: "90" }, standing: { positions: long } }),
  ],
  [
    "price_collar",
    "price_collar.trigger_far",
    "a unit further from both",
    quoted({ mark: "200" }, { candidate: { ...stop, price: "89.999999999999" }, standing: { positions: long } }),
  ],

  ["spread", "passed", "50 bps is exactly the limit", quoted({ bid: "99.75", ask: "100.25" })],
  ["spread", "spread.wide", "a unit more", quoted({ bid: "99.75", ask: "100.250000000001" })],
  ["spread", "passed", "a unit less", quoted({ bid: "99.750000000001", ask: "100.25" })],
  ["spread", "spread.crossed", "the bid is above the ask", quoted({ bid: "100.1", ask: "100" })],
  ["spread", "passed", "a locked book has no spread", quoted({ bid: "100", ask: "100" })],
  ["spread", "spread.no_quote", "no quote", aScene({ noQuotes: true })],
  ["spread", "not asked", "a wide book must still let us out", quoted({ bid: "80", ask: "120" }, { candidate: close })],
];

describe("rails on account and market", () => {
  it.each(rows)("%s: %s because %s", (rail, expected, _because, scene) => {
    expect(askOne(rail, scene)).toBe(expected);
  });
});
