import { describe, expect, it } from "vitest";
import { cli, expectDone, freshFolder } from "./run-cli.ts";

type Row = { readonly what: string; readonly by: string; readonly count: number; readonly priced: number; readonly added: number };
type Json = { readonly stages: readonly { readonly stage: string; readonly count: number }[]; readonly rows: readonly Row[] };

describe("twin, of desks that leave decisions to people", () => {
  it("prices each trade of a council that its person turned away", async () => {
    const folder = freshFolder();
    expectDone(await cli(folder, ["backtest", "council", "--synthetic", "10", "--approve", "none", "--journals", "cnone"]));
    const ran = await cli(folder, ["twin", "cnone/pm-one.journal", "--synthetic", "20", "--json", "twin.json"]);
    expectDone(ran);
    expect(ran.out).toMatch(/\nwhat a person was shown +2 +2 [^]*\ndeclined +policy +2 +2 /);
    expect(ran.out).not.toContain("nothing was turned away");
  });

  it("prices what gates, models and time turned away of an options desk, and counts what nobody could price", async () => {
    const folder = freshFolder();
    const words = ["backtest", "options", "--synthetic", "2", "--llm-decisions", "entry,exit", "--journal", "o.journal"];
    expectDone(await cli(folder, words));
    const ran = await cli(folder, ["twin", "o.journal", "--synthetic", "2", "--json", "-"]);
    expectDone(ran);
    const { stages, rows } = JSON.parse(ran.out) as Json;
    expect(stages[0]).toMatchObject({ stage: "rules" });
    for (const [what, by] of [
      ["stood_down", "entry: reject"],
      ["gated", "exit: gate 1 loss_too_small"],
    ]) {
      const row = rows.find((each) => each.what === what && each.by === by);
      expect(row?.priced, by).toBeGreaterThan(0);
      expect(row?.added, by).not.toBe(0);
    }
    const expired = rows.find(({ what, by }) => what === "expired" && by === "exit: manual_fallback");
    expect(expired?.count).toBeGreaterThan(0);
    const page = await cli(folder, ["twin", "o.journal", "--synthetic", "2"]);
    expect(page.out).toMatch(
      /\noptions: bought at the ask and sold at the bid, or before the horizon at 25% below what was paid and 15 minutes/,
    );
    expect(page.out).toMatch(/\n\d+ not priced: no sale wanted\n/);
  });
});
