import type { Entry } from "../../journal/entry.ts";
import type { SpendCaps } from "../../journal/spending.ts";
import { formatExact } from "../../words/exact.ts";
import { minus, plus, sum, zeroMoney, type Money } from "../../words/money.ts";
import { err, ok, type Result } from "../../words/result.ts";
import { Calls, type SpendCall } from "./calls.ts";
import { foreignTo, type NotASpendLedger } from "./spend-ledger.ts";
import { monthOf } from "./utc-day.ts";

/** The ways in which a spend ledger is added up. */
export const spendGroups = ["day", "desk", "model", "role", "account"] as const;
export type SpendGroup = (typeof spendGroups)[number];

/** Money is a decimal text in US dollars. Tokens are those billed; of open calls they are the worst case and not counted here. */
export type SpendRow = {
  readonly name: string;
  readonly calls: number;
  readonly spent: string;
  readonly reserved: string;
  readonly tokensIn: number;
  readonly tokensCached: number;
  readonly tokensOut: number;
  readonly tokensReasoning: number;
};

/** One cap with what counts against it; `of` is absent for caps of each call and each scan, which hold for calls to come. */
export type CapRow = {
  readonly cap: keyof SpendCaps;
  readonly limit: string;
  readonly of?: string;
  readonly spent?: string;
  readonly reserved?: string;
  /** Below zero where a provider billed more than was reserved, or the cap was lowered since. */
  readonly left?: string;
};

export type SpendReport = {
  readonly currency: "USD";
  readonly zone: "UTC";
  readonly on: string;
  readonly total: SpendRow;
  readonly by: Readonly<Record<SpendGroup, readonly SpendRow[]>>;
  readonly caps: readonly CapRow[];
  readonly open: readonly {
    readonly call: string;
    readonly reservedAt: string;
    readonly account: string;
    readonly desk: string;
    readonly role: string;
    readonly model: string;
    /** Null where no price was known. */
    readonly worst: string | null;
  }[];
  readonly overruns: readonly { readonly call: string; readonly model: string; readonly worst: string; readonly cost: string }[];
};

/**
 * Entries of a spend ledger come in, what they add up to goes out. `on` is the UTC date, `2026-01-05`, for which `caps` are held
 * against sums.
 */
export function spendReport(entries: Iterable<Entry>, on: string, caps: SpendCaps): Result<SpendReport, NotASpendLedger> {
  const read = new Calls();
  for (const entry of entries) {
    const foreign = foreignTo(entry.sequence, entry.fact.kind);
    if (foreign !== undefined) return err(foreign);
    read.apply(entry);
  }
  const calls = read.all().filter(({ state }) => state !== "released");
  const by = (nameOf: (call: SpendCall) => string): SpendRow[] =>
    [...Map.groupBy(calls, nameOf)].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, of]) => rowOf(name, of));
  return ok({
    currency: "USD",
    zone: "UTC",
    on,
    total: rowOf("all", calls),
    by: {
      day: by(({ day }) => day),
      desk: by(({ by: { desk } }) => desk),
      model: by(modelOf),
      role: by(({ by: { role } }) => role),
      account: by(({ by: { account } }) => account),
    },
    caps: capRows(caps, calls, on),
    open: calls
      .filter(({ state }) => state === "open")
      .map((call) => ({
        call: call.call,
        reservedAt: call.reservedAt.toString(),
        account: call.by.account,
        desk: call.by.desk,
        role: call.by.role,
        model: modelOf(call),
        worst: call.worst === undefined ? null : formatExact(call.worst),
      })),
    overruns: calls.flatMap((call) =>
      call.worst === undefined || call.cost <= call.worst
        ? []
        : [{ call: call.call, model: modelOf(call), worst: formatExact(call.worst), cost: formatExact(call.cost) }],
    ),
  });
}

const modelOf = ({ by: { provider, model } }: SpendCall): string => `${provider}/${model}`;

const spentOn = (calls: readonly SpendCall[]): Money => sum(calls.map(({ cost }) => cost));
const reservedOn = (calls: readonly SpendCall[]): Money =>
  sum(calls.map(({ state, worst }) => (state === "open" ? (worst ?? zeroMoney) : zeroMoney)));

function rowOf(name: string, calls: readonly SpendCall[]): SpendRow {
  const billed = calls.filter(({ state }) => state === "settled");
  const tokens = (of: keyof SpendCall["usage"]): number => billed.reduce((all, { usage }) => all + (usage[of] ?? 0), 0);
  return {
    name,
    calls: calls.length,
    spent: formatExact(spentOn(calls)),
    reserved: formatExact(reservedOn(calls)),
    tokensIn: tokens("tokensIn"),
    tokensCached: tokens("tokensCached"),
    tokensOut: tokens("tokensOut"),
    tokensReasoning: tokens("tokensReasoning"),
  };
}

function capRows(caps: SpendCaps, calls: readonly SpendCall[], on: string): CapRow[] {
  const today = calls.filter(({ day }) => day === on);
  const each = (cap: keyof SpendCaps): CapRow[] => {
    const limit = caps[cap];
    return limit === undefined ? [] : [{ cap, limit: typeof limit === "bigint" ? formatExact(limit) : String(limit) }];
  };
  const held = (cap: "usdPerDeskDayMax" | "usdPerAccountDayMax" | "usdPerDayMax" | "usdPerMonthMax", of: string, those: SpendCall[]) => {
    const limit = caps[cap];
    if (limit === undefined) return [];
    const [spent, reserved] = [spentOn(those), reservedOn(those)];
    const left = formatExact(minus(limit, plus(spent, reserved)));
    return [{ cap, limit: formatExact(limit), of, spent: formatExact(spent), reserved: formatExact(reserved), left }];
  };
  const names = (of: (call: SpendCall) => string): string[] => [...new Set(today.map(of))].sort();
  const month = monthOf(on);
  return [
    ...each("usdPerCall"),
    ...each("callsPerScanMax"),
    ...each("usdPerScanMax"),
    ...names(({ by }) => by.desk).flatMap((desk) =>
      held(
        "usdPerDeskDayMax",
        `desk ${desk} on ${on}`,
        today.filter(({ by }) => by.desk === desk),
      ),
    ),
    ...names(({ by }) => by.account).flatMap((account) =>
      held(
        "usdPerAccountDayMax",
        `account ${account} on ${on}`,
        today.filter(({ by }) => by.account === account),
      ),
    ),
    ...held("usdPerDayMax", on, today),
    ...held(
      "usdPerMonthMax",
      month,
      calls.filter(({ day }) => monthOf(day) === month),
    ),
  ];
}
