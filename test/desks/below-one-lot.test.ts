import { describe, expect, it } from "vitest";
import { still } from "../lab/handmade.ts";
import { factsOf, played } from "../lab/play.ts";

describe("an allocation that buys less than one lot (LINE-4)", () => {
  const bars = Array.from({ length: 3 }, () => still(10_000));
  const buying = (usd: number) => played({ bars, script: { 1: { BTC: { action: "buy", usd, sl: 9_500, tp: 11_000 } } } });

  it.each`
    usd    | outcome        | because
    ${60}  | ${"too_small"} | ${"a lot costs 100: nothing is left to judge"}
    ${100} | ${"too_small"} | ${"at the worst price that it may trade at a lot costs more"}
    ${101} | ${"ordered"}   | ${"one lot at the worst price"}
  `("of $usd is $outcome, because $because", ({ usd, outcome }) => {
    const run = buying(usd as number);
    expect(factsOf(run, "scanned")[0]?.outcomes).toEqual({ [outcome as string]: 1 });
    expect(factsOf(run, "refused")).toEqual([]);
    const nothing = factsOf(run, "sized_to_nothing").map(({ method, why }) => ({ method, why }));
    expect(nothing).toEqual(outcome === "ordered" ? [] : [{ method: "allocation", why: "below_one_lot" }]);
  });
});
