import { judge, refused } from "../../flow/rails/judge.ts";
import type { Limits } from "../../flow/rails/limits.ts";
import type { Quote } from "../../flow/market/snapshot.ts";
import type { Random } from "../../sim/random.ts";
import { price, priceOfUnits, type Price } from "../../words/price.ts";
import type { Attack } from "./attack.ts";
import { msAgo, quoteOf, perpetual, soundScene } from "./sound-scene.ts";

const id = perpetual().id;
const scaled = (of: Price, times: bigint, over: bigint): Price => priceOfUnits((of * times) / over);

/** Ways in which a feed is wrong: each makes a quote that nobody may enter on. */
const wrong = {
  "ten times too high": (quote: Quote, random: Random) => one(quote, random, (of) => scaled(of, 10n, 1n)),
  "a tenth": (quote: Quote, random: Random) => one(quote, random, (of) => scaled(of, 1n, 10n)),
  zero: (quote: Quote, random: Random) => one(quote, random, () => price("0")),
  negative: (quote: Quote, random: Random) => one(quote, random, (of) => scaled(of, -1n, 1n)),
  crossed: (quote: Quote, random: Random) => ({ ...quote, bid: scaled(quote.ask, BigInt(random.int(1002, 3000)), 1000n) }),
  "from the future": (quote: Quote, random: Random) => ({ ...quote, quotedAt: msAgo(-random.int(1000, 86_400_000)) }),
  "without a status": (quote: Quote, random: Random) => ({ ...quote, status: random.pick(["halted", "auction", "closed"] as const) }),
} as const satisfies Readonly<Record<string, (quote: Quote, random: Random) => Quote>>;

/** One of the prices that a rail compares, or both sides of the book. */
function one(quote: Quote, random: Random, bad: (of: Price) => Price): Quote {
  switch (random.pick(["book", "last", "mark"] as const)) {
    case "book":
      return { ...quote, bid: bad(quote.bid), ask: bad(quote.ask) };
    case "last":
      return { ...quote, last: bad(quote.last) };
    case "mark":
      return { ...quote, mark: bad(quote.mark) };
  }
}

/** Entries on quotes that cannot be right (C2): not one may pass. */
export function attackTicks(limits: Limits, random: Random, tries: number): Attack {
  const broke: string[] = [];
  const ways = Object.entries(wrong);
  for (let at = 0; at < tries; at++) {
    const [name, make] = random.pick(ways);
    const quote = make(quoteOf(id), random);
    if (!refused(judge(soundScene({ limits, quote })))) broke.push(`an entry on a quote that is ${name} was let pass (tick ${at})`);
  }
  return {
    name: "bad ticks",
    what: "entries on prices that are ten times too high, zero, negative, crossed, stale or halted",
    tried: tries,
    broke,
  };
}
