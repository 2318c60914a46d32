import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { faultLine } from "../../src/config/fault.ts";
import { loadConfig, type Sources } from "../../src/config/load-config.ts";
import { leavesOf } from "../../src/config/key-tree.ts";
import { readConfigFile } from "../../src/config/read-config-file.ts";
import { configReference } from "../../src/config/reference.ts";
import { money } from "../../src/words/money.ts";

function loaded(sources: Sources) {
  const result = loadConfig(sources);
  if (!result.ok) throw new Error(result.error.map(faultLine).join("\n"));
  return result.value;
}
const file = (text: string) => ({ path: "countersign.yaml", text });

describe("sources go over one another", () => {
  const env = { ASSETS: "BTCUSDT, ETHUSDT", INTERVAL: "4h", LEVERAGE: "2", MAX_POSITION_SIZE_USD: "1000.50", LLM_MODEL: "x-ai/grok-4" };

  it("nothing said is a whole configuration", () => {
    const { config, sources } = loaded({});
    expect(config.account.startCash).toBe(money("100000"));
    expect(config.perps.assets).toEqual([]);
    expect(config.approval.personAboveUsd).toBeUndefined();
    expect(new Set(Object.values(sources))).toEqual(new Set(["default"]));
  });

  it("the environment goes over defaults (PERP-10)", () => {
    const { config, sources } = loaded({ env });
    expect(config.perps).toMatchObject({ assets: ["BTCUSDT", "ETHUSDT"], interval: "4h", model: "x-ai/grok-4" });
    expect(config.perps.allocationUsdMax).toBe(money("1000.5"));
    expect(config.account.leverage).toBe(2);
    expect(sources).toMatchObject({ "account.leverage": "env LEVERAGE", "perps.assets": "env ASSETS", "perps.strategy": "default" });
  });

  it("the file goes over the environment, --set over the file, and a later --set over an earlier", () => {
    const text = "account:\n  leverage: 1\nperps:\n  interval: 1d\n";
    const { config, sources } = loaded({ env, file: file(text), set: ["perps.interval=15m", "perps.interval=30m"] });
    expect(config.account.leverage).toBe(1);
    expect(config.perps.interval).toBe("30m");
    expect(sources).toMatchObject({
      "account.leverage": "countersign.yaml:2:13",
      "perps.interval": "--set",
      "perps.model": "env LLM_MODEL",
    });
  });

  it("a variable that is set to nothing is not set", () => {
    expect(loaded({ env: { LEVERAGE: "", ASSETS: "" } }).sources["account.leverage"]).toBe("default");
  });

  it("empty sections and an empty file say nothing", () => {
    const plain = loaded({}).digest;
    for (const text of ["", "# only words\n", "limits:\nperps: {}\n", "---\n"]) expect(loaded({ file: file(text) }).digest).toBe(plain);
  });

  it("a list can be emptied again", () => {
    expect(loaded({ env, set: ["perps.assets="] }).config.perps.assets).toEqual([]);
  });

  it("nothing of it can be changed afterwards", () => {
    const { config } = loaded({ file: file("perps: {assets: [BTCUSDT]}") });
    expect(Object.isFrozen(config) && Object.isFrozen(config.limits) && Object.isFrozen(config.perps.assets)).toBe(true);
  });
});

describe("files", () => {
  it("the example is valid", () => {
    const text = readFileSync(new URL("../../examples/countersign.yaml", import.meta.url), "utf8");
    const { config } = loaded({ file: { path: "examples/countersign.yaml", text } });
    expect(config.perps.strategy).toBe("patient-swing");
  });

  it("a file that was named must be there and be text; the usual one need not be there", () => {
    expect(readConfigFile()).toEqual({ ok: true, value: undefined });
    const missing = readConfigFile("no-such.yaml");
    expect(missing.ok ? "" : missing.error.map(faultLine).join()).toMatch(/^no-such.yaml: there is no such file; name one/);
    const folder = readConfigFile("examples");
    expect(folder.ok ? "" : folder.error.map(faultLine).join()).toContain("cannot be read (EISDIR)");
    const found = readConfigFile("examples/countersign.yaml");
    expect(found.ok && found.value?.path).toBe("examples/countersign.yaml");
  });
});

describe("the reference", () => {
  it("has a line for every key, with bounds and meaning", () => {
    const text = configReference();
    for (const [key, { bounds, meaning }] of leavesOf()) {
      const line = text.split("\n").find((one) => one.startsWith(`| \`${key}\` `));
      expect(line).toContain(bounds);
      expect(line).toContain(meaning);
    }
    expect(text).toContain("`MAX_POSITION_SIZE_USD` sets `perps.allocationUsdMax`");
    expect(text).toContain("one trade may not risk more than the day");
  });

  it("every default is within its own bounds", () => {
    const pairs = leavesOf().flatMap(([key, { normal = "" }]) => (normal === "" || key.includes(".NAME.") ? [] : [`${key}=${normal}`]));
    expect(loaded({ set: pairs }).digest).toBe(loaded({}).digest);
  });
});
