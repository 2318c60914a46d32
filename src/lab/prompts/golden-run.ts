import type { AssetContext } from "../../flow/context/gather.ts";
import { readPortfolio, type AssetDecision } from "../../flow/proposals/read-portfolio.ts";
import { checkPortfolio } from "../../flow/proposals/validate.ts";
import type { Model } from "../../ports/model.ts";
import { accountId, correlationId, deskId } from "../../words/ids.ts";
import { notional, plus, zeroMoney, type Money } from "../../words/money.ts";
import { magnitude } from "../../words/quantity.ts";
import type { GoldenQuestion } from "./golden-set.ts";

/** What was decided for one asset of one scenario. `direction` is where it pushes the position: 1 up, -1 down, 0 leaves it. */
export type GoldenDecision = {
  readonly scenario: string;
  readonly symbol: string;
  readonly action: string;
  readonly direction: -1 | 0 | 1;
  /** 0 to 1; null with no usable answer, whose `action` says why. */
  readonly confidence: number | null;
};

export type GoldenRun = { readonly decisions: readonly GoldenDecision[]; readonly cost: Money };

/** Questions and a model come in; every asset's decision goes out, one question after the other. */
export async function goldenRun(set: readonly GoldenQuestion[], model: Model): Promise<GoldenRun> {
  const decisions: GoldenDecision[] = [];
  let cost = zeroMoney;
  for (const [at, golden] of set.entries()) {
    const asking = { account: accountId("golden"), desk: deskId("perps"), correlation: correlationId(`golden.${at + 1}`) };
    const answer = await model.ask(golden.question, asking);
    cost = plus(cost, answer.cost);
    decisions.push(...(answer.outcome === "ok" ? read(golden, answer.text) : none(golden, answer.outcome)));
  }
  return { decisions, cost };
}

const none = ({ name, context }: GoldenQuestion, why: string): readonly GoldenDecision[] =>
  context.assets.map(({ instrument }) => ({ scenario: name, symbol: instrument.symbol, action: why, direction: 0, confidence: null }));

function read(golden: GoldenQuestion, text: string): readonly GoldenDecision[] {
  const reply = readPortfolio(text);
  if (!reply.ok) return none(golden, `unreadable: ${reply.error.code}`);
  const checked = checkPortfolio(reply.value, golden.context);
  if (!checked.ok) return none(golden, `invalid: ${checked.error.code}`);
  return golden.context.assets.flatMap((asset) => {
    const decision = checked.value.find(({ symbol }) => symbol === asset.instrument.symbol);
    if (decision === undefined) return [];
    const { symbol, action, confidence } = decision;
    return [{ scenario: golden.name, symbol, action, direction: directionOf(decision, asset), confidence }];
  });
}

function directionOf({ action, allocation }: AssetDecision, { position, market, instrument }: AssetContext): GoldenDecision["direction"] {
  if (action === "buy") return 1;
  if (action === "sell") return -1;
  if (position === undefined || action === "hold" || action === "adjust_orders") return 0;
  const side = position.quantity > 0n ? 1 : -1;
  if (action === "close_position") return side === 1 ? -1 : 1;
  const worth = notional(market.quote.last, magnitude(position.quantity), instrument.multiplier, "half_even");
  if (allocation === worth) return 0;
  return allocation > worth === (side === 1) ? 1 : -1;
}
