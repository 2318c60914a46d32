import type { InstrumentId } from "../../words/ids.ts";
import { invariant, unreachable } from "../../words/invariant.ts";
import { negate, plus, zeroMoney, type Money } from "../../words/money.ts";
import type { Price } from "../../words/price.ts";
import { zeroQuantity } from "../../words/quantity.ts";
import type { Position } from "../portfolio/position.ts";
import { bookTrade, entriesOf, tradedBack, type Trade } from "./book-trade.ts";
import { Books } from "./books.ts";
import { chargeAccount } from "./charge-account.ts";
import type { FundingPaid, LedgerEvent } from "./event.ts";
import { fundingDifference } from "./funding-difference.ts";
import { charged, newHolding, positionOf, splitHolding, type Holding } from "./holding.ts";
import type { LedgerSettings } from "./ledger-settings.ts";
import { holdingOf, recordOf, type LedgerSnapshot } from "./ledger-snapshot.ts";
import type { Account, LedgerTotals, Posting } from "./posting.ts";
import { checkIdentity, collateralBehindOne, equityOf, maintenanceTotal, marginUsedOf, unrealisedOf, type MarkOf } from "./valuation.ts";

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
  readonly #held = new Map<InstrumentId, Holding>();
  readonly #view = { books: this.#books, held: this.#held };
  readonly #records = new Map<InstrumentId, Position>();
  #positions: readonly Position[] | undefined;
  #netBought = zeroMoney;

  constructor(settings: LedgerSettings) {
    this.#settings = settings;
  }

  /** `settings.costMethod` must be the snapshot's own: costs cannot change method on the way. */
  static restore(snapshot: LedgerSnapshot, settings: LedgerSettings): Ledger {
    invariant(snapshot.costMethod === settings.costMethod, `a ledger kept by ${snapshot.costMethod} cost is restored by it`);
    const ledger = new Ledger(settings);
    for (const record of snapshot.holdings) ledger.#held.set(record.instrument, holdingOf(record, settings.instruments(record.instrument)));
    ledger.#books.book(snapshot.balances);
    ledger.#netBought = snapshot.netBought;
    return ledger;
  }

  snapshot(): LedgerSnapshot {
    return {
      costMethod: this.#settings.costMethod,
      balances: this.#books.balances(),
      holdings: Array.from(this.#held.values(), recordOf),
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
        this.#changed(splitHolding(this.#holdingFor(event.instrument, event.at), event.from, event.into));
        return this.#books.book([]);
      case "margin_moved":
        return this.#isolate(this.#holdingFor(event.instrument, event.at), event.amount);
      case "fee_charged": {
        const holding = event.instrument === undefined || event.why === "model" ? undefined : this.#held.get(event.instrument);
        if (holding !== undefined) this.#changed(charged(holding, event.amount));
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
    this.#positions ??= [...this.#held.keys()].map((id) => this.position(id)).filter((position) => position !== undefined);
    return this.#positions;
  }

  position(id: InstrumentId): Position | undefined {
    const known = this.#records.get(id);
    if (known !== undefined) return known;
    const holding = this.#held.get(id);
    if (holding === undefined || holding.quantity === 0n) return undefined;
    const record = positionOf(holding, this.#books.balance(holding.marginAccount));
    this.#records.set(id, record);
    return record;
  }

  get realised(): Money {
    return this.#books.realised;
  }

  totals(): LedgerTotals {
    return this.#books.totals();
  }

  /** What closing at `mark` would realise before fees; zero when nothing is held. */
  unrealised(id: InstrumentId, mark: Price): Money {
    const holding = this.#held.get(id);
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
    const holding = this.#holdingFor(id, trade.at);
    const effect = bookTrade(holding, trade, this.#settings.costMethod);
    this.#netBought = plus(this.#netBought, effect.signedValue);
    const posting = this.#books.book(entriesOf(holding, effect, trade.fee, this.#books.balance(holding.marginAccount)));
    this.#changed(holding);
    return posting;
  }

  #isolate(holding: Holding, amount: Money): Posting {
    invariant(holding.perpetual, "only perpetuals have isolated margin");
    holding.marginMode = "isolated";
    const posting = this.#move(holding.marginAccount, "cash", amount);
    this.#changed(holding);
    return posting;
  }

  #fund(event: FundingPaid): Posting {
    const holding = this.#held.get(event.instrument);
    const posting = this.#move(holding?.marginMode === "isolated" ? holding.marginAccount : "cash", "funding", event.amount);
    const difference = fundingDifference(event, holding?.quantity ?? zeroQuantity, this.#settings.instruments(event.instrument));
    if (holding !== undefined) {
      holding.funding = plus(holding.funding, event.amount);
      this.#changed(holding);
    }
    return difference === undefined ? posting : { ...posting, fundingDifference: difference };
  }

  #move(into: Account, outOf: Account, amount: Money): Posting {
    return this.#books.book([
      { account: into, amount },
      { account: outOf, amount: negate(amount) },
    ]);
  }

  #holdingFor(id: InstrumentId, at: Temporal.Instant): Holding {
    const known = this.#held.get(id);
    if (known !== undefined) return known;
    const holding = newHolding(this.#settings.instruments(id), this.#settings.marginMode?.(id) ?? "cross", at);
    this.#held.set(id, holding);
    return holding;
  }

  /** Drops what was cached of a holding, and the holding itself once nothing is left of it, so that reads cost only what is open. */
  #changed(holding: Holding): void {
    const { id } = holding.instrument;
    this.#records.delete(id);
    this.#positions = undefined;
    if (holding.quantity !== 0n || this.#books.balance(holding.marginAccount) !== 0n) return;
    this.#held.delete(id);
    this.#books.forget(holding.marginAccount);
    this.#books.forget(holding.inventoryAccount);
  }
}
