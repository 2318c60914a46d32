import fc from "fast-check";
import { expect, it } from "vitest";
import { httpDate } from "../../../src/sim/models/http-date.ts";

it("spells an instant as every HTTP client reads it", () => {
  expect(httpDate(Temporal.Instant.from("1994-11-06T08:49:37.9Z"))).toBe("Sun, 06 Nov 1994 08:49:37 GMT");
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 4_000_000_000 }), (seconds) => {
      expect(httpDate(Temporal.Instant.fromEpochMilliseconds(seconds * 1000))).toBe(new Date(seconds * 1000).toUTCString());
    }),
    { seed: 20261121 },
  );
});
