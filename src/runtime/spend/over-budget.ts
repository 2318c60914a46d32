import { grouped } from "../../journal/readable.ts";
import type { SpendCaps } from "../../journal/spending.ts";
import type { OverBudget, Spender, Worst } from "../../ports/budget.ts";
import { plus, type Money } from "../../words/money.ts";
import type { Sum, Sums } from "./sums.ts";
import { monthOf } from "./utc-day.ts";

type MoneyCap = Exclude<keyof SpendCaps, "callsPerScanMax">;

/** The caps that are amounts, the nearest to the call first. */
const moneyCaps = [
  "usdPerCall",
  "usdPerScanMax",
  "usdPerDeskDayMax",
  "usdPerAccountDayMax",
  "usdPerDayMax",
  "usdPerMonthMax",
] as const satisfies readonly MoneyCap[];

export const capNames: readonly (keyof SpendCaps)[] = ["callsPerScanMax", ...moneyCaps];

/** A call's worst case comes in with all that counts already; the first cap that it could pass goes out, or nothing. */
export function overBudget(caps: SpendCaps, sums: Sums, by: Spender, worst: Worst, day: string): OverBudget | undefined {
  const { cost } = worst;
  const scan = sums.scan(by.account, by.correlation);
  if (caps.callsPerScanMax !== undefined && scan.calls >= caps.callsPerScanMax) {
    const detail = `${scan.calls} calls were made or are under way in scan ${by.correlation}, and no more than ${caps.callsPerScanMax} may be`;
    return { code: "calls_per_scan", limit: `callsPerScanMax ${caps.callsPerScanMax}`, detail };
  }
  if (cost === undefined) return unknownPrice(caps, by, worst);
  if (caps.usdPerCall !== undefined && cost > caps.usdPerCall) {
    const detail = `this call may cost ${grouped(cost)} (${tokens(worst)}), and one call may cost ${grouped(caps.usdPerCall)}`;
    return { code: "call", limit: limitOf("usdPerCall", caps.usdPerCall), detail };
  }
  const month = monthOf(day);
  const over = (code: OverBudget["code"], name: MoneyCap, sum: Sum, where: string): OverBudget | undefined =>
    passed(code, name, caps[name], sum, cost, where);
  return (
    over("scan", "usdPerScanMax", scan, `in scan ${by.correlation}`) ??
    over("desk", "usdPerDeskDayMax", sums.deskDay(by.desk, day), `by desk ${by.desk} on ${day} (UTC)`) ??
    over("account", "usdPerAccountDayMax", sums.accountDay(by.account, day), `by account ${by.account} on ${day} (UTC)`) ??
    over("day", "usdPerDayMax", sums.day(day), `on ${day} (UTC)`) ??
    over("month", "usdPerMonthMax", sums.month(month), `in ${month} (UTC)`)
  );
}

function passed(
  code: OverBudget["code"],
  name: MoneyCap,
  cap: Money | undefined,
  { spent, open }: Sum,
  cost: Money,
  where: string,
): OverBudget | undefined {
  if (cap === undefined) return undefined;
  const all = plus(plus(spent, open), cost);
  if (all <= cap) return undefined;
  const detail = `${grouped(spent)} spent and ${grouped(open)} reserved ${where}; this call may cost ${grouped(cost)}, and ${grouped(all)} is more than ${grouped(cap)}`;
  return { code, limit: limitOf(name, cap), detail };
}

/** Without a price nobody can say what a call will not cost, so that any cap on money forbids it. */
function unknownPrice(caps: SpendCaps, { provider, model }: Spender, { tokensIn }: Worst): OverBudget | undefined {
  for (const name of moneyCaps) {
    const cap = caps[name];
    if (cap === undefined) continue;
    return {
      code: "unknown_price",
      limit: limitOf(name, cap),
      detail: `no price is known for ${model} of ${provider} and a prompt of up to ${tokensIn.toLocaleString("en-US")} tokens, so that its cost cannot be held below a cap; say one under models.prices (model, from, inputUsdPerMTok, outputUsdPerMTok) or remove every cap on money`,
    };
  }
  return undefined;
}

const limitOf = (name: MoneyCap, cap: Money): string => `${name} ${grouped(cap)}`;
const tokens = ({ tokensIn, tokensOut }: Worst): string =>
  `${tokensIn.toLocaleString("en-US")} tokens in and up to ${tokensOut.toLocaleString("en-US")} out`;
