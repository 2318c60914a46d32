import type { Loaded } from "../config/config.ts";
import { loadConfig } from "../config/load-config.ts";
import { anyPlan, type AnyPlan } from "../lab/accounts.ts";
import type { JournalStore } from "../ports/journal-store.ts";
import { demoMarket } from "../sim/market/demo-market.ts";
import { demoCouncilPlan } from "./council-plan.ts";
import { demoCryptoPlan } from "./crypto-plan.ts";
import { demoEquitiesPlan } from "./equities-plan.ts";
import { Failed } from "./failed.ts";
import { settingsFailed } from "./load-settings.ts";
import { demoOptionsPlan } from "./options-plan.ts";
import { perpsPlan } from "./perps-plan.ts";
import { councilMoments } from "./text/moments/council-moments.ts";
import { cryptoMoments } from "./text/moments/crypto-moments.ts";
import { equitiesMoments } from "./text/moments/equities-moments.ts";
import type { Moment } from "./text/moments/moment.ts";
import { optionsMoments } from "./text/moments/options-moments.ts";
import { perpsMoments } from "./text/moments/perps-moments.ts";
import type { Played } from "./text/moments/played.ts";

/** A desk of the demo; its plan is made when its turn comes, since making a market takes a moment of its own. */
export type DemoDesk = {
  readonly name: string;
  /** What it is, in a sentence. */
  readonly is: string;
  /** Days of its made-up market, or sessions where it trades in them: with its seed that market can be made again. */
  readonly days: number;
  readonly plan: (journal: JournalStore) => AnyPlan;
  readonly moments: (played: Played) => readonly Moment[];
};

const days = { perps: 8, options: 5, crypto: 20, equities: 160, council: 12 } as const;

/** The five desks, each on a made-up market of its own with the house model: a second or two each. */
export const demoPlans = (seed: string): readonly DemoDesk[] => [
  {
    name: "perps",
    is: "a model decides over a portfolio of perpetual futures, and rails answer for every line of it",
    days: days.perps,
    plan: (journal) => perps(seed, journal),
    moments: perpsMoments,
  },
  {
    name: "options",
    is: "a model says when to enter and leave option contracts, behind two gates and hard rails",
    days: days.options,
    plan: (journal) => anyPlan(demoOptionsPlan(settingsOf(seed, ["options.llm.decisions=entry,exit"]), journal, days.options)),
    moments: optionsMoments,
  },
  {
    name: "crypto",
    is: "rules and an AI trader propose side by side, and a fixed table arbitrates between them",
    days: days.crypto,
    plan: (journal) => anyPlan(demoCryptoPlan(seed, days.crypto, journal)),
    moments: cryptoMoments,
  },
  {
    name: "equities",
    is: "what a model says of shares is calibrated, weighed against all costs, and sized by range and Kelly",
    days: days.equities,
    plan: (journal) => anyPlan({ ...demoEquitiesPlan(seed, days.equities), journal }),
    moments: equitiesMoments,
  },
  {
    name: "council",
    is: "five models pitch one trade a week, review each other blind, a chairman decides, a person approves (here a policy that says yes)",
    days: days.council,
    plan: (journal) => anyPlan({ ...demoCouncilPlan(seed, days.council), journal }),
    moments: councilMoments,
  },
];

/** Narrow enough that a reader meets refusals of several kinds within minutes. */
const narrow = [
  "limits.positionsMax=4",
  "limits.concentrationBpsMax=2500",
  "limits.orderEquityBpsMax=2500",
  "limits.grossExposureBpsMax=4500",
  "limits.netExposureBpsMax=3500",
  "limits.dailyLossBpsMax=60",
  "limits.riskPerTradeBpsMax=45",
  "limits.duplicateWindowMs=43200000",
  "limits.duplicateSizeBps=3000",
];

function perps(seed: string, journal: JournalStore): AnyPlan {
  const loaded = settingsOf(seed, ["perps.proposer=house", "perps.interval=1h", ...narrow]);
  const plan = perpsPlan(loaded, demoMarket(seed, days.perps, "1h"), journal);
  if (!plan.ok) throw new Failed(2, plan.error);
  return anyPlan(plan.value);
}

/** No file and no variable of this folder has a say in the demo. */
function settingsOf(seed: string, set: readonly string[]): Loaded {
  const loaded = loadConfig({ set: [`seed=${seed}`, ...set] });
  if (!loaded.ok) throw settingsFailed(loaded.error, { seed: "--seed" });
  return loaded.value;
}
