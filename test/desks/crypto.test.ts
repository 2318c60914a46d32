import { describe, expect, it } from "vitest";
import { runSimulation } from "../../src/lab/backtest.ts";
import { HouseModel } from "../../src/adapters/house-model/house-model.ts";
import { cryptoDesk } from "../../src/desks/crypto.ts";
import type { AssetHistory } from "../../src/flow/market/bars.ts";
import { rails } from "../../src/flow/rails/rails.ts";
import { encodeEntry } from "../../src/journal/codec.ts";
import { replayDecision } from "../../src/runtime/replay-decision.ts";
import { turnAgain } from "../../src/runtime/turn-again.ts";
import { instrumentId } from "../../src/words/ids.ts";
import type { SpotCrypto } from "../../src/words/instrument.ts";
import { aCryptoPlan, aModel, factsOf, ranCrypto, wants, type Ran } from "../lab/a-crypto-plan.ts";
import { demoHours } from "../lab/a-plan.ts";
import { realPerp, realPerps, realPerpsThere } from "../lab/real-perps.ts";

const houseRun = ranCrypto({ set: ["crypto.arbiterModel=house/arbiter-1"] });
const outcomes = ({ run }: Ran): Record<string, number> => Object.fromEntries(run.count.outcomes);
const linesOf = ({ entries }: Ran): string[] => entries.map(encodeEntry);

describe("a cycle with two sources", () => {
  it("trades, and the outcomes of each scan add up to its candidates (LINE-4)", () => {
    const scans = factsOf(houseRun, "scanned");
    expect(houseRun.run.state.trades.length).toBeGreaterThan(5);
    for (const { candidates, outcomes: of } of scans) expect(Object.values(of).reduce((sum, each) => sum + each, 0)).toBe(candidates);
  });

  it("keeps one audit a cycle in which no proposal is lost (DUAL-5)", () => {
    const audits = houseRun.entries.filter(({ fact }) => fact.kind === "arbitrated");
    expect(new Set(audits.map(({ correlation }) => correlation)).size).toBe(audits.length);
    for (const { correlation, fact } of audits) {
      if (fact.kind !== "arbitrated") continue;
      const made = houseRun.entries.flatMap((entry) =>
        entry.correlation === correlation && entry.fact.kind === "proposed" ? [entry.fact.proposal] : [],
      );
      const audited = [...fact.proposals_local, ...fact.proposals_ai, ...fact.proposals_final].map(({ proposal }) => proposal);
      expect(audited.sort()).toEqual(made.map(({ id }) => id).sort());
    }
    const all = audits.flatMap(({ fact }) => (fact.kind === "arbitrated" ? fact.arbitrations : []));
    expect(new Set(all.map(({ resolution }) => resolution))).toEqual(new Set(["SINGLE", "BLEND", "LOCAL", "NONE"]));
  });

  it("never shows the AI trader what the rules want", () => {
    const seen: string[] = [];
    const house = new HouseModel();
    ranCrypto({
      days: 6,
      model: {
        ask: (question) => {
          seen.push(question.user);
          return house.ask(question);
        },
      },
    });
    expect(seen.length).toBeGreaterThan(10);
    for (const text of seen) expect(text).not.toMatch(/conviction|true ranges apart|times the noise|deviations from the mean|,proposed,/);
  });

  it("takes the smaller size in a blend and the rules' stop, and makes a forecast of both", () => {
    const blends = factsOf(houseRun, "arbitrated").flatMap((fact) => fact.proposals_final.filter(({ of }) => of.length === 2));
    const proposals = new Map(factsOf(houseRun, "proposed").map(({ proposal }) => [proposal.id, proposal]));
    expect(blends.length).toBeGreaterThan(3);
    for (const { proposal, of, levels } of blends) {
      const [final, local, ai] = [proposal, ...of].map((id) => proposals.get(id)!);
      expect(levels).toBe("local");
      expect(final!.stopLoss).toBe(local!.stopLoss);
      expect(final!.allocation).toBe(local!.allocation < ai!.allocation ? local!.allocation : ai!.allocation);
    }
    const forecast = new Set(factsOf(houseRun, "forecast_made").map(({ forecast: of }) => of.by.kind));
    expect(forecast).toEqual(new Set(["rules", "model"]));
  });

  it("is computed again from its journal, byte for byte (LINE-8)", () => {
    const plan = aCryptoPlan({ set: ["crypto.arbiterModel=house/arbiter-1"] });
    const audits = houseRun.entries.filter(
      ({ fact }) => fact.kind === "arbitrated" && fact.arbitrations.some(({ arbiter }) => arbiter !== undefined),
    );
    const some = [audits[0], audits[audits.length >> 1], audits.at(-1)];
    for (const audit of some) {
      const replayed = replayDecision(houseRun.entries, audit!.correlation!, (woken) =>
        cryptoDesk.cycle(turnAgain(woken, plan.rules), plan.settings),
      );
      expect(replayed.ok && replayed.value.differsAt).toBe(undefined);
    }
  });
});

describe("there is one way to the venue (DUAL-4)", () => {
  it("lets no order out that no arbitration stands behind and that all rails have not passed", () => {
    const finals = new Map(
      factsOf(houseRun, "arbitrated").flatMap((fact) => fact.proposals_final.map((final) => [String(final.proposal), final])),
    );
    const passed = new Map(factsOf(houseRun, "passed").map((fact) => [fact.intent, fact]));
    const orders = factsOf(houseRun, "order_planned").filter(({ order }) => order.purpose === "entry");
    expect(orders.length).toBeGreaterThan(20);
    for (const { order } of orders) {
      expect(finals.get(String(order.intent))?.side).toBe(order.side);
      expect(passed.get(order.intent)?.verdicts.map(({ rail }) => rail)).toEqual(rails.map(({ code }) => code));
    }
  });

  it("is refused by a rail like any other desk's, and says by which", () => {
    const ran = ranCrypto({ set: ["limits.positionsMax=1"] });
    expect(ran.run.count.refusals.get("positions_count")).toBeGreaterThan(0);
    expect(Math.max(...factsOf(ran, "arbitrated").map(({ proposals_final }) => proposals_final.length))).toBeGreaterThan(1);
  });
});

describe.skipIf(!realPerpsThere)("over a month of real perpetuals (skipped where ../shared/data is absent)", () => {
  const ran = realPerpsThere ? ranCrypto({ histories: realPerps.map(realPerp), set: ["crypto.arbiterModel=house/arbiter-1"] }) : houseRun;

  it("trades both ways, is guarded all the time and has an outcome for every candidate", () => {
    const { state, count } = ran.run;
    expect(state.trades.length).toBeGreaterThan(50);
    expect(new Set(state.trades.map(({ direction }) => direction))).toEqual(new Set(["long", "short"]));
    expect([...count.outcomes.values()].reduce((sum, each) => sum + each, 0)).toBe(count.candidates);
    for (const { instrument } of state.positions) expect(state.protection(instrument)?.stopLoss).toBeDefined();
  });

  it("comes to every resolution of the table", () => {
    // What the house model says is worth little once it is calibrated: by the usual thresholds it is then hardly heard against the rules.
    const set = ["crypto.arbiterModel=house/arbiter-1", "crypto.aiOverrideThreshold=0.4", "crypto.aiConfidenceAdvantage=0"];
    const rows = factsOf(ranCrypto({ histories: realPerps.map(realPerp), set }), "arbitrated").flatMap(({ arbitrations }) => arbitrations);
    expect(new Set(rows.map(({ resolution }) => resolution))).toEqual(new Set(["SINGLE", "BLEND", "LOCAL", "AI", "NONE"]));
  });
});

describe("what an AI trader says wrongly is refused by name and the rest goes on (LINE-5)", () => {
  const saying = (decisions: readonly object[]): Ran =>
    ranCrypto({ days: 6, set: ["crypto.proposers=ai"], model: aModel(() => ({ text: wants(decisions) })) });
  const good = { symbol: "SYN-BTC", side: "buy", confidence: 0.8 };

  it.each([
    [{ symbol: "NOPE", side: "buy", confidence: 0.9 }, "unknown_symbol"],
    [{ symbol: "not a name; DROP", side: "buy", confidence: 0.9 }, "unknown_symbol"],
    [{ symbol: "SYN-ETH", side: "buy", confidence: 0.9, size_pct: 21 }, "size_over_maximum"],
    [{ symbol: "SYN-ETH", side: "buy", confidence: 0.9, stop_price: 99_999_999 }, "stop_wrong_side"],
    [{ symbol: "SYN-ETH", side: "buy", confidence: 0.9, target_price: 1 }, "target_wrong_side"],
    [{ symbol: "SYN-ETH", side: "buy", confidence: 0.9, size_pct: 0 }, "allocation_missing"],
  ])("%j: %s", (bad, code) => {
    const ran = saying([bad, good]);
    expect(Object.fromEntries(ran.run.count.invalid)[code]).toBeGreaterThan(0);
    expect(outcomes(ran)["ordered"]).toBeGreaterThan(0);
    const refused = factsOf(ran, "arbitrated").flatMap(({ proposals_ai }) =>
      proposals_ai.filter(({ fate }) => fate === `refused: ${code}`),
    );
    expect(refused.length).toBe(Object.fromEntries(ran.run.count.invalid)[code]);
  });

  it("gives what it left open the desk's size and levels, and says so", () => {
    const first = factsOf(saying([good]), "proposed")[0]!.proposal;
    expect(first.exitPlan).toBe("size, stop, target by the desk");
    expect([first.stopLoss, first.takeProfit].every((level) => level !== undefined)).toBe(true);
  });

  it.each(["timed_out", "provider_error", "refused", "over_budget"] as const)(
    "goes on with the rules where the answer is %s",
    (outcome) => {
      const ran = ranCrypto({ days: 8, set: ["crypto.rollback.errorShareMax=1"], model: aModel(() => ({ outcome })) });
      expect(ran.run.count.fallbacks.get(outcome)).toBeGreaterThan(10);
      expect(outcomes(ran)["ordered"]).toBeGreaterThan(5);
      const rows = factsOf(ran, "arbitrated").flatMap(({ arbitrations }) => arbitrations);
      // A symbol of which two triggers want both sides, and are worth the same, has nobody's word.
      expect(new Set(rows.flatMap(({ local, ai, resolution }) => ((local ?? ai) === undefined ? [] : [resolution])))).toEqual(
        new Set(["SINGLE"]),
      );
    },
  );
});

describe("the arbiter", () => {
  const opposing = (arbiter: string): Ran => {
    const house = new HouseModel();
    const model = {
      ask: (question: Parameters<HouseModel["ask"]>[0]) =>
        question.role === "arbiter" ? aModel(() => ({ text: arbiter })).ask(question, {} as never) : house.ask(question),
    };
    return ranCrypto({ set: ["crypto.arbiterModel=house/arbiter-1"], model });
  };
  const choices = (ran: Ran): string[] =>
    factsOf(ran, "arbitrated").flatMap(({ arbitrations }) =>
      arbitrations.flatMap(({ arbiter }) => (arbiter === undefined ? [] : [arbiter])),
    );

  it("is asked for what the table leaves open and for nothing else (DUAL-3)", () => {
    const asked = factsOf(houseRun, "arbitrated").flatMap(({ arbitrations }) =>
      arbitrations.filter(({ arbiter }) => arbiter !== undefined),
    );
    expect(asked.length).toBeGreaterThan(3);
    for (const { resolution, local, ai } of asked) expect([resolution, local?.side === ai?.side]).toEqual(["NONE", false]);
  });

  it.each(["not json", `{"choices":[]}`, `{"choices":[{"symbol":"OTHER","choice":"ai","rationale":""}]}`])(
    "that answers %s is not heard",
    (text) => {
      const heard = choices(opposing(text));
      expect(heard.length).toBeGreaterThan(3);
      expect(new Set(heard)).toEqual(new Set(["unheard"]));
    },
  );

  it("has a deadline of its own and cannot name a size", () => {
    const asked = factsOf(houseRun, "model_asked").filter(({ role }) => role === "arbiter");
    expect(asked.length).toBeGreaterThan(0);
    const { settings } = aCryptoPlan({ set: ["crypto.arbiterModel=house/arbiter-1"] });
    expect([settings.trader.deadlineMs, settings.arbiter?.deadlineMs]).toEqual([2_000, 1_500]);
    expect(JSON.stringify(factsOf(houseRun, "arbitrated")[0])).not.toContain("undefined");
  });
});

describe("spot coins", () => {
  const spot = (history: AssetHistory): AssetHistory => {
    const {
      kind: _,
      leverageMax: _l,
      maintenanceMarginRate: _m,
      liquidationFeeRate: _f,
      fundingIntervalHours: _h,
      ...common
    } = history.instrument as never as Record<string, unknown>;
    const instrument = { ...common, kind: "spot", id: instrumentId(`${String(common["symbol"])}.SPOT`) } as unknown as SpotCrypto;
    return { instrument, bars: { ...history.bars, instrument } };
  };

  it("are bought and sold again, and never sold short: that stands down by name", () => {
    const ran = ranCrypto({ histories: demoHours("1", 8).map(spot), model: new HouseModel() });
    expect(ran.run.state.trades.length).toBeGreaterThan(3);
    expect(new Set(ran.run.state.trades.map(({ direction }) => direction))).toEqual(new Set(["long"]));
    expect(outcomes(ran)["nothing_to_sell"]).toBeGreaterThan(0);
    expect(factsOf(ran, "refused").filter(({ refusal }) => refusal.code === "instrument_permission.not_shortable")).toEqual([]);
  });
});

describe("one account's fault is its own (LINE-6)", () => {
  it("leaves the journal of one that runs beside it as it was, byte for byte", async () => {
    const alone = ranCrypto({ days: 6 });
    const house = new HouseModel();
    const beside = aCryptoPlan({ days: 6, model: { ask: async (question) => house.ask(question) } });
    const broken = aCryptoPlan({
      days: 6,
      model: { ask: async (question, asking) => aModel(() => ({ outcome: "provider_error" })).ask(question, asking) },
    });
    await Promise.all([runSimulation(broken), runSimulation(beside)]);
    const [one, other] = [broken, beside].map(({ journal }) => Array.from(journal.entries(), encodeEntry));
    expect(other).toEqual(linesOf(alone));
    expect(one).not.toEqual(other);
  });
});
