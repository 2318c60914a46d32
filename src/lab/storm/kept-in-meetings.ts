import { calendarOf } from "../../flow/market/calendar/calendar.ts";
import { profileLevels, type Pitch } from "../../flow/proposals/council-words.ts";
import type { PendingTrade } from "../../journal/council-facts.ts";
import type { Entry } from "../../journal/entry.ts";
import type { FactOf } from "../../journal/fact.ts";
import type { Breach } from "./wire-watch.ts";

type Said = Pick<Pitch, "symbol" | "direction" | "conviction">;

const newYork = "America/New_York";
const dayOf = (at: Temporal.Instant): Temporal.PlainDate => at.toZonedDateTimeISO(newYork).toPlainDate();
const weekOf = (day: Temporal.PlainDate): string => `${day.yearOfWeek}-${day.weekOfYear}`;

/**
 * What a council promises of its weeks (I17, I18), from the journal alone: one meeting in each, nothing learned after it, and no trade that nobody
 * pitched or that is stronger than its strongest backer.
 */
export class CouncilMeetings {
  readonly #breaches: Breach[] = [];
  /** What was done once in a week and may not be done again in it. */
  readonly #once = new Set<string>();
  readonly #held = new Map<string, number>();
  readonly #pitched = new Map<string, Said[]>();
  readonly #convictions = new Map<string, number>();
  #first: Temporal.PlainDate | undefined;
  #last: Temporal.PlainDate | undefined;

  see({ fact, at, sequence }: Entry): void {
    const say = (invariant: "I17" | "I18", what: string): void =>
      void this.#breaches.push({ invariant, what: `entry ${sequence}: ${what}` });
    const once = (what: string): void => {
      const key = `${what} in week ${weekOf(dayOf(at))}`;
      if (this.#once.has(key)) say("I17", `${key}, a second time`);
      this.#once.add(key);
    };
    switch (fact.kind) {
      case "woke":
        if (fact.strategy !== "council") return;
        this.#first ??= dayOf(at);
        this.#last = dayOf(at);
        return;
      case "model_asked":
        if (fact.role === "research" && this.#held.has(weekOf(dayOf(at)))) say("I17", "research after the pack was frozen");
        return;
      case "pack_frozen":
      case "seated":
        once("a meeting");
        this.#held.set(weekOf(dayOf(at)), sequence);
        if (fact.week > dayOf(at).toString() || weekOf(Temporal.PlainDate.from(fact.week)) !== weekOf(dayOf(at)))
          say("I17", `the meeting of ${fact.week} is held on ${dayOf(at).toString()}`);
        return;
      case "pitched":
        once(`the pitch of ${fact.member}`);
        this.#pitched.set(fact.week, [...(this.#pitched.get(fact.week) ?? []), fact.pitch]);
        return;
      case "peers_reviewed":
        once(`the review of ${fact.reviewer}`);
        if (fact.labels.some(({ member }) => member === fact.reviewer)) say("I17", `${fact.reviewer} reviews its own pitch`);
        return;
      case "chairman_decided":
        once("the decision");
        return this.#backed(fact.week, fact.decision.trade, say);
      case "trade_pending":
        if (fact.action === "enter" && fact.asked === 1) once("a trade");
        return this.#pending(fact, say);
      default:
    }
  }

  /** With it every meeting that fell due: a crash may put one off and not away. */
  *end(): Generator<Breach> {
    yield* this.#breaches;
    if (this.#first === undefined || this.#last === undefined) return;
    for (let day = this.#first; Temporal.PlainDate.compare(day, this.#last) < 0; day = day.add({ days: 1 }))
      if (isMeetingDay(day) && !this.#held.has(weekOf(day)))
        yield { invariant: "I17", what: `the meeting of ${day.toString()} was never held` };
  }

  #pending(fact: PendingTrade & FactOf<"trade_pending">, say: (invariant: "I18", what: string) => void): void {
    const { trade, week, action, instrument, side, conviction, profile, stopPct } = fact;
    if (stopPct !== profileLevels[profile].stopPct) say("I18", `${trade} has a stop of ${stopPct}%, which is none of ${profile}`);
    if (action === "enter") {
      this.#backed(week, { symbol: instrument, direction: side === "buy" ? "LONG" : "SHORT", conviction }, say);
      this.#convictions.set(week, Math.abs(conviction));
    }
    if (action === "flip" && Math.abs(conviction) > (this.#convictions.get(week) ?? 0))
      say("I18", `${trade} flips to ${conviction}, stronger than what was entered`);
  }

  #backed(
    week: string,
    { symbol, direction, conviction }: { readonly [Key in keyof Said]: Said[Key] | string },
    say: (invariant: "I18", what: string) => void,
  ): void {
    if (direction === "FLAT") return;
    const strengths = (this.#pitched.get(week) ?? []).flatMap((each) =>
      each.symbol === symbol && each.direction === direction ? [Math.abs(each.conviction)] : [],
    );
    if (strengths.length === 0) say("I18", `nobody pitched ${direction} ${symbol}`);
    else if (typeof conviction === "number" && Math.abs(conviction) > Math.max(...strengths))
      say("I18", `${direction} ${symbol} with ${conviction}, where the strongest of its backers said ${Math.max(...strengths)}`);
  }
}

/** Wednesday, or the first session after it in its week. */
function isMeetingDay(day: Temporal.PlainDate): boolean {
  const calendar = calendarOf("xnys");
  const wednesday = day.add({ days: 3 - day.dayOfWeek });
  for (let at = wednesday; at.dayOfWeek <= 5; at = at.add({ days: 1 })) if (calendar.session(at) !== undefined) return at.equals(day);
  return false;
}
