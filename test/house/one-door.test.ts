import { describe, expect, it } from "vitest";
import { codeOf } from "./code-of.ts";
import { importsOf } from "./imports-of.ts";
import { filesUnder, roomOf, type SourceFile } from "./source-files.ts";

const door = "src/runtime/account-runner.ts";
/** These implement or wrap the port, so they name its methods; the door is the one that calls them. */
const behindTheDoor = ["sim", "adapters"];
/** These make a venue and hand it to the door. */
const buildersOfVenues = ["runtime", "sim", "adapters", "lab", "bin"];

/** Anything that reaches for a venue's wire methods, by call, by name or by taking the venue apart. */
const reaches = [
  /\.\s*place\b/,
  /\bvenue\b[?!]?\s*\.\s*(?:replace|cancel)\b/i,
  /\{[^{}]*\b(?:place|replace|cancel)\b[^{}]*\}\s*(?::[^=;]*)?=\s*[\w.#]*venue\b/i,
];
/** An index by name: looked for in the text, since code shows no strings. */
const byName = /\[\s*["'`]place["'`]\s*\]/;

function callersOfTheWire(files: readonly SourceFile[]): readonly string[] {
  return files
    .filter(({ path }) => !behindTheDoor.includes(roomOf(path).room))
    .filter(({ text }) => byName.test(text) || reaches.some((reach) => reach.test(codeOf(text))))
    .map(({ path }) => path);
}

const holders = (files: readonly SourceFile[]): readonly string[] =>
  files
    .flatMap(importsOf)
    .filter(({ to, clause }) => to === "src/ports/venue.ts" && (/\bVenue\b/.test(clause) || clause.includes("*") || clause.trim() === ""))
    .map(({ from }) => from)
    .filter((path) => !buildersOfVenues.includes(roomOf(path).room));

/** An import path to each of `targets` that can be reached, as the files on it; types count, since whoever names a thing can be handed it. */
function pathsTo(targets: ReadonlySet<string>, from: string, imports: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const found: string[] = [];
  const seen = new Set<string>();
  const walk = (path: string, way: readonly string[]): void => {
    if (seen.has(path)) return;
    seen.add(path);
    if (targets.has(path)) return void found.push([...way, path].join(" -> "));
    for (const next of imports.get(path) ?? []) walk(next, [...way, path]);
  };
  walk(from, []);
  return found;
}

const importMap = (files: readonly SourceFile[]): ReadonlyMap<string, readonly string[]> =>
  new Map(
    files.map((file) => [
      file.path,
      importsOf(file)
        .filter(({ ours }) => ours)
        .map(({ to }) => to),
    ]),
  );

/** From every file that decides, walked to the end: no way leads to a module that can put an order on the wire. */
function waysOut(files: readonly SourceFile[]): readonly string[] {
  const imports = importMap(files);
  const wires = new Set([
    ...callersOfTheWire(files),
    ...files.map(({ path }) => path).filter((path) => behindTheDoor.includes(roomOf(path).room)),
  ]);
  return files
    .filter(({ path }) => ["words", "flow", "journal", "ports", "config", "desks"].includes(roomOf(path).room))
    .flatMap(({ path }) => pathsTo(wires, path, imports));
}

/** Who can drive the door: the rooms of all files from which some import path leads to it. */
function roomsThatReachTheDoor(files: readonly SourceFile[]): readonly string[] {
  const imports = importMap(files);
  const reaching = files.filter(({ path }) => path !== door && pathsTo(new Set([door]), path, imports).length > 0);
  return [...new Set(reaching.map(({ path }) => roomOf(path).room))].sort();
}

describe("law 3: one door to a broker (DUAL-4)", () => {
  const files = filesUnder("src");

  it("is the only file that calls a venue's wire", () => {
    expect(callersOfTheWire(files)).toEqual([door]);
  });

  it("leaves the venue's port unnamed where decisions are made", () => {
    expect(holders(files)).toEqual([]);
  });

  it("is reached by no import path from words, flow, journal, ports, config or desks, and no other way out is either", () => {
    expect(waysOut(files)).toEqual([]);
  });

  it("is driven from the rooms that run accounts and from nowhere else", () => {
    const reach = roomsThatReachTheDoor(files);
    expect(reach, "somebody drives it, or the walk is blind").toContain("lab");
    expect(reach.filter((room) => !["runtime", "lab", "bin"].includes(room))).toEqual([]);
  });

  it("is the one way to make an order: orders are made in runtime only", () => {
    const makers = files
      .flatMap(importsOf)
      .filter(({ to, erased }) => to === "src/flow/orders/make-order.ts" && !erased)
      .map(({ from }) => from);
    expect(makers.length).toBeGreaterThan(0);
    expect(makers.filter((path) => roomOf(path).room !== "runtime")).toEqual([]);
  });

  it.each([
    ["src/runtime/recover.ts", "venue.place(order);", "a second door"],
    ["src/runtime/recover.ts", "await this.#ports.venue\n  .place(order);", "over two lines"],
    ["src/lab/sweep.ts", "ports.venue.replace(id, order);", "by replacing"],
    ["src/lab/sweep.ts", "ports.venue?.cancel(id, instrument);", "by cancelling"],
    ["src/desks/perps.ts", "const { place } = venue; place(order);", "taken apart"],
    ["src/desks/perps.ts", 'venue["place"](order);', "by name"],
    ["src/bin/demo.ts", "const send = venue.place.bind(venue);", "borrowed"],
  ])("would catch in %s: %s (%s)", (path, text) => {
    expect(callersOfTheWire([{ path, text }])).toEqual([path]);
  });

  it.each([
    ["src/desks/perps.ts", 'import type { Venue } from "../ports/venue.ts";'],
    ["src/flow/orders/send.ts", 'import type { Fill, Venue } from "../../ports/venue.ts";'],
    ["src/journal/replay.ts", 'import * as port from "../ports/venue.ts";'],
    ["src/config/build.ts", 'type V = import("../ports/venue.ts").Venue;'],
  ])("would catch %s holding a venue: %s", (path, text) => {
    expect(holders([{ path, text }])).toEqual([path]);
  });

  it("would catch a path that winds through other files", () => {
    const planted = [
      { path: "src/desks/perps.ts", text: 'import { a } from "../runtime/a.ts";' },
      { path: "src/runtime/a.ts", text: 'export { b } from "./b.ts";' },
      { path: "src/runtime/b.ts", text: 'import type { Runner } from "./account-runner.ts";' },
      { path: door, text: "venue.place(order);" },
    ];
    expect(waysOut(planted)).toEqual([`src/desks/perps.ts -> src/runtime/a.ts -> src/runtime/b.ts -> ${door}`]);
    expect(roomsThatReachTheDoor(planted)).toEqual(["desks", "runtime"]);
  });
});
