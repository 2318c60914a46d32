import { mkdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { FileJournal } from "../adapters/file-journal/file-journal.ts";
import { faultLine } from "../adapters/file-journal/journal-fault.ts";
import type { Config, Loaded } from "../config/config.ts";
import { councilsOf, membersIn } from "../config/council-of.ts";
import type { AssetHistory } from "../flow/market/bars.ts";
import type { NewsItem } from "../flow/market/news.ts";
import { MemoryJournal } from "../journal/memory-store.ts";
import { accountRows } from "../lab/accounts-report.ts";
import { runAccounts, simulateAccounts, type AccountRun, type AnyPlan } from "../lab/accounts.ts";
import type { JournalStore } from "../ports/journal-store.ts";
import { present } from "../words/invariant.ts";
import { accountsPlans } from "./accounts-plan.ts";
import { storedHistory, syntheticHistory, type CoinDesk, type Window } from "./backtest-history.ts";
import { storedFunds, syntheticFunds } from "./council-history.ts";
import { councilPages } from "./council-pages.ts";
import { personOf } from "./council-person.ts";
import { storedShares, syntheticShares } from "./equities-history.ts";
import { madeUpNear } from "./backtest-flags.ts";
import { Failed } from "./failed.ts";
import { optionsHistory } from "./options-history.ts";
import { draftOf, writeOutput } from "./output-file.ts";
import { perpsModel } from "./perps-plan.ts";
import { askedModels } from "./run-council.ts";
import { runModels } from "./run-models.ts";
import { slowProgress } from "./slow-progress.ts";
import type { StrategyFiles } from "./strategy-files.ts";
import { accountsText } from "./text/accounts-text.ts";
import { councilsText } from "./text/councils-text.ts";

type Asked = {
  readonly loaded: Loaded;
  readonly data: string;
  readonly synthetic?: number;
  readonly window: Window;
  readonly files: StrategyFiles;
  readonly news?: readonly NewsItem[];
  readonly json?: string;
  /** A folder: each account has a journal of its own in it. */
  readonly journal?: string;
  /** What the person of the councils says; all without it. */
  readonly approve?: string;
};

/** The accounts of a configuration run side by side, each over its desk's market; their page, JSON and journals go out, each whole or not at all. */
export async function runAccountsOf(asked: Asked): Promise<void> {
  const { loaded, news } = asked;
  const { accounts } = loaded.config;
  if (Object.keys(accounts).length === 0)
    throw new Failed(
      2,
      "the configuration names no accounts; write them below accounts, or say how many of perps, as backtest perps --accounts 10",
    );
  const person = personsOf(asked);
  const draft = asked.journal === undefined ? undefined : draftOf(asked.journal);
  if (draft !== undefined) mkdirSync(draft);
  try {
    const markets = await marketsOf(asked);
    const histories = (desk: Desk): readonly AssetHistory[] => present(markets.get(desk), `the market of ${desk} is there`).histories;
    const leftOut = [...markets].flatMap(([desk, market]) => (market.leftOut ?? []).map((line) => `${desk}: ${line}`));
    const journal = (account: string): JournalStore =>
      draft === undefined ? new MemoryJournal() : journalAt(join(draft, `${account}.journal`));
    const planned = accountsPlans({ loaded, histories, journal, files: asked.files, personOf: person.of });
    if (!planned.ok) throw new Failed(2, planned.error);
    const startedMs = performance.now();
    const runs = await ran(news === undefined ? planned.value : planned.value.map((plan) => ({ ...plan, news })), loaded);
    const rows = accountRows(runs, performance.now() - startedMs);
    const councils = councilPages(runs, loaded.config);
    for (const trade of person.unheard()) process.stderr.write(`--approve ${asked.approve}: ${trade} was not shown to anybody\n`);
    for (const { journal: each } of planned.value) await each.close();
    if (draft !== undefined && asked.journal !== undefined) renameSync(draft, asked.journal);
    const json = `${JSON.stringify({ accounts: rows, councils, leftOut }, undefined, 2)}\n`;
    if (asked.json === "-") process.stdout.write(json);
    else {
      if (asked.json !== undefined) writeOutput(asked.json, "--json", (put) => put(json));
      process.stdout.write(accountsText(rows, `Backtest of ${rows.length} accounts`) + councilsText(councils) + leftOutText(leftOut));
    }
    if (runs.some(({ ended }) => ended !== "done")) process.exitCode = 1;
  } finally {
    if (draft !== undefined) rmSync(draft, { recursive: true, force: true });
  }
}

type Desk = Config["accounts"][string]["desk"];

const leftOutText = (leftOut: readonly string[]): string => leftOut.map((line) => `left out: ${line}\n`).join("");

/** Only a council's trades are all shown to a person; without one among the accounts there is nobody to speak for. */
function personsOf({ approve, loaded: { config } }: Asked): ReturnType<typeof personOf> {
  const names = councilsOf(config).flatMap(({ name, seats }) => [name, ...seats]);
  if (approve !== undefined && names.length === 0)
    throw new Failed(2, `--approve ${approve}: no account is of desk council, whose trades a person is shown`);
  return personOf(approve ?? "all", names);
}

/** What there is to trade, and by name what was left out of it. */
type Market = { readonly histories: readonly AssetHistory[]; readonly leftOut?: readonly string[] };

async function marketsOf(asked: Asked): Promise<ReadonlyMap<Desk, Market>> {
  const markets = new Map<Desk, Market>();
  for (const { desk } of Object.values(asked.loaded.config.accounts))
    if (!markets.has(desk)) markets.set(desk, await marketOf[desk](asked));
  return markets;
}

/** Each desk has its own market: coins of one store, minutes and chains on them, daily bars, minutes of funds. A made-up one is as long as asked, as far as the desk has one. */
const marketOf: Readonly<Record<Desk, (asked: Asked) => Promise<Market>>> = {
  perps: (asked) => coins(asked, "perps"),
  crypto: (asked) => coins(asked, "crypto"),
  options: async ({ loaded, data, synthetic, window }) => ({
    histories: await optionsHistory(loaded, data, synthetic === undefined ? undefined : madeUpNear("options", synthetic), window),
  }),
  equities: async ({ loaded, data, synthetic, window }) =>
    synthetic === undefined ? await storedShares(data, loaded, window) : syntheticShares(madeUpNear("equities", synthetic), loaded),
  council: async ({ loaded, data, synthetic, window }) =>
    synthetic === undefined ? await storedFunds(data, loaded, window) : syntheticFunds(madeUpNear("council", synthetic), loaded),
};

const coins = async ({ loaded, data, synthetic, window }: Asked, desk: CoinDesk): Promise<Market> => ({
  histories: synthetic === undefined ? await storedHistory(data, loaded, window, desk) : syntheticHistory(synthetic, loaded, desk),
});

/** A model that does not answer within its own deadline is a bug of ours; a quarter of an hour is beyond all of them. */
const patienceMs = 900_000;

async function ran(plans: readonly AnyPlan[], loaded: Loaded): Promise<readonly AccountRun[]> {
  const { perps, crypto, options, equities, accounts } = loaded.config;
  const desks = new Set(Object.values(accounts).map(({ desk }) => desk));
  const models = runModels({ loaded }, [
    ...(desks.has("perps") && perps.proposer !== "rules" ? [{ role: "trader", model: perpsModel(perps) } as const] : []),
    ...(desks.has("crypto") ? [{ role: "trader", model: crypto.model } as const] : []),
    ...(desks.has("options") ? [{ role: "trader", model: options.llm.model } as const] : []),
    ...(desks.has("equities") ? [{ role: "trader", model: equities.model } as const] : []),
    ...(desks.has("council") ? askedModels(sittingIn(loaded.config)) : []),
  ]);
  try {
    const asking = plans.map((plan) => ({ ...plan, model: models.model }));
    const progress = slowProgress(1, "{bar} {percentage}%", 500);
    const runs = models.waits ? await simulateAccounts(asking, inTime) : runAccounts(asking, (done, steps) => progress.on(done, "", steps));
    progress.stop();
    models.check();
    return runs;
  } finally {
    await models.close();
  }
}

/** Of all councils at once: nobody is asked who sits in none. */
function sittingIn(config: Config): Parameters<typeof askedModels>[0] {
  const { members, researchA: a, researchB: b, chairman } = config.council;
  const seats = councilsOf(config).flatMap((council) => council.seats);
  return { members: membersIn(members).filter(({ name }) => seats.includes(name)), models: { a, b, chairman } };
}

async function inTime(work: Promise<void>): Promise<boolean> {
  const late = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => late.resolve(false), patienceMs);
  try {
    return await Promise.race([work.then(() => true), late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

function journalAt(path: string): JournalStore {
  const opened = FileJournal.open(path, { syncs: "at_close" });
  if (!opened.ok) throw new Failed(1, `--journal ${faultLine(opened.error)}`);
  return opened.value;
}
