import { HouseModel } from "../adapters/house-model/house-model.ts";
import type { Loaded } from "../config/config.ts";
import type { Question } from "../flow/proposals/question.ts";
import type { Entry } from "../journal/entry.ts";
import { MemoryJournal } from "../journal/memory-store.ts";
import { anyPlan, type AnyPlan } from "../lab/accounts.ts";
import { runBacktest } from "../lab/backtest.ts";
import { always, CouncilApprover } from "../lab/council/council-approver.ts";
import type { Asking } from "../ports/model.ts";
import { correlationId } from "../words/ids.ts";
import { present } from "../words/invariant.ts";
import type { AskDesk } from "./asked-roles.ts";
import { storedHistory, syntheticHistory, type CoinDesk, type Window } from "./backtest-history.ts";
import { storedFunds, syntheticFunds } from "./council-history.ts";
import { councilPlan } from "./council-plan.ts";
import { cryptoPlan } from "./crypto-plan.ts";
import { storedShares, syntheticShares } from "./equities-history.ts";
import { equitiesPlan } from "./equities-plan.ts";
import { Failed } from "./failed.ts";
import { optionsHistory } from "./options-history.ts";
import { optionsPlan } from "./options-plan.ts";
import { perpsPlan } from "./perps-plan.ts";
import { slowProgress } from "./slow-progress.ts";
import { strategyFiles } from "./strategy-files.ts";

export type AskedMarket = {
  readonly loaded: Loaded;
  readonly data: string;
  /** Days or sessions of a made-up market, instead of the store. */
  readonly synthetic?: number;
  readonly window: Window;
};

/** A question as its desk put it, when that was in the market's time, and how many of its kind there had been. */
export type CameUp = { readonly question: Question; readonly asking: Asking; readonly at: string; readonly of: number };

/**
 * The desk's own backtest runs over all of the market, every question answered by the house, and the newest that asks for this shape of
 * answer, before the window ends, goes out: the desk's own code put it at a wake of its own. Undefined where none came up.
 */
export async function newestQuestion(desk: AskDesk, schema: string, market: AskedMarket): Promise<CameUp | undefined> {
  const { plan, leftOut = [] } = await planOf[desk](market);
  for (const line of leftOut) process.stderr.write(`left out: ${line}\n`);
  const { toMs = Infinity } = market.window;
  const house = new HouseModel();
  const came: { newest?: Omit<CameUp, "of">; of: number; last?: Entry } = { of: 0 };
  const progress = slowProgress(1, "{bar} {percentage}%  {value}/{total} steps", 500);
  runBacktest({
    ...plan,
    onEntry: (entry) => {
      came.last = entry;
      plan.onEntry?.(entry);
    },
    onStep: (done, steps) => progress.on(done, "", steps),
    model: {
      ask(question) {
        const { at } = present(came.last, "a question is journalled before it is put");
        if (question.schema.name === schema && at.epochMilliseconds < toMs) {
          came.newest = {
            question,
            at: at.toString(),
            asking: { account: plan.account, desk: plan.desk.id, correlation: correlationId("ask.1") },
          };
          came.of++;
        }
        return house.ask(question);
      },
    },
  });
  progress.stop();
  return came.newest === undefined ? undefined : { ...came.newest, of: came.of };
}

type Planned = { readonly plan: AnyPlan; readonly leftOut?: readonly string[] };

const planOf: Readonly<Record<AskDesk, (market: AskedMarket) => Promise<Planned>>> = {
  perps: async (market) => {
    const { files } = await strategyFiles(market.loaded);
    const planned = perpsPlan(market.loaded, await coins(market, "perps"), new MemoryJournal(), [], files);
    if (!planned.ok) throw new Failed(2, planned.error);
    return { plan: anyPlan(planned.value) };
  },
  crypto: async (market) => ({ plan: anyPlan(cryptoPlan(market.loaded, await coins(market, "crypto"), new MemoryJournal())) }),
  options: async ({ loaded, data, synthetic, window }) => ({
    plan: anyPlan(optionsPlan(loaded, await optionsHistory(loaded, data, synthetic, window), new MemoryJournal())),
  }),
  equities: async ({ loaded, data, synthetic, window }) => {
    const { histories, leftOut } = synthetic === undefined ? await storedShares(data, loaded, window) : syntheticShares(synthetic, loaded);
    return { plan: anyPlan(equitiesPlan(loaded, histories, new MemoryJournal())), leftOut };
  },
  council: async ({ loaded, data, synthetic, window }) => {
    const { histories, leftOut } = synthetic === undefined ? await storedFunds(data, loaded, window) : syntheticFunds(synthetic, loaded);
    // Without a person who says yes there would be no position, and nothing to look at in a checkpoint.
    const approver = new CouncilApprover(always(true));
    const plan = { ...councilPlan(loaded, histories, new MemoryJournal()), approver, onEntry: (entry: Entry) => approver.see(entry) };
    return { plan: anyPlan(plan), leftOut };
  },
};

const coins = async ({ loaded, data, synthetic, window }: AskedMarket, desk: CoinDesk): ReturnType<typeof storedHistory> =>
  synthetic === undefined ? await storedHistory(data, loaded, window, desk) : syntheticHistory(synthetic, loaded, desk);
