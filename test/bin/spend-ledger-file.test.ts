import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openSpendLedger } from "../../src/bin/open-spend-ledger.ts";
import { money } from "../../src/words/money.ts";
import { cost, noon, spender, worst } from "../runtime/spend/a-ledger.ts";
import { cli, expectDone, freshFolder, root } from "./run-cli.ts";

const settings = { caps: { usdPerDayMax: money("1") }, config: "digest" };
const open = (path: string) => openSpendLedger(path, settings, noon);

describe("the spend ledger's file (MOD-6)", () => {
  it("is made with its folder, keeps what was reserved, and is read while it is written", async () => {
    const folder = freshFolder();
    const path = join(folder, ".countersign/spend.journal");
    const first = open(path);
    const answers = await Promise.all(["1", "2", "3"].map(async (call) => first.ledger.reserve(call, spender(), worst("0.4"), noon)));
    expect(answers.map(({ ok }) => ok)).toEqual([true, true, false]);
    await first.ledger.settle("1", cost("0.1"), noon);
    const seen = await cli(folder, ["spend", "--on", "2026-01-05", "--set", "models.budgets.usdPerDayMax=1"]);
    expectDone(seen);
    expect(seen.out).toMatch(/^usdPerDayMax +1\.00 +0\.10 +0\.40 +0\.50 +2026-01-05$/m);
    await first.close();
    const again = open(path);
    expect(await again.ledger.reserve("4", spender(), worst("0.6"), noon)).toMatchObject({ ok: false, error: { code: "day" } });
    expect(await again.ledger.reserve("2", spender(), worst("0.4"), noon)).toMatchObject({ ok: true });
    await again.close();
  });

  it("has one writer: a second process is told which one", async () => {
    const path = join(freshFolder(), "spend.journal");
    const held = open(path);
    const other = spawnSync(
      process.execPath,
      [
        "--input-type=module",
        "--eval",
        `import { openSpendLedger } from ${JSON.stringify(join(root, "src/bin/open-spend-ledger.ts"))};
         try { openSpendLedger(${JSON.stringify(path)}, { caps: {}, config: "" }, Temporal.Instant.fromEpochMilliseconds(0)); console.log("opened"); }
         catch (fault) { console.log(fault.message); }`,
      ],
      { encoding: "utf8" },
    );
    expect(other.stdout).toContain(`process ${process.pid} is writing it; stop that one first`);
    await held.close();
  });

  it("is not opened over anything else", () => {
    const path = join(freshFolder(), "notes.txt");
    writeFileSync(path, "milk\n");
    expect(() => open(path)).toThrow(/notes\.txt: this is not a journal/);
    expect(() => open(path), "it was let go").toThrow(/this is not a journal/);
  });
});
