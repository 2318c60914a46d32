export const Side = { Buy: "buy", Sell: "sell" } as const;
export type Side = (typeof Side)[keyof typeof Side];
export const opposite = { buy: "sell", sell: "buy" } as const satisfies Record<Side, Side>;

/** The direction of a signed position or flow: +1n adds, -1n takes away. */
export const sign = { buy: 1n, sell: -1n } as const satisfies Record<Side, bigint>;
