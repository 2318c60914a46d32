import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { stormDesks } from "../../src/bin/storm-plan.ts";
import { stormOf } from "../lab/storm/a-storm-plan.ts";
import { cli, expectDone, expectRefused, freshFolder, tree } from "./run-cli.ts";

const folder = freshFolder();

describe("countersign prove", () => {
  it("says what it tried and what held, as text, JSON and a page that needs nothing from outside", async () => {
    const words = ["prove", "--storms", "5", "--json", "proof.json", "--html", "proof.html"];
    const ran = await cli(folder, words);
    expectDone(ran);
    expect(ran.out).toMatch(/^held +32 +rails/m);
    expect(ran.out).toMatch(/^held +5 +equities rails/m);
    expect(ran.out).toMatch(/^held +500 +words/m);
    expect(ran.out).toMatch(/^held +5 +storms/m);
    expect(ran.out).toMatch(/Everything held in \d+ s\. What this does not show: docs\/proof\.md/);
    const { held, attacks, weathered } = JSON.parse(readFileSync(join(folder, "proof.json"), "utf8")) as {
      held: boolean;
      attacks: { name: string; broke: string[] }[];
      weathered: { storms: number; orders: number };
    };
    expect([held, weathered.storms, attacks.length]).toEqual([true, 5, 7]);
    expect(weathered.orders).toBeGreaterThan(0);
    const page = readFileSync(join(folder, "proof.html"), "utf8");
    expect(page).toContain('<h1 class="held">Everything held</h1>');
    expect(page).not.toMatch(/\b(?:src|href)=|https?:/);
  });

  it.each([
    ["no storms at all", ["--storms", "-1"], /whole number from 0/],
    ["a seed that is none", ["--seed", "a b"], /A seed is a number, or/],
    ["a setting that is none", ["--set", "limits.leverage=3"], /limits\.leverage/],
    ["a page where no folder is", ["--html", "nowhere/proof.html"], /there is no folder nowhere/],
  ])("refuses %s in one line, before anything is tried", async (_what, words, says) => {
    const before = tree(folder);
    expectRefused(await cli(folder, ["prove", ...words]), 2, says);
    expect(tree(folder)).toEqual(before);
  });
});

describe("countersign sim storm", () => {
  it.each(stormDesks)("tells the storm of that seed of the %s desk, the same as the proof meets", async (desk) => {
    const ran = await cli(folder, ["sim", "storm", "--seed", "4", ...(desk === "perps" ? [] : ["--desk", desk])]);
    expectDone(ran);
    const { hash, deaths } = stormOf[desk]("4");
    expect(ran.out).toContain(`journal  ${hash.slice(0, 16)}`);
    expect(ran.out.match(/the process dies after entry/g)?.length ?? 0).toBe(deaths.length);
    expect(ran.out).toMatch(/Everything held: positions, cash, orders and stops are what the venue has\.\n$/);
  });

  it("knows no other desk", async () =>
    expectRefused(await cli(folder, ["sim", "storm", "--seed", "4", "--desk", "bonds"]), 2, /perps, crypto, equities, options, council/));

  it("wants to know which", async () => expectRefused(await cli(folder, ["sim", "storm"]), 2, /--seed/));
});
