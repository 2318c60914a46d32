import { defineConfig } from "vitest/config";

/** Where .ci/run wants the totals as JSON; nothing is written otherwise. */
const report = process.env["COUNTERSIGN_TEST_REPORT"];

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    testTimeout: 60_000,
    pool: "threads",
    ...(report === undefined ? {} : { reporters: ["default", "json"], outputFile: { json: report } }),
  },
});
