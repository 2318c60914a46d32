import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect } from "vitest";
import { Life } from "./life.ts";

/** A folder of the test file's own, gone afterwards, in which one life without any trouble has left our modules compiled. */
export function chaosFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "countersign-chaos-"));
  beforeAll(async () => {
    const { breaches, finished, orders, processes } = await new Life("calm", folder).live([]);
    expect({ breaches, finished, processes }).toEqual({ breaches: [], finished: true, processes: 1 });
    expect(orders).toBeGreaterThan(10);
  });
  afterAll(() => rmSync(folder, { recursive: true }));
  return folder;
}
