import { describe, expect, it } from "vitest";
import { laterVenue } from "../../lab/after-promises.ts";
import { venueContract } from "../../contracts/venue-contract.ts";
import { aRig } from "./a-rig.ts";

const nothing = { brackets: false, oco: false, replace: false, trailing: false };

describe("the simulated venue keeps the contract", () => {
  venueContract("a perpetual", () => aRig("perpetual"));
  venueContract("a share", () => aRig("equity"));
  venueContract("a venue that acknowledges", () => aRig("perpetual", { acknowledges: true }));
  venueContract("a venue that is able to nothing", () => aRig("perpetual", { able: nothing }));
  venueContract("a venue that answers later", () => aRig("perpetual", {}, (venue) => laterVenue(venue)));

  it("acknowledges on the stream only where it was set to", () => {
    const said = [false, true].map((acknowledges) => {
      const rig = aRig("perpetual", { acknowledges });
      void rig.venue.place(rig.order({ id: "o", type: "limit", limit: 90 }));
      void rig.venue.place(rig.order({ id: "r", lots: "0.5" }));
      return rig.venue.drain();
    });
    expect(said).toMatchObject([[], [{ kind: "accepted", order: "o", venueOrder: "v1" }]]);
    expect(said[1]).toHaveLength(1);
  });
});
