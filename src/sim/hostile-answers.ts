import type { Question } from "../flow/proposals/question.ts";
import { councilHarms } from "./hostile-council.ts";
import type { Random } from "./random.ts";

export type Shown = { readonly symbol: string; readonly last: number; readonly tick: number };

/** One shape of answer: what does as much harm as the shape allows, and what does nothing at all. */
export type Harm = {
  readonly whole: (random: Random, shown: readonly Shown[], question: Question) => object;
  readonly quiet: (shown: readonly Shown[], question: Question) => object;
};

const onTick = (price: number, tick: number): number => Number.parseFloat((Math.round(price / tick) * tick).toPrecision(12));
const sures = [0.4, 0.6, 0.8, 0.99, 1] as const;
/** Mostly a sound distance, now and then none at all or on the wrong side. */
const aways = [0.002, 0.005, 0.01, 0.02, 0.02, 0.3, -0.01, 0] as const;

/** Of what is shown, what this question asks about: an answer about anything else is refused whole. */
const asked = (shown: readonly Shown[], { user }: Question): readonly Shown[] => {
  const opposed = user.lastIndexOf("\nOPPOSED ");
  const lines = user.slice(Math.max(0, opposed)).split("\n");
  return shown.filter(({ symbol }) => lines.some((line) => line.startsWith(`${symbol},`)));
};

const trader: Harm = {
  quiet: () => ({ decisions: [], rationale: "nothing" }),
  whole: (random, shown, question) => ({
    decisions: asked(shown, question)
      .filter(() => random.chance(0.8))
      .map(({ symbol, last, tick }) => {
        const side = random.pick(["buy", "sell"]);
        const away = last * random.pick(aways) * (side === "buy" ? 1 : -1);
        return {
          symbol,
          side,
          confidence: random.pick(sures),
          size_pct: random.pick([null, 0.01, 1, 5, 5, 10, 20, 100, 1e6]),
          stop_price: random.chance(0.7) ? onTick(last - away, tick) : null,
          target_price: random.chance(0.7) ? onTick(last + 2 * away, tick) : null,
          rationale: "as it pleases",
        };
      }),
    rationale: "more",
  }),
};

const arbiter: Harm = {
  quiet: (shown, question) => ({
    choices: asked(shown, question).map(({ symbol }) => ({ symbol, choice: "none", rationale: "neither" })),
  }),
  whole: (random, shown, question) => ({
    choices: asked(shown, question).map(({ symbol }) => ({
      symbol,
      choice: random.pick(["local", "ai", "ai", "none"]),
      rationale: "the larger one",
    })),
  }),
};

const passing = { p_win: null, entry: null, stop: null, target: null, invalidation: "", ev: null, thesis: "", conviction: 0 } as const;

const decisive: Harm = {
  quiet: (shown, question) => ({
    decisions: asked(shown, question).map(({ symbol }) => ({ symbol, direction: "pass", ...passing })),
  }),
  whole: (random, shown, question) => ({
    decisions: asked(shown, question).map(({ symbol, last, tick }) => {
      const direction = random.pick(["long", "long", "long", "short", "short", "close", "pass"]);
      if (direction === "pass" || direction === "close") return { symbol, direction, ...passing };
      const away = last * random.pick(aways) * (direction === "long" ? 1 : -1);
      return {
        symbol,
        direction,
        p_win: random.pick([0, 0.3, 0.5, 0.6, 0.7, 0.9, 1]),
        entry: onTick(last * random.pick([1, 1, 1, 1.001, 0.5]), tick),
        stop: onTick(last - away, tick),
        target: onTick(last + away * random.pick([1, 2, 3, 50]), tick),
        invalidation: random.chance(0.95) ? "it falls" : "",
        ev: random.pick([0.01, 0.05, 9.9, -1]),
        thesis: "as it pleases",
        conviction: random.pick([0.4, 0.6, 0.8, 1]),
      };
    }),
  }),
};

const optionEntry: Harm = {
  quiet: () => ({ action: "REJECT", confidence: 1, rationale: "nothing" }),
  whole: (random) => ({
    action: random.pick(["APPROVE", "APPROVE", "APPROVE", "REJECT", "NEED_USER", "ABSTAIN", "HOLD"]),
    confidence: random.pick(sures),
    rationale: "as it pleases",
  }),
};

const optionExit: Harm = {
  quiet: () => ({ action: "HOLD", wait_minutes: null, confidence: 1, rationale: "nothing" }),
  whole: (random) => {
    const action = random.pick(["SELL", "SELL", "HOLD", "HOLD", "WAIT", "ABSTAIN"]);
    return {
      action,
      wait_minutes: action === "WAIT" ? random.pick([1, 2, 30, 31, 0, 1e6]) : null,
      confidence: random.pick(sures),
      rationale: "as it pleases",
    };
  },
};

const portfolio: Harm = {
  quiet: (shown) => replyOf(shown, () => ({ action: "hold" })),
  whole: (random, shown) => replyOf(shown, (of) => portfolioDecision(random, of)),
};

function replyOf(shown: readonly Shown[], decide: (shown: Shown) => object): object {
  const decisions = shown.map((each) => ({
    symbol: each.symbol,
    action: "hold",
    allocation_usd: 0,
    tp_price: null,
    sl_price: null,
    exit_plan: "none",
    rationale: "as it pleases",
    confidence: 0.9,
    risk_level: "low",
    ...decide(each),
  }));
  const total = decisions.reduce((sum, { allocation_usd }) => sum + allocation_usd, 0);
  return { decisions, rationale: "more", total_allocation_usd: Math.round(total * 100) / 100, risk_level: "high" };
}

function portfolioDecision(random: Random, { last, tick }: Shown): object {
  const action = random.pick(["buy", "buy", "sell", "sell", "adjust_position", "close_position", "adjust_orders", "hold"]);
  if (action === "hold" || action === "close_position") return { action };
  const up = action === "buy" || (action !== "sell" && random.chance(0.5));
  const away = last * random.pick(aways);
  return {
    action,
    allocation_usd: action === "adjust_orders" ? 0 : random.pick([25, 900, 5_000, 15_000, 40_000, 250_000]),
    sl_price: random.chance(0.95) ? onTick(up ? last - away : last + away, tick) : null,
    tp_price: random.chance(0.7) ? onTick(up ? last + 2 * away : last - 2 * away, tick) : null,
    confidence: random.pick(sures),
  };
}

const harms: Readonly<Record<string, Harm>> = {
  "portfolio@1": portfolio,
  "trader@1": trader,
  "arbiter@1": arbiter,
  "decisive@1": decisive,
  "option_entry@1": optionEntry,
  "option_exit@1": optionExit,
  ...councilHarms,
};

/** By the schema of the question; whatever is not known is answered as a portfolio, which is then a near miss of its own. */
export const harmFor = ({ schema }: Question): Harm => harms[schema.name] ?? portfolio;
