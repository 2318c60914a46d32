import { describe, expect, it } from "vitest";
import { houseRulesOf, limitsOf } from "../../src/config/house-rules-of.ts";
import { loadConfig } from "../../src/config/load-config.ts";
import { styles } from "../../src/config/sections/strategies.ts";
import { strategyOf } from "../../src/config/strategy-of.ts";
import { strategies } from "../../src/flow/proposals/strategies/strategies.ts";
import { rails } from "../../src/flow/rails/rails.ts";
import type { HouseRules } from "../../src/runtime/turn.ts";
import { instrumentId } from "../../src/words/ids.ts";
import { money } from "../../src/words/money.ts";

function configOf(...set: readonly string[]) {
  const result = loadConfig({ set });
  if (!result.ok) throw new Error("the configuration is valid");
  return result.value.config;
}
const allowed = [instrumentId("BTCUSDT.PERP")];

describe("house rules from the configuration", () => {
  it("have every limit that a rail compares with", () => {
    const limits = limitsOf(configOf("limits.orderNotionalMax=1234.5"), allowed);
    expect(limits.allowed).toEqual(allowed);
    expect(limits.orderNotionalMax).toBe(money("1234.5"));
    for (const { limits: keys } of rails) for (const key of keys) expect(limits[key]).toBeDefined();
  });

  it("are those of the runtime, and ask nobody where no threshold is said", () => {
    const rules: HouseRules = houseRulesOf(configOf(), allowed);
    expect(rules).toMatchObject({ entryWorstBps: 30, exitWorstBps: 150, protectBy: "orders" });
    expect(rules.approval).toEqual({ personAbove: undefined, secondsMax: 3600 });
    expect(houseRulesOf(configOf("approval.personAboveUsd=0"), allowed).approval.personAbove).toBe(money("0"));
  });
});

describe("strategies (PERP-4)", () => {
  it("the schema's styles are those of the house", () => {
    expect([...styles].toSorted()).toEqual(Object.keys(strategies).toSorted());
  });

  it.each(styles)("%s is built in, and within the bounds that custom ones have", (name) => {
    const found = strategyOf(configOf(), name);
    expect(found.ok && found.value).toBe(strategies[name]);
    const numbers = Object.entries(strategies[name]?.numbers ?? {});
    const set = [`strategies.mine.style=${name}`, ...numbers.map(([key, value]) => `strategies.mine.numbers.${key}=${value}`)];
    const mine = strategyOf(configOf(...set), "mine");
    expect(mine.ok && mine.value.numbers).toEqual(strategies[name]?.numbers);
  });

  it("a custom one is its style with other numbers, name and description", () => {
    const config = configOf("strategies.calm.style=swing", "strategies.calm.numbers.riskBps=20", "strategies.calm.description=less of it");
    const calm = strategyOf(config, "calm");
    if (!calm.ok) throw new Error(calm.error);
    expect(calm.value).toMatchObject({ name: "calm", description: "less of it", version: strategies["swing"]?.version });
    expect(calm.value.numbers).toEqual({ ...strategies["swing"]?.numbers, riskBps: 20 });
    expect(calm.value.decide).toBe(strategies["swing"]?.decide);
  });

  it.each(["constructor", "swin", "nonesuch"])("%s is not known", (name) => {
    const found = strategyOf(configOf(), name);
    expect(found.ok ? "" : found.error).toMatch(
      new RegExp(`^no strategy is named ${name}; (did you mean swing|write one of conservative)`),
    );
  });
});
