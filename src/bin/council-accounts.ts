import type { Loaded } from "../config/config.ts";
import { councilOf } from "../config/council-of.ts";
import type { CouncilSettings, Seat } from "../desks/council-settings.ts";
import type { AssetHistory } from "../flow/market/bars.ts";
import type { BacktestPlan } from "../lab/backtest.ts";
import type { Person } from "../lab/council/council-approver.ts";
import { MinuteBook } from "../lab/council/minutes.ts";
import { seatPlan } from "../lab/council/seat-plan.ts";
import type { JournalStore } from "../ports/journal-store.ts";
import { present } from "../words/invariant.ts";
import { councilPlan } from "./council-plan.ts";

/** The councils among the accounts of a configuration: what is written down at the meetings of each reaches its seats as it is written. */
export class Councils {
  readonly #books = new Map<string, MinuteBook>();
  readonly #personOf: (account: string) => Person;

  constructor(personOf: (account: string) => Person) {
    this.#personOf = personOf;
  }

  /** The configuration as the account sees it comes in: `account.id` says which one it is. */
  planOf(loaded: Loaded, histories: readonly AssetHistory[], journal: JournalStore): BacktestPlan<CouncilSettings> {
    const { id } = loaded.config.account;
    const { name } = present(councilOf(loaded.config, id), "an account of a council has seats or sits in one");
    const book = this.#books.get(name) ?? new MinuteBook();
    this.#books.set(name, book);
    const own = id === name;
    const seat: Seat = own ? { of: "council" } : { of: "member", member: id, minutes: book.of };
    const plan = councilPlan(loaded, histories, journal);
    const heard = own ? { onEntry: book.see.bind(book) } : {};
    return { ...seatPlan(plan, { name: id, seat, person: this.#personOf(id), ...heard }), council: book };
  }
}
