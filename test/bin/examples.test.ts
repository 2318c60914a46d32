import { execFile } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { cli, expectDone, freshFolder, root } from "./run-cli.ts";

const example = (name: string): string => join(root, "examples", name);

/** How each example is run, and what its page says; one that is missing here fails below. */
const runs: Readonly<Record<string, { readonly words: readonly string[]; readonly says: RegExp }>> = {
  "countersign.yaml": { words: ["config", "check", "--config", example("countersign.yaml")], says: /^ok [0-9a-f]{64}\n$/ },
  "council.yaml": { words: ["config", "check", "--config", example("council.yaml")], says: /^ok [0-9a-f]{64}\n$/ },
  "accounts.yaml": {
    words: ["backtest", "accounts", "--config", example("accounts.yaml"), "--synthetic", "8"],
    says: /\nweekly +council [^]*\n9 of 9 accounts ran to the end, /,
  },
  "sma-cross.ts": {
    words: ["backtest", "perps", "--strategy-file", example("sma-cross.ts"), "--synthetic", "8", "--interval", "1h"],
    says: /strategy sma-cross[^]*\ntrades /,
  },
  "my-desk.ts": {
    words: ["backtest", "own", "--desk-file", example("my-desk.ts"), "--synthetic", "8", "--interval", "1h"],
    says: /Backtest of my-desk[^]*\ntrades {8}[1-9]/,
  },
};

describe("the examples", () => {
  it("are all run here", () => {
    // The rules for Prometheus are held to the metrics and the desk's own watch in test/adapters/prometheus.
    const files = readdirSync(join(root, "examples"), { withFileTypes: true }).filter((of) => of.isFile() && !of.name.endsWith(".test.ts"));
    expect(files.map(({ name }) => name).toSorted()).toEqual(Object.keys(runs).toSorted());
  });

  it.each(Object.entries(runs))("%s runs as it is", async (_, { words, says }) => {
    const ran = await cli(freshFolder(), words);
    expectDone(ran);
    expect(ran.out).toMatch(says);
  });

  it("of a desk has a test that passes by itself", async () => {
    const { stdout } = await promisify(execFile)(process.execPath, ["--test", example("my-desk.test.ts")], {
      env: { PATH: process.env["PATH"] },
    });
    expect(stdout).toMatch(/pass 3\n[^]*fail 0\n/);
  });
});
