import type { CouncilMember, CouncilSettings, Minutes, Seat } from "../../../desks/council-settings.ts";
import { wakesWhenDue } from "../../../desks/council-watcher.ts";
import type { CouncilEvent } from "../../../flow/context/council-events.ts";
import { councilSymbols, eventNames, horizons, riskProfiles, type CouncilSymbol } from "../../../flow/proposals/council-words.ts";
import type { Random } from "../../../sim/random.ts";
import { price } from "../../../words/price.ts";
import { firstDates, fundsInStorm, stormTimes } from "../council-market.ts";
import type { StormPlan, StormShape } from "../shape.ts";
import { StormyPerson } from "../stormy-person.ts";
import { waysOf } from "../ways.ts";

/** The council over weeks: its own account or a member's, with a person who may be late, events in between, and tolerances that a storm passes or does not. */
export const councilStorm: StormShape<CouncilSettings> = {
  market: fundsInStorm,
  // It has more bars than others: at the usual chance a fund would be split into nothing.
  tempered: (faults) => (faults.split === undefined ? faults : { ...faults, split: { ...faults.split, chance: 0.002 } }),
  crashes: 0.004,
  person: (market, random) => new StormyPerson(market, random),
  ways: (plan, random) => {
    const ways = waysOf(plan, random);
    const { settings } = plan;
    const priceBpsMax = random.pick([settings.drift.priceBpsMax, 20, 500]);
    const sizeBpsMax = random.pick([settings.drift.sizeBpsMax, 10]);
    const quorum = random.pick([settings.quorum, 2, 2]);
    const expirySeconds = random.pick([settings.expirySeconds, 1_200, 604_800, 604_800]);
    return {
      ...ways,
      cadence: "signal",
      record: {
        ...ways.record,
        "council.driftBpsMax": priceBpsMax,
        "council.sizeDriftBpsMax": sizeBpsMax,
        "council.quorum": quorum,
        "council.expirySeconds": expirySeconds,
      },
      settings: {
        ...settings,
        seat: seatOf(settings, fundsOf(plan), random.fork("seat")),
        times: stormTimes,
        strategy: {
          ...settings.strategy,
          frames: [{ times: 1, indicators: { rsi2: { kind: "rsi", period: 2 } } }],
          watcher: wakesWhenDue(settings.calendar, stormTimes),
        },
        quorum,
        expirySeconds,
        drift: { priceBpsMax, sizeBpsMax },
        weighReviewers: random.chance(0.5),
        eventList: random.chance(0.5) ? eventsIn(random.fork("events"), settings) : [],
      },
    };
  },
};

const fundsOf = ({ rules: { limits } }: StormPlan<CouncilSettings>): readonly CouncilSymbol[] =>
  councilSymbols.filter((symbol) => limits.allowed.some((id) => id === symbol));

function seatOf({ members }: CouncilSettings, funds: readonly CouncilSymbol[], random: Random): Seat {
  const [first] = members;
  if (first === undefined || random.chance(0.75)) return { of: "council" };
  return { of: "member", member: first.name, minutes: (week) => minutesOf(week, first, funds, random.fork(week)) };
}

/** What a meeting that was held elsewhere has for this member: mostly a trade, now and then nothing, or no meeting at all. */
function minutesOf(week: string, { name, model }: CouncilMember, funds: readonly CouncilSymbol[], random: Random): Minutes | undefined {
  if (random.chance(0.1)) return undefined;
  if (random.chance(0.1)) return { week, packHash: "", pitched: [] };
  const direction = random.pick(["LONG", "SHORT"] as const);
  const pitch = {
    symbol: random.pick(random.chance(0.9) ? funds : councilSymbols),
    direction,
    horizon: random.pick(horizons),
    thesis: ["It was pitched"],
    indicators: [],
    invalidation: "It falls",
    conviction: (direction === "LONG" ? 1 : -1) * random.pick([1, 2]),
    profile: random.pick(riskProfiles),
    entryBy: "market_on_open",
    outBefore: eventNames.filter(() => random.chance(0.25)),
  } as const;
  return { week, packHash: "", pitched: [{ member: name, model, price: price("100"), pitch }] };
}

/** Some days of each of the months that a storm may be in have an event before the open, between checkpoints or near the close. */
function eventsIn(random: Random, { calendar }: CouncilSettings): readonly CouncilEvent[] {
  return firstDates.flatMap((first) =>
    Array.from({ length: 6 }, (_, at) => ({
      name: eventNames[at % eventNames.length] ?? "NFP",
      at: Temporal.PlainDate.from(first)
        .add({ days: random.int(1, 20) })
        .toZonedDateTime({ timeZone: calendar.timeZone, plainTime: random.pick(["08:30", "10:00", "13:00", "15:55"]) })
        .toInstant(),
    })).sort((a, b) => Temporal.Instant.compare(a.at, b.at)),
  );
}
