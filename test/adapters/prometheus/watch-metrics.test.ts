import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { Registry } from "prom-client";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { ModelMetrics } from "../../../src/adapters/prometheus/model-metrics.ts";
import { setWatch, type Watched } from "../../../src/adapters/prometheus/watch-metrics.ts";
import { cryptoPlan } from "../../../src/bin/crypto-plan.ts";
import { loadConfig } from "../../../src/config/load-config.ts";
import { aiAlerts, silentMsBound, watchAi, type AiAlert, type AiFigures } from "../../../src/flow/reports/ai-watch.ts";
import { MemoryJournal } from "../../../src/journal/memory-store.ts";
import { demoMarket } from "../../../src/sim/market/demo-market.ts";
import { approximately } from "../../../src/words/exact.ts";
import { money } from "../../../src/words/money.ts";

type Rule = { readonly alert: string; readonly expr: string };
const file = join(import.meta.dirname, "../../../examples/prometheus/countersign.rules.yml");
const shipped = (parse(readFileSync(file, "utf8")) as { groups: readonly { rules: readonly Rule[] }[] }).groups.flatMap(
  ({ rules }) => rules,
);

const loaded = loadConfig({ set: [] });
if (!loaded.ok) throw new Error(JSON.stringify(loaded.error));
const { watch } = cryptoPlan(loaded.value, demoMarket("1", 2, "1h"), new MemoryJournal()).settings;

const quiet: AiFigures = { latenciesMs: [100], answers: 20, errors: 0, faults: 0, silentMs: 0, cost: money("0"), againstBaseline: 0 };
const watched = (figures: Partial<AiFigures>, more: Partial<Watched> = {}): Watched => ({
  figures: { ...quiet, ...figures },
  rule: watch,
  localOnly: false,
  resolutions: { BLEND: 2 },
  costPerDayUsd: 1.5,
  costPerTradeUsd: 0.25,
  ...more,
});
async function exposed(of: Watched): Promise<string> {
  const metrics = new ModelMetrics(new Registry());
  setWatch(metrics.registry, of);
  return await metrics.text();
}

/** The shipped expressions have one shape: a gauge, perhaps by one label, above a limit or a gauge that has it, and perhaps not under a rollback. */
const shape = /^(\w+)(?:\{(\w+)="(\d+)"\})? > ([\d.]+|ai_\w+)( unless on \(job, instance\) ai_local_only == 1)?$/;
const read = ({ expr }: Rule) => {
  const [whole, gauge, label, by, limit, rests] = shape.exec(expr) ?? [];
  expect(whole, expr).toBe(expr);
  return { gauge: gauge!, label, by, limit: limit!, rests: rests !== undefined };
};
/** What Prometheus would say of one exposition. */
function fires(rule: Rule, text: string): boolean {
  const { gauge, label, by, limit, rests } = read(rule);
  const value = (name: string): number =>
    Number(
      text
        .split("\n")
        .find((line) => line.startsWith(`${name} `))
        ?.split(" ")[1],
    );
  if (rests && value("ai_local_only") === 1) return false;
  const most = limit.startsWith("ai_") ? value(limit) : Number(limit);
  return value(label === undefined ? gauge : `${gauge}{${label}="${by}"}`) > most;
}
const named: Readonly<Record<AiAlert, string>> = {
  slow: "CountersignAiSlow",
  errors: "CountersignAiErrors",
  arbitration_fault: "CountersignArbitrationFault",
  silent: "CountersignAiSilent",
  cost: "CountersignAiCost",
  performance: "CountersignBelowBaseline",
};

describe("the alerts that are shipped for Prometheus (DUAL-7)", () => {
  it("are the six of the desk's own watch, over metrics that the exposition has", async () => {
    expect(shipped.map(({ alert }) => alert).sort()).toEqual(aiAlerts.map((alert) => named[alert]).sort());
    const text = await exposed(watched({}));
    for (const { expr } of shipped)
      for (const name of expr.match(/ai_\w+/g)!) expect(text, `${expr} needs it`).toContain(`\n# TYPE ${name} gauge\n`);
  });

  it("have the limits of the configuration's defaults", () => {
    const { alert, errorWindowMs } = watch;
    const limits = Object.fromEntries(shipped.map((rule) => [rule.alert, read(rule)]));
    expect(limits[named.slow]).toMatchObject({ label: "over_ms", by: String(alert.latencyMsMax), limit: String(alert.slowCyclesMax) });
    expect(limits[named.errors]).toMatchObject({ label: "window_ms", by: String(errorWindowMs), limit: String(alert.errorShareMax) });
    expect(limits[named.arbitration_fault]).toMatchObject({ limit: "0" });
    expect(limits[named.silent]).toMatchObject({ limit: "ai_trader_silent_ms_max" });
    expect(limits[named.cost]).toMatchObject({ limit: String(approximately(alert.costMax)), rests: false });
    expect(limits[named.performance]).toMatchObject({ limit: String(alert.belowBaselineMax), rests: false });
  });

  it("fire exactly where the desk's own watch tells", async () => {
    const one = fc.record({
      latenciesMs: fc.array(fc.constantFrom(100, 5_000, 5_001, 60_000), { maxLength: 9 }),
      answers: fc.constantFrom(0, 9, 10, 20),
      errors: fc.nat(3),
      faults: fc.nat(1),
      cost: fc.constantFrom("0", "100", "100.01").map(money),
      againstBaseline: fc.constantFrom(0.5, 0, -0.1, -0.15, -0.2),
    });
    const cycle = fc.constantFrom(60_000, 900_000, 900_001, 3_600_000, 86_400_000);
    await fc.assert(
      fc.asyncProperty(one, fc.boolean(), cycle, fc.constantFrom(-1, 0, 1), async (rest, localOnly, cycleMs, off) => {
        const rule = { ...watch, cycleMs };
        const figures = { ...rest, silentMs: silentMsBound(rule) + off };
        const text = await exposed(watched(figures, { localOnly, rule }));
        const own = watchAi({ ...quiet, ...figures }, rule).alerts.map(({ alert }) => alert);
        const told = own.filter((alert) => !localOnly || alert === "cost" || alert === "performance");
        expect(
          shipped
            .filter((rule) => fires(rule, text))
            .map(({ alert }) => alert)
            .sort(),
        ).toEqual(told.map((alert) => named[alert]).sort());
      }),
      { seed: 7, numRuns: 150 },
    );
  });

  it("have beside them how arbitrations were resolved, and what models cost a day and a trade (DUAL-6)", async () => {
    const text = await exposed(watched({}));
    for (const line of ['ai_resolutions{resolution="BLEND"} 2', "ai_cost_per_day_usd 1.5", "ai_cost_per_trade_usd 0.25"])
      expect(text.split("\n")).toContain(line);
    expect(await exposed(watched({}, { costPerTradeUsd: null })), "nobody traded").not.toContain("ai_cost_per_trade_usd");
  });
});
