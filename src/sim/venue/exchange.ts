import type { Fill } from "../../flow/fills/fill.ts";
import { Recent } from "../../flow/fills/recent.ts";
import type { VenueOrder, VenuePayment } from "../../ports/venue.ts";
import {
  executionId,
  transactionId,
  venueOrderId,
  type ClientOrderId,
  type ExecutionId,
  type InstrumentId,
  type TransactionId,
  type VenueOrderId,
} from "../../words/ids.ts";
import { Instants } from "../../words/instant.ts";
import { checkInstrument } from "../../words/instrument.ts";
import { invariant, present } from "../../words/invariant.ts";
import type { CancelReason } from "../../ports/venue.ts";
import { Random } from "../random.ts";
import { Asset } from "./asset.ts";
import { Books } from "./books.ts";
import type { Combo } from "./combo.ts";
import { Delivery } from "./delivery.ts";
import { OptionBook } from "./option-book.ts";
import type { VenueSettings } from "./settings.ts";
import type { Group, Working } from "./working.ts";

const ableToAll = { brackets: true, oco: true, replace: true, trailing: true } as const;

/** Asked for each new order, and nearly always of nothing: an empty map goes through the whole name to say so. */
const among = (ids: { readonly size: number; has(id: ClientOrderId): boolean }, id: ClientOrderId): boolean => ids.size > 0 && ids.has(id);

/** Everything that the venue knows: markets, books, orders, and what it has said. */
export class Exchange {
  readonly settings: VenueSettings;
  readonly able: typeof ableToAll | NonNullable<VenueSettings["able"]>;
  readonly assets: readonly Asset[];
  readonly books: Books;
  readonly options: OptionBook;
  readonly delivery: Delivery;
  readonly orders = new Map<ClientOrderId, Working>();
  /** Orders over several contracts: every one by its id, and those that are open. */
  readonly comboOf = new Map<ClientOrderId, Combo>();
  combos: readonly Combo[] = [];
  readonly rejected = new Map<ClientOrderId, VenueOrder>();
  /** Ids that are promised to the legs of brackets. */
  readonly legIds = new Set<ClientOrderId>();
  readonly groups = new Map<string, Group>();
  /** Those that stand. */
  readonly executions = new Recent<Fill>();
  /** Executions that can no longer be taken back. */
  readonly final = new Set<ExecutionId>();
  readonly payments = new Recent<VenuePayment>();
  readonly instants: Instants;
  readonly #byId: ReadonlyMap<InstrumentId, Asset>;
  readonly #jitter: Random;
  #venueOrders = 0;
  #transactions = 0;
  #executed = 0;
  nowMs = 0;

  constructor(settings: VenueSettings) {
    invariant(settings.participation >= 0 && settings.participation <= 1, "participation is a share from 0 to 1");
    invariant(Number.isSafeInteger(settings.latencyMs) && settings.latencyMs >= 0, "latency is a whole number of milliseconds from 0");
    for (const instrument of settings.instruments) {
      const checked = checkInstrument(instrument);
      invariant(checked.ok, `${instrument.id} is a good instrument${checked.ok ? "" : `: ${checked.error.rule}`}`);
    }
    this.settings = settings;
    this.instants = settings.instants ?? new Instants();
    this.able = settings.able ?? ableToAll;
    this.assets = settings.instruments.map((instrument, index) => new Asset(index, instrument));
    this.#byId = new Map(this.assets.map((asset) => [asset.instrument.id, asset]));
    this.books = new Books(settings);
    this.options = new OptionBook(this.assets);
    this.delivery = new Delivery();
    this.#jitter = new Random(settings.seed).fork("slippage");
  }

  /** Whether an id was ever used, or is promised to a bracket's leg. */
  knowsId(id: ClientOrderId): boolean {
    return this.orders.has(id) || among(this.comboOf, id) || among(this.rejected, id) || among(this.legIds, id);
  }

  assetAt(index: number): Asset {
    return present(this.assets[index], "an index comes from indexOf");
  }

  assetOf(instrument: InstrumentId): Asset | undefined {
    return this.#byId.get(instrument);
  }

  nextVenueOrder(): VenueOrderId {
    this.#venueOrders += 1;
    return venueOrderId(`v${this.#venueOrders}`);
  }

  /** What its clock says: that of its owner, where there is one. */
  told(): Temporal.Instant {
    return this.instants.at(this.settings.nowMs?.() ?? this.nowMs);
  }

  nextTransaction(): TransactionId {
    this.#transactions += 1;
    return transactionId(`t${this.#transactions}`);
  }

  nextExecution(): ExecutionId {
    this.#executed += 1;
    return executionId(`x${this.#executed}`);
  }

  /** Records what changes the account and is no fill, and reports it. */
  paid(payment: VenuePayment): void {
    this.payments.add(payment);
    this.delivery.report(payment);
  }

  /** What a taker pays beyond the spread on a bar; the stream is drawn from only where a jitter was asked for. */
  slippageBps(): number {
    const { slippageBps, slippageJitterBps = 0 } = this.settings;
    return slippageJitterBps > 0 ? slippageBps + slippageJitterBps * this.#jitter.next() : slippageBps;
  }

  /** Takes a finished order off the book; it stays in the records. */
  retire(order: Working, state: "filled" | "cancelled" | "expired"): void {
    order.state = state;
    order.conditional = false;
    const asset = this.assetAt(order.index);
    asset.orders = asset.orders.filter((other) => other !== order);
    const { group } = order;
    if (group !== undefined) group.members = group.members.filter((other) => other !== order);
  }

  /** Ends an order unfilled, or with only a part filled, and says why. */
  cancel(order: Working, why: CancelReason, atMs: number): void {
    this.retire(order, why === "expired" ? "expired" : "cancelled");
    const asset = this.assetAt(order.index);
    asset.nowMs = Math.max(asset.nowMs, atMs);
    this.delivery.report({ kind: "cancelled", order: order.terms.id, why, at: this.instants.at(atMs) });
  }
}
