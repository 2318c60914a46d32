import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, it } from "vitest";
import { asItWas, instead } from "../instead.ts";
import { limitsOf } from "../../../src/config/house-rules-of.ts";
import { loadConfig } from "../../../src/config/load-config.ts";
import { readConfigFile } from "../../../src/config/read-config-file.ts";
import { equityRailCodes, railCodes } from "../../../src/flow/rails/codes.ts";
import type { Limits } from "../../../src/flow/rails/limits.ts";
import type { Proof } from "../../../src/lab/prove/prove.ts";
import { equitiesRules } from "../../../src/bin/equities-plan.ts";
import { stormOf } from "../storm/a-storm-plan.ts";
import { aPlan } from "../a-plan.ts";

afterEach(asItWas);

type Both = { readonly limits: Limits; readonly equityLimits: Limits };

function limitsFrom(set: readonly string[], path?: string): Both {
  const file = path === undefined ? undefined : readConfigFile(path);
  if (file?.ok === false) throw new Error(JSON.stringify(file.error));
  const loaded = loadConfig({ set, file: file?.value });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.error));
  return { limits: limitsOf(loaded.value.config, []), equityLimits: equitiesRules(loaded.value, []).limits };
}
/** The configuration that a newcomer finds. */
const example = (): Both => limitsFrom([], fileURLToPath(new URL("../../../examples/countersign.yaml", import.meta.url)));

async function proven(limits: Both, storms = 0): Promise<Proof> {
  const { prove } = await import("../../../src/lab/prove/prove.ts");
  return prove({
    seed: "1",
    ...limits,
    planOf: (histories) => aPlan({ histories }),
    stormOf,
    storms,
    replies: 5_000,
    ticks: 1_000,
    damages: 100,
    words: 10,
  });
}
const brokeIn = ({ attacks }: Proof): string[] => attacks.flatMap(({ name, broke }) => (broke.length === 0 ? [] : [name]));

describe("prove", () => {
  it("holds on the example configuration, and tries every rail", async () => {
    const proof = await proven(example(), 15);
    expect(proof.attacks.flatMap(({ broke }) => broke)).toEqual([]);
    expect(proof.held).toBe(true);
    expect(proof.attacks.map(({ name }) => name)).toEqual([
      "rails",
      "equities rails",
      "bad ticks",
      "replies",
      "words",
      "storms",
      "journal",
    ]);
    // One that is sound, and one more for the clocks.
    expect(proof.attacks[0]!.tried).toBe(railCodes.length + 2);
    expect(proof.attacks[1]!.tried).toBe(equityRailCodes.length + 1);
    expect(proof.weathered.desks).toEqual({ perps: 3, crypto: 3, equities: 3, options: 3, council: 3 });
    expect(proof.weathered.orders).toBeGreaterThan(100);
  });

  it.each(railCodes)("does not hold without the rail %s", async (code) => {
    instead("flow/rails/rails.ts", ({ rails }: { rails: readonly { code: string }[] }) => ({
      rails: rails.filter((rail) => rail.code !== code),
    }));
    const proof = await proven(example());
    expect(proof.held).toBe(false);
    expect(proof.attacks[0]!.broke.join()).toContain(`${code}: `);
  });

  it.each(equityRailCodes)("does not hold without the rail %s of the equities desk", async (code) => {
    instead("flow/rails/equities/equity-rails.ts", ({ equityRails }: { equityRails: readonly { code: string }[] }) => ({
      equityRails: equityRails.filter((rail) => rail.code !== code),
    }));
    const proof = await proven(example());
    expect(proof.held).toBe(false);
    expect(proof.attacks[1]!.broke.join()).toContain(`${code}: `);
  });

  it.each([
    ["limits.stopRequired=false"],
    ["limits.positionsMax=1"],
    ["limits.duplicateWindowMs=0"],
    ["limits.liquidationDistanceBpsMin=0"],
    ["equities.averageDailyValueUsdMin=0", "equities.bucketBpsMax=500000", "equities.orderUsdMax=100"],
    ["equities.weeklyLossBpsMax=1", "equities.dayUsdMax=100"],
    ["limits.orderNotionalMax=50", "limits.orderEquityBpsMax=10"],
  ])("holds on other settings: %s %s", async (...set) => {
    const proof = await proven(limitsFrom(set.filter((pair) => typeof pair === "string")));
    expect(proof.attacks.flatMap(({ broke }) => broke)).toEqual([]);
  });

  it.each([
    {
      bug: "a reader that rounds",
      plant: () =>
        instead("flow/proposals/reply-fields.ts", ({ moneyField }: { moneyField: (...of: never[]) => bigint }) => ({
          moneyField: (...of: never[]) => moneyField(...of) + 1n,
        })),
      by: "replies",
    },
    {
      bug: "a reader that throws",
      plant: () => instead("flow/proposals/read-json.ts", () => ({ readJson: (text: string) => ({ ok: true, value: JSON.parse(text) }) })),
      by: "replies",
    },
    {
      bug: "a feed that is believed",
      plant: () =>
        instead("flow/rails/price-collar.ts", ({ priceCollar }: { priceCollar: object }) => ({
          priceCollar: { ...priceCollar, check: () => ({ outcome: "passed", rail: "price_collar" }) },
        })),
      by: "bad ticks",
    },
    {
      bug: "words of strangers that are shown as they came",
      plant: () =>
        instead("flow/context/untrusted-rows.ts", () => ({
          newsRows: ({ items }: { items: readonly { body: string }[] }) => ["NEWS", ...items.map(({ body }) => body)],
        })),
      by: "words",
    },
    {
      bug: "a fence whose name may stand in the text",
      plant: () =>
        instead(
          "flow/context/untrusted.ts",
          ({ untrusted }: { untrusted: (item: object, rules: { nonce: string }) => { text: string } }) => ({
            untrusted: (item: object, rules: { nonce: string }) => {
              const { text } = untrusted(item, rules);
              return { text: text.replace(/^\| /m, `| ${rules.nonce}> `) };
            },
          }),
        ),
      by: "words",
    },
    {
      bug: "a person who is not asked",
      plant: () =>
        instead("flow/approval/approve.ts", () => ({
          needsPerson: () => false,
          approveByRule: (sized: object) => ({ sized, by: "rule" }),
        })),
      by: "words",
    },
    {
      bug: "a kill switch that the line does not ask",
      plant: () =>
        instead("flow/rails/kill-switch.ts", ({ killSwitch }: { killSwitch: object }) => ({
          killSwitch: { ...killSwitch, check: () => ({ outcome: "passed", rail: "kill_switch" }) },
        })),
      by: "words",
    },
    {
      bug: "no rail on what one order may be worth",
      plant: () =>
        instead("flow/rails/rails.ts", ({ rails }: { rails: readonly { code: string }[] }) => ({
          rails: rails.filter(
            ({ code }) =>
              !["order_value", "position_value", "gross_exposure", "net_exposure", "concentration", "risk_per_trade"].includes(code),
          ),
        })),
      by: "words",
    },
  ])("is told of $bug", async ({ plant, by }) => {
    plant();
    expect(brokeIn(await proven(limitsFrom([])))).toContain(by);
  });
});
