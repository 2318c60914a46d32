import { describe, expect, it } from "vitest";
import { everyFault, faultNames, type Faults } from "../../../src/sim/faults/fault-names.ts";
import { FaultyVenue } from "../../../src/sim/faults/faulty-venue.ts";
import { profiles, type ProfileName } from "../../../src/sim/faults/profiles.ts";
import type { VenueSettings } from "../../../src/sim/venue/settings.ts";
import { venueContract, type Rig } from "../../contracts/venue-contract.ts";
import { aRig } from "../venue/a-rig.ts";

const onSplit = (): void => undefined;
const rigOf = (faults: Faults, off: boolean, of: Partial<VenueSettings> = {}): Rig =>
  aRig("equity", of, (truth, nowMs) => {
    const venue = new FaultyVenue(truth, { seed: 1, nowMs, faults, onSplit });
    if (off) venue.off();
    return venue;
  });

describe("a venue behind a line without faults keeps the contract", () => {
  venueContract("every fault at chance 0", () => rigOf(everyFault(0), false));
  venueContract("every fault ended", () => rigOf(everyFault(1), true));
  for (const name of Object.keys(profiles) as ProfileName[]) {
    const { faults, able, acknowledges } = profiles[name];
    venueContract(`${name} with its faults ended`, () => rigOf(faults, true, { able, acknowledges }));
  }

  it("of which there are twenty by name, each at the same chance where nothing else is said", () => {
    expect(faultNames).toHaveLength(20);
    expect(everyFault(0.5)).toEqual(Object.fromEntries(faultNames.map((name) => [name, { chance: 0.5 }])));
  });
});
