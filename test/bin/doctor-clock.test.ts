import { describe, expect, it } from "vitest";
import { clockLine, type TimeSaid } from "../../src/bin/doctor-clock.ts";

const date = "Sun, 06 Nov 1994 08:49:37 GMT";
const atMs = Temporal.Instant.from("1994-11-06T08:49:37Z").epochMilliseconds;
const said = (ourMs: number, wayMs = 0, more: Partial<TimeSaid> = {}): TimeSaid => ({
  who: "local",
  askedMs: atMs + ourMs,
  answeredMs: atMs + ourMs + wayMs,
  date,
  ...more,
});

describe("the doctor's line for this machine's clock (OPT-7)", () => {
  it.each<[because: string, of: readonly TimeSaid[], state: string, detail: string]>([
    ["nobody was asked", [], "note", "skew unknown: no server that was asked told its time"],
    [
      "nobody told",
      [said(0, 0, { date: null }), said(0, 0, { date: "soon" })],
      "note",
      "skew unknown: no server that was asked told its time",
    ],
    ["somewhere in that second", [said(500)], "ok", "skew within 500 ms (by local)"],
    [
      "a second and a half before it",
      [said(-501)],
      "note",
      "this machine is 1001 ms behind, known to 500 ms: entries at a venue as far off are refused (by local)",
    ],
    [
      "and after it",
      [said(1_501)],
      "note",
      "this machine is 1001 ms ahead, known to 500 ms: entries at a venue as far off are refused (by local)",
    ],
    ["a way of three seconds", [said(0, 3_000)], "note", "skew unknown: known to 2000 ms only (by local)"],
    ["the surest counts", [said(0, 3_000), said(500, 20, { who: "near" })], "ok", "skew within 510 ms (by near)"],
  ])("%s", (_, of, state, detail) => {
    expect(clockLine(of)).toEqual({ state, what: "clock", detail });
  });
});
