import { HouseModel } from "../adapters/house-model/house-model.ts";
import type { Loaded } from "../config/config.ts";
import { houseRulesOf } from "../config/house-rules-of.ts";
import type { AssetHistory } from "../flow/market/bars.ts";
import type { BacktestPlan } from "../lab/backtest.ts";
import type { JournalStore } from "../ports/journal-store.ts";
import type { Desk, DeskSettings } from "../runtime/desk.ts";
import { accountId } from "../words/ids.ts";
import { venueOf } from "./venue-of.ts";

/** What a file of the user's brings: a desk with its settings, and when it wakes where that is not each bar. */
export type OwnDesk<Settings extends DeskSettings> = {
  readonly desk: Desk<Settings>;
  readonly settings: Settings;
  readonly cadence?: BacktestPlan["cadence"];
};

/** A desk of the user's and history come in; everything a backtest of it needs goes out, with the house's rules and costs around it. */
export function deskPlan<Settings extends DeskSettings>(
  { config, record, digest }: Loaded,
  { desk, settings, cadence = "bar" }: OwnDesk<Settings>,
  histories: readonly AssetHistory[],
  journal: JournalStore,
): BacktestPlan<Settings> {
  return {
    desk,
    account: accountId(config.account.id),
    histories,
    settings,
    switches: [],
    rules: houseRulesOf(
      config,
      histories.map(({ instrument }) => instrument.id),
    ),
    cadence,
    venue: venueOf(config),
    record,
    digest,
    model: new HouseModel(),
    journal,
  };
}
