import type { VenueSettings } from "../venue/settings.ts";
import type { Faults } from "./fault-names.ts";

export type Profile = Required<Pick<VenueSettings, "able" | "acknowledges">> & { readonly faults: Faults };
export type ProfileName = "alpaca" | "ib" | "binance-like" | "coinbase-like";

const all = { brackets: true, oco: true, replace: true, trailing: true } as const;

/**
 * What is documented or was reported of venues of one kind. The chances are higher than in life, so that a simulated week meets
 * everything; `able` and `acknowledges` are for the settings of the exchange behind the faults.
 */
export const profiles = {
  alpaca: {
    able: all,
    // `trade_updates` tells `new` and `accepted` of every order.
    acknowledges: true,
    faults: {
      // A timeout of POST /v2/orders proves nothing: one looks up by client_order_id before any resend.
      accept_then_timeout: { chance: 0.02 },
      // The paper engine and the stream race: `fill` has come before the reply.
      fill_before_ack: { chance: 0.02 },
      // PATCH makes a new order and is refused while one is pending; a fill may be first (Alpaca-API#165).
      replace_race: { chance: 0.05 },
      // Orders were reported filled after `canceled` (Alpaca-API#71).
      fill_after_cancel: { chance: 0.02, msMax: 60_000 },
      // There is no replay after a reconnect: what was said meanwhile is in the activities only.
      dropped_report: { chance: 0.02 },
      // Streams repeat events after a reconnect.
      duplicate_execution: { chance: 0.02 },
      // Activities come in pages of 100 at most.
      history_cap: { chance: 1, newest: 100 },
      // `suspended` and `done_for_day` are states that only the venue sets.
      self_cancel: { chance: 0.01 },
      // 429 with code 42910000 beyond about 200 requests a minute.
      rate_limit: { chance: 0.005 },
      // Trading statuses and limit-up-limit-down bands of the exchanges.
      halt: { chance: 0.002 },
      // Orders for the open and the close (`opg`, `cls`) wait for an auction.
      auction: { chance: 0.005 },
      // A corporate action: open orders do not live through it.
      split: { chance: 0.0005 },
    },
  },
  ib: {
    able: all,
    // openOrder and orderStatus tell `PreSubmitted` and `Submitted`.
    acknowledges: true,
    faults: {
      // There is no reply to PLACE_ORDER at all but what the stream says, so one may be missing.
      accept_then_timeout: { chance: 0.02 },
      // execDetails comes before the status that goes with it.
      fill_before_ack: { chance: 0.05 },
      // `Cancelled` is not an end here: fills after it were reported (pysystemtrade#1580).
      fill_after_cancel: { chance: 0.03, msMax: 60_000 },
      // Gateways repeat what they said of an order.
      duplicate_execution: { chance: 0.05 },
      // Fills around an 1100 were never told and are found by reqExecutions (Lean.Brokerages.InteractiveBrokers#249).
      dropped_report: { chance: 0.03 },
      // An execution carries `pendingPriceRevision`: its price may still change.
      bust_and_correct: { chance: 0.005 },
      // A modification is PLACE_ORDER with the same id and may meet a filled order (104) or another version of it (105).
      replace_race: { chance: 0.05 },
      // reqOpenOrders shows what this client id has placed and nothing else.
      hidden_conditionals: { chance: 0.05 },
      // A nightly restart took nextValidId back and numbers came again (Lean.Brokerages.InteractiveBrokers#242).
      id_rollback: { chance: 0.02 },
      // Positions come by subscription and follow the fills after a while.
      position_lag: { chance: 0.1 },
      // Codes 202 and 203 end orders that nobody asked to end.
      self_cancel: { chance: 0.01 },
      // The daily restart: 1100, then 1101 or 1102, and day orders are gone.
      maintenance_reset: { chance: 0.01 },
      // Code 100: more than 50 messages a second.
      rate_limit: { chance: 0.002 },
      // Tick type 49 tells of halts.
      halt: { chance: 0.002 },
      // Orders that exchanges hold for the open, with code 399.
      auction: { chance: 0.005 },
      // A corporate action: open orders do not live through it.
      split: { chance: 0.0005 },
    },
  },
  "binance-like": {
    // Perpetuals know neither brackets nor groups; PUT order replaces, and TRAILING_STOP_MARKET trails.
    able: { brackets: false, oco: false, replace: true, trailing: true },
    // ORDER_TRADE_UPDATE with x = NEW.
    acknowledges: true,
    faults: {
      // 503, -1006 and -1007: the execution status is unknown, and never a failure.
      accept_then_timeout: { chance: 0.03 },
      // Requests queue under their nonce; one that timed out may still run.
      late_arrival: { chance: 0.01, msMax: 10_000 },
      // -2013, no such order, right after its acceptance.
      late_visibility: { chance: 0.03, msMax: 5000 },
      // ORDER_TRADE_UPDATE comes before or after the reply; both happen live.
      fill_before_ack: { chance: 0.05 },
      // The order of events is not guaranteed, and a reconnect repeats some.
      duplicate_execution: { chance: 0.02 },
      // A listen key that expired loses what came meanwhile; userTrades has it.
      dropped_report: { chance: 0.02 },
      // A modification may meet a fill.
      replace_race: { chance: 0.03 },
      // Stops are counted and listed as algo orders, apart from open orders.
      hidden_conditionals: { chance: 0.1 },
      // userTrades gives 1000 rows of seven days.
      history_cap: { chance: 1, newest: 1000 },
      // ACCOUNT_UPDATE follows after the fill.
      position_lag: { chance: 0.1, msMax: 5000 },
      // Self-trade prevention and reduce-only rules expire orders.
      self_cancel: { chance: 0.01 },
      // 429 beyond the weight of a minute, and then 418: a ban of two minutes to three days.
      rate_limit: { chance: 0.01, banMs: 120_000 },
    },
  },
  "coinbase-like": {
    // Spot orders alone: what hangs together is the desk's to keep together.
    able: { brackets: false, oco: false, replace: false, trailing: false },
    // The `user` channel tells every order's state.
    acknowledges: true,
    faults: {
      // A request that timed out or broke off is an unknown outcome.
      accept_then_timeout: { chance: 0.02 },
      // The reply acknowledges receipt; the order is readable a moment later.
      late_visibility: { chance: 0.05, msMax: 3000 },
      // The channel may tell a match before the reply is there.
      fill_before_ack: { chance: 0.03 },
      // A reconnected channel begins with a snapshot and has no replay.
      dropped_report: { chance: 0.02 },
      // That snapshot repeats what was told before.
      duplicate_execution: { chance: 0.02 },
      // Balances follow fills.
      position_lag: { chance: 0.1, msMax: 3000 },
      // One request in 34 ms is what is allowed.
      rate_limit: { chance: 0.01 },
      // Scheduled maintenance answers 503 to everything.
      maintenance_reset: { chance: 0.001 },
    },
  },
} as const satisfies Record<ProfileName, Profile>;
