import { calendarOf } from "../../flow/market/calendar/calendar.ts";
import { horizonSessions, type Horizon } from "../../flow/proposals/council-words.ts";
import { AccountState } from "../../journal/account-state.ts";
import type { Entry } from "../../journal/entry.ts";
import type { FactOf } from "../../journal/fact.ts";
import type { InstrumentId } from "../../words/ids.ts";
import type { Breach } from "./wire-watch.ts";

/** Before the close. */
const lastLookMinutes = 10;

/** What a council promises of its horizons (I19): whatever is still held when its sessions are over is being closed whenever the desk looks. */
export class CouncilHorizons {
  readonly #state = new AccountState();
  readonly #breaches: Breach[] = [];
  #woke: FactOf<"woke"> | undefined;
  #closing = new Set<InstrumentId>();

  see(entry: Entry): void {
    this.#state.apply(entry);
    const { fact } = entry;
    if (fact.kind === "woke") [this.#woke, this.#closing] = [fact, new Set()];
    else if (fact.kind === "resolved" && fact.intent.aim === "close") this.#closing.add(fact.intent.instrument);
    else if (fact.kind === "scanned") this.#judge(entry);
  }

  *end(): Generator<Breach> {
    yield* this.#breaches;
  }

  #judge({ at, sequence }: Entry): void {
    for (const { instrument, openedAt } of this.#state.positions) {
      const horizon = this.#state.decisions.council.entryOf(instrument)?.horizon as Horizon | undefined;
      const quoted = this.#woke?.snapshot.assets.some(({ quote }) => quote.instrument === instrument) === true;
      if (horizon === undefined || !quoted || this.#closing.has(instrument)) continue;
      if (this.#state.openOrders.some((order) => order.instrument === instrument && order.purpose === "close")) continue;
      const sessions = sessionsEnded(openedAt, at);
      if (sessions >= horizonSessions[horizon])
        this.#breaches.push({
          invariant: "I19",
          what: `entry ${sequence}: ${instrument} is held on after ${sessions} sessions, for ${horizon}`,
        });
    }
  }
}

/** What was opened after the last look of its day is of the next session. */
function sessionsEnded(from: Temporal.Instant, to: Temporal.Instant): number {
  const calendar = calendarOf("xnys");
  let ended = 0;
  for (
    let close = calendar.nextClose(from.add({ minutes: lastLookMinutes }));
    Temporal.Instant.compare(close, to) <= 0;
    close = calendar.nextClose(close)
  )
    ended++;
  return ended;
}
