import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, it } from "vitest";
import { asItWas, instead } from "../instead.ts";
import { limitsOf } from "../../../src/config/house-rules-of.ts";
import { loadConfig } from "../../../src/config/load-config.ts";
import { readConfigFile } from "../../../src/config/read-config-file.ts";
import { railCodes } from "../../../src/flow/rails/codes.ts";
import type { Limits } from "../../../src/flow/rails/limits.ts";
import type { Proof } from "../../../src/lab/prove/prove.ts";
import { aPlan } from "../a-plan.ts";

afterEach(asItWas);

function limitsFrom(set: readonly string[], path?: string): Limits {
  const file = path === undefined ? undefined : readConfigFile(path);
  if (file?.ok === false) throw new Error(JSON.stringify(file.error));
  const loaded = loadConfig({ set, file: file?.value });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.error));
  return limitsOf(loaded.value.config, []);
}
/** The configuration that a newcomer finds. */
const example = (): Limits => limitsFrom([], fileURLToPath(new URL("../../../examples/countersign.yaml", import.meta.url)));

async function proven(limits: Limits, storms = 0): Promise<Proof> {
  const { prove } = await import("../../../src/lab/prove/prove.ts");
  return prove({
    seed: "1",
    limits,
    planOf: (histories) => aPlan({ histories }),
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
    const proof = await proven(example(), 12);
    expect(proof.attacks.flatMap(({ broke }) => broke)).toEqual([]);
    expect(proof.held).toBe(true);
    expect(proof.attacks.map(({ name }) => name)).toEqual(["rails", "bad ticks", "replies", "words", "storms", "journal"]);
    expect(proof.attacks[0]!.tried).toBe(railCodes.length + 1);
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

  it.each([
    ["limits.stopRequired=false"],
    ["limits.positionsMax=1"],
    ["limits.duplicateWindowMs=0"],
    ["limits.liquidationDistanceBpsMin=0"],
    ["limits.orderNotionalMax=50", "limits.orderEquityBpsMax=10"],
  ])("holds on other settings: %s %s", async (...set) => {
    const proof = await proven(limitsFrom(set.filter((pair) => typeof pair === "string")));
    expect(proof.attacks.flatMap(({ broke }) => broke)).toEqual([]);
  });

  it.each([
    {
      bug: "a reader that rounds",
      plant: () =>
        instead("words/money.ts", ({ parseMoney }: { parseMoney: (text: string) => { ok: boolean; value: bigint } }) => ({
          parseMoney: (text: string) => {
            const read = parseMoney(text);
            return read.ok ? { ...read, value: read.value + 1n } : read;
          },
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
