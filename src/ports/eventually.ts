/** An answer now (backtest and simulation) or later (live): the same port serves the runner that never awaits and the one that does. */
export type Eventually<Value> = Value | Promise<Value>;

/** Chains on an answer that may be there already, without making it wait. */
export const whenDone = <From, To>(answer: Eventually<From>, next: (value: From) => Eventually<To>): Eventually<To> =>
  answer instanceof Promise ? answer.then(next) : next(answer);
