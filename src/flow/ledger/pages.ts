import type { InstrumentId } from "../../words/ids.ts";
import type { Instrument } from "../../words/instrument.ts";
import type { Position } from "../portfolio/position.ts";
import type { Books } from "./books.ts";
import { accountsOf, newHolding, positionOf, type Holding, type HoldingAccounts } from "./holding.ts";
import type { LedgerSettings } from "./ledger-settings.ts";

/** The ledger's pages of what is held, and the records made of them, each kept until its page changes. */
export class Pages {
  readonly held = new Map<InstrumentId, Holding>();
  readonly #settings: LedgerSettings;
  readonly #books: Books;
  readonly #records = new Map<InstrumentId, Position>();
  #positions: readonly Position[] | undefined;
  /** Kept beyond their holding: a new text a trade would be hashed anew at every look into the books. */
  readonly #accounts = new Map<InstrumentId, HoldingAccounts>();

  constructor(settings: LedgerSettings, books: Books) {
    this.#settings = settings;
    this.#books = books;
  }

  /** Open positions, oldest first; the same array until one changes. */
  positions(): readonly Position[] {
    this.#positions ??= [...this.held.keys()].map((id) => this.position(id)).filter((position) => position !== undefined);
    return this.#positions;
  }

  position(id: InstrumentId): Position | undefined {
    const known = this.#records.get(id);
    if (known !== undefined) return known;
    const holding = this.held.get(id);
    if (holding === undefined || holding.quantity === 0n) return undefined;
    const record = positionOf(holding, this.#books.balance(holding.marginAccount));
    this.#records.set(id, record);
    return record;
  }

  /** The page of an instrument, a new one where there is none. */
  of(id: InstrumentId, at: Temporal.Instant): Holding {
    const known = this.held.get(id);
    if (known !== undefined) return known;
    const instrument = this.#settings.instruments(id);
    const holding = newHolding(instrument, this.#settings.marginMode?.(id) ?? "cross", at, this.#accountsOf(instrument));
    this.held.set(id, holding);
    return holding;
  }

  #accountsOf(instrument: Instrument): HoldingAccounts {
    const known = this.#accounts.get(instrument.id) ?? accountsOf(instrument);
    this.#accounts.set(instrument.id, known);
    return known;
  }

  /** Drops what was cached of a holding, and the holding itself once nothing is left of it, so that reads cost only what is open. */
  changed(holding: Holding): void {
    const { id } = holding.instrument;
    this.#records.delete(id);
    this.#positions = undefined;
    if (holding.quantity !== 0n || this.#books.balance(holding.marginAccount) !== 0n) return;
    this.held.delete(id);
    this.#books.forget(holding.marginAccount);
    this.#books.forget(holding.inventoryAccount);
  }
}
