import { describe, expect, it } from "vitest";
import type { Entry } from "../../../src/journal/entry.ts";
import { MinuteBook } from "../../../src/lab/council/minutes.ts";

const week = "2024-01-03";
const facts = {
  frozen: { kind: "pack_frozen", week, packHash: "h" },
  pitched: { kind: "pitched", week, member: "pm-one", model: "house/x", price: 1n, pitch: { symbol: "SPY" } },
  decided: { kind: "chairman_decided", week },
  few: { kind: "no_quorum", week },
} as const;

const told = (...kinds: readonly (keyof typeof facts)[]) => {
  const book = new MinuteBook();
  for (const kind of kinds) book.see({ fact: facts[kind] } as unknown as Entry);
  return book.of(week)?.pitched.map(({ member }) => member);
};

describe("the minutes of a meeting (COUN-7)", () => {
  it.each`
    kinds                               | takes         | because
    ${[]}                               | ${undefined}  | ${"there was none"}
    ${["frozen", "pitched", "decided"]} | ${["pm-one"]} | ${"what was pitched is traded"}
    ${["frozen", "pitched"]}            | ${undefined}  | ${"a meeting that its account did not live through has decided nothing"}
    ${["frozen", "pitched", "few"]}     | ${undefined}  | ${"pitches that nobody could review are nobody's trades"}
    ${["pitched", "decided"]}           | ${undefined}  | ${"without a pack there was no meeting"}
  `("are $takes after $kinds, since $because", ({ kinds, takes }) => {
    expect(told(...(kinds as (keyof typeof facts)[]))).toEqual(takes);
  });
});
