import type { VenueReport } from "../../../src/ports/venue.ts";
import type { VenueSettings } from "../../../src/sim/venue/settings.ts";
import type { SimVenue } from "../../../src/sim/venue/sim-venue.ts";
import { formatExact } from "../../../src/words/exact.ts";
import { instrumentId } from "../../../src/words/ids.ts";
import type { Option } from "../../../src/words/instrument.ts";
import { price } from "../../../src/words/price.ts";
import { anOrder, type Wish } from "./an-order.ts";
import { anEquity, anOption, aVenue, inWords } from "./a-market.ts";

const expiry = "2026-12-18";
export const endMs = Temporal.Instant.from("2026-12-18T21:00:00Z").epochMilliseconds;
const dayBeforeMs = endMs - 86_400_000;

/** `C100` is the call struck at 100; a third part is another expiry. */
export const optionNamed = (name: string, of: Partial<Option> = {}): Option => ({
  ...anOption(),
  id: instrumentId(name),
  symbol: name,
  right: name.startsWith("C") ? "call" : "put",
  strike: price(name.slice(1).split(".")[0]!),
  expiry,
  ...of,
});

/** A share at whole dollars and options on it, all driven by quotes; 100,000 in cash, no fees. */
export class OptionsVenue {
  readonly venue: SimVenue;
  readonly reports: VenueReport[] = [];
  nowMs = dayBeforeMs;

  constructor(options: readonly Option[], of: Partial<VenueSettings> = {}) {
    this.venue = aVenue({ instruments: [anEquity(), ...options], optionShorts: true, ...of });
    this.venue.startAt(this.nowMs);
  }

  /** Quotes the share, and each option named at a price of its own. */
  quote(share: number, options: Readonly<Record<string, number>> = {}, atMs = this.nowMs + 1000): this {
    this.nowMs = atMs;
    const named = Object.entries(options);
    for (const [name, at] of [...named, ["ACME", share] as const]) {
      const index = this.venue.instruments.findIndex(({ id }) => id === name);
      this.venue.quote(index, at, at, 1_000_000, 1_000_000, atMs);
    }
    return this;
  }

  place(side: "buy" | "sell", name: string, lots: number, more: Wish = {}): string {
    const outcome = this.venue.place(anOrder({ instrument: name, side, lots, ...more }));
    return outcome.kind === "rejected" ? outcome.reason : outcome.kind;
  }

  hear(): string {
    const heard = this.venue.drain();
    this.reports.push(...heard);
    return heard.map(inWords).join("; ");
  }

  get held(): string {
    return this.venue
      .positions()
      .map(({ instrument, quantity }) => `${formatExact(quantity)} ${instrument}`)
      .join(", ");
  }
  get cash(): string {
    return formatExact(this.venue.balance().cash);
  }
  get equity(): string {
    return formatExact(this.venue.balance().equity);
  }
}
