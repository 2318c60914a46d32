import type { Config } from "../config/config.ts";
import type { BacktestPlan } from "../lab/backtest.ts";
import { bps } from "../words/rate.ts";

/** The simulated venue as the configuration has it; a desk that trades something else says what is other there. */
export const venueOf = ({ seed, account, venue }: Config): BacktestPlan["venue"] => ({
  seed,
  startCash: account.startCash,
  makerFee: bps(venue.makerFeeBps),
  takerFee: bps(venue.takerFeeBps),
  spreadBps: venue.spreadBps,
  slippageBps: venue.slippageBps,
  latencyMs: venue.latencyMs,
  participation: venue.participation,
  leverage: account.leverage,
  marginMode: account.marginMode,
});
