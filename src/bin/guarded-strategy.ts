import type { AssetContext } from "../flow/context/gather.ts";
import type { Draft, Strategy } from "../flow/proposals/strategy.ts";
import { Failed } from "./failed.ts";

const actions = ["hold", "close_position", "adjust_orders", "adjust_position", "buy", "sell"] as const satisfies readonly Draft["action"][];

/** Which numbers an action must have, beside those that it may have. */
const needed = {
  buy: ["confidence"],
  sell: ["confidence"],
  hold: [],
  close_position: ["confidence"],
  adjust_orders: ["confidence"],
  adjust_position: ["times", "confidence"],
} as const;

/** A user's rules with what they answer looked at: a slip in them ends the run with their file's name, and not with ours. */
export function guarded(strategy: Strategy, file: string): Strategy {
  return {
    ...strategy,
    decide: (asset, numbers) => {
      const failed = (what: string): Failed => new Failed(1, `${file}: decide ${what} for ${asset.instrument.symbol} ${when(asset)}`);
      let draft: unknown;
      try {
        draft = strategy.decide(asset, numbers);
      } catch (cause) {
        throw failed(`threw "${cause instanceof Error ? cause.message : String(cause)}"`);
      }
      const slip = slipOf(draft);
      if (slip !== undefined) throw failed(slip);
      return draft as Draft;
    },
  };
}

const when = ({ market }: AssetContext): string => `at ${market.quote.quotedAt.toString()}`;

function slipOf(draft: unknown): string | undefined {
  if (typeof draft !== "object" || draft === null) return `answered ${typeof draft === "object" ? "null" : typeof draft}, not a draft`;
  const fields: Readonly<Record<string, unknown>> = { ...draft };
  const action = actions.find((each) => each === fields["action"]);
  if (action === undefined) return `answered the action ${JSON.stringify(fields["action"])}, which is not one of ${actions.join(", ")}`;
  const must: readonly string[] = needed[action];
  for (const name of ["stop", "target", "confidence", "part", "times"]) {
    const value = fields[name];
    if (value === undefined ? must.includes(name) : typeof value !== "number" || !Number.isFinite(value))
      return `answered ${action} with ${name} ${String(value)}, which is not a number`;
  }
  return typeof fields["rationale"] === "string" ? undefined : `answered ${action} without a rationale`;
}
