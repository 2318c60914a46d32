import { calendarOf } from "../flow/market/calendar/calendar.ts";
import { actionableMessage, heartbeat, sessionMessage, type Actionable, type SlackMessage } from "../flow/reports/options-blocks.ts";
import { OptionsSession, type SessionSummary } from "../flow/reports/options-session.ts";
import type { Entry } from "./entry.ts";
import type { FactOf } from "./fact.ts";

/**
 * An options desk's journal, entry by entry, comes in; its days go out as summaries, and what to tell people as messages, in the order in
 * which it happened: each day's own message comes before the next day begins, and the last one's as the journal is closed (OPT-10, OPT-11).
 */
export class OptionsSessions {
  readonly #days: OptionsSession[] = [];
  readonly #tell: ((message: SlackMessage) => void) | undefined;
  readonly #questionsPerScanMax: number;
  #acted = false;
  #scan = "";
  /** What the last answer for a contract said, for the message of the order that follows from it. */
  readonly #said = new Map<string, FactOf<"option_gated">>();

  constructor(questionsPerScanMax: number, tell?: (message: SlackMessage) => void) {
    this.#questionsPerScanMax = questionsPerScanMax;
    this.#tell = tell;
  }

  see(entry: Entry): void {
    const { fact, at, correlation = "" } = entry;
    switch (fact.kind) {
      case "woke":
        this.#acted = false;
        return;
      case "option_asked":
        return this.#day(at).asked();
      case "model_answered":
        return this.#day(at).answered(fact.answer.tokensIn, fact.answer.tokensOut, fact.answer.cost);
      case "option_gated": {
        const { decision, symbol, action, confidence, reasons } = fact;
        this.#said.set(fact.instrument, fact);
        return this.#day(at).gated(
          decision,
          symbol,
          action,
          confidence,
          fact,
          reasons.map(({ code }) => code),
        );
      }
      case "hard_rail_fired":
        this.#day(at).closedByRail(fact.rail);
        return this.#say({ what: "closed_by_rail", correlation, symbol: fact.symbol, contract: fact.instrument, why: fact.rail });
      case "person_asked": {
        this.#day(at).personAsked();
        const { symbol, instrument: contract, why, rationale, item } = fact;
        return this.#say({
          what: "person_asked",
          correlation,
          symbol,
          contract,
          why: rationale === "" ? why : `${why}: ${rationale}`,
          item,
        });
      }
      case "person_answered":
        return this.#day(at).personAnswered(fact.decision, fact.symbol, fact.action);
      case "person_obeyed":
        return this.#day(at).personObeyed(fact.outcome);
      case "person_expired":
        return this.#day(at).personExpired();
      case "order_sent":
        this.#acted = true;
        return;
      case "filled":
        return this.#filled(entry, fact);
      case "scanned":
        this.#day(at).scanned(fact.candidates, fact.outcomes);
        this.#scan = correlation;
        if (!this.#acted) this.#tell?.(heartbeat(correlation, fact.candidates, fact.outcomes));
        return;
      case "closed":
        return this.#dayOver();
      default:
        return;
    }
  }

  get summaries(): readonly SessionSummary[] {
    return this.#days.map((day) => day.summary());
  }

  #filled({ correlation }: Entry, { fill }: FactOf<"filled">): void {
    const said = this.#said.get(fill.instrument);
    const why = said?.acts === true ? `${said.action} by the model` : "by a rail or a person";
    const { instrument: contract } = fill;
    const confidence = said?.acts === true ? { confidence: said.confidence } : {};
    this.#say({
      what: fill.side === "buy" ? "bought" : "sold",
      correlation: correlation ?? "",
      symbol: said?.symbol ?? contract,
      contract,
      why,
      ...confidence,
    });
  }

  #say(of: Actionable): void {
    this.#acted = true;
    this.#tell?.(actionableMessage(of));
  }

  #dayOver(): void {
    const day = this.#days.at(-1);
    if (day !== undefined) this.#tell?.(sessionMessage(day.summary(), this.#scan));
  }

  #day(at: Temporal.Instant): OptionsSession {
    const date = calendarOf("xnys").tradingDay(at).toString();
    const last = this.#days.at(-1);
    if (last?.date === date) return last;
    this.#dayOver();
    const day = new OptionsSession(date, this.#questionsPerScanMax);
    this.#days.push(day);
    return day;
  }
}
