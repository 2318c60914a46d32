import type { AccountState } from "../../src/journal/account-state.ts";

/** Everything that an account knows, as plain values to compare. */
export const viewOf = (state: AccountState): Readonly<Record<string, unknown>> => {
  const ids = state.opening.instruments.map(({ id }) => id);
  return {
    sequence: state.sequence,
    cash: state.cash,
    wallet: state.wallet,
    equity: state.equity,
    positions: [...state.positions],
    ledger: state.ledger.snapshot(),
    totals: state.ledger.totals(),
    openOrders: [...state.openOrders],
    sentOrders: [...state.sentOrders],
    reservations: [...state.reservations],
    latches: [...state.latches],
    killLevel: state.killLevel,
    dayStart: state.dayStartEquity,
    dayDate: state.guards.dayDate,
    peak: state.peakEquity,
    strategy: state.strategy,
    wakes: state.wakes,
    bookVersion: state.bookVersion,
    protection: ids.map((id) => state.protection(id)),
    recent: ids.map((id) => state.decisions.recent(id)),
    lastAnswer: state.decisions.lastAnswer,
    trades: [...state.trades],
    scored: [...state.forecasts.scored],
    openForecasts: [...state.forecasts.open],
  };
};
