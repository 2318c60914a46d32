import { readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { chaosFolder } from "./chaos-folder.ts";
import { Life } from "./life.ts";

const folder = chaosFolder();
const oneLine = /^[^\n]+\n$/;

describe("a full disk (A6)", () => {
  it.each([
    ["first", [1, 2, 3, 2]],
    ["second", [4, 7, 5, 12]],
  ])("ends the process with one line, sends nothing more, and is over once there is space again: the %s life", async (name, writes) => {
    const life = new Life(`full ${name}`, folder);
    for (const fullAtWrite of writes) {
      const { code, stderr } = await life.next({ fullAtWrite });
      expect(code).toBe(1);
      expect(stderr).toMatch(oneLine);
      expect(stderr).toContain(`${life.path}: the journal could not be written, so nothing may happen: ENOSPC`);
    }
    expect(life.sentWhenFull).toBe(0);
    await life.live([]);
    expect([life.breaches, life.finished]).toEqual([[], true]);
    expect(life.orders).toBeGreaterThan(5);
  });
});

describe("a journal that somebody touched (A10)", () => {
  const flipped = (lines: readonly string[], at: number): string[] => {
    const bytes = Buffer.from(lines[at]!);
    bytes[bytes.length >> 1]! ^= 4;
    return lines.with(at, bytes.toString("latin1"));
  };

  it("keeps a process from starting, which says at which entry and asks the venue for nothing", async () => {
    const life = new Life("touched", folder);
    await life.live(["before_answer"]);
    expect([life.breaches, life.finished]).toEqual([[], true]);
    const whole = readFileSync(life.path, "utf8");
    const lines = whole.split("\n").slice(0, -1);
    const middle = lines.length >> 1;
    const cases = [
      { what: "a bit flipped", touched: flipped(lines, middle), entry: middle + 1 },
      { what: "a bit flipped at the end", touched: flipped(lines, lines.length - 1), entry: lines.length },
      { what: "a line removed", touched: lines.toSpliced(middle, 1), entry: middle + 1 },
      { what: "a line inserted", touched: lines.toSpliced(middle, 0, lines[3]!), entry: middle + 1 },
      { what: "the opening removed", touched: lines.slice(1), entry: 1 },
    ];
    for (const { what, touched, entry } of cases) {
      writeFileSync(life.path, Buffer.from(`${touched.join("\n")}\n`));
      const { code, stderr } = await life.start();
      expect([what, code, life.asked]).toEqual([what, 1, 0]);
      expect(stderr).toMatch(oneLine);
      expect(stderr).toContain(`${life.path}: broken at entry ${entry}: `);
    }
    writeFileSync(life.path, whole);
    expect((await life.start()).code).toBe(0);
  });
});
