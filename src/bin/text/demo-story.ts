import { stripVTControlCharacters } from "node:util";
import { AccountState } from "../../journal/account-state.ts";
import type { Entry } from "../../journal/entry.ts";
import type { FactOf } from "../../journal/fact.ts";
import { grouped, readableMoney } from "../../journal/readable.ts";
import type { InstrumentId, IntentId } from "../../words/ids.ts";
import type { Instrument } from "../../words/instrument.ts";
import { magnitude } from "../../words/quantity.ts";
import { paint } from "./paint.ts";
import { refusalText, whole, wish } from "./in-passing.ts";

type Order = FactOf<"order_planned">["order"];

const wishWidth = 46;

/** Tells a run to a person as it happens: what was wanted, what the rails said, what was traded, what the book looks like. */
export class DemoStory {
  /** Lines written so far, for pacing. */
  lines = 0;
  readonly #write: (text: string) => void;
  readonly #state = new AccountState();
  readonly #symbols: ReadonlyMap<InstrumentId, string>;
  readonly #proposals = new Map<InstrumentId, FactOf<"proposed">["proposal"]>();
  /** What each intent was trimmed by, until its order is planned. */
  readonly #trims = new Map<IntentId, string>();
  /** The last refusal told of each instrument: the same one again is counted and not told. */
  readonly #told = new Map<InstrumentId, string>();
  #untold = 0;
  #date = "";
  #warm = false;

  constructor(write: (text: string) => void, instruments: readonly Instrument[]) {
    this.#write = write;
    // Every name of this market begins with SYN-, which the summary says in words; here it would only be in the way.
    this.#symbols = new Map(instruments.map(({ id, symbol }) => [id, symbol.replace(/^SYN-/, "")]));
  }

  see(entry: Entry): void {
    this.#state.apply(entry);
    const { fact } = entry;
    switch (fact.kind) {
      case "opened":
        return this.#opened(fact);
      case "day_opened":
        return this.#day(fact);
      case "woke":
        return this.#woke(entry, fact);
      case "proposed":
        this.#proposals.set(fact.proposal.instrument, fact.proposal);
        return;
      case "proposal_refused":
        return this.#refused(entry, fact.instrument, `not a valid proposal: ${fact.code}`);
      case "refused":
        return this.#refused(entry, fact.instrument, `refused: ${refusalText(fact)}`, fact.refusal.code);
      case "passed":
        return this.#passed(fact);
      case "sized_to_nothing":
        return this.#line(entry, fact.intent, paint.yellow(`too small: ${fact.why}`));
      case "order_planned":
        return this.#order(entry, fact.order);
      case "protection_planned":
        return this.#moved(entry, fact.plan);
      case "order_withheld":
        return this.#line(entry, fact.order, paint.red(`withheld at the wire: ${fact.refusal.code}`));
      case "order_rejected":
        return this.#line(entry, fact.order, paint.red(`rejected by the venue: ${fact.reason}`));
      case "filled":
        return this.#fill(entry, fact);
      case "latched":
        return this.#line(
          entry,
          paint.bold(`the ${fact.latch.name.replaceAll("_", " ")} limit is reached`),
          paint.red("latched: no new entries"),
        );
      case "cleared":
        return this.#line(entry, paint.bold(`the ${fact.name.replaceAll("_", " ")} latch is cleared`), "");
      case "fell_back":
        return this.#line(entry, "the model's answer", paint.yellow(`not used: ${fact.why}`));
      default:
        return;
    }
  }

  /** The last day's count of what was not told. */
  end(): void {
    this.#tellUntold();
  }

  #opened({ startCash, instruments }: FactOf<"opened">): void {
    this.#put(
      `The perps desk opens with ${readableMoney(startCash)} USDT and ${instruments.length} perpetuals.\nThe house model (a script, no key) proposes; the rails countersign, trim or refuse. Times are UTC.\n`,
    );
  }

  #day({ date, equity }: FactOf<"day_opened">): void {
    this.#tellUntold();
    this.#told.clear();
    this.#date = date;
    const held = this.#state.positions.map(
      ({ instrument, quantity }) => `${quantity > 0n ? "long" : "short"} ${grouped(magnitude(quantity))} ${this.#name(instrument)}`,
    );
    if (this.#warm || this.lines < 3)
      this.#put(`\n${paint.bold(date)}  equity ${readableMoney(equity)}  ${held.length === 0 ? "flat" : held.join(", ")}\n`);
  }

  #woke(entry: Entry, { snapshot }: FactOf<"woke">): void {
    if (this.#warm || this.#date === "") return;
    if (snapshot.assets.length > 0) {
      this.#warm = true;
      this.#put(`\n${paint.bold(this.#date)}  enough bars: from here on the model is asked every hour\n`);
    } else if (this.lines < 3) this.#line(entry, paint.dim("indicators are warming up: nobody is asked yet"), "");
  }

  #refused(entry: Entry, instrument: InstrumentId, why: string, code = why): void {
    const { action } = this.#proposals.get(instrument) ?? {};
    const streak = `${action} ${code}`;
    if (this.#told.get(instrument) === streak) {
      this.#untold++;
      return;
    }
    this.#told.set(instrument, streak);
    this.#line(entry, this.#wish(instrument), paint.red(why));
  }

  #passed({ intent, verdicts, notionalMax }: FactOf<"passed">): void {
    const by = verdicts.filter(({ outcome }) => outcome === "trimmed").map(({ rail }) => rail);
    if (by.length > 0)
      this.#trims.set(intent, `trimmed to ${whole(notionalMax)} by ${by[0]}${by.length > 1 ? ` and ${by.length - 1} more` : ""}`);
  }

  #order(entry: Entry, { purpose, intent, instrument, limit }: Order): void {
    if (purpose === "stop_loss" || purpose === "take_profit") return;
    const trimmed = this.#trims.get(intent);
    this.#trims.delete(intent);
    this.#told.delete(instrument);
    const at = limit === undefined ? "" : `, limit ${grouped(limit)}`;
    this.#line(
      entry,
      this.#wish(instrument),
      `${paint.green("countersigned")}${at}${trimmed === undefined ? "" : `, ${paint.yellow(trimmed)}`}`,
    );
  }

  #moved(entry: Entry, { instrument, stopLoss }: FactOf<"protection_planned">["plan"]): void {
    // With an order of its own, a plan is told when that order fills.
    const action = this.#proposals.get(instrument)?.action;
    if (action !== "adjust_orders" || stopLoss === undefined) return;
    this.#line(entry, paint.dim(`  the stop of ${this.#name(instrument)} follows to ${grouped(stopLoss)}`), "");
  }

  #fill(entry: Entry, { fill }: FactOf<"filled">): void {
    const { instrument, side, quantity, price } = fill;
    const purpose = fill.order === undefined ? "liquidation" : (this.#state.order(fill.order)?.purpose ?? "order");
    const what = `${side === "buy" ? "bought" : "sold"} ${grouped(quantity)} ${this.#name(instrument)} at ${grouped(price)}`;
    if (this.#state.position(instrument) === undefined) {
      const net = this.#state.trades.at(-1)?.net ?? fill.fee;
      const paid = `${readableMoney(net)} after fees and funding`;
      const why = purpose === "stop_loss" ? "stop: " : purpose === "take_profit" ? "target: " : "";
      return this.#line(entry, `  ${paint.cyan(what)}`, `${why}flat, ${net < 0n ? paint.red(paid) : paint.green(`+${paid}`)}`);
    }
    const { stopLoss, takeProfit } = this.#state.protection(instrument) ?? {};
    const guard = [
      ...(stopLoss === undefined ? [] : [`stop ${grouped(stopLoss)}`]),
      ...(takeProfit === undefined ? [] : [`target ${grouped(takeProfit)}`]),
    ];
    this.#line(entry, `  ${paint.cyan(what)}`, paint.dim(purpose === "entry" ? `with ${guard.join(" and ")}` : "the rest stays guarded"));
  }

  #wish(instrument: InstrumentId): string {
    return wish(this.#proposals.get(instrument), this.#name(instrument));
  }

  #tellUntold(): void {
    if (this.#untold > 0)
      this.#put(
        paint.dim(
          `         and ${this.#untold} more ${this.#untold === 1 ? "refusal" : "refusals"} of the same wish for the same reason\n`,
        ),
      );
    this.#untold = 0;
  }

  #line(entry: Entry, what: string, then: string): void {
    const [date, time = ""] = entry.at.toString().split("T");
    // A bar that ends at midnight is decided on before the next day begins.
    const shown = date === this.#date || this.#date === "" ? time.slice(0, 5) : "24:00";
    const room = " ".repeat(Math.max(1, wishWidth - stripVTControlCharacters(what).length));
    this.#put(`  ${paint.dim(shown)}  ${what}${then === "" ? "" : `${room}${then}`}\n`);
  }

  #put(text: string): void {
    this.lines++;
    this.#write(text);
  }

  #name(instrument: InstrumentId): string {
    return this.#symbols.get(instrument) ?? instrument;
  }
}
