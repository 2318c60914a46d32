import type { InstrumentId } from "../../words/ids.ts";
import { invariant, unreachable } from "../../words/invariant.ts";
import { negate, plus, zeroMoney, type Money } from "../../words/money.ts";
import type { Price } from "../../words/price.ts";
import { zeroQuantity } from "../../words/quantity.ts";
import type { Position } from "../portfolio/position.ts";
import { adjustedTrades } from "./adjusted-trades.ts";
import { bookTrade, entriesOf, tradedBack, type Trade } from "./book-trade.ts";
import { Books } from "./books.ts";
import { chargeAccount } from "./charge-account.ts";
import type { FundingPaid, LedgerEvent } from "./event.ts";
import { fundingDifference } from "./funding-difference.ts";
import { adjustHolding, charged, signedCost, splitHolding, type Holding } from "./holding.ts";
import type { LedgerSettings } from "./ledger-settings.ts";
import { holdingOf, recordOf, type LedgerSnapshot } from "./ledger-snapshot.ts";
import { Pages } from "./pages.ts";
import type { Account, LedgerTotals, Posting } from "./posting.ts";
import {
  checkIdentity,
  collateralBehindOne,
  equityOf,
  maintenanceTotal,
  marginUsedOf,
  unrealisedOf,
  type Held,
  type MarkOf,
} from "./valuation.ts";

/**
 * Ledger events come in, postings and `Position` records go out: the account's books as double entry, exact to 10^-12.
 * Only `post` changes it. Refusing an execution that was already booked is the fills stage's task.
 *
 * Fees and realised results move the wallet in both margin modes; funding moves an isolated position's own margin, else the wallet.
 * Closing part of an isolated position returns that part of its margin to the wallet, and a full close returns all of it.
 */
export class Ledger {
  readonly #settings: LedgerSettings;
  readonly #books = new Books();
  readonly #pages: Pages;
  readonly #view: Held;
  #netBought = zeroMoney;

  constructor(settings: LedgerSettings) {
    this.#settings = settings;
    this.#pages = new Pages(settings, this.#books);
    this.#view = { books: this.#books, held: this.#pages.held };
  }

  /** `settings.costMethod` must be the snapshot's own: costs cannot change method on the way. */
  static restore(snapshot: LedgerSnapshot, settings: LedgerSettings): Ledger {
    invariant(snapshot.costMethod === settings.costMethod, `a ledger kept by ${snapshot.costMethod} cost is restored by it`);
    const ledger = new Ledger(settings);
    for (const record of snapshot.holdings)
      ledger.#pages.held.set(record.instrument, holdingOf(record, settings.instruments(record.instrument)));
    ledger.#books.book(snapshot.balances);
    ledger.#netBought = snapshot.netBought;
    return ledger;
  }

  snapshot(): LedgerSnapshot {
    return {
      costMethod: this.#settings.costMethod,
      balances: this.#books.balances(),
      holdings: Array.from(this.#pages.held.values(), recordOf),
      netBought: this.#netBought,
    };
  }

  post(event: LedgerEvent): Posting {
    switch (event.kind) {
      case "cash_moved":
        return this.#move("cash", "capital", event.amount);
      case "filled":
        return this.#trade(event.fill.instrument, event.fill);
      case "fill_busted":
        return this.#trade(event.fill.instrument, tradedBack(event));
      case "funding_paid":
        return this.#fund(event);
      case "shares_split":
        this.#pages.changed(splitHolding(this.#pages.of(event.instrument, event.at), event.from, event.into));
        return this.#books.book([]);
      case "contracts_adjusted":
        return this.#adjust(event);
      case "margin_moved":
        return this.#isolate(this.#pages.of(event.instrument, event.at), event.amount);
      case "fee_charged": {
        const holding = event.instrument === undefined || event.why === "model" ? undefined : this.#pages.held.get(event.instrument);
        if (holding !== undefined) this.#pages.changed(charged(holding, event.amount));
        return this.#move(chargeAccount[event.why], "cash", event.amount);
      }
      default:
        return unreachable(event);
    }
  }

  /** The wallet: free of isolated margins and of what was paid for inventory. */
  get cash(): Money {
    return this.#books.balance("cash");
  }

  /** Open positions, oldest first (one traded through zero keeps its place); the same array until one changes. */
  positions(): readonly Position[] {
    return this.#pages.positions();
  }

  position(id: InstrumentId): Position | undefined {
    return this.#pages.position(id);
  }

  get realised(): Money {
    return this.#books.realised;
  }

  totals(): LedgerTotals {
    return this.#books.totals();
  }

  /** What closing at `mark` would realise before fees; zero when nothing is held. */
  unrealised(id: InstrumentId, mark: Price): Money {
    const holding = this.#pages.held.get(id);
    return holding === undefined ? zeroMoney : unrealisedOf(holding, mark);
  }

  /** Cash, isolated margins, inventory at its mark and what perpetuals have gained. `mark` is asked for open positions only. */
  equity(mark: MarkOf): Money {
    return equityOf(this.#view, mark);
  }

  /** What venues hold against open perpetuals at `leverage`: the initial margin, or an isolated position's own margin where larger. */
  marginUsed(mark: MarkOf, leverage: number): Money {
    return marginUsedOf(this.#view, mark, leverage);
  }

  /** The sum of all perpetuals' maintenance margins. */
  maintenance(mark: MarkOf): Money {
    return maintenanceTotal(this.#view, mark);
  }

  /** What stands behind one perpetual before its own result: `liquidationPrice` takes it as `collateral`. */
  collateralBehind(id: InstrumentId, mark: MarkOf): Money {
    return collateralBehindOne(this.#view, id, mark);
  }

  /**
   * The equity identity: capital + realised − fees + funding − liquidation fees − model costs + unrealised = equity, to the last unit.
   * With it: all accounts sum to zero, inventory stands at what the lots cost, and costs held minus results taken are what was traded.
   * Throws, because a break is our own bug; costs one pass over the open positions.
   */
  check(mark: MarkOf): void {
    checkIdentity(this.#view, this.#netBought, mark);
  }

  #trade(id: InstrumentId, trade: Trade): Posting {
    invariant(trade.quantity > 0n, "a fill has a quantity above zero; its side is its direction");
    const holding = this.#pages.of(id, trade.at);
    const effect = bookTrade(holding, trade, this.#settings.costMethod);
    this.#netBought = plus(this.#netBought, effect.signedValue);
    const posting = this.#books.book(entriesOf(holding, effect, trade.fee, this.#books.balance(holding.marginAccount)));
    this.#pages.changed(holding);
    return posting;
  }

  #adjust(event: Extract<LedgerEvent, { readonly kind: "contracts_adjusted" }>): Posting {
    const from = this.#pages.of(event.instrument, event.at);
    if (from.quantity !== event.quantity || this.#pages.held.has(event.became))
      return { entries: adjustedTrades(event, from).flatMap(({ of, trade }) => this.#trade(of, trade).entries) };
    const [to, cost] = [this.#pages.of(event.became, event.at), signedCost(from)];
    adjustHolding(from, to, event.times);
    const posting = this.#move(to.inventoryAccount, from.inventoryAccount, cost);
    this.#pages.changed(from);
    this.#pages.changed(to);
    return posting;
  }

  #isolate(holding: Holding, amount: Money): Posting {
    invariant(holding.perpetual, "only perpetuals have isolated margin");
    holding.marginMode = "isolated";
    const posting = this.#move(holding.marginAccount, "cash", amount);
    this.#pages.changed(holding);
    return posting;
  }

  #fund(event: FundingPaid): Posting {
    const holding = this.#pages.held.get(event.instrument);
    const posting = this.#move(holding?.marginMode === "isolated" ? holding.marginAccount : "cash", "funding", event.amount);
    const difference = fundingDifference(event, holding?.quantity ?? zeroQuantity, this.#settings.instruments(event.instrument));
    if (holding !== undefined) {
      holding.funding = plus(holding.funding, event.amount);
      this.#pages.changed(holding);
    }
    return difference === undefined ? posting : { ...posting, fundingDifference: difference };
  }

  #move(into: Account, outOf: Account, amount: Money): Posting {
    return this.#books.book([
      { account: into, amount },
      { account: outOf, amount: negate(amount) },
    ]);
  }
}
