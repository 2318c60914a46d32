import type { CheckpointAction, Pitch } from "../flow/proposals/council-words.ts";
import type { TradeAction } from "../journal/council-facts.ts";
import { CouncilLog } from "../journal/council-log.ts";
import type { Entry } from "../journal/entry.ts";
import { readableInstant } from "../journal/fact-line.ts";
import type { Row } from "./decision-rows.ts";

/** Where a decision is about no instrument: a meeting from which nothing came. */
export const noInstrument = "-";

type Shown = { readonly row: Row; readonly action: TradeAction; entered: boolean };

/** What a council decided, at its meetings and its checkpoints, and what became of each: a person's word, then what the venue made of it. */
export class CouncilRows {
  readonly #rows: Row[];
  readonly #log = new CouncilLog();
  readonly #symbols = new Map<string, string>();
  readonly #shown = new Map<string, Shown>();
  /** Of the wake that is under way. */
  #row: Row | undefined;

  constructor(rows: Row[]) {
    this.#rows = rows;
  }

  see(entry: Entry): void {
    const { at, fact } = entry;
    this.#log.see(fact, at);
    switch (fact.kind) {
      case "opened":
        for (const { id, symbol } of fact.instruments) this.#symbols.set(symbol, id);
        return;
      case "woke":
        this.#row = undefined;
        return;
      case "no_quorum":
        return this.#add(entry, "no council", undefined, `meeting: ${fact.heard} heard of at least ${fact.quorum}`);
      case "chairman_decided": {
        const { by, trade, backers, dissenters } = fact.decision;
        const behind = backers.length === 0 ? "nobody" : backers.join(", ");
        return this.#add(entry, wayOf(trade), trade, `meeting: by the ${by}, wanted by ${behind}, ${dissenters.length} against`);
      }
      case "seated":
        return fact.pitch === undefined
          ? this.#add(entry, "no trade", undefined, `meeting: ${fact.why}`)
          : this.#add(entry, wayOf(fact.pitch), fact.pitch, `meeting: ${fact.pitch.thesis[0] ?? ""}`);
      case "checkpoint_held": {
        const { instrument, action, conviction, time, reason } = fact;
        this.#add(entry, checkpointWords[action], { symbol: instrument, conviction }, `${time}: ${reason}`);
        if (this.#row !== undefined && action === "STAY") this.#row.fate = "hold";
        return;
      }
      case "trade_pending":
        if (this.#row !== undefined && fact.asked === 1)
          this.#shown.set(fact.trade, { row: this.#row, action: fact.action, entered: false });
        return this.#tell(fact.trade);
      case "trade_answered":
      case "trade_drifted":
      case "trade_ended":
        return this.#tell(fact.trade);
      case "trade_released": {
        const shown = this.#shown.get(fact.trade);
        // From here on its orders tell; a flip and what is left of a reduction are carried out more than once.
        if (shown !== undefined) [shown.row.fate, shown.entered] = ["approved", fact.intent !== fact.trade];
        return;
      }
      case "scanned":
        if (this.#row?.fate === "") this.#row.fate = "no data";
        return;
      default:
    }
  }

  /** The row that an intent carries out: its name is its trade's, and how often that was shown, or the attempt at leaving. */
  rowOf(intent: string): Row | undefined {
    for (const [trade, { row, action, entered }] of this.#shown) {
      if (!intent.startsWith(trade)) continue;
      const attempt = intent.slice(trade.length);
      if ((action === "reduce" ? /^\d+(?:\.x\d+)?$/ : /^\d+$/).test(attempt)) return row;
      if (/^\.x\d+$/.test(attempt)) return action === "enter" || entered ? this.#exitOf(trade, row) : row;
    }
    return undefined;
  }

  /** What an exit has left of a trade leaves under that trade's own name; what a horizon or a new week ends is nobody's decision. */
  #exitOf(of: string, { instrument }: Row): Row | undefined {
    const trades = [...this.#shown];
    const later = trades.slice(trades.findIndex(([trade]) => trade === of));
    return later.findLast(
      ([trade, { row, action }]) => action === "exit" && row.instrument === instrument && this.#log.trade(trade)?.status === "executed",
    )?.[1].row;
  }

  #add(
    { at, correlation }: Entry,
    action: string,
    of: { readonly symbol: string; readonly conviction: number } | undefined,
    why: string,
  ): void {
    this.#row = {
      id: correlation ?? "",
      at: readableInstant(at),
      strategy: "council",
      instrument: of === undefined ? noInstrument : (this.#symbols.get(of.symbol) ?? of.symbol),
      action,
      confidence: Math.abs(of?.conviction ?? 0) / 2,
      fate: of === undefined || action === "stay out" ? "no trade" : "",
      why,
    };
    this.#rows.push(this.#row);
  }

  /** Where it stands with the person; once it was carried out its orders say more than that it was. */
  #tell(trade: string): void {
    const { status, why = "", asked = 1 } = this.#log.trade(trade) ?? {};
    const shown = this.#shown.get(trade);
    if (shown === undefined || status === undefined) return;
    const { row } = shown;
    if ((status === "executed" || status === "failed") && row.fate !== "approved" && !row.fate.startsWith("waits")) return;
    row.fate = status === "pending" ? `waits for a person${asked > 1 ? ", shown again" : ""}` : why === "" ? status : `${status}: ${why}`;
  }
}

const checkpointWords = { STAY: "stay", EXIT: "exit", REDUCE: "reduce", FLIP: "flip" } as const satisfies Record<CheckpointAction, string>;

const wayOf = ({ direction }: Pick<Pitch, "direction">): string =>
  ({ LONG: "enter buy", SHORT: "enter sell", FLAT: "stay out" })[direction];
