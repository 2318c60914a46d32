import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Claim } from "../../../src/flow/resolution/arbitrate.ts";
import { strongest, type Named } from "../../../src/flow/resolution/strongest.ts";
import { proposalId } from "../../../src/words/ids.ts";

fc.configureGlobal({ seed: 20261121 });

const claim = (n: number, side: Claim["side"], confidence: number, sizePct = 10): Named<Claim> => ({
  id: proposalId(`c-1.${n}`),
  side,
  confidence,
  sizePct,
});

describe("several proposals of one source for one symbol (DUAL-1)", () => {
  it.each([
    { claims: [], counts: undefined, aside: [], because: "nothing was proposed" },
    { claims: [claim(0, "buy", 0.4)], counts: "c-1.0", aside: [], because: "it is the only one" },
    { claims: [claim(0, "buy", 0.4), claim(1, "buy", 0.6)], counts: "c-1.1", aside: ["outranked"], because: "the surer counts" },
    {
      claims: [claim(0, "sell", 0.4), claim(1, "buy", 0.6)],
      counts: "c-1.1",
      aside: ["outranked"],
      because: "also against the other side",
    },
    { claims: [claim(0, "buy", 0.5, 12), claim(1, "buy", 0.5, 8)], counts: "c-1.1", aside: ["outranked"], because: "alike, the smaller" },
    { claims: [claim(0, "buy", 0.5), claim(1, "buy", 0.5)], counts: "c-1.0", aside: ["outranked"], because: "all alike, the first" },
    {
      claims: [claim(0, "buy", 0.5), claim(1, "sell", 0.5), claim(2, "buy", 0.1)],
      counts: undefined,
      aside: ["contradicts_itself", "contradicts_itself", "contradicts_itself"],
      because: "both sides as surely says nothing",
    },
  ])("$because", ({ claims, counts, aside }) => {
    const found = strongest(claims);
    expect(found.counts?.id).toBe(counts);
    expect(found.aside.map(({ why }) => why)).toEqual(aside);
  });

  it("loses none: each either counts or is set aside, once, whatever the order", () => {
    const some = fc.array(
      fc.record({ side: fc.constantFrom("buy" as const, "sell" as const), confidence: fc.constantFrom(0.2, 0.5, 0.9), sizePct: fc.nat(9) }),
      { maxLength: 6 },
    );
    fc.assert(
      fc.property(some, (claims) => {
        const named = claims.map((each, n) => ({ ...each, id: proposalId(`c-1.${n}`) }));
        const { counts, aside } = strongest(named);
        const all = [...(counts === undefined ? [] : [counts.id]), ...aside.map(({ proposal }) => proposal)];
        expect(all.sort()).toEqual(named.map(({ id }) => id).sort());
        const turned = strongest([...named].reverse()).counts;
        expect([turned?.side, turned?.confidence, turned?.sizePct]).toEqual([counts?.side, counts?.confidence, counts?.sizePct]);
      }),
    );
  });
});
