import type { InstrumentId } from "../../words/ids.ts";
import { invariant, missing } from "../../words/invariant.ts";
import { crossCollateral, initialMargin, maintenanceMargin } from "../../words/margin.ts";
import { absolute, larger, minus, notional, plus, zeroMoney, type Money } from "../../words/money.ts";
import type { Price } from "../../words/price.ts";
import type { Books } from "./books.ts";
import { signedCost, type Holding } from "./holding.ts";

export type MarkOf = (id: InstrumentId) => Price;

/** The books and what is held, as the readings below take them: one pass over `held`, which has only what is open. */
export type Held = { readonly books: Books; readonly held: ReadonlyMap<InstrumentId, Holding> };

/** Signed market value: what an asset would sell for, a perpetual's notional. */
const worth = (of: Holding, mark: Price): Money => notional(mark, of.quantity, of.instrument.multiplier, "half_even");

/** A holding that is flat but still has margin needs no mark. */
const worthAt = (of: Holding, mark: MarkOf): Money => (of.quantity === 0n ? zeroMoney : worth(of, mark(of.instrument.id)));

const maintenanceOf = (of: Holding, value: Money): Money =>
  of.instrument.kind === "perpetual" ? maintenanceMargin(absolute(value), of.instrument.maintenanceMarginRate) : zeroMoney;

const contribution = (books: Books, of: Holding, value: Money): Money =>
  of.perpetual ? plus(books.balance(of.marginAccount), minus(value, signedCost(of))) : value;

export const unrealisedOf = (of: Holding, mark: Price): Money => minus(worth(of, mark), signedCost(of));

export function equityOf({ books, held }: Held, mark: MarkOf): Money {
  let total = books.balance("cash");
  for (const holding of held.values()) total = plus(total, contribution(books, holding, worthAt(holding, mark)));
  return total;
}

export function marginUsedOf({ books, held }: Held, mark: MarkOf, leverage: number): Money {
  let total = zeroMoney;
  for (const holding of held.values()) {
    if (!holding.perpetual) continue;
    const required = initialMargin(absolute(worthAt(holding, mark)), leverage);
    total = plus(total, larger(required, books.balance(holding.marginAccount)));
  }
  return total;
}

export function maintenanceTotal({ held }: Held, mark: MarkOf): Money {
  let total = zeroMoney;
  for (const holding of held.values()) total = plus(total, maintenanceOf(holding, worthAt(holding, mark)));
  return total;
}

export function collateralBehindOne({ books, held }: Held, id: InstrumentId, mark: MarkOf): Money {
  const own = held.get(id);
  if (own?.marginMode === "isolated") return books.balance(own.marginAccount);
  let unrealised = zeroMoney;
  let maintenance = zeroMoney;
  for (const other of held.values()) {
    if (other === own || !other.perpetual || other.marginMode === "isolated") continue;
    const value = worthAt(other, mark);
    unrealised = plus(unrealised, minus(value, signedCost(other)));
    maintenance = plus(maintenance, maintenanceOf(other, value));
  }
  return crossCollateral(books.balance("cash"), unrealised, maintenance);
}

/** `netBought` is the value of all buys minus that of all sells: the one tally that knows nothing of costs, to check costs against. */
export function checkIdentity({ books, held }: Held, netBought: Money, mark: MarkOf): void {
  invariant(books.sum() === 0n, "all accounts sum to zero");
  let equity = books.balance("cash");
  let unrealised = zeroMoney;
  let cost = zeroMoney;
  for (const holding of held.values()) {
    const own = signedCost(holding);
    const value = worthAt(holding, mark);
    equity = plus(equity, contribution(books, holding, value));
    unrealised = plus(unrealised, minus(value, own));
    cost = plus(cost, own);
    if (!holding.perpetual && books.balance(holding.inventoryAccount) !== own)
      missing(`${holding.inventoryAccount} stands at what its lots cost`);
  }
  const { capital, realised, fees, funding, liquidationFees, modelCosts } = books.totals();
  invariant(minus(cost, realised) === netBought, "costs held minus results taken are the value bought minus the value sold");
  const explained = capital + realised - fees + funding - liquidationFees - modelCosts + unrealised;
  invariant(explained === equity, "capital, results and costs explain equity");
}
