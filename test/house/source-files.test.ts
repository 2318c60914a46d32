import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { filesUnder, isThere, roomOf } from "./source-files.ts";

describe("law 7: a checker sees the files it judges", () => {
  it.each([
    ["src", "src/runtime/account-runner.ts"],
    ["src", "src/flow/market/indicators/sma.ts"],
    ["test", "test/house/source-files.test.ts"],
    ["bench", "bench/exact.ts"],
    ["docs", "docs/decisions/2026-11-21-exact-scale.md"],
  ] as const)("sees all of %s, deep down too: %s", (folder, path) => {
    const found = filesUnder(folder).find((file) => file.path === path);
    expect(found?.text.length).toBeGreaterThan(100);
  });

  it("would rather throw than judge an empty tree", () => {
    const empty = mkdtempSync(join(tmpdir(), "house-"));
    expect(() => filesUnder("src", empty)).toThrow(/found 0 files/);
    rmSync(empty, { recursive: true });
  });

  it.each([
    ["src/flow/market/indicators/sma.ts", { room: "flow", folder: "market" }],
    ["src/words/money.ts", { room: "words", folder: "" }],
    ["src/adapters/history/formats/csv.ts", { room: "adapters", folder: "history" }],
    ["src/loose.ts", { room: "", folder: "" }],
  ])("knows the room of %s", (path, room) => {
    expect(roomOf(path)).toEqual(room);
  });

  it("knows what is there and what is not", () => {
    expect([isThere("src/words"), isThere("package.json"), isThere("src/words/gone.ts")]).toEqual([true, true, false]);
  });
});
