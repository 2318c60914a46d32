import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { Failed } from "../../src/bin/failed.ts";
import { replayWith } from "../../src/bin/what-if.ts";
import { councilWords } from "../../src/journal/council-fact-words.ts";
import type { Entry } from "../../src/journal/entry.ts";
import type { Fact, FactKind } from "../../src/journal/fact.ts";
import type { SeatRun } from "../../src/lab/council/council-run.ts";
import type { CorrelationId } from "../../src/words/ids.ts";
import { entriesOf, ranCouncil } from "../lab/a-council-plan.ts";
import { ranMoody } from "../lab/a-moody-council.ts";

const wakesIn = (entries: readonly Entry[]): CorrelationId[] =>
  entries.flatMap(({ fact, correlation }) => (fact.kind === "woke" ? [correlation!] : []));

const again = (entries: readonly Entry[], id: CorrelationId, set: readonly string[] = []) => {
  const replayed = replayWith(entries, id, set);
  if (!replayed.ok) throw new Error(`${id}: ${replayed.error.code}`);
  return replayed.value;
};

/** Quiet wakes are all alike, but for the first after another: it may be one that waited for a person, of which the journal says nothing. */
function tellingIn(entries: readonly Entry[]): CorrelationId[] {
  const ids = wakesIn(entries);
  const busy = new Set(entries.flatMap(({ fact, correlation }) => (fact.kind === "woke" || fact.kind === "scanned" ? [] : [correlation])));
  return ids.filter((id, at) => at === 0 || busy.has(id) || busy.has(ids[at - 1]));
}

/** Every telling wake of every account, those that are not the same by name, and what kinds of facts were in those that are. */
function replayAll(runs: readonly SeatRun[]): { readonly other: string[]; readonly kinds: Set<FactKind>; readonly outcomes: Set<string> } {
  const [other, kinds, outcomes] = [[] as string[], new Set<FactKind>(), new Set<string>()];
  for (const { name } of runs) {
    const entries = entriesOf(runs, name);
    for (const id of tellingIn(entries)) {
      const { recorded, replayed, differsAt } = again(entries, id);
      if (differsAt !== undefined) other.push(`${name} ${id}: ${recorded[differsAt]?.kind} was, ${replayed[differsAt]?.kind} is`);
      for (const fact of recorded) {
        kinds.add(fact.kind);
        if (fact.kind === "scanned") for (const outcome of Object.keys(fact.outcomes)) outcomes.add(outcome);
      }
    }
  }
  return { other, kinds, outcomes };
}

describe("a wake of a council computed again (LINE-8)", () => {
  it("is the same byte for byte in every account, whatever people and models said", async () => {
    const seen = { kinds: new Set<FactKind>(), outcomes: new Set<string>() };
    const narrow = ["council.driftBpsMax=3", "council.events=NFP:2024-01-05T08:30", "council.weighReviewers=true"];
    for (const [seed, set] of [
      ["1", narrow],
      ["5", ["council.quorum=5"]],
      ["6", ["council.expirySeconds=1200"]],
      ["10", ["council.expirySeconds=1200"]],
    ] as const) {
      const { other, kinds, outcomes } = replayAll(await ranMoody(seed, set, seed === "1" ? 8 : 4));
      expect(other, seed).toEqual([]);
      for (const kind of kinds) seen.kinds.add(kind);
      for (const outcome of outcomes) seen.outcomes.add(outcome);
    }
    // A run in which none of it happened would prove nothing.
    const kinds: readonly FactKind[] = [
      ...(["pack_frozen", "pitched", "peers_reviewed", "pitches_ranked", "chairman_decided", "pitch_resolved", "left_out"] as const),
      ...(["no_quorum", "seated", "fell_back", "checkpoint_held", "trade_pending", "trade_answered", "trade_drifted"] as const),
      ...(["trade_released", "trade_ended", "approved", "order_sent"] as const),
    ];
    expect([...seen.kinds]).toEqual(expect.arrayContaining([...kinds]));
    expect([...seen.outcomes]).toEqual(
      expect.arrayContaining(["pending", "ordered", "exit_pending", "reduce_pending", "flip_pending", "closing_to_flip", "asked_again"]),
    );
  }, 30_000);

  it("is so for any council (law)", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat(1_000_000),
        fc.constantFrom("council.quorum=2", "council.quorum=4", "council.twoPct=60"),
        async (seed, set) => {
          expect(replayAll(await ranMoody(String(seed), [set], 4)).other).toEqual([]);
        },
      ),
      { seed: 7, numRuns: 3 },
    );
  }, 30_000);
});

describe("with another setting", () => {
  let runs: readonly SeatRun[];
  beforeAll(async () => {
    runs = await ranCouncil({ sessions: 6 });
  });

  const firstWith = (name: string, kind: FactKind): CorrelationId =>
    entriesOf(runs, name).find(({ fact }) => fact.kind === kind)!.correlation!;
  const words = (facts: readonly Fact[]): string[] =>
    facts.map((fact) => {
      if (fact.kind === "refused") return `refused ${fact.refusal.code}`;
      if (fact.kind === "scanned") return `scanned ${Object.keys(fact.outcomes).join(" ")}`;
      if (fact.kind === "order_sent") return `order_sent ${fact.outcome.kind}`;
      return ["left_out", "no_quorum", "trade_drifted", "trade_ended", "trade_pending", "pitches_ranked", "chairman_decided"].includes(
        fact.kind,
      )
        ? `${fact.kind} ${councilWords(fact as Parameters<typeof councilWords>[0])}`
        : fact.kind;
    });

  it.each`
    name         | kind                | set                                       | was                                   | is                                                 | because
    ${"council"} | ${"pack_frozen"}    | ${"council.twoPct=20"}                    | ${/^trade_pending .*30,000\.00/}      | ${/^trade_pending .*20,000\.00/}                   | ${"less is asked for"}
    ${"council"} | ${"pack_frozen"}    | ${"council.weighReviewers=true"}          | ${/^pitches_ranked .*\d$/}            | ${/^pitches_ranked .*, reviewers weighed$/}        | ${"the past of reviewers counts"}
    ${"council"} | ${"pack_frozen"}    | ${"council.members.four.instruments=SPY"} | ${/^scanned pending$/}                | ${/^left_out pm-four as pm: other_instrument/}     | ${"it pitched another fund"}
    ${"council"} | ${"pack_frozen"}    | ${"council.events=NFP:2024-01-05T08:30"}  | ${/^pitches_ranked pm-four 7\.17/}    | ${/^pitches_ranked pm-four 7\.17/}                 | ${"what was said in their places is taken"}
    ${"council"} | ${"trade_released"} | ${"council.twoPct=20"}                    | ${/^order_sent accepted$/}            | ${/^trade_drifted .* size moved/}                  | ${"the size is not what was shown"}
    ${"council"} | ${"trade_released"} | ${"limits.orderEquityBpsMax=1"}           | ${/^order_sent accepted$/}            | ${/^(refused|trade_ended .* (refused|too_small))/} | ${"a rail is in the way"}
    ${"pm-one"}  | ${"trade_released"} | ${"council.driftBpsMax=0"}                | ${/^order_sent accepted$/}            | ${/^trade_drifted .* price moved/}                 | ${"no move is small enough"}
    ${"pm-one"}  | ${"seated"}         | ${"council.onePct=20"}                    | ${/^trade_pending .*(15|30),000\.00/} | ${/^trade_pending .*(20|30),000\.00/}              | ${"its size is of conviction"}
  `("$set on $kind of $name shows $is, since $because", ({ name, kind, set, was, is }) => {
    const { recorded, replayed } = again(entriesOf(runs, name), firstWith(name, kind), [set]);
    expect(words(recorded)).toContainEqual(expect.stringMatching(was));
    expect(words(replayed)).toContainEqual(expect.stringMatching(is));
    expect(words(replayed).at(-1)).toMatch(/^scanned /);
  });

  it("carries out what a person approved where only a wider limit keeps it from being asked again", async () => {
    const strict = await ranCouncil({ sessions: 6, set: ["council.driftBpsMax=0"] });
    const entries = entriesOf(strict, "pm-one");
    const id = entries.find(({ fact }) => fact.kind === "trade_drifted")!.correlation!;
    const { recorded, replayed } = again(entries, id, ["council.driftBpsMax=50"]);
    expect(recorded.map(({ kind }) => kind)).not.toContain("order_sent");
    expect(replayed.map(({ kind }) => kind)).toEqual(expect.arrayContaining(["trade_released", "approved", "order_sent"]));
  });

  it("finds no quorum where more are wanted than were heard", async () => {
    const four = await ranCouncil({
      sessions: 3,
      answer: ({ schema, user }) => (schema.name === "council_pitch@1" && user.includes("\nmomentum,") ? "no" : undefined),
    });
    const entries = entriesOf(four, "council");
    const { recorded, replayed } = again(entries, entries.find(({ fact }) => fact.kind === "pack_frozen")!.correlation!, [
      "council.quorum=5",
    ]);
    expect(recorded.map(({ kind }) => kind)).toContain("chairman_decided");
    expect(replayed.slice(-2).map(({ kind }) => kind)).toEqual(["no_quorum", "scanned"]);
  });

  it("does not let a member's account say what its council would have done", () => {
    const id = firstWith("pm-one", "seated");
    expect(() => again(entriesOf(runs, "pm-one"), id, ["council.quorum=5"])).toThrow(Failed);
    expect(() => again(entriesOf(runs, "pm-one"), id, ["council.quorum=5"])).toThrow(/holds no meetings/);
  });

  it.each`
    kind                  | because
    ${"pack_frozen"}      | ${"a regime that rules did not measure asks other questions"}
    ${"model_answered"}   | ${"an answer of another role is none to the question"}
    ${"chairman_decided"} | ${"a decision that nobody made does not come out"}
  `("does not call the same a journal in which $kind was changed, since $because", ({ kind }: { readonly kind: FactKind }) => {
    const entries = entriesOf(runs, "council");
    const id = firstWith("council", "pack_frozen");
    const at = entries.findIndex(({ fact, correlation }) => correlation === id && fact.kind === kind);
    const planted = entries.with(at, { ...entries[at]!, fact: spoilt(entries[at]!.fact) });
    expect(again(entries, id).differsAt).toBeUndefined();
    expect(again(planted, id).differsAt).toBeDefined();
  });
});

function spoilt(fact: Fact): Fact {
  if (fact.kind === "pack_frozen")
    return { ...fact, pack: { ...fact.pack, regime: { ...fact.pack.regime, funds: fact.pack.regime.funds.slice(1) } } };
  if (fact.kind === "model_answered") return { ...fact, role: "trader" };
  if (fact.kind === "chairman_decided") return { ...fact, decision: { ...fact.decision, backers: [] } };
  return fact;
}
