import { describe, expect, it } from "vitest";
import { approveByPerson, approveByRule, bindingOf, isApproved, needsPerson } from "../../../src/flow/approval/approve.ts";
import type { Candidate } from "../../../src/flow/rails/candidate.ts";
import type { Intent } from "../../../src/flow/resolution/intent.ts";
import { size, tooSmall, type Sized } from "../../../src/flow/sizing/size.ts";
import { instrumentId, intentId } from "../../../src/words/ids.ts";
import { money, type Money } from "../../../src/words/money.ts";
import { price } from "../../../src/words/price.ts";
import { quantity } from "../../../src/words/quantity.ts";
import { aPerpetual } from "../context/some-context.ts";
import { aCandidate, aPassed, anIntent } from "../sizing/a-passed.ts";

const intent = anIntent({ by: "notional", notional: money("200") });
function sizedOf(with_: Partial<Omit<Candidate, "notional">> = {}, of: Intent = intent): Sized {
  const sized = size(aPassed(aCandidate(with_)), of);
  if (tooSmall(sized)) throw new Error(`too small: ${sized.why}`);
  return sized;
}

describe("who must say yes", () => {
  it.each`
    above        | purpose     | person   | because
    ${undefined} | ${"entry"}  | ${false} | ${"nobody is asked"}
    ${"200"}     | ${"entry"}  | ${false} | ${"200 is not above 200"}
    ${"199.99"}  | ${"entry"}  | ${true}  | ${"200 is above 199.99"}
    ${"0"}       | ${"entry"}  | ${true}  | ${"every entry is above nothing"}
    ${"0"}       | ${"close"}  | ${false} | ${"a close takes risk away and never waits"}
    ${"0"}       | ${"reduce"} | ${false} | ${"nor does a reduction"}
  `("for a 200 dollar $purpose with a threshold of $above a person: $person, because $because", ({ above, purpose, person }) => {
    const rule = { personAbove: above === undefined ? undefined : (money(above) satisfies Money), secondsMax: 60 };
    const sized = sizedOf({ purpose, reduceOnly: purpose !== "entry" });
    expect(needsPerson(sized, rule)).toBe(person);
    expect(approveByRule(sized, rule)).toEqual(person ? undefined : { sized, by: "rule" });
  });
});

describe("a person's yes", () => {
  const binding = bindingOf(sizedOf(), intent);

  it("is shown the whole order in one line", () => {
    expect(binding).toBe("ab12-0001.0 BTCUSDT.PERP entry buy 2 100 95/110");
  });

  it("counts for exactly what was shown", () => {
    const answer = approveByPerson(sizedOf(), intent, { yes: true, by: "ada", binding });
    expect(isApproved(answer)).toBe(true);
    expect(answer).toEqual({ sized: sizedOf(), by: "ada" });
  });

  it.each<{ field: string; sized: Sized; of?: Intent }>([
    { field: "the intent", sized: sizedOf(), of: { ...intent, id: intentId("ab12-0001.1") } },
    { field: "the instrument", sized: sizedOf({ instrument: aPerpetual({ id: instrumentId("ETHUSDT.PERP") }) }) },
    { field: "the purpose", sized: sizedOf({ purpose: "reduce" }) },
    { field: "the side", sized: sizedOf({ side: "sell" }) },
    { field: "the quantity", sized: sizedOf({ quantity: quantity("1.999") }) },
    { field: "the price", sized: sizedOf({ price: price("99.9"), quantity: quantity("2") }) },
    { field: "the stop", sized: sizedOf({ stopLoss: price("94.9") }) },
    { field: "the target", sized: sizedOf({ takeProfit: price("110.1") }) },
    { field: "the stop, which became the target", sized: sizedOf({ stopLoss: price("110"), takeProfit: price("95") }) },
  ])("is void when $field changed", ({ sized, of = intent }) => {
    const answer = approveByPerson(sized, of, { yes: true, by: "ada", binding });
    expect(answer).toEqual({ why: "binding_changed", by: "ada" });
    expect(isApproved(answer)).toBe(false);
  });

  it("tells a level that is missing from one that is there", () => {
    const { stopLoss: _, ...rest } = aCandidate();
    const bare = size(aPassed(rest), intent) as Sized;
    expect(bindingOf(bare, intent)).toBe("ab12-0001.0 BTCUSDT.PERP entry buy 2 100 -/110");
    expect(isApproved(approveByPerson(bare, intent, { yes: true, by: "ada", binding }))).toBe(false);
  });

  it.each(["expired", "too risky", ""])("is none when the answer is no: %s", (why) => {
    const answer = approveByPerson(sizedOf(), intent, { yes: false, by: "ada", why });
    expect(answer).toEqual({ why, by: "ada" });
    expect(isApproved(answer)).toBe(false);
  });

  it("is none while there is none", () => {
    expect(isApproved(undefined)).toBe(false);
  });
});
