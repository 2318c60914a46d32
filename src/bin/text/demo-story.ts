import pc from "picocolors";
import type { Entry } from "../../journal/entry.ts";
import { AccountState } from "../../journal/account-state.ts";
import type { FactOf } from "../../journal/fact.ts";
import { approximately, formatExact } from "../../words/exact.ts";
import type { InstrumentId } from "../../words/ids.ts";
import type { Instrument } from "../../words/instrument.ts";
import type { Money } from "../../words/money.ts";

/** Tells a run to a person as it happens: what was wanted, what the rails said, what was traded, what the book looks like. */
export class DemoStory {
  readonly #write: (text: string) => void;
  readonly #state = new AccountState();
  readonly #symbols: ReadonlyMap<InstrumentId, string>;
  readonly #proposals = new Map<InstrumentId, FactOf<"proposed">["proposal"]>();
  #warming = false;
  /** Ids of a decision that was refused and of one that traded, for what to try next. */
  refused: string | undefined;
  opened: string | undefined;

  constructor(write: (text: string) => void, instruments: readonly Instrument[]) {
    this.#write = write;
    this.#symbols = new Map(instruments.map(({ id, symbol }) => [id, symbol]));
  }

  see(entry: Entry): void {
    this.#state.apply(entry);
    const { fact } = entry;
    switch (fact.kind) {
      case "opened":
        this.#write(
          `\nThe perps desk opens with ${amount(fact.startCash)} USDT and ${fact.instruments.length} perpetuals. The house model (a script, no key) proposes; the rails countersign.\n`,
        );
        return;
      case "day_opened":
        return this.#day(fact);
      case "scanned":
        if (!this.#warming && (fact.outcomes["warming_up"] ?? 0) === fact.candidates) {
          this.#warming = true;
          this.#line(entry, pc.dim("indicators are warming up: nobody is asked yet"), "");
        }
        return;
      case "proposed":
        this.#proposals.set(fact.proposal.instrument, fact.proposal);
        return;
      case "proposal_refused":
        return this.#line(entry, this.#wish(fact.instrument), pc.red(`invalid: ${fact.code}`));
      case "refused":
        this.refused ??= entry.correlation;
        return this.#line(entry, this.#wish(fact.instrument), pc.red(`refused by ${fact.refusal.code}${evidence(fact.refusal)}`));
      case "passed": {
        const trims = fact.verdicts.filter(({ outcome }) => outcome === "trimmed");
        for (const trim of trims)
          this.#line(entry, pc.dim(`  ${fact.intent}`), pc.yellow(`trimmed by ${trim.rail} to ${amount(fact.notionalMax)}`));
        return;
      }
      case "sized_to_nothing":
        return this.#line(entry, fact.intent, pc.yellow(`too small: ${fact.why}`));
      case "order_planned":
        if (fact.order.purpose === "entry") this.opened ??= entry.correlation;
        return this.#order(entry, fact);
      case "order_withheld":
        return this.#line(entry, fact.order, pc.red(`withheld at the wire by ${fact.refusal.code}`));
      case "order_rejected":
        return this.#line(entry, fact.order, pc.red(`rejected by the venue: ${fact.reason}`));
      case "filled":
        return this.#fill(entry, fact);
      case "latched":
        return this.#line(entry, pc.bold(`LATCHED ${fact.latch.name}`), pc.red(`no new entries (${fact.latch.reason})`));
      case "fell_back":
        return this.#line(entry, "the model's answer", pc.yellow(`${fact.why}: no order`));
      default:
        return;
    }
  }

  #day({ date, equity }: FactOf<"day_opened">): void {
    const held = this.#state.positions.map(
      ({ instrument, quantity }) =>
        `${quantity > 0n ? "long" : "short"} ${formatExact(quantity < 0n ? 0n - quantity : quantity)} ${this.#name(instrument)}`,
    );
    this.#write(`\n${pc.bold(date)}  equity ${amount(equity)}  ${held.length === 0 ? "flat" : held.join(", ")}\n`);
  }

  #wish(instrument: InstrumentId): string {
    const proposal = this.#proposals.get(instrument);
    if (proposal === undefined) return this.#name(instrument);
    const size = proposal.allocation > 0n ? ` ${amount(proposal.allocation)}` : "";
    return `wants ${proposal.action} ${this.#name(instrument)}${size}, ${Math.round(proposal.confidence * 100)}% sure`;
  }

  #order(entry: Entry, { order, replaces }: FactOf<"order_planned">): void {
    const { purpose, side, quantity, limit, stop, instrument } = order;
    const level = stop ?? limit;
    const what = `${side} ${formatExact(quantity)} ${this.#name(instrument)}${level === undefined ? "" : ` at ${formatExact(level)}`}`;
    if (purpose === "stop_loss" || purpose === "take_profit") {
      const leg = purpose === "stop_loss" ? "stop" : "target";
      return this.#line(entry, pc.dim(`  ${replaces === undefined ? leg : `${leg} moved`}: ${what}`), "");
    }
    this.#line(
      entry,
      purpose === "entry" ? this.#wish(instrument) : `${purpose} ${this.#name(instrument)}`,
      pc.green(`countersigned: ${what}`),
    );
  }

  #fill(entry: Entry, { fill }: FactOf<"filled">): void {
    const purpose = fill.order === undefined ? "liquidation" : (this.#state.order(fill.order)?.purpose ?? "order");
    const flat = this.#state.position(fill.instrument) === undefined;
    const trade = flat ? this.#state.trades.at(-1) : undefined;
    const net =
      trade === undefined
        ? ""
        : ` -> flat, ${approximately(trade.net) < 0 ? pc.red(amount(trade.net)) : pc.green(`+${amount(trade.net)}`)} after fees and funding`;
    const verb = fill.side === "buy" ? "bought" : "sold";
    this.#line(
      entry,
      `${pc.cyan("filled")} ${verb} ${formatExact(fill.quantity)} ${this.#name(fill.instrument)} at ${formatExact(fill.price)} (${purpose.replace("_", " ")})${net}`,
      "",
    );
  }

  #line(entry: Entry, what: string, then: string): void {
    const time = entry.at.toString().slice(11, 16);
    this.#write(`  ${pc.dim(time)}  ${what}${then === "" ? "" : `  ${then}`}\n`);
  }

  #name(instrument: InstrumentId): string {
    return this.#symbols.get(instrument) ?? instrument;
  }
}

const amount = (of: Money): string => approximately(of).toLocaleString("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 });

function evidence({ unit, measured, limit, detail }: FactOf<"refused">["refusal"]): string {
  const show = (value: number | bigint | undefined): string => {
    if (value === undefined) return "";
    if (typeof value === "bigint")
      return unit === "money" ? approximately(value).toLocaleString("en-US", { maximumFractionDigits: 2 }) : formatExact(value);
    return unit === "bps" ? `${(value / 100).toFixed(2)}%` : String(Math.round(value * 100) / 100);
  };
  if (measured !== undefined && limit !== undefined) return ` (${show(measured)} against ${show(limit)})`;
  return detail === undefined ? "" : ` (${detail})`;
}
