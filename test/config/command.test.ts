import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { configCommand } from "../../src/bin/commands/config.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "countersign-config-"));
  for (const name of ["ASSETS", "INTERVAL", "LEVERAGE", "MAX_POSITION_SIZE_USD", "LLM_MODEL"]) vi.stubEnv(name, "");
});
afterEach(() => {
  rmSync(folder, { recursive: true });
  vi.unstubAllEnvs();
  process.exitCode = undefined;
});

async function run(...words: readonly string[]) {
  let [out, error] = ["", ""];
  const command = configCommand().configureOutput({ writeOut: (text) => (out += text), writeErr: (text) => (error += text) });
  await command.parseAsync(words, { from: "user" });
  return { out, error, code: process.exitCode ?? 0 };
}

function written(text: string): string {
  const path = join(folder, "desk.yaml");
  writeFileSync(path, text);
  return path;
}

describe("countersign config", () => {
  it("check says ok and the digest, which is that of show", async () => {
    const path = written("limits:\n  positionsMax: 3\n");
    const checked = await run("check", "--config", path);
    expect(checked).toMatchObject({ error: "", code: 0 });
    const shown = JSON.parse((await run("show", "--json", "--config", path)).out) as { digest: string; sources: object; settings: object };
    expect(checked.out).toBe(`ok ${shown.digest}\n`);
    expect(shown.settings).toMatchObject({ "limits.positionsMax": 3, "account.startCash": "100000" });
    expect(shown.sources).toMatchObject({ "limits.positionsMax": `${path}:2:17` });
  });

  it("show lines up key, value and source", async () => {
    vi.stubEnv("LEVERAGE", "2");
    const { out } = await run("show", "--set", "seed=abc");
    expect(out).toMatch(/^key +value +source\n/);
    expect(out).toMatch(/\naccount.leverage +2 +env LEVERAGE\n/);
    expect(out).toMatch(/\nperps.assets +- +default\n/);
    expect(out).toMatch(/\nseed +abc +--set\n/);
    expect(out).toMatch(/\ndigest [0-9a-f]{64}\n$/);
  });

  it("check writes every fault to the standard error and ends with 1", async () => {
    const { out, error, code } = await run(
      "check",
      "--config",
      written("seed: ''\nlimits: {spreadBpMax: 1}\n"),
      "--set",
      "venue.latencyMs=x",
    );
    expect(out).toBe("");
    expect(error.trimEnd().split("\n")).toHaveLength(3);
    expect(error).toContain("did you mean limits.spreadBpsMax?");
    expect(code).toBe(1);
  });

  it("a file that is not there is a fault of the configuration, a wrong --set one of the command", async () => {
    const missing = await run("show", "--config", join(folder, "none.yaml"));
    expect(missing.error).toContain("there is no such file");
    expect(missing.code).toBe(1);
    expect((await run("check", "--set", "seed")).code).toBe(2);
  });

  it("show --reference needs no valid configuration", async () => {
    const { out, code } = await run("show", "--reference", "--set", "nonsense");
    expect(out).toContain("`limits.riskPerTradeBpsMax`");
    expect(code).toBe(0);
  });
});
