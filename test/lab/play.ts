import type { Fact, FactKind, FactOf } from "../../src/journal/fact.ts";
import { runBacktest, type BacktestPlan, type BacktestRun } from "../../src/lab/backtest.ts";
import type { VenueOrder } from "../../src/ports/venue.ts";
import { formatExact } from "../../src/words/exact.ts";
import type { Perpetual } from "../../src/words/instrument.ts";
import { aPlan, entriesOf } from "./a-plan.ts";
import { aCoin, candles, idle, ScriptedModel, type Candle } from "./handmade.ts";

type Script = ConstructorParameters<typeof ScriptedModel>[0];

export type Play = {
  readonly bars?: readonly Candle[];
  /** Several assets by name, in place of `bars` for BTC alone. */
  readonly assets?: Readonly<Record<string, readonly Candle[]>>;
  readonly coin?: Partial<Perpetual>;
  readonly script?: Script;
  readonly set?: readonly string[];
  readonly more?: Partial<BacktestPlan>;
};

const free = ["venue.makerFeeBps=0", "venue.takerFeeBps=0", "venue.spreadBps=0", "venue.slippageBps=0"];

/** Nothing is charged, so that handmade numbers come out whole; a model decides after every bar. */
export function played({ bars = [], assets = { BTC: bars }, coin = {}, script = {}, set = [], more = {} }: Play): BacktestRun & {
  readonly model: ScriptedModel;
} {
  const model = new ScriptedModel(script);
  const histories = Object.entries(assets).map(([name, of]) => candles(aCoin(name, coin), of));
  const plan = aPlan({ histories, strategy: idle, model, set: ["perps.proposer=house", "perps.cacheMs=0", ...free, ...set], more });
  return { ...runBacktest(plan), model };
}

export const factsOf = <Kind extends FactKind>({ plan }: Pick<BacktestRun, "plan">, kind: Kind): FactOf<Kind>[] =>
  entriesOf(plan).flatMap(({ fact }) => (fact.kind === kind ? [fact as FactOf<Kind>] : []));

export const allFacts = ({ plan }: Pick<BacktestRun, "plan">): Fact[] => entriesOf(plan).map(({ fact }) => fact);

/** What rests at the venue, in words: side, what is left of it, and its price. */
export const resting = ({ venue }: Pick<BacktestRun, "venue">): string[] =>
  [...venue.conditionalOrders(), ...venue.openOrders()].map(inWords).sort();

const inWords = ({ id, quantity, filled, limit, stop }: VenueOrder): string => {
  const kind = /\.(.)\d+$/.exec(id)?.[1] ?? "?";
  const leg = ({ s: "stop", t: "target", e: "entry", c: "close" } as Record<string, string>)[kind] ?? kind;
  return `${leg} ${formatExact(quantity - filled)} at ${formatExact(stop ?? limit ?? 0n)}`;
};

export const held = ({ venue }: Pick<BacktestRun, "venue">): string[] =>
  venue.positions().map(({ instrument, quantity }) => `${instrument} ${formatExact(quantity)}`);

/** Our books say what the venue's say: positions, cash, and what is open. */
export function disagreements({ state, venue }: Pick<BacktestRun, "state" | "venue">): string[] {
  const differ: string[] = [];
  const theirs = new Map(venue.positions().map((each) => [each.instrument, each]));
  for (const { instrument, quantity } of state.positions)
    if (theirs.get(instrument)?.quantity !== quantity) differ.push(`${instrument} ${formatExact(quantity)}`);
  if (theirs.size !== state.positions.length) differ.push(`${theirs.size} positions at the venue, ${state.positions.length} in the books`);
  if (venue.balance().cash !== state.wallet) differ.push(`cash ${formatExact(venue.balance().cash)}, wallet ${formatExact(state.wallet)}`);
  const live = new Set([...venue.openOrders(), ...venue.conditionalOrders()].map(({ id }) => id));
  for (const { id, state: is } of state.openOrders) if (!live.delete(id)) differ.push(`${id} is ${is} in the books only`);
  for (const id of live) differ.push(`${id} is open at the venue only`);
  return differ;
}
