import * as fc from "fast-check";
import type { GroupFact } from "../../src/journal/group-facts.ts";
import { accountId } from "../../src/words/ids.ts";
import { moneyOfUnits } from "../../src/words/money.ts";

const word = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._:/-]{0,20}$/);
const money = fc.bigInt({ min: 0n, max: 10n ** 30n }).map(moneyOfUnits);
const at = fc.integer({ min: 0, max: 4_102_444_800_000 }).map((ms) => Temporal.Instant.fromEpochMilliseconds(ms));
const options = { noNullPrototype: true } as const;
const bet = fc.record({ underlying: word, longs: money, shorts: money, buys: money, sells: money }, options);
const member = fc.record({ account: word.map(accountId), at, bets: fc.array(bet, { maxLength: 3 }), margin: money }, options);

export const groupFactsByKind: { readonly group_seen: fc.Arbitrary<GroupFact> } = {
  group_seen: fc.record({ kind: fc.constant("group_seen" as const), group: word, members: fc.array(member, { maxLength: 3 }) }, options),
};
