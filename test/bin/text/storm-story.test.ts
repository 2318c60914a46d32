import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { stormStory } from "../../../src/bin/text/storm-story.ts";
import type { Entry } from "../../../src/journal/entry.ts";
import type { Fact } from "../../../src/journal/fact.ts";

const start = Temporal.Instant.from("2026-01-05T21:30:00Z");
const entriesOf = (facts: readonly unknown[]): Entry[] =>
  facts.map((fact, at) => ({ sequence: at + 1, at: start.add({ minutes: at }), fact: fact as Fact }) as Entry);
const agree = { kind: "reconciled", booked: 0 };
const booked = { kind: "reconciled", booked: 2 };
const differs = { kind: "reconciled", booked: 0, difference: "cash 1 against 2" };
const moved = { kind: "order_triggered", order: "a.e0" };
const death = (after: number) => ({ after, lost: 0 });

const cases: readonly (readonly [sentence: string, facts: readonly unknown[], deaths: readonly number[], lines: readonly string[]])[] = [
  ["one that found nothing stands alone", [agree], [], ["21:30:00  reconciled          books and venue agree"]],
  ["a run of them is one line", [agree, agree, agree], [], ["21:30:00  reconciled          books and venue agree, 3 times until 21:32:00"]],
  [
    "whatever happens between ends the run",
    [agree, agree, moved, agree],
    [],
    [
      "21:30:00  reconciled          books and venue agree, 2 times until 21:31:00",
      "21:32:00  order triggered     a.e0",
      "21:33:00  reconciled          books and venue agree",
    ],
  ],
  [
    "one that booked or differs is told by itself",
    [agree, booked, differs],
    [],
    [
      "21:30:00  reconciled          books and venue agree",
      "21:31:00  reconciled          books and venue agree, 2 booked that had not been told",
      "21:32:00  reconciled          cash 1 against 2",
    ],
  ],
  [
    "a death between ends the run",
    [agree, agree, agree],
    [2],
    [
      "21:30:00  reconciled          books and venue agree, 2 times until 21:31:00",
      "--------  the process dies after entry 2; it starts again from the journal",
      "21:32:00  reconciled          books and venue agree",
    ],
  ],
];

describe("the story of a storm", () => {
  it.each(cases)("%s", (_, facts, deaths, lines) => {
    expect([...stormStory(entriesOf(facts), deaths.map(death), true)].join("")).toBe(lines.map((line) => `${line}\n`).join(""));
  });

  it("loses nothing by folding: counts add up to the entries, and without folding each has a line", () => {
    const some = fc.array(fc.constantFrom(agree, agree, agree, booked, differs, moved), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(some, fc.array(fc.integer({ min: 0, max: 29 }), { maxLength: 3 }), (facts, fell) => {
        const entries = entriesOf(facts);
        const deaths = fell.toSorted((one, other) => one - other).map(death);
        const isDeath = (line: string): boolean => line.startsWith("--------");
        const told = (folds: boolean): string[] => [...stormStory(entries, deaths, folds)];
        const count = (line: string): number => Number(/, (\d+) times until/.exec(line)?.[1] ?? 1);
        const folded = told(true).filter((line) => !isDeath(line));
        expect(folded.map(count).reduce((one, other) => one + other, 0)).toBe(facts.length);
        expect(told(false).filter((line) => !isDeath(line))).toHaveLength(facts.length);
        expect(told(true).filter(isDeath)).toEqual(told(false).filter(isDeath));
      }),
      { seed: 7 },
    );
  });
});
