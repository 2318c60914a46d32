import type { InstrumentId } from "../../words/ids.ts";
import { quantityOfLots } from "../../words/quantity.ts";
import type { Asset } from "./asset.ts";
import { endCombo } from "./combo-matching.ts";
import type { Exchange } from "./exchange.ts";
import type { Listed } from "./option-book.ts";

/**
 * Options on shares that split, as OCC adjusts them: of a whole split (one became n) every contract becomes n at an nth of the strike,
 * each of as many shares, where that contract is listed, has a price and is not held. Any other split would need contracts that deliver another
 * number of shares, which this venue does not list: those stay under their old name, are worth what the old contract is, and are paid
 * out in cash at their end, and named to whoever asked. What rests in any of them is cancelled.
 */
export function adjustOptions(exchange: Exchange, underlying: Asset, from: number, into: number, atMs: number): readonly InstrumentId[] {
  const { id } = underlying.instrument;
  for (const listed of exchange.options.on(id)) {
    const { asset, ended } = listed;
    if (ended) continue;
    for (const order of asset.orders) exchange.cancel(order, "split", atMs);
    for (const combo of exchange.combos) if (combo.legs.some((leg) => leg.asset === asset)) endCombo(exchange, combo, "split", atMs);
  }
  // All that is held before the split is looked at before any of it moves: what one contract becomes must not be adjusted once more.
  const held = exchange.options.on(id).filter(({ asset, ended }) => asset.held !== 0 && !ended);
  const left: InstrumentId[] = [];
  for (const listed of held) {
    // What an earlier split left behind is of other shares than its name says, and stays so.
    const to = into % from === 0 && listed.sharesEach === undefined ? exchange.options.adjusted(listed, into / from) : undefined;
    const stands = to !== undefined && to.asset.held === 0 && to.sharesEach === undefined && !Number.isNaN(to.asset.last);
    if (stands) become(exchange, listed, to, into / from, atMs);
    else left.push(stayBehind(listed, from, into));
  }
  return left;
}

function become(exchange: Exchange, { asset, option }: Listed, to: Listed, times: number, atMs: number): void {
  const { held } = asset;
  exchange.books.rename(asset, to.asset, held * times);
  // An execution in what is gone cannot be taken back any more.
  for (const { execution, instrument } of exchange.executions) if (instrument === option.id) exchange.final.add(execution);
  exchange.paid({
    kind: "adjusted",
    transaction: exchange.nextTransaction(),
    instrument: option.id,
    quantity: quantityOfLots(held, option.lot),
    became: to.option.id,
    times,
    at: exchange.instants.at(atMs),
  });
}

function stayBehind(listed: Listed, from: number, into: number): InstrumentId {
  const { from: before, into: after } = listed.sharesEach ?? { from: 1, into: 1 };
  listed.sharesEach = { from: before * from, into: after * into };
  return listed.option.id;
}
