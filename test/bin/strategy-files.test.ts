import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { strategyFiles } from "../../src/bin/strategy-files.ts";
import { loadConfig, type Sources } from "../../src/config/load-config.ts";
import { strategyOf } from "../../src/config/strategy-of.ts";
import type { AssetContext } from "../../src/flow/context/gather.ts";
import { aContext, watchedThrough } from "../flow/context/some-context.ts";
import { cli, expectDone, expectRefused, freshFolder, hookTimeoutMs, root, type Ran } from "./run-cli.ts";

const folder = freshFolder();
const hold = 'decide: () => ({ action: "hold", rationale: "because" })';
const rules = (decide = hold, more = ""): string => `export const strategy = {
  name: "mine", version: "1", description: "Mine",
  numbers: { allocationBpsMax: 1000, riskBps: 10, stopAtr: 2, rewardToRisk: 2, confidenceMin: 0.5 },
  frames: [{ times: 1, indicators: { slow: { kind: "sma", period: 3 } } }],
  ${decide},
  ${more}
};\n`;

let made = 0;
/** A file of its own for each text, since a program loads one path once. */
function aFile(text: string): string {
  const path = join(folder, `rules-${made++}.ts`);
  writeFileSync(path, text);
  return path;
}

function loadedWith(sources: Sources) {
  const loaded = loadConfig(sources);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.error));
  return loaded.value;
}
const filesWith = (path: string, ...set: readonly string[]) => strategyFiles(loadedWith({ set: [`strategies.mine.file=${path}`, ...set] }));
const anAsset = (): AssetContext => aContext([{ watched: watchedThrough([100, 101], []) }]).assets[0]!;

describe("a strategy that is a file (PERP-4)", () => {
  it("is loaded with its rules, and takes name, numbers and description from the configuration", async () => {
    const set = ["strategies.mine.numbers.riskBps=5", "strategies.mine.description=of my own"];
    const path = aFile(rules());
    const { files } = await filesWith(path, ...set);
    const found = strategyOf(loadedWith({ set: [`strategies.mine.file=${path}`, ...set] }).config, "mine", files);
    if (!found.ok) throw new Error(found.error);
    expect(found.value).toMatchObject({ name: "mine", description: "of my own", numbers: { riskBps: 5, stopAtr: 2 } });
    expect(found.value.decide(anAsset(), found.value.numbers)).toEqual({ action: "hold", rationale: "because" });
  });

  it("is known by its path from here and its SHA-256, which the journal keeps", async () => {
    const path = aFile(rules());
    const { pins } = await filesWith(path);
    expect(pins).toEqual([`strategies.mine.file=${relative(".", path)}`, expect.stringMatching(/^strategies\.mine\.sha256=[0-9a-f]{64}$/)]);
    const { record } = loadedWith({ set: pins });
    expect(record["strategies.mine.file"]).toBe(relative(".", path));
    expect(`strategies.mine.sha256=${String(record["strategies.mine.sha256"])}`).toBe(pins[1]);
    await expect(filesWith(path, pins[1]!), "the same file").resolves.toBeDefined();
  });

  it("is looked for beside the configuration file that names it", async () => {
    mkdirSync(join(folder, "below"), { recursive: true });
    writeFileSync(join(folder, "below", "beside.ts"), rules());
    const file = { path: join(folder, "below", "countersign.yaml"), text: "strategies:\n  mine:\n    file: ./beside.ts\n" };
    expect([...(await strategyFiles(loadedWith({ file }))).files.keys()]).toEqual(["mine"]);
  });

  it.each([
    [
      "nothing is there",
      "absent.ts",
      /"absent.ts" cannot be read \(ENOENT\); it was looked for at .*absent.ts; say where it is, as with --set/,
    ],
    ["it does not load", aFile("export const strategy = {"), /cannot be loaded: /],
    ["it throws", aFile('throw new Error("not today");'), /cannot be loaded: not today; export a strategy/],
    [
      "it exports something else",
      aFile("export const mine = 1;"),
      /exports nothing named strategy; it exports mine; export a strategy as examples/,
    ],
    ["it has a default export alone", aFile("export default {};"), /exports nothing named strategy; it exports default/],
    ["it has no rules", aFile(rules("decided: 1")), /strategy.decide: is not a function of an asset/],
    ["a number is out of bounds", aFile(rules().replace("riskBps: 10", "riskBps: -1")), /strategy.numbers.riskBps: /],
    [
      "an indicator is none",
      aFile(rules().replace('"sma"', '"smaa"')),
      /strategy.frames.0.indicators.slow: is no indicator: its kind is one of sma, ema/,
    ],
    ["a period is half a bar", aFile(rules().replace("period: 3", "period: 2.5")), /strategy.frames.0.indicators.slow: is no indicator/],
    ["a watcher is none", aFile(rules(hold, "watcher: true,")), /strategy.watcher: is not a function/],
  ])("is refused when %s", async (_when, path, says) => {
    await expect(filesWith(path)).rejects.toThrow(says);
  });

  it("is refused when it is not the file that the configuration was made with", async () => {
    const path = aFile(rules());
    const { pins } = await filesWith(path);
    writeFileSync(path, `${rules()}// another thought\n`);
    await expect(filesWith(path, pins[1]!)).rejects.toThrow(
      /has changed: its SHA-256 is [0-9a-f]{12}\.\.\. and not [0-9a-f]{12}\.\.\.; bring back/,
    );
  });

  it.each([
    ["throws", 'decide: () => { throw new Error("oh") }', /rules-\d+\.ts: decide threw "oh" for BTCUSDT at /],
    ["answers nothing", "decide: () => undefined", /decide answered undefined, not a draft for BTCUSDT/],
    ["names no action", 'decide: () => ({ action: "wait" })', /decide answered the action "wait", which is not one of hold, /],
    [
      "has no confidence",
      'decide: () => ({ action: "buy", stop: 1, target: 1, rationale: "" })',
      /decide answered buy with confidence undefined/,
    ],
    ["reckons a NaN", 'decide: () => ({ action: "sell", stop: 0 / 0, target: 1, confidence: 1, rationale: "" })', /sell with stop NaN/],
    ["gives no reason", 'decide: () => ({ action: "hold" })', /decide answered hold without a rationale/],
  ])("ends the run with its own name when its rule %s", async (_what, decide, says) => {
    const { files } = await filesWith(aFile(rules(decide)));
    const { decide: asked, numbers } = files.get("mine")!;
    expect(() => asked(anAsset(), numbers)).toThrow(says);
  });
});

describe("the example of a strategy of your own, from the command line", () => {
  const here = freshFolder();
  const backtest = ["backtest", "perps", "--synthetic", "20", "--strategy-file", "example/sma-cross.ts", "--set", "perps.cadence=signal"];
  let first: Ran;
  beforeAll(async () => {
    mkdirSync(join(here, "example"));
    // What it imports is looked for beside it: a copy elsewhere names the same modules by their place.
    const text = readFileSync(join(root, "examples/sma-cross.ts"), "utf8").replaceAll("../src/", `${root}/src/`);
    writeFileSync(join(here, "example/sma-cross.ts"), text);
    copyFileSync(join(here, "example/sma-cross.ts"), join(here, "as-it-was.ts"));
    first = await cli(here, [...backtest, "--journal", "run.journal", "--json", "run.json"]);
  }, hookTimeoutMs);

  it("trades, wakes on its crosses only, and is remembered by its digest", async () => {
    expectDone(first);
    const report = JSON.parse(readFileSync(join(here, "run.json"), "utf8")) as { decisions: { scans: number }; result: { trades: number } };
    expect(report.result.trades).toBeGreaterThan(0);
    expect(report.decisions.scans, "20 days have 480 bars").toBeLessThan(200);
    const opened = await cli(here, ["journal", "export", "run.journal", "--kind", "opened"]);
    expect(opened.out).toMatch(/"strategies.sma-cross.file":"example\/sma-cross.ts","strategies.sma-cross.sha256":"[0-9a-f]{64}"/);
  });

  it("replays from its journal while the file is what it was, and refuses to once it is not", async () => {
    const decisions = await cli(here, ["decisions", "run.journal"]);
    expectDone(decisions);
    expect(decisions.out).toContain("sma-cross");
    const id = /^\S+-\w{4}/m.exec(decisions.out)![0];
    expect((await cli(here, ["replay", id, "run.journal"])).out).toMatch(/the same, byte for byte/);
    writeFileSync(join(here, "example/sma-cross.ts"), `${readFileSync(join(here, "as-it-was.ts"), "utf8")}// changed\n`);
    const changed = await cli(here, ["replay", id, "run.journal"]);
    expectRefused(changed, 1, /^journal: strategies.sma-cross.sha256: "example\/sma-cross.ts" has changed/);
    const asked = /--set (strategies\S+)/.exec(changed.err)![1]!;
    expect((await cli(here, ["replay", id, "run.journal", "--set", asked])).out).toMatch(
      /no different with strategies\.sma-cross\.sha256=/,
    );
    copyFileSync(join(here, "as-it-was.ts"), join(here, "example/sma-cross.ts"));
  });

  it.each([
    ["a name that is none", ["--strategy-file", "Mine.ts"], /^--strategy-file Mine.ts: its name is the strategy's: small letters/],
    ["two strategies", ["--strategy-file", "mine.ts", "--strategy", "swing"], /cannot be used with/],
    ["a file that is not there", ["--strategy-file", "mine.ts"], /^--set strategies.mine.file: "mine.ts" cannot be read/],
  ])("says in one line what is wrong with %s", async (_what, words, says) => {
    expectRefused(await cli(here, ["backtest", "perps", "--synthetic", "8", ...words]), 2, says);
  });
});
