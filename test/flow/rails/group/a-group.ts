import type { Bet, MemberExposure } from "../../../../src/flow/portfolio/group-standing.ts";
import type { GroupLimits } from "../../../../src/flow/rails/group/group-limits.ts";
import { groupRails } from "../../../../src/flow/rails/group/group-rails.ts";
import { rails } from "../../../../src/flow/rails/rails.ts";
import { accountId } from "../../../../src/words/ids.ts";
import { money, zeroMoney } from "../../../../src/words/money.ts";
import { at } from "../a-scene.ts";

export const allRails = [...rails, ...groupRails];

/** Wide enough that a test which tightens one limit hears of no other. */
export const someGroup = (with_: Partial<GroupLimits> = {}): GroupLimits => ({
  name: "house",
  others: [accountId("other")],
  grossMax: money("1000000"),
  netMax: money("1000000"),
  bucketMax: money("1000000"),
  marginMax: money("1000000"),
  ageMsMax: 60_000,
  buckets: [{ name: "majors", members: ["BTC", "ETH"] }],
  ...with_,
});

export const aBet = (underlying: string, with_: Partial<Record<"longs" | "shorts" | "buys" | "sells", string>>): Bet => {
  const of = (name: keyof typeof with_) => (with_[name] === undefined ? zeroMoney : money(with_[name]));
  return { underlying, longs: of("longs"), shorts: of("shorts"), buys: of("buys"), sells: of("sells") };
};

export const aMember = (
  bets: readonly Bet[],
  with_: { readonly account?: string; readonly margin?: string; readonly ageMs?: number } = {},
): MemberExposure => ({
  account: accountId(with_.account ?? "other"),
  at: at(with_.ageMs ?? 1_000),
  bets,
  margin: money(with_.margin ?? "0"),
});

export const aHouse = (...members: readonly MemberExposure[]) => ({ group: "house", members });
