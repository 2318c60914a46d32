import { judge, refused } from "../flow/rails/judge.ts";
import { AccountState } from "../journal/account-state.ts";
import type { Entry } from "../journal/entry.ts";
import type { Fact } from "../journal/fact.ts";
import type { Approver } from "../ports/approver.ts";
import type { GroupView } from "../ports/group-view.ts";
import type { Clock } from "../ports/clock.ts";
import { whenDone, type Eventually } from "../ports/eventually.ts";
import type { JournalStore } from "../ports/journal-store.ts";
import type { Asking, Model } from "../ports/model.ts";
import type { Venue, VenueOrder, VenueReport } from "../ports/venue.ts";
import type { AccountId, CorrelationId, DeskId } from "../words/ids.ts";
import { holdAsJudged } from "./as-judged.ts";
import { sceneOf } from "./candidate-for.ts";
import { together } from "./drive.ts";
import type { PlaceReply, Reply, Step, TimeReply } from "./line.ts";
import { railsOf, type Turn } from "./turn.ts";
import { nothingSeen, viewOf } from "./venue-view.ts";

export type AccountPorts = {
  readonly clock: Clock;
  readonly journal: JournalStore;
  readonly venue: Venue;
  readonly model: Model;
  readonly approver: Approver;
  /** Where the account shares a budget with others. */
  readonly group?: GroupView;
};

/** The only place where an account's lines meet the world: it journals facts, keeps the state, and holds the venue. */
export class AccountRunner {
  readonly state = new AccountState();
  readonly #ports: AccountPorts;
  readonly #account: AccountId;
  readonly #desk: DeskId;
  #config: string;
  #onEntry: ((entry: Entry) => void) | undefined;

  constructor(ports: AccountPorts, account: AccountId, desk: DeskId, config: string, onEntry?: (entry: Entry) => void) {
    this.#ports = ports;
    this.#account = account;
    this.#desk = desk;
    this.#config = config;
    this.#onEntry = onEntry;
  }

  record(fact: Fact, correlation?: CorrelationId, at: Temporal.Instant = this.#ports.clock.now()): void {
    const sequence = this.state.sequence + 1;
    const account = this.#account;
    const desk = this.#desk;
    const config = this.#config;
    // Written out twice, since a backtest makes millions of these and a spread costs more than all the rest of one.
    const entry: Entry =
      correlation === undefined
        ? { sequence, at, account, desk, config, fact }
        : { sequence, at, account, desk, correlation, config, fact };
    this.#ports.journal.append(entry);
    this.state.apply(entry);
    this.#onEntry?.(entry);
  }

  /** Performs one step of a line that works in this turn. */
  perform(turn: Turn, step: Step): Eventually<Reply> {
    const { journal, venue, model, approver } = this.#ports;
    switch (step.do) {
      case "record":
        // What the rails are about to judge by: nothing waits between this and the reservation that follows from it.
        if (step.fact.kind === "resolved" || step.fact.kind === "approved") this.#seeGroup(step.correlation);
        this.record(step.fact, step.correlation, step.at);
        return lasts(step.fact) ? whenDone(journal.commit(), () => undefined) : undefined;
      case "ask":
        return model.ask(step.question, this.#asking(turn));
      case "ask_all":
        return together(step.questions.map((question) => model.ask(question, this.#asking(turn))));
      case "approve":
        return whenDone(journal.commit(), () => approver.ask(step.intent, step.binding, step.expiresAt));
      case "place":
        return this.#place(turn, step);
      case "cancel": {
        const quiet = this.#quiet();
        if (quiet !== undefined) return { kind: "turned_away", reason: "rate_limited", retryAt: quiet, at: this.#ports.clock.now() };
        return whenDone(journal.commit(), () => venue.cancel(step.order, step.instrument));
      }
      case "find":
        return this.#quiet() === undefined ? venue.find(step.order, step.instrument) : "unknown";
      case "look":
        return this.#quiet() === undefined ? viewOf(venue, step.since) : nothingSeen;
      case "ask_time":
        return this.#quiet() === undefined ? this.#askTime() : undefined;
    }
  }

  /** Journalled before it is judged by, and only where it has changed. */
  #seeGroup(correlation: CorrelationId | undefined): void {
    const { group } = this.#ports;
    if (group === undefined) return;
    const members = group.others(this.#account);
    const known = this.state.measured.group?.members ?? [];
    const same = members.length === known.length && members.every((each, at) => each === known[at]);
    if (!same) this.record({ kind: "group_seen", group: group.group, members }, correlation);
  }

  #askTime(): Eventually<TimeReply> {
    const { clock, venue } = this.#ports;
    const askedAt = clock.now();
    return whenDone(venue.time(), (told) => ({ askedAt, answeredAt: clock.now(), told }));
  }

  #asking({ correlation }: Turn): Asking {
    return { account: this.#account, desk: this.#desk, correlation };
  }

  /** Whether the venue has told us something; asked at every bar. */
  get pending(): boolean {
    return this.#ports.venue.pending;
  }

  drain(): readonly VenueReport[] {
    return this.#ports.venue.drain();
  }

  /** A venue that asked for silence bans who goes on talking: nothing leaves before it may. */
  #quiet(): Temporal.Instant | undefined {
    const { quietUntil } = this.state.guards;
    return quietUntil !== undefined && Temporal.Instant.compare(this.#ports.clock.now(), quietUntil) < 0 ? quietUntil : undefined;
  }

  /** After a restart: what the venue has is never sent twice, and while it cannot say the order stays UNKNOWN. */
  #again(turn: Turn, step: Extract<Step, { readonly do: "place" }>, found: VenueOrder | "absent" | "unknown"): Eventually<PlaceReply> {
    const at = this.#ports.clock.now();
    if (found === "unknown") return { outcome: { kind: "unknown", detail: "the venue could not say after a restart", at } };
    // Venues show orders late: until then its absence proves nothing, and a second order could be a second position.
    const since = this.state.openOrder(step.order.id)?.plannedAt ?? turn.now;
    if (found === "absent" && at.epochMilliseconds - since.epochMilliseconds < turn.rules.patience.visibilityMs)
      return { outcome: { kind: "unknown", detail: "not in the venue's records yet after a restart", at } };
    if (found !== "absent" && found.state === "rejected")
      return { outcome: { kind: "rejected", reason: "other", detail: "the venue's records say so after a restart", at } };
    if (found !== "absent") return { outcome: { kind: "accepted", venueOrder: found.venueOrder, at } };
    const { maybeSent: _, ...first } = step;
    return this.#place(turn, first);
  }

  /** A model's answer or a restart may have taken its time: what the turn was shown is judged by its age now. */
  #asOfNow(turn: Turn): Turn {
    const now = this.#ports.clock.now();
    return now === turn.now || now.epochMilliseconds === turn.now.epochMilliseconds ? turn : { ...turn, now };
  }

  /** The gateway: the rails once more on what is about to leave, then the journal on disk, then the wire. */
  #place(turn: Turn, step: Extract<Step, { readonly do: "place" }>): Eventually<PlaceReply> {
    const { journal, venue } = this.#ports;
    if (step.maybeSent === true)
      return whenDone(venue.find(step.order.id, step.order.instrument), (found) => this.#again(turn, step, found));
    holdAsJudged(step.order, step.candidate, step.replaces);
    if (step.order.purpose === "entry") this.#seeGroup(turn.correlation);
    const verdict = judge(sceneOf(this.#asOfNow(turn), step.candidate, "wire", step.order.id), railsOf(turn.rules));
    if (refused(verdict)) return { withheld: verdict.refusal };
    const quiet = this.#quiet();
    if (quiet !== undefined) {
      const detail = "not sent: the venue asked for silence";
      return { outcome: { kind: "rejected", reason: "rate_limited", detail, retryAt: quiet, at: this.#ports.clock.now() } };
    }
    return whenDone(journal.commit(), () => {
      const sent = step.replaces === undefined ? venue.place(step.order) : venue.replace(step.replaces, step.order);
      return whenDone(sent, (outcome) => ({ outcome }));
    });
  }
}

/**
 * What is durable before anything else is done: what forbids, such as a latch and a venue's demand for silence; what a council has settled for its
 * week, or another meeting would be paid for; and what a person is shown and has said, which cannot be taken back from him.
 */
function lasts(fact: Fact): boolean {
  switch (fact.kind) {
    case "latched":
    case "pack_frozen":
    case "seated":
    case "no_quorum":
    case "chairman_decided":
    case "trade_pending":
    case "trade_answered":
      return true;
    case "order_sent":
      return fact.outcome.kind === "rejected" && fact.outcome.retryAt !== undefined;
    case "cancel_answered":
      return fact.outcome.kind === "turned_away" && fact.outcome.retryAt !== undefined;
    default:
      return false;
  }
}
