import type { GroupLimits } from "../flow/rails/group/group-limits.ts";
import { accountId } from "../words/ids.ts";
import type { Config } from "./config.ts";

/** The budget that `account.id` shares with others; undefined where it stands alone. */
export function groupOf({ groups, account }: Config): GroupLimits | undefined {
  const found = Object.entries(groups).find(([, { accounts }]) => accounts.includes(account.id));
  if (found === undefined) return undefined;
  const [name, { accounts, grossUsdMax, netUsdMax, bucketUsdMax, marginUsdMax, ageMsMax, buckets }] = found;
  return {
    name,
    others: accounts.filter((each) => each !== account.id).map(accountId),
    grossMax: grossUsdMax,
    netMax: netUsdMax ?? grossUsdMax,
    bucketMax: bucketUsdMax ?? grossUsdMax,
    marginMax: marginUsdMax ?? grossUsdMax,
    ageMsMax,
    buckets: Object.entries(buckets).map(([bucket, { members }]) => ({ name: bucket, members })),
  };
}
