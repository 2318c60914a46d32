import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { railsCommand } from "../../../src/bin/commands/rails.ts";
import type { Scene } from "../../../src/flow/rails/candidate.ts";
import { railCodes, refusalCodes } from "../../../src/flow/rails/codes.ts";
import { hear, judge, refused } from "../../../src/flow/rails/judge.ts";
import { railsPage } from "../../../src/flow/rails/page.ts";
import { rails } from "../../../src/flow/rails/rails.ts";
import type { Limits } from "../../../src/flow/rails/limits.ts";
import type { Rail } from "../../../src/flow/rails/verdict.ts";
import { instrumentId } from "../../../src/words/ids.ts";
import { money, moneyOfUnits } from "../../../src/words/money.ts";
import { aPosition, aQuote, aScene, aSentOrder, at, someLimits } from "./a-scene.ts";

const btc = instrumentId("BTCUSDT.PERP");
const said = (scene: Scene): string => {
  const answer = judge(scene);
  return refused(answer) ? answer.refusal.code : "passed";
};

describe("the judge", () => {
  it("passes a sound order with a word of every rail, in order", () => {
    const answer = judge(aScene());
    expect(refused(answer)).toBe(false);
    expect(answer.verdicts.map(({ rail }) => rail)).toEqual([...railCodes]);
  });

  it("asks of an exit only the rails that judge all orders", () => {
    const scene = aScene({ candidate: { purpose: "close", side: "sell" }, standing: { positions: [aPosition(btc, "2")] } });
    const answer = judge(scene);
    expect(answer.verdicts.map(({ rail }) => rail)).toEqual(rails.filter(({ judges }) => judges === "all").map(({ code }) => code));
  });

  it("lets the first refusal win and keeps the words before it", () => {
    const answer = judge(aScene({ standing: { equity: "9000", dayStartEquity: "10000" }, sessionOpen: false }));
    expect(refused(answer) && answer.refusal).toEqual({
      rail: "daily_loss",
      outcome: "refused",
      code: "daily_loss",
      unit: "bps",
      measured: 1_000,
      limit: 200,
    });
    expect(answer.verdicts.map(({ outcome }) => outcome)).toEqual(["passed", "passed", "refused"]);
  });

  it("takes the smallest of several trims, and shows each in exact money", () => {
    const answer = judge(aScene({ limits: { orderNotionalMax: money("150"), concentrationBpsMax: 100, grossExposureBpsMax: 120 } }));
    expect(refused(answer) ? undefined : answer.notionalMax).toBe(money("100"));
    expect(answer.verdicts.find(({ rail }) => rail === "gross_exposure")).toEqual({
      rail: "gross_exposure",
      outcome: "trimmed",
      code: "gross_exposure",
      unit: "money",
      measured: money("200.2"),
      limit: money("120"),
      notionalMax: money("120"),
    });
  });

  it("shows what it measured: distances in basis points, multiples, counts and states", () => {
    const scene = aScene({ candidate: { price: "100", quantity: "10" }, standing: { equity: "500" } });
    const measured = new Map(judge(scene).verdicts.map((verdict) => [verdict.rail, verdict.measured ?? verdict.detail]));
    // (500 - 5) / 995 of 1,000 held long at a maintenance rate of 0.005.
    expect(measured.get("liquidation_distance")).toBeCloseTo(4_974.874_371_859, 6);
    expect(measured.get("leverage")).toBe(2);
    expect(measured.get("spread")).toBe(20);
    expect(measured.get("stale_data")).toBe(200);
    expect(measured.get("protective_order")).toBe(200);
    expect(measured.get("buying_power")).toBe(money("100"));
    expect(measured.get("kill_switch")).toBe("none");
    const overpaid = hear(aScene({ candidate: { price: "101", quantity: "10" }, standing: { equity: "510" } }), rails);
    expect(overpaid.verdicts.at(-1)?.measured).toBeCloseTo(4_974.874_371_859, 6);
    const bare = hear(aScene({ candidate: { stopLoss: "80" } }), rails);
    expect(refused(bare) && bare.refusal).toMatchObject({
      code: "protective_order.stop_far",
      measured: 2_007.992_008,
      limit: 1_000,
    });
    const twice = judge(aScene({ candidate: { quantity: "2.1" }, standing: { sentOrders: [aSentOrder(btc)] } }));
    expect(refused(twice) && twice.refusal).toMatchObject({ unit: "bps", measured: 500, limit: 1_000 });
  });

  it("gives the same verdict twice and changes nothing", () => {
    const scene = aScene({ limits: { orderNotionalMax: money("150") } });
    expect(judge(scene)).toEqual(judge(scene));
  });

  it("cannot be given a list without one of the rails", () => {
    expect(() => judge(aScene(), rails.slice(1))).toThrow("every rail of the house");
    expect(
      refused(
        judge(aScene(), [
          ...rails,
          {
            ...rails[0]!,
            check: () => {
              throw new Error("mine");
            },
          },
        ]),
      ),
    ).toBe(true);
  });

  it.each([
    [
      "throws",
      () => {
        throw new Error("no such column");
      },
    ],
    [
      "throws what is no error",
      () => {
        throw "text";
      },
    ],
    ["answers nothing", () => undefined],
    ["answers a word that does not exist", () => ({ rail: "spread", outcome: "perhaps", unit: "state" })],
    ["trims to nothing", () => ({ rail: "spread", outcome: "trimmed", code: "order_value", unit: "money", notionalMax: moneyOfUnits(0n) })],
  ])("refuses with rail_fault when a rail %s", (_what, check) => {
    const answer = hear(aScene(), [{ ...rails[0]!, check } as unknown as Rail]);
    expect(refused(answer) && answer.refusal.code).toBe("rail_fault");
  });

  it.each(["release", "wire", "replace"] as const)("refuses a trim at %s, where nothing may change size any more", (stage) => {
    const trimming = {
      ...rails[0]!,
      check: () => ({ rail: "spread", outcome: "trimmed", code: "order_value", unit: "money", notionalMax: money("1") }) as const,
    };
    const answer = hear(aScene({ stage }), [trimming]);
    expect(refused(answer) && answer.refusal.code).toBe("rail_fault");
  });
});

const recentlyQuiet = (limits: Partial<Limits> = {}): Scene =>
  aScene({ stage: "release", limits, standing: { sentOrders: [aSentOrder(btc, { sentAt: at(60_001) })] } });

describe("a missing datum refuses every entry", () => {
  const keys = (Object.keys(someLimits()) as (keyof Limits)[]).filter((key) => key !== "stopRequired");

  it("passes while nothing is missing", () => {
    expect(said(recentlyQuiet())).toBe("passed");
  });
  it.each(keys)("limit %s is absent", (key) => {
    expect(said(recentlyQuiet({ [key]: undefined }))).not.toBe("passed");
  });
  it.each(keys.filter((key) => typeof someLimits()[key] === "number"))("limit %s is not a number", (key) => {
    expect(said(recentlyQuiet({ [key]: Number.NaN }))).not.toBe("passed");
  });
  it.each(rails.filter(({ code }) => ["market_state", "stale_data", "price_collar", "spread", "liquidation_distance"].includes(code)))(
    "$code has no quote",
    (rail) => {
      expect(refused(hear(aScene({ noQuotes: true }), [rail]))).toBe(true);
    },
  );
  it.each(rails.filter(({ refuses }) => refuses.some((code) => code.endsWith(".no_quote"))))("$code has a quote that throws", (rail) => {
    const broken: Scene = {
      ...aScene({ standing: { positions: [aPosition(btc, "1")] } }),
      quote: () => {
        throw new Error("feed");
      },
    };
    expect(refused(hear(broken, [rail]))).toBe(true);
  });
  it.each(["position_value", "concentration", "gross_exposure", "net_exposure", "leverage", "buying_power", "liquidation_distance"])(
    "%s has a position without a mark",
    (code) => {
      for (const mark of ["0", "-1"]) {
        const scene = aScene({ quotes: [aQuote(btc, { mark })], standing: { positions: [aPosition(btc, "1")] } });
        const heard = hear(
          scene,
          rails.filter((rail) => rail.code === code),
        );
        expect(refused(heard) && heard.refusal.code).toBe(`${code}.no_quote`);
      }
    },
  );
  it.each([
    "order_value",
    "risk_per_trade",
    "concentration",
    "gross_exposure",
    "net_exposure",
    "leverage",
    "buying_power",
    "liquidation_distance",
  ])("%s has no equity to compare with", (code) => {
    for (const equity of ["0", "-1"]) {
      const heard = hear(
        aScene({ standing: { equity } }),
        rails.filter((rail) => rail.code === code),
      );
      expect(refused(heard), equity).toBe(true);
    }
  });
});

describe("the list of rails", () => {
  it("holds each code once, in the order of precedence", () => {
    expect(rails.map(({ code }) => code)).toEqual([...railCodes]);
  });

  it("has exactly one file for each code, which names no other", () => {
    const folder = new URL("../../../src/flow/rails/", import.meta.url);
    const declaring = readdirSync(folder)
      .filter((file) => file.endsWith(".ts"))
      .flatMap((file) => {
        const found = [...readFileSync(new URL(file, folder), "utf8").matchAll(/: Rail = \{\s+code: "(\w+)"/g)].map((match) => match[1]);
        return found.map((code) => [file, code]);
      });
    expect(new Set(declaring.map(([, code]) => code))).toEqual(new Set(railCodes));
    expect(declaring).toHaveLength(railCodes.length);
    for (const [file, code] of declaring) expect(file).toBe(`${code?.replaceAll("_", "-")}.ts`);
  });

  it("refuses with every code of the closed set, each of one rail, and rail_fault of the judge", () => {
    expect([...rails.flatMap(({ refuses }) => refuses), "rail_fault"]).toEqual([...refusalCodes]);
    for (const { code, refuses } of rails)
      for (const reason of refuses) expect(reason === code || reason.startsWith(`${code}.`)).toBe(true);
  });

  it("is the table of docs/rails.md; run node src/bin/docs.ts after a change", () => {
    expect(readFileSync(new URL("../../../docs/rails.md", import.meta.url), "utf8")).toBe(railsPage());
  });
});

const shown = async (limits?: Limits, ...words: string[]): Promise<string> => {
  let text = "";
  await railsCommand(limits, (more) => void (text += more)).parseAsync(["node", "rails", ...words]);
  return text;
};

describe("countersign rails", () => {
  it("prints one line a rail, in order", async () => {
    const lines = (await shown()).trimEnd().split("\n").slice(1);
    expect(lines.map((line) => line.trim().split(/\s+/)[1])).toEqual([...railCodes]);
  });
  it("shows the values of the limits where a configuration is known", async () => {
    expect(await shown(someLimits({ orderNotionalMax: money("1234.5") }))).toContain("orderNotionalMax 1234.5, orderEquityBpsMax 100000");
  });
  it("prints JSON for programs", async () => {
    const list = JSON.parse(await shown(someLimits(), "--json")) as { code: string; limits: object }[];
    expect(list.map(({ code }) => code)).toEqual([...railCodes]);
    expect(list[2]?.limits).toEqual({ dailyLossBpsMax: 200 });
  });
});
