import type { AccountId, CorrelationId, DeskId } from "../../words/ids.ts";
import { plus, zeroMoney, type Money } from "../../words/money.ts";
import type { Movement } from "./calls.ts";
import { monthOf } from "./utc-day.ts";

/** What counts against one cap: settled, reserved at the worst case, and how many calls. */
export type Sum = { readonly spent: Money; readonly open: Money; readonly calls: number };

type Day = { total: Sum; readonly desks: Map<DeskId, Sum>; readonly accounts: Map<AccountId, Sum>; readonly scans: Set<string> };

const nothing: Sum = { spent: zeroMoney, open: zeroMoney, calls: 0 };

/** A week of days is far more than a late settlement needs; scans and closed calls are forgotten with their day. */
const daysMax = 8;
const monthsMax = 14;

/** Sums of all that counts, kept as it moves, so that a reservation costs the same after a year as on the first day. */
export class Sums {
  readonly #days = new Map<string, Day>();
  readonly #months = new Map<string, Sum>();
  readonly #scans = new Map<string, Sum & { readonly day: string }>();
  readonly #forgotten: (day: string) => void;

  constructor(forgotten: (day: string) => void) {
    this.#forgotten = forgotten;
  }

  move(movement: Movement): void {
    const { by, scan, day: date } = movement.of;
    const month = monthOf(date);
    // Only a new reservation begins a day or a month: a settlement that comes after both were forgotten moves nothing any more.
    if (movement.calls > 0 && !this.#days.has(date)) this.#begin(date, month);
    const monthly = this.#months.get(month);
    if (monthly !== undefined) this.#months.set(month, moved(monthly, movement));
    const day = this.#days.get(date);
    if (day === undefined) return;
    day.total = moved(day.total, movement);
    day.desks.set(by.desk, moved(day.desks.get(by.desk) ?? nothing, movement));
    day.accounts.set(by.account, moved(day.accounts.get(by.account) ?? nothing, movement));
    const key = scanKey(by.account, scan);
    const known = this.#scans.get(key);
    day.scans.add(key);
    this.#scans.set(key, { ...moved(known ?? nothing, movement), day: known !== undefined && known.day > date ? known.day : date });
  }

  day(date: string): Sum {
    return this.#days.get(date)?.total ?? nothing;
  }
  month(month: string): Sum {
    return this.#months.get(month) ?? nothing;
  }
  deskDay(desk: DeskId, date: string): Sum {
    return this.#days.get(date)?.desks.get(desk) ?? nothing;
  }
  accountDay(account: AccountId, date: string): Sum {
    return this.#days.get(date)?.accounts.get(account) ?? nothing;
  }
  scan(account: AccountId, scan: CorrelationId): Sum {
    return this.#scans.get(scanKey(account, scan)) ?? nothing;
  }

  #begin(date: string, month: string): void {
    this.#days.set(date, { total: nothing, desks: new Map(), accounts: new Map(), scans: new Set() });
    // A clock that was set back begins an old day: what it counts now must not be what is forgotten first.
    const dropped = this.#days.size > daysMax ? earliestBut(date, this.#days) : undefined;
    if (dropped !== undefined) this.#drop(dropped);
    if (this.#months.has(month)) return;
    this.#months.set(month, nothing);
    const past = this.#months.size > monthsMax ? earliestBut(month, this.#months) : undefined;
    if (past !== undefined) this.#months.delete(past);
  }

  #drop(date: string): void {
    for (const key of this.#days.get(date)?.scans ?? []) if (this.#scans.get(key)?.day === date) this.#scans.delete(key);
    this.#days.delete(date);
    this.#forgotten(date);
  }
}

const scanKey = (account: AccountId, scan: CorrelationId): string => `${account} ${scan}`;

const moved = ({ spent, open, calls }: Sum, by: Movement): Sum => ({
  spent: plus(spent, by.spent),
  open: plus(open, by.open),
  calls: calls + by.calls,
});

function earliestBut(kept: string, dates: ReadonlyMap<string, unknown>): string | undefined {
  let earliest: string | undefined;
  for (const date of dates.keys()) if (date !== kept && (earliest === undefined || date < earliest)) earliest = date;
  return earliest;
}
