import type { Order } from "../../flow/orders/order.ts";
import type { GroupLimits } from "../../flow/rails/group/group-limits.ts";
import type { DeskSettings } from "../../runtime/desk.ts";
import { GroupRegister } from "../../runtime/group-register.ts";
import { Random } from "../../sim/random.ts";
import { formatExact } from "../../words/exact.ts";
import { accountId, type AccountId } from "../../words/ids.ts";
import { money, moneyOfUnits } from "../../words/money.ts";
import { outlast, type Marching } from "./outlast.ts";
import type { PlanOf, StormShape } from "./shape.ts";
import type { StormResult } from "./storm-result.ts";
import { Storm } from "./storm.ts";
import type { Breach } from "./wire-watch.ts";

type Member = Marching & { readonly staked: bigint; result(): StormResult };
/** An account of the house, put into the storm of its own desk. */
export type MemberOf = (seed: string, account: AccountId, group: GroupLimits, onSent: (order: Order) => void) => Member;

export type HouseResult = {
  readonly seed: string;
  readonly members: ReadonlyMap<string, StormResult>;
  /** Of the budget that all share; each member has its own beside them. */
  readonly breaches: readonly Breach[];
  /** How often all died at once. */
  readonly deaths: number;
};

export const memberOf =
  <Settings extends DeskSettings>(planOf: PlanOf<Settings>, shape: StormShape<Settings>): MemberOf =>
  (seed, account, group, onSent) =>
    new Storm(
      seed,
      planOf,
      {
        ...shape,
        ways: (plan, random) => {
          const ways = shape.ways(plan, random);
          const { rules, record } = ways;
          return {
            ...ways,
            account,
            rules: { ...rules, limits: { ...rules.limits, group } },
            record: { ...record, "account.id": account },
          };
        },
      },
      onSent,
    );

/**
 * The storm of a house: an account of each desk, each in its own desk's storm, all in one process and under one budget. They march in step, and
 * a crash of any takes what no disk has from all (LINE-6).
 */
export function houseStorm(seed: string, desks: Readonly<Record<string, MemberOf>>): HouseResult {
  const names = Object.keys(desks);
  const budget = budgetOf(new Random(seed).fork("budget"));
  const breaches: Breach[] = [];
  const members: Member[] = [];
  const onSent = ({ id, purpose }: Order): void => {
    if (purpose !== "entry") return;
    let staked = 0n;
    for (const member of members) staked += member.staked;
    // Prices move between a look and an order: what is far beyond is a breach, what is near is not judged here.
    if (staked * 10n > budget.grossMax * 11n)
      breaches.push({
        invariant: "I21",
        what: `${id}: makes the group's exposure ${formatExact(staked)}, of ${formatExact(budget.grossMax)}`,
      });
  };
  for (const [name, member] of Object.entries(desks)) {
    const others = names.filter((each) => each !== name).map(accountId);
    members.push(member(`${seed}-${name}`, accountId(name), { ...budget, others }, onSent));
  }
  outlast(members, () => new GroupRegister(budget.name));
  const results = members.map((member) => member.result());
  return {
    seed,
    members: new Map(names.flatMap((name, at) => results.slice(at, at + 1).map((result) => [name, result] as const))),
    breaches,
    deaths: results[0]?.deaths.length ?? 0,
  };
}

/** Less than the accounts' own limits let them hold together; the gross alone, or one underlying, one direction and the margin less than that. */
function budgetOf(random: Random): Omit<GroupLimits, "others"> {
  const grossMax = money(random.pick(["20000", "50000", "120000"]));
  const less = moneyOfUnits(grossMax / 2n);
  return {
    name: "house",
    grossMax,
    netMax: random.chance(0.7) ? grossMax : less,
    bucketMax: random.chance(0.7) ? grossMax : less,
    marginMax: grossMax,
    ageMsMax: random.pick([60_000, 86_400_000]),
    buckets: [],
  };
}
