import { describe, expect, it } from "vitest";
import { chaosFolder } from "./chaos-folder.ts";
import { deckOf, killPoints } from "./kill-points.ts";
import { Life } from "./life.ts";

const folder = chaosFolder();
/** `COUNTERSIGN_CHAOS_PAIRS` asks for more. */
const pairs = Number(process.env["COUNTERSIGN_CHAOS_PAIRS"] ?? 9);
const killsPerLife = 13;

describe("kill -9 at every write boundary (A1, A5, LINE-7)", () => {
  const lives: Life[] = [];

  it.each(Array.from({ length: pairs }, (_, pair) => [2 * pair, 2 * pair + 1] as const))(
    "loses nothing and doubles nothing in the lives %i and %i",
    async (...seeds) => {
      const lived = await Promise.all(seeds.map((seed) => new Life(String(seed), folder).live(deckOf(String(seed), killsPerLife))));
      for (const [at, { breaches, finished }] of lived.entries())
        expect({ life: seeds[at], breaches, finished }).toEqual({ life: seeds[at], breaches: [], finished: true });
      lives.push(...lived);
    },
  );

  it("was killed two hundred times, at every place, and under orders", () => {
    const killed = lives.flatMap((life) => life.killed);
    const times = Object.fromEntries(killPoints.map((point) => [point, killed.filter((at) => at === point).length]));
    expect(killed.length, JSON.stringify(times)).toBeGreaterThanOrEqual(23 * pairs);
    expect(Math.min(...Object.values(times)), JSON.stringify(times)).toBeGreaterThanOrEqual(pairs);
    expect(lives.reduce((sum, { orders }) => sum + orders, 0)).toBeGreaterThan(20 * pairs);
    expect(lives.reduce((sum, { unpromisedLost }) => sum + unpromisedLost, 0)).toBeGreaterThan(pairs);
  });
});
