import { describe, expect, it } from "vitest";
import { chaosFolder } from "./chaos-folder.ts";
import type { Kill, Planted } from "./kill-points.ts";
import { Life } from "./life.ts";

const folder = chaosFolder();
type Row = { readonly planted: Planted; readonly at: Kill["at"]; readonly breach: RegExp; readonly because: string };

/** Tries killing there, a little later each time, until somebody notices; says what was noticed. */
async function noticed({ planted, at, breach }: Row): Promise<string | undefined> {
  for (let round = 0; round < 16; round++) {
    const life = new Life(`${planted} ${at} ${round}`, folder, planted);
    await life.next({ kill: { at, nth: 1 + (round % 4) }, powerCut: true });
    if (!life.finished && life.breaches.length === 0) await life.live([]);
    const found = life.breaches.find((each) => breach.test(each));
    if (found !== undefined) return found;
  }
  return undefined;
}

describe("the crash test finds what it looks for (A1)", () => {
  it.each<Row>([
    {
      planted: "skips_the_sync",
      at: "before_send",
      breach: /was acknowledged, and is gone/,
      because: "what was only with the system goes with the power",
    },
    {
      planted: "skips_the_sync",
      at: "before_answer",
      breach: /is at the venue and not in the journal/,
      because: "an order left on the strength of it",
    },
    {
      planted: "skips_the_commit",
      at: "before_answer",
      breach: /is at the venue and not in the journal/,
      because: "an order left before its entry was written at all",
    },
    {
      planted: "begins_anew",
      at: "before_answer",
      breach: /was entered twice/,
      because: "the model is asked again, and its second answer is sent beside the first",
    },
    {
      planted: "sends_blindly",
      at: "before_answer",
      breach: /was sent again though the venue has it/,
      because: "an order that may have left is looked for first",
    },
  ])("a process that $planted, killed $at: $because", async (row) => {
    expect(await noticed(row)).toMatch(row.breach);
  });
});

describe("what the last process wrote and did not sync (A1, A5)", () => {
  it.each([5, 11])("is on disk before the next one builds on it, when the power goes after write %i", async (nth) => {
    const life = new Life("dir1", folder);
    await life.next({ kill: { at: "before_sync", nth }, powerCut: false });
    await life.next({ kill: { at: "before_answer", nth: 1 }, powerCut: true });
    expect([life.killed, life.breaches]).toEqual([["before_sync", "before_answer"], []]);
    expect((await life.live([])).breaches).toEqual([]);
  });
});
