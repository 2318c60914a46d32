import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { exitBiases, exitThresholds } from "../../src/flow/resolution/option-limits.ts";

const page = readFileSync(join(import.meta.dirname, "../../docs/desks/options.md"), "utf8");

it.each(exitBiases)("the desk's page shows the thresholds of %s as they are (OPT-3)", (bias) => {
  const { profitPctMin, lossPctMax, minutesToCloseMax } = exitThresholds[bias];
  const row = page.split("\n").find((line) => line.startsWith(`| \`${bias}\``)) ?? "";
  const cells = row.split("|").map((cell) => cell.trim());
  expect(cells.slice(2, 5)).toEqual([profitPctMin, lossPctMax, minutesToCloseMax].map(String));
});
