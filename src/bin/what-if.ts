import { configFromRecord } from "../config/config-from-record.ts";
import type { Loaded } from "../config/config.ts";
import { houseRulesOf } from "../config/house-rules-of.ts";
import { council } from "../desks/council.ts";
import { cryptoDesk } from "../desks/crypto.ts";
import { equities } from "../desks/equities.ts";
import { options } from "../desks/options.ts";
import { perps } from "../desks/perps.ts";
import type { Entry } from "../journal/entry.ts";
import type { ConfigRecord, Fact, FactOf } from "../journal/fact.ts";
import type { Line } from "../runtime/line.ts";
import { replayDecision, type NoReplay, type Replayed, type Woken } from "../runtime/replay-decision.ts";
import { turnAgain } from "../runtime/turn-again.ts";
import type { Turn } from "../runtime/turn.ts";
import type { CorrelationId } from "../words/ids.ts";
import type { Result } from "../words/result.ts";
import { councilAgain } from "./council-again.ts";
import { cryptoSettings } from "./crypto-plan.ts";
import { Failed } from "./failed.ts";
import { equitiesRules, equitiesSettings } from "./equities-plan.ts";
import { settingsFailed } from "./load-settings.ts";
import { optionsRules, optionsSettings } from "./options-plan.ts";
import { perpsSettings } from "./perps-plan.ts";
import { strategyFiles, type StrategyFiles } from "./strategy-files.ts";

/** A decision of any desk again from its journal, with `set` over the settings that it was made with. */
export const replayWith = (
  entries: Iterable<Entry>,
  id: CorrelationId,
  set: readonly string[],
  files: StrategyFiles = new Map(),
): Result<Replayed, NoReplay> => replayDecision(entries, id, (woken) => lineFor(woken, set, files));

/** The strategies that a journal ran with and that are files, as they are now; one that has changed since is refused. */
export const filesOf = async (settings: ConfigRecord, set: readonly string[]): Promise<StrategyFiles> =>
  (await strategyFiles(settingsOf(settings, set))).files;

function lineFor(woken: Woken, set: readonly string[], files: StrategyFiles): Line {
  const { state, entry, woke, recorded } = woken;
  const loaded = settingsOf(state.opening.settings, set);
  const instruments = state.opening.instruments;
  const turn = turnAgain(
    woken,
    houseRulesOf(
      loaded.config,
      instruments.map((instrument) => instrument.id),
    ),
  );
  const again = replays[entry.desk];
  if (again === undefined) throw new Failed(1, `the journal is of the desk ${entry.desk}, which this version cannot compute again`);
  return again({ turn, loaded, woke, recorded, set, files });
}

type Again = {
  readonly turn: Turn;
  readonly loaded: Loaded;
  readonly woke: FactOf<"woke">;
  readonly recorded: readonly Fact[];
  readonly set: readonly string[];
  readonly files: StrategyFiles;
};

/** Each desk's line, with the settings that its journal says. */
const replays: Readonly<Record<string, (again: Again) => Line>> = {
  [perps.id]: ({ turn, loaded, woke, set, files }) => {
    // The strategy of the day is what the decision ran on, unless the what-if names another.
    const name = set.some((pair) => pair.startsWith("perps.strategy=")) ? loaded.config.perps.strategy : woke.strategy;
    const settings = perpsSettings(loaded, name, files);
    if (!settings.ok) throw new Failed(2, settings.error);
    return perps.cycle(turn, settings.value);
  },
  [cryptoDesk.id]: ({ turn, loaded }) => cryptoDesk.cycle(turn, cryptoSettings(loaded)),
  [council.id]: councilAgain,
  [options.id]: ({ turn, loaded }) => {
    const underlyings = turn.state.opening.instruments.filter(({ kind }) => kind !== "option").map(({ id }) => id);
    const rules = optionsRules(loaded.config, turn.rules.limits.allowed);
    return options.cycle({ ...turn, rules }, optionsSettings(loaded.config, underlyings));
  },
  [equities.id]: ({ turn, loaded }) =>
    equities.cycle({ ...turn, rules: equitiesRules(loaded, turn.rules.limits.allowed) }, equitiesSettings(loaded)),
};

function settingsOf(settings: ConfigRecord, set: readonly string[]): Loaded {
  const loaded = configFromRecord(settings, set);
  if (!loaded.ok) throw settingsFailed(loaded.error);
  return loaded.value;
}
