import * as fc from "fast-check";
import type { PlaceOutcome } from "../../../src/ports/venue.ts";
import { faultNames, type FaultName, type Faults } from "../../../src/sim/faults/fault-names.ts";
import type { VenueSettings } from "../../../src/sim/venue/settings.ts";
import { clientOrderIdOf } from "../../../src/words/ids.ts";
import { instantOfMs, msOf } from "../../../src/words/instant.ts";
import { money } from "../../../src/words/money.ts";
import { rate } from "../../../src/words/rate.ts";
import { candlesOf, plansWithin, someSettings, type Plan } from "../venue/a-run.ts";
import { anEquity, aPerpetual, minuteMs, type Candle } from "../venue/a-market.ts";
import { anOrder } from "../venue/an-order.ts";
import { FaultyMarket, still } from "./a-faulty-market.ts";

/** What a desk does besides placing: to which of its orders, counted from the latest, at the close of which bar. */
type Deed = { readonly bar: number; readonly what: "cancel" | "replace" | "find" | "read"; readonly order: number };

export type Storm = {
  readonly candles: readonly Candle[];
  readonly plans: readonly Plan[];
  readonly deeds: readonly Deed[];
  readonly settings: Partial<VenueSettings>;
  readonly faults: Faults;
  readonly shares: boolean;
  readonly seed: number;
};

const bars = 14;
const deed: fc.Arbitrary<Deed> = fc.record({
  bar: fc.nat(bars - 1),
  what: fc.constantFrom("cancel" as const, "replace" as const, "find" as const, "read" as const),
  order: fc.nat(2),
});

/** A storm lasts a quarter of an hour, so what may take an hour takes less. */
const brief: Partial<Record<FaultName, { readonly msMin?: number; readonly msMax: number }>> = {
  fill_after_cancel: { msMax: 4 * minuteMs },
  bust_and_correct: { msMax: 3 * minuteMs },
  self_cancel: { msMax: 3 * minuteMs },
  halt: { msMin: minuteMs, msMax: 4 * minuteMs },
  auction: { msMin: minuteMs, msMax: 4 * minuteMs },
  maintenance_reset: { msMax: 2 * minuteMs },
};

/** Every storm has some of the faults, since where all strike at once few get far. */
const someFaults = (names: readonly FaultName[]): fc.Arbitrary<Faults> =>
  fc
    .subarray([...names], { minLength: 0, maxLength: Math.min(7, names.length) })
    .chain((some) =>
      fc.tuple(...some.map((name) => fc.constantFrom(0.2, 0.5, 1).map((chance) => [name, { chance, ...brief[name] }] as const))),
    )
    .map((entries) => Object.fromEntries(entries));

export const stormsOf = (names: readonly FaultName[] = faultNames): fc.Arbitrary<Storm> =>
  fc.record({
    candles: candlesOf(bars),
    plans: fc.tuple(plansWithin(bars), plansWithin(bars)).map((plans) => plans.flat()),
    deeds: fc.array(deed, { minLength: 10, maxLength: 60, size: "max" }),
    // Money enough that most orders are accepted.
    settings: someSettings.map((of) => ({ ...of, startCash: money("100000") })),
    faults: someFaults(names),
    shares: fc.boolean(),
    seed: fc.nat(1000),
  });

export type Weathered = { readonly of: FaultyMarket; readonly answers: readonly unknown[]; readonly startCash: bigint };

/** A desk with no sense at all, which places, cancels, replaces and asks; one that heeds sends nothing before a `retryAt`. */
export function weather({ candles, plans, deeds, settings, faults, shares, seed }: Storm, heeds = false): Weathered {
  const of = new FaultyMarket(faults, { ...settings, instruments: [shares ? anEquity() : aPerpetual()] }, seed);
  const { venue, instrument } = of;
  const startCash = venue.truth.balance().cash;
  const answers: unknown[] = [];
  let waitMs = -Infinity;
  const send = (call: () => unknown): void => {
    if (heeds && of.nowMs < waitMs) return;
    const answer = call();
    answers.push(answer);
    const retryAt = (answer as Partial<Extract<PlaceOutcome, { kind: "rejected" }>>).retryAt;
    if (retryAt !== undefined) waitMs = Math.max(waitMs, msOf(retryAt));
  };
  const placed: string[] = [];
  const wishes = plans.map(({ wish }) => wish);
  const acts: Record<Deed["what"], (name: string, at: number) => unknown> = {
    cancel: (name) => venue.cancel(clientOrderIdOf(name), instrument.id),
    replace: (name, at) => {
      const { bracket: _, ...terms } = anOrder({ ...wishes[at % wishes.length], instrument: instrument.id, id: `r${name}${at}` });
      return venue.replace(clientOrderIdOf(name), terms as never);
    },
    find: (name) => venue.find(clientOrderIdOf(name), instrument.id),
    read: () => [venue.openOrders(), venue.conditionalOrders(), venue.executions(instantOfMs(0)), venue.positions(), venue.balance()],
  };
  candles.forEach((candle, bar) => {
    of.bar(candle);
    if (!shares && bar % 4 === 3) venue.truth.fund(0, rate("0.000123456789"), of.nowMs);
    plans.forEach(({ bar: when, wish }, n) => {
      if (when !== bar) return;
      placed.push(`p${n}`);
      send(() => of.place({ ...wish, id: `p${n}` }));
    });
    deeds.forEach(({ bar: when, what, order }, n) => {
      if (when === bar) send(() => acts[what](placed.at(-1 - (order % Math.max(1, placed.length))) ?? "p0", n));
    });
  });
  venue.off();
  of.listen();
  for (let n = 0; n < 3; n++) of.bar(still);
  return { of, answers, startCash };
}
