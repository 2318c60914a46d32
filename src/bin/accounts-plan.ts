import type { Config, Loaded } from "../config/config.ts";
import { configFromRecord } from "../config/config-from-record.ts";
import { councilsOf } from "../config/council-of.ts";
import type { AssetHistory } from "../flow/market/bars.ts";
import type { JournalStore } from "../ports/journal-store.ts";
import { anyPlan, type AnyPlan } from "../lab/accounts.ts";
import { always, type Person } from "../lab/council/council-approver.ts";
import { GroupRegister } from "../runtime/group-register.ts";
import { formatExact } from "../words/exact.ts";
import { present } from "../words/invariant.ts";
import { ok, type Result } from "../words/result.ts";
import { Councils } from "./council-accounts.ts";
import { cryptoPlan } from "./crypto-plan.ts";
import { equitiesPlan } from "./equities-plan.ts";
import { settingsFailed } from "./load-settings.ts";
import { optionsPlan } from "./options-plan.ts";
import { perpsPlan } from "./perps-plan.ts";
import type { StrategyFiles } from "./strategy-files.ts";

type AccountDesk = Config["accounts"][string]["desk"];

export type AccountsWish = {
  readonly loaded: Loaded;
  readonly histories: (desk: AccountDesk) => readonly AssetHistory[];
  readonly journal: (account: string) => JournalStore;
  readonly files: StrategyFiles;
  /** Who is asked about the trades of a council's accounts. */
  readonly personOf?: (account: string) => Person;
};

/**
 * The accounts of a configuration come in; a plan for each goes out, and those of a group share its register. A council's own account stands
 * before those of its seats: of accounts at the same instant the first goes first, and its meeting is what they take their trades from.
 */
export function accountsPlans({
  loaded,
  histories,
  journal,
  files,
  personOf = () => always(true),
}: AccountsWish): Result<readonly AnyPlan[], string> {
  const { config } = loaded;
  const registers = new Map<string, GroupRegister>();
  const planOf = plannersOf(new Councils(personOf));
  const plans: AnyPlan[] = [];
  for (const name of inOrder(config)) {
    const { desk, seed } = present(config.accounts[name], "an account that is in order is in the configuration");
    const own = settingsOf(loaded, name);
    const market = histories(desk);
    const planned = planOf[desk](own, market, journal(name), files);
    if (!planned.ok) return planned;
    // The market is everybody's; what a venue throws dice for is not.
    const venue = { ...planned.value.venue, seed: seed ?? `${config.seed}/${name}` };
    const group = planned.value.rules.limits.group?.name;
    if (group === undefined) {
      plans.push({ ...planned.value, venue });
      continue;
    }
    const register = registers.get(group) ?? new GroupRegister(group);
    registers.set(group, register);
    plans.push({ ...planned.value, venue, group: register });
  }
  return ok(plans);
}

/** As they are written, but for a council's seats: they follow its own account. */
function inOrder(config: Config): readonly string[] {
  const seats = councilsOf(config);
  return Object.keys(config.accounts)
    .filter((name) => !seats.some((council) => council.seats.includes(name)))
    .flatMap((name) => [name, ...(seats.find((council) => council.name === name)?.seats ?? [])]);
}

const plannersOf = (councils: Councils): Readonly<Record<AccountDesk, typeof perpsOf>> => ({
  perps: perpsOf,
  crypto: (loaded, histories, journal) => ok(anyPlan(cryptoPlan(loaded, histories, journal))),
  options: (loaded, histories, journal) => ok(anyPlan(optionsPlan(loaded, histories, journal))),
  equities: (loaded, histories, journal) => ok(anyPlan(equitiesPlan(loaded, histories, journal))),
  council: (loaded, histories, journal) => ok(anyPlan(councils.planOf(loaded, histories, journal))),
});

function perpsOf(loaded: Loaded, histories: readonly AssetHistory[], journal: JournalStore, files: StrategyFiles): Result<AnyPlan, string> {
  const planned = perpsPlan(loaded, histories, journal, [], files);
  return planned.ok ? ok(anyPlan(planned.value)) : planned;
}

/** The whole configuration as one account sees it: its journal says what it ran with, and its digest is its own. */
function settingsOf({ config, record }: Loaded, name: string): Loaded {
  const { desk, startCash, leverage, strategy, allocationUsdMax } = config.accounts[name] ?? { desk: "perps" };
  const over = {
    "account.id": name,
    "account.startCash": startCash === undefined ? undefined : formatExact(startCash),
    "account.leverage": leverage,
    "perps.strategy": strategy,
    [`${desk}.allocationUsdMax`]: allocationUsdMax === undefined ? undefined : formatExact(allocationUsdMax),
  };
  const set = Object.entries(over).flatMap(([key, value]) => (value === undefined ? [] : [`${key}=${value}`]));
  const loaded = configFromRecord(record, set);
  if (!loaded.ok) throw settingsFailed(loaded.error.map((fault) => ({ ...fault, where: `accounts.${name}` })));
  return loaded.value;
}
