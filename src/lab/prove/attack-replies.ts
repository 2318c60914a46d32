import { arbiterSchema, traderSchema } from "../../flow/proposals/crypto-schema.ts";
import { decisiveSchema } from "../../flow/proposals/decisive-schema.ts";
import { optionEntrySchema, optionExitSchema } from "../../flow/proposals/option-schemas.ts";
import { portfolioSchema } from "../../flow/proposals/portfolio-schema.ts";
import type { AnswerSchema } from "../../flow/proposals/question.ts";
import { readDecisive } from "../../flow/proposals/read-decisive.ts";
import { readEntryAnswer, readExitAnswer } from "../../flow/proposals/read-option-answer.ts";
import { readPortfolio } from "../../flow/proposals/read-portfolio.ts";
import { readArbiter, readTrader } from "../../flow/proposals/read-trader.ts";
import { HostileModel } from "../../sim/hostile-model.ts";
import type { Random } from "../../sim/random.ts";
import { parseExact } from "../../words/exact.ts";
import type { Attack } from "./attack.ts";

const shown = [
  { symbol: "SYN-BTC", last: 60_000.5, tick: 0.1 },
  { symbol: "SYN-DOGE", last: 0.15321, tick: 0.00001 },
];

/** A reader of the house with its schema: the exact numbers that it takes from a text, or nothing where it refuses the text. */
type Reader = { readonly schema: AnswerSchema; readonly numbers: (text: string) => readonly (bigint | undefined)[] };

const readers: readonly Reader[] = [
  {
    schema: portfolioSchema,
    numbers: (text) => {
      const read = readPortfolio(text);
      return read.ok ? read.value.decisions.flatMap(({ allocation, stopLoss, takeProfit }) => [allocation, stopLoss, takeProfit]) : [];
    },
  },
  {
    schema: traderSchema,
    numbers: (text) => {
      const read = readTrader(text);
      return read.ok ? read.value.reply.decisions.flatMap(({ stopLoss, takeProfit }) => [stopLoss, takeProfit]) : [];
    },
  },
  {
    schema: decisiveSchema,
    numbers: (text) => {
      const read = readDecisive(text);
      return read.ok ? read.value.decisions.flatMap(({ entry, stop, target }) => [entry, stop, target]) : [];
    },
  },
  // These have words and shares of one, and no amount: what they must not do is throw.
  { schema: arbiterSchema, numbers: (text) => (readArbiter(text), []) },
  { schema: optionEntrySchema, numbers: (text) => (readEntryAnswer(text), []) },
  { schema: optionExitSchema, numbers: (text) => (readExitAnswer(text), []) },
];

const question = {
  role: "trader",
  model: "hostile",
  prompt: "",
  system: "",
  user: shown.map(({ symbol }) => `${symbol},`).join("\n"),
  deadlineMs: 1,
  outputTokensMax: 1,
} as const;

/** Bytes that break parsers: put in, taken out, doubled. */
const splinters = [
  '"',
  "}",
  "{",
  "]",
  ",",
  ":",
  "\\u0000",
  "1e400",
  "NaN",
  "-",
  "null",
  "\u202e",
  "\ud800",
  "//",
  "```json\n",
  "{}",
  "0x10",
  "+1",
  ".5",
  "1.",
  "01",
];

/**
 * Replies in every broken shape (E1, E2), to each of the questions that desks ask: the reader may refuse them or take them, and never
 * throws, and no number comes out that did not go in.
 */
export function attackReplies(random: Random, tries: number): Attack {
  const broke: string[] = [];
  const model = new HostileModel(random.fork("model"), () => shown);
  const knife = random.fork("knife");
  for (let at = 0; at < tries; at++) {
    const { schema, numbers } = knife.pick(readers);
    const answer = model.ask({ ...question, schema });
    if (answer.outcome !== "ok") continue;
    const text = knife.chance(0.7) ? cut(answer.text, knife) : answer.text;
    try {
      const written = numbersIn(text);
      for (const value of numbers(text))
        if (value !== undefined && !written.has(value)) broke.push(`reply ${at}: a number came out of ${schema.name} that was not in it`);
    } catch (fault) {
      broke.push(`reply ${at}: the reader of ${schema.name} threw ${fault instanceof Error ? fault.message : String(fault)}`);
    }
  }
  return { name: "replies", what: "model replies that are cut, doubled, garbled, overfull or full of orders to us", tried: tries, broke };
}

function cut(text: string, random: Random): string {
  let broken = text;
  for (let times = random.int(1, 3); times > 0; times--) {
    const at = random.int(0, broken.length);
    const to = Math.min(broken.length, at + random.pick([0, 0, 1, 1, 5, 40]));
    broken = broken.slice(0, at) + (random.chance(0.7) ? random.pick(splinters) : "") + broken.slice(to);
  }
  return broken;
}

/** Every number that stands in the text, in our own units. */
function numbersIn(text: string): ReadonlySet<bigint> {
  const found = new Set<bigint>();
  for (const [number] of text.matchAll(/-?\d+(?:\.\d+)?(?:[eE][+-]?\d{1,3})?/g)) {
    const read = parseExact(number);
    if (read.ok) found.add(read.value);
  }
  return found;
}
