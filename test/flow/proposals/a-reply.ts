/** One decision of a portfolio answer as a model writes it; `undefined` leaves a field out. */
export const aDecision = (with_: Record<string, unknown> = {}): Record<string, unknown> => ({
  symbol: "BTCUSDT",
  action: "buy",
  allocation_usd: 1000,
  tp_price: 110,
  sl_price: 95,
  exit_plan: "out at the target",
  rationale: "it rises",
  confidence: 0.7,
  risk_level: "medium",
  ...with_,
});

export const aReply = (decisions: readonly unknown[] = [aDecision()], with_: Record<string, unknown> = {}): Record<string, unknown> => ({
  decisions,
  rationale: "one trade",
  total_allocation_usd: 1000,
  risk_level: "medium",
  ...with_,
});

export const aReplyText = (with_: Record<string, unknown> = {}, around: Record<string, unknown> = {}): string =>
  JSON.stringify(aReply([aDecision(with_)], around));

/** The same answer with one value spelled as no JSON writer would: `literal` stands in the place of the allocation and of the total. */
export const spelled = (literal: string): string =>
  aReplyText({ allocation_usd: 7_777 }, { total_allocation_usd: 7_777 }).replaceAll("7777", literal);
