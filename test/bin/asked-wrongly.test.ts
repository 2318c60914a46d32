import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { hookTimeoutMs, cli, expectDone, expectRefused, freshFolder, tree } from "./run-cli.ts";

const day = 86_400_000;
const start = Date.UTC(2025, 2, 10);
/** Three days of hourly candles. */
const candles = [
  "ts_ms,open,high,low,close,volume",
  ...Array.from({ length: 72 }, (_, hour) => `${start + (hour * day) / 24},100.5,101,100,100.25,${hour + 1}.5`),
].join("\n");

const folder = freshFolder();
const before: string[] = [];
beforeAll(async () => {
  writeFileSync(join(folder, "BTCUSDT-1h-futures.csv"), candles);
  for (const name of ["empty", "half"]) mkdirSync(join(folder, name));
  writeFileSync(join(folder, "half", "assets.json"), "{");
  writeFileSync(join(folder, "notes.txt"), "no journal\n");
  writeFileSync(join(folder, "empty.journal"), "");
  writeFileSync(join(folder, "bad.yaml"), "limits:\n  positionMax: 3\n");
  expectDone(await cli(folder, ["data", "import", "BTCUSDT-1h-futures.csv", "--store", "store"]));
  expectDone(await cli(folder, ["backtest", "perps", "--synthetic", "4", "--journal", "run.journal"]));
  before.push(...tree(folder));
}, hookTimeoutMs);

const perps = "backtest perps";
const stored = `${perps} --data store`;
const madeUp = `${perps} --synthetic 4`;

/** What is typed, because, exit code, what the one line says. */
const table: readonly (readonly [string, string, 1 | 2, RegExp])[] = [
  ["backtst perps", "a slip in a command is named", 2, /unknown command 'backtst' \(Did you mean backtest\?\)/],
  ["fly", "no command is like it", 2, /unknown command 'fly'; countersign --help/],
  ["help fly", "help of nothing is no help", 2, /unknown command fly; there are demo, backtest/],
  ["data imprt x.csv", "a slip below a command", 2, /unknown command 'imprt' \(Did you mean import\?\)/],
  ["--verbose", "there is no such option", 2, /unknown option '--verbose'/],
  [`${perps} --asets X`, "a slip in an option", 2, /unknown option '--asets' \(Did you mean --assets\?\)/],
  [`${perps} --assets`, "an option without its value", 2, /'--assets <symbols>' argument missing; countersign backtest --help/],
  ["backtest", "the desk is missing", 2, /missing required argument 'desk'; countersign backtest --help/],
  ["backtest perp", "a slip in the desk", 2, /It is one of perps, crypto, options, equities, council, own, accounts; did you mean perps\?/],
  ["backtest stocks", "no desk is named so", 2, /It is one of perps, crypto, options, equities, council, own, accounts\./],
  ["rails extra", "rails takes no word", 2, /too many arguments for 'rails'/],
  [`${stored} --assets BTCUST`, "a slip in an asset", 2, /--assets BTCUST: unknown asset; .*BTCUSDT; did you mean BTCUSDT\?/],
  [`${madeUp} --assets DOGE`, "the made-up market has other names", 2, /--assets DOGE: unknown asset; the synthetic market has SYN-BTC/],
  [`${stored} --interval 7h`, "no bar is seven hours long", 2, /'7h' is invalid\. It is one of 1m, .*1w/],
  [`${stored} --interval 1m`, "hours do not make minutes", 2, /BTCUSDT\.PERP: no 1m candles, .*the store holds 1h/],
  [`${madeUp} --interval 1w`, "a bar is longer than the market", 2, /--synthetic 4: one 1w bar is longer/],
  [`${madeUp} --strategy swng`, "a slip in a strategy", 2, /--strategy: no strategy is named swng; did you mean swing\?/],
  [`${madeUp} --proposer rule`, "a slip in the proposer", 2, /It is one of rules, house, model; did you mean rules\?/],
  [
    `${madeUp} --set limits.positionMax=3`,
    "a misspelt limit would be no limit",
    2,
    /there is no such key; did you mean limits\.positionsMax\?/,
  ],
  [
    `${madeUp} --set limits.positionsMax=few`,
    "a number is digits",
    2,
    /--set limits\.positionsMax: "few" is not a whole number from 1 to 1000/,
  ],
  [`${madeUp} --set limits.positionsMax`, "a key without a value", 2, /has no value; write --set key=value/],
  [`${madeUp} --set account.marginMode=crss`, "a slip in a value", 2, /not one of cross, isolated; did you mean cross\?/],
  [`${madeUp} --set limits.riskPerTradeBpsMax=301`, "a trade may not risk more than the day", 2, /limits\.riskPerTradeBpsMax: .*above/],
  [
    `${madeUp} --config bad.yaml`,
    "a fault in the file has its place",
    1,
    /bad\.yaml:2:3: limits\.positionMax: .*did you mean limits\.positionsMax\?/,
  ],
  [`${stored} --from 2025-03-12 --to 2025-03-11`, "time runs forward", 2, /--from 2025-03-12 is not before --to 2025-03-11/],
  [`${stored} --from yesterday`, "no such day", 2, /--from yesterday: not a time; write a UTC date such as/],
  [`${stored} --from 2025-02-30`, "no such date", 2, /--from 2025-02-30: not a time/],
  [
    `${stored} --from 2024-01-01 --to 2024-02-01`,
    "no data there",
    1,
    /no 1h candle from 2024-01-01T.*; the store holds 2025-03-10T00:00:00Z to 2025-03-12T23/,
  ],
  [`${perps} --data nowhere`, "no such store", 2, /--data nowhere: there is no such store; import some with/],
  [`${perps} --data nowhere --assets BTCUSDT`, "the store is at fault, not the asset", 2, /--data nowhere: there is no such store/],
  [`${perps} --data empty`, "a store without candles", 2, /--data empty: the store holds no candles; import some/],
  [`${perps} --data empty --assets BTCUSDT`, "here too the store", 2, /--data empty: the store holds no candles/],
  [`${perps} --data notes.txt`, "a store is a folder", 2, /--data notes\.txt: this is a file; a store is a folder/],
  [`${perps} --data half`, "a store whose list is broken", 1, /half\/assets\.json: not JSON/],
  [perps, "nothing was imported yet", 2, /--data \.countersign\/store: there is no such store; .*--synthetic 30/],
  [`${madeUp} --data store`, "one market or the other", 2, /'--synthetic <days>' cannot be used with option '--data <dir>'/],
  [`${perps} --synthetic lots`, "days are a number", 2, /--synthetic lots: a whole number of days from 2 to 365/],
  [`${madeUp} --switch 2026-01-06=swng`, "a slip in a switch", 2, /--switch: no strategy is named swng; did you mean swing\?/],
  [
    `${madeUp} --switch 2030-01-01=swing`,
    "it would never happen",
    2,
    /--switch 2030-01-01T00:00:00Z=swing: the data ends before, at 2026-/,
  ],
  [`${madeUp} --kill 2026-01-06=K9`, "no such level", 2, /--kill 2026-01-06=K9: write TIME=LEVEL/],
  [`${madeUp} --json no/such/r.json`, "its folder is not there", 2, /--json no\/such\/r\.json: there is no folder no\/such; make it first/],
  [`${madeUp} --json empty`, "a folder is no file", 2, /--json empty: this is a directory/],
  [`${madeUp} --journal no/run.journal`, "its folder is not there", 2, /--journal no\/run\.journal: there is no folder no/],
  [`${madeUp} --journal run.journal`, "a journal is never written over", 2, /--journal run\.journal: it exists/],
  [`${madeUp} --journal a.out --json a.out`, "two results, one file", 2, /--json and --journal both name a\.out/],
  ["data import gone-1h-futures.csv", "no such file", 2, /gone-1h-futures\.csv: not_found: there is no such file nothing was imported/],
  ["data import empty", "a folder is not a file", 2, /empty: this is a folder; name the files in it/],
  ["data import prices.csv --zone Mars", "no such zone", 2, /A zone is UTC, an offset such as \+03:00/],
  ["data import prices.csv --kind candle", "no such kind", 2, /It is one of ohlcv, mark, funding, open-interest/],
  ["data import BTCUSDT-1h-futures.csv --store notes.txt", "a store is a folder", 2, /--store notes\.txt: this is a file/],
  ["data list --store nowhere", "an empty list would be an answer", 2, /--store nowhere: there is no such store/],
  ["data check DOGE --store store", "not in the store", 2, /DOGE: unknown asset; the store holds BTCUSDT\.PERP/],
  ["decisions gone.journal", "no such journal", 2, /gone\.journal: there is no such file/],
  ["decisions notes.txt", "not a journal", 1, /notes\.txt: this is not a journal/],
  ["decisions empty.journal", "not a journal either", 1, /empty\.journal: the file is empty/],
  ["decisions empty", "a folder", 2, /empty: this is a directory/],
  ["decisions run.journal --last none", "a count is a number", 2, /--last none: a whole number from 1/],
  ["decisions run.journal --symbol SYN-BTV", "a slip in a symbol", 2, /--symbol SYN-BTV: no decision is about it; .*did you mean SYN-BTC/],
  ["replay 0000-0000 run.journal", "no such decision", 2, /0000-0000 is not in this journal; countersign decisions run\.journal/],
  ["replay ../x run.journal", "no id looks so", 2, /is not a decision's id/],
  ["replay 0000-0000 notes.txt", "not a journal", 1, /notes\.txt: this is not a journal/],
  [
    "replay 0000-0000 run.journal --set venue.latencyMs=1",
    "what the venue did is in the record",
    2,
    /--set venue\.latencyMs: a replay takes market/,
  ],
  ["journal verify", "which file", 2, /missing required argument 'file'/],
  ["journal verify notes.txt", "not a journal", 1, /notes\.txt: this is not a journal/],
  ["journal show run.journal 0000-0000", "nothing names it", 1, /run\.journal: no fact of \d+ names 0000-0000; countersign decisions/],
  ["journal export run.journal --kind filed", "a slip in a kind", 2, /No fact is of kind "filed"\. did you mean filled\?/i],
  ["journal export run.journal --from 9 --to 3", "first comes before last", 2, /--from 9 is after --to 3/],
  ["journal export run.journal --out no/x.jsonl", "its folder is not there", 2, /--out no\/x\.jsonl: there is no folder no/],
  ["journal export run.journal --out notes.txt", "nothing is written over", 2, /--out notes\.txt: it exists/],
  ["config show --set limits.positionMax=3", "a slip in a key", 2, /^--set limits\.positionMax: there is no such key; did you mean/],
  ["config check --config bad.yaml", "a fault in the file", 1, /bad\.yaml:2:3: limits\.positionMax/],
];

describe("asked wrongly: one line that says what, where and what would be right; exit code 2, or 1 where the fault is the file's", () => {
  it.concurrent.each(table)("%s, because %s", async (words, _because, exit, says) => {
    const run = await cli(folder, words.split(" "));
    // An import ends in a line of its own that says that nothing was imported.
    expectRefused({ ...run, err: run.err.replace(/\n(?=nothing was imported)/, " ") }, exit, says);
  });

  it("leaves nothing behind", () => {
    // A cache beside stored history is no trace: it may go at any time and comes back.
    expect(tree(folder).filter((path) => !path.endsWith(".columns"))).toEqual(before);
  });

  it("is not the same as asking for help, which is done", async () => {
    expectDone(await cli(folder, ["--help"]));
    expectDone(await cli(folder, ["--version"]));
    expect(await cli(folder, ["journal"])).toMatchObject({ code: 2, out: "", err: expect.stringContaining("verify") as string });
  });
});
