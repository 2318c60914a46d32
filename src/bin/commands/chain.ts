import { Command, InvalidArgumentError, Option } from "commander";
import type { ChainQuote } from "../../flow/market/options/chain.ts";
import { checkChain } from "../../flow/market/options/check-chain.ts";
import { valueChain } from "../../flow/market/options/value-chain.ts";
import { approximately, parseExact } from "../../words/exact.ts";
import { parsePrice, type Price } from "../../words/price.ts";
import { Failed } from "../failed.ts";
import { oneOf } from "../one-of.ts";
import { chainFormats, readChains, type ChainAsked, type ChainFormat } from "../read-chains.ts";
import { chainRecord, chainText, type ShownChain } from "../text/chain-text.ts";
import { instantMs } from "../window.ts";

type Flags = {
  readonly format?: ChainFormat;
  readonly at?: string;
  readonly underlying?: string;
  readonly price?: Price;
  readonly expiry?: string;
  readonly exercise: "american" | "european";
  readonly month?: string;
  readonly rate: number;
  readonly dividend?: number;
  readonly json?: true;
};

/** `countersign chain`: what options were quoted, by a file. */
export function chainCommand(): Command {
  const command = new Command("chain").description("chains of options from files");
  command.addCommand(showCommand());
  return command;
}

function showCommand(): Command {
  return new Command("show")
    .description("read a chain, refuse what cannot be believed, and work out volatility and greeks of the rest")
    .argument("<file>", "a table of strikes (CSV or JSON) or a list of settlements (CSV), .gz or not")
    .addOption(oneOf(new Option("--format <format>", "what the file is (default: by its first line)"), chainFormats))
    .option("--at <time>", "when it was quoted, a UTC date or an instant (settlements: their day's close by default)")
    .option("--underlying <symbol>", "what the options are on, and the root of their symbols (default: as the file's name begins)")
    .addOption(new Option("--price <price>", "the underlying's own price (default: as the file's name ends)").argParser(priceOf))
    .option("--expiry <date>", "last day of a table's options (default: as the file's name says)")
    .addOption(oneOf(new Option("--exercise <style>", "of a table's options"), ["american", "european"]).default("american"))
    .option("--month <month>", "of a list of settlements, every contract of this month, as 2021-01")
    .addOption(new Option("--rate <share>", "interest a year, continuous").argParser(shareOf).default(0.04))
    .addOption(
      new Option("--dividend <share>", "dividend yield a year, continuous (default: 0.01; on futures the rate)").argParser(shareOf),
    )
    .option("--json", "as JSON, for programs")
    .addHelpText(
      "after",
      `
A table's name may say what it is of: SP500-18-oct-2024-5781.88.csv is SP500, expiring on 2024-10-18, at 5781.88. Flags have the last word.
`,
    )
    .action(show);
}

const yieldUsual = 0.01;

function show(file: string, { at, format, underlying, price, expiry, exercise, month, rate, dividend, json }: Flags): void {
  const asked: ChainAsked = { format, atMs: at === undefined ? undefined : instantMs(at, "--at"), underlying, price, expiry, exercise };
  const { format: found, chains } = readChains(file, asked);
  const dividendYield = dividend ?? (found === "settlements" ? rate : yieldUsual);
  const listed = chains.map(({ month: of }) => of ?? "");
  if (month !== undefined && !listed.includes(month))
    throw new Failed(2, `--month ${month}: ${file} has ${listed.filter((each) => each !== "").join(", ") || "no months"}`);
  const shown = chains
    .filter(({ month: of }) => month === undefined || of === month)
    .map(({ chain: raw, rejected }): ShownChain => {
      const { chain: checked, refused } = checkChain(raw);
      const { chain, unvalued } = valueChain({ ...checked, quotes: checked.quotes.toSorted(byStrike) }, { rate, dividendYield });
      return { raw, chain, rejected, refused, unvalued, rate, dividendYield };
    });
  if (json === true) process.stdout.write(`${JSON.stringify(shown.map(chainRecord))}\n`);
  else process.stdout.write(chainText(shown, month !== undefined || shown.length === 1));
  if (shown.every(({ chain }) => chain.quotes.length === 0))
    throw new Failed(1, `${file}: none of its quotes can be believed; ${json === true ? "the JSON" : "the page"} names why for each`);
}

/** As chains are read: by strike, the call before the put. */
function byStrike({ instrument: a }: ChainQuote, { instrument: b }: ChainQuote): number {
  if (a.strike !== b.strike) return a.strike < b.strike ? -1 : 1;
  return a.right === b.right ? 0 : a.right === "call" ? -1 : 1;
}

function priceOf(text: string): Price {
  const read = parsePrice(text);
  if (!read.ok || read.value <= 0n) throw new InvalidArgumentError("Write a price above zero, such as 5781.88.");
  return read.value;
}

/** Beyond these nothing is an interest or a yield: 4 was meant as 4%. */
const sharesOfUse = { least: -0.1, most: 0.5 } as const;

function shareOf(text: string): number {
  const read = parseExact(text);
  const share = read.ok ? approximately(read.value) : Number.NaN;
  if (!(share >= sharesOfUse.least && share <= sharesOfUse.most))
    throw new InvalidArgumentError(`Write a share a year from ${sharesOfUse.least} to ${sharesOfUse.most}, such as 0.04 for 4%.`);
  return share;
}
