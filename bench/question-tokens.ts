import { countTokens } from "gpt-tokenizer/encoding/o200k_base";
import { perpHistories, perpsFolder, perpsThere } from "./perps-data.ts";
import { readPrompt } from "../src/bin/read-prompt.ts";
import type { Context } from "../src/flow/context/gather.ts";
import type { AssetHistory, Series } from "../src/flow/market/bars.ts";
import { resample } from "../src/flow/market/resample.ts";
import { Watched } from "../src/flow/market/watched.ts";
import { portfolioQuestion } from "../src/flow/proposals/portfolio-question.ts";
import { strategies } from "../src/flow/proposals/strategies/strategies.ts";
import type { Strategy } from "../src/flow/proposals/strategy.ts";
import { instantOfMs } from "../src/words/instant.ts";
import { intervalMs, type Interval } from "../src/words/interval.ts";
import { money } from "../src/words/money.ts";
import { priceOfUnits } from "../src/words/price.ts";
import { rateOfUnits } from "../src/words/rate.ts";
import { portfolioFacts } from "../test/flow/proposals/portfolio-facts.ts";

/** Tokens (o200k) of the perps question for eight real assets, all flat: as the tables we send and as JSON of the same facts. */
const minutes = 40_000;

function watchedOver({ instrument, bars, funding, mark }: AssetHistory, { frames }: Strategy, interval: Interval): Watched {
  const watched = new Watched(instrument, interval, frames, 2);
  const { openMs, open, high, low, close, volume, length } = resample({ ...bars, length: Math.min(bars.length, minutes) }, interval);
  const at = (column: Float64Array, row: number): number => column[row] ?? Number.NaN;
  for (let row = 0; row < length; row++)
    watched.push(at(openMs, row), at(open, row), at(high, row), at(low, row), at(close, row), at(volume, row));
  for (const { units, ms } of heardBy(funding, watched.closedMs)) watched.setFunding(rateOfUnits(units), ms, ms + 8 * intervalMs["1h"]);
  for (const { units, ms } of heardBy(mark, watched.closedMs)) watched.setMark(priceOfUnits(units), ms);
  return watched;
}

const heardBy = (series: Series | undefined, nowMs: number): { readonly units: bigint; readonly ms: number }[] =>
  (series?.value ?? []).map((units, row) => ({ units, ms: series?.atMs[row] ?? Infinity })).filter(({ ms }) => ms <= nowMs);

function contextOf(histories: readonly AssetHistory[], strategy: Strategy, interval: Interval): Context {
  const equity = money("100000");
  const watched = histories.map((history) => watchedOver(history, strategy, interval));
  return {
    now: instantOfMs(watched[0]?.closedMs ?? 0),
    equity,
    cash: equity,
    dayStartEquity: equity,
    assets: watched.map((each) => ({ instrument: each.instrument, market: each.snapshot(), openOrders: [], recent: [] })),
    leftOut: [],
  };
}

const line = (cells: readonly (string | number)[]): string => cells.map((cell, at) => String(cell).padStart(at < 2 ? 13 : 10)).join("");

if (!perpsThere) console.log(`skipped: no real perpetuals at ${perpsFolder}`);
else {
  const histories = perpHistories();
  const prompt = readPrompt("perps.trader");
  console.log(`system text ${prompt.id}: ${countTokens(prompt.text)} tokens; the rest for ${histories.length} assets`);
  console.log(line(["strategy", "base bar", "tables", "an asset", "JSON", "pretty", "an asset", "ratio"]));
  for (const strategy of Object.values(strategies))
    for (const interval of ["1m", "1h"] as const) {
      const context = contextOf(histories, strategy, interval);
      const style = `${strategy.name}: ${strategy.description}`;
      const facts = portfolioFacts(context, style, "50000");
      const tables = countTokens(portfolioQuestion(context, prompt, style, "house/perps-1", "50000").user);
      const json = countTokens(JSON.stringify(facts));
      const pretty = countTokens(JSON.stringify(facts, null, 2));
      const each = (tokens: number): string => (tokens / histories.length).toFixed(0);
      const ratio = `${((tables / pretty) * 100).toFixed(1)} %`;
      console.log(line([strategy.name, interval, tables, each(tables), json, pretty, each(pretty), ratio]));
    }
}
