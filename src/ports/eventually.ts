/** An answer now (backtest and simulation) or later (live): the same port serves the runner that never awaits and the one that does. */
export type Eventually<Value> = Value | Promise<Value>;
