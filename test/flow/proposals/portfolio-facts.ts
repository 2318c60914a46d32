import { readTables } from "../../../src/adapters/house-model/read-tables.ts";
import type { AssetContext, Context } from "../../../src/flow/context/gather.ts";
import { formatMoney } from "../../../src/flow/proposals/format-money.ts";
import { formatExact, multiplyExact, parseExact } from "../../../src/words/exact.ts";

/** The facts of a portfolio question as anybody would put them into JSON: full prices, a name for each value. */
export type PortfolioFacts = {
  readonly strategy: string;
  readonly time: string;
  readonly account: Readonly<Record<string, number>>;
  readonly assets: readonly AssetFacts[];
};
type Cell = number | string | null;
type AssetFacts = Readonly<Record<string, Cell>> & {
  readonly frames: readonly FrameFacts[];
  readonly recent: readonly Readonly<Record<string, Cell>>[];
};
type FrameFacts = {
  readonly interval: string;
  readonly indicators: Readonly<Record<string, number>>;
  readonly closes: readonly number[];
  readonly volumes?: readonly number[];
};

const exact = (units: bigint | undefined): number | null => (units === undefined ? null : Number.parseFloat(formatExact(units)));
const digits = (value: number, most: number): number => Number.parseFloat(value.toPrecision(most));
const minutes = (fromMs: number, toMs: number): number => Math.round((toMs - fromMs) / 60_000);

/** Made from the context alone; indicators and volumes keep as many digits as the question gives them. */
export function portfolioFacts(context: Context, strategy: string, allocationMax: string): PortfolioFacts {
  const nowMs = context.now.epochMilliseconds;
  return {
    strategy,
    time: context.now.toString(),
    account: {
      equity_usd: Number(formatMoney(context.equity)),
      cash_usd: Number(formatMoney(context.cash)),
      day_start_equity_usd: Number(formatMoney(context.dayStartEquity)),
      max_allocation_usd: Number(allocationMax),
    },
    assets: context.assets.map(({ instrument, market, position, protection, openOrders, recent }: AssetContext) => ({
      symbol: instrument.symbol,
      tick: exact(instrument.tick),
      last: exact(market.quote.last),
      mark: exact(market.quote.mark),
      bid: exact(market.quote.bid),
      ask: exact(market.quote.ask),
      funding_rate: exact(market.fundingRate),
      funding_in_min: market.fundingNextAt === undefined ? null : minutes(nowMs, market.fundingNextAt.epochMilliseconds),
      open_interest: exact(market.openInterest),
      position_qty: exact(position?.quantity),
      entry: exact(position?.averageEntry),
      sl: exact(protection?.stopLoss),
      tp: exact(protection?.takeProfit),
      open_orders: openOrders.length,
      frames: market.frames.map(({ interval, values, closes, volumes }, at) => ({
        interval,
        indicators: Object.fromEntries(
          Object.entries(values).map(([name, value]) => [name, Math.abs(value) >= 10_000 ? Math.round(value) : digits(value, 5)]),
        ),
        closes,
        ...(at === 0 ? { volumes: volumes.map((volume) => digits(volume, 3)) } : {}),
      })),
      recent: recent.slice(-3).map(({ decidedAt, action, confidence, fate, net }) => ({
        min_ago: minutes(decidedAt.epochMilliseconds, nowMs),
        action,
        confidence,
        fate,
        net_usd: net === undefined ? null : Number(formatMoney(net)),
      })),
    })) as unknown as readonly AssetFacts[],
  };
}

type Row = Readonly<Record<string, string>>;
const units = (text: string): bigint => {
  const read = parseExact(text);
  if (!read.ok) throw new Error(`${text} is no number`);
  return read.value;
};
const number = (cell = ""): number | null => (cell === "" ? null : exact(units(cell)));
const list = (cell = ""): string[] => (cell === "" ? [] : cell.split(" "));

/** The same facts, read back from the question's text as its prompt explains it, with nothing else at hand. */
export function factsFromTables(user: string): PortfolioFacts {
  const tables = readTables(user);
  const frames = Object.entries(tables).filter(([name]) => name.startsWith("FRAME "));
  const line = (name: string): string => new RegExp(`^${name} (.*)$`, "m").exec(user)?.[1] ?? "";
  return {
    strategy: line("STRATEGY"),
    time: line("TIME"),
    account: Object.fromEntries(Object.entries(tables["ACCOUNT"]![0]!).map(([name, cell]) => [name, Number(cell)])),
    assets: tables["ASSETS"]!.map((row: Row) => {
      const { symbol, tick = "", last = "", mark, bid, ask, ...others } = row;
      const at = (ticks = ""): number | null => exact(units(last) + multiplyExact(units(ticks), units(tick), "half_even"));
      return {
        symbol,
        tick: number(tick),
        last: number(last),
        mark: at(mark),
        bid: at(bid),
        ask: at(ask),
        ...Object.fromEntries(Object.entries(others).map(([name, cell]) => [name, number(cell)])),
        frames: frames.flatMap(([name, rows]) =>
          rows
            .filter((each) => each["symbol"] === symbol)
            .map(({ closes, volumes, volume_unit = "", ...indicators }) => ({
              interval: name.split(" ")[1],
              indicators: Object.fromEntries(
                Object.entries(indicators).flatMap(([key, cell]) => (key === "symbol" || cell === "" ? [] : [[key, number(cell)]])),
              ),
              closes: list(closes).map(at),
              ...(volumes === undefined ? {} : { volumes: list(volumes).map((each) => exact(BigInt(each) * units(volume_unit))) }),
            })),
        ),
        recent: (tables["RECENT"] ?? [])
          .filter((each) => each["symbol"] === symbol)
          .map(({ min_ago, action, confidence, fate, net_usd }) => ({
            min_ago: number(min_ago),
            action,
            confidence: number(confidence),
            fate,
            net_usd: number(net_usd),
          })),
      };
    }) as unknown as readonly AssetFacts[],
  };
}
