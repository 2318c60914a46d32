import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { configFromRecord } from "../../src/config/config-from-record.ts";
import { faultLine } from "../../src/config/fault.ts";
import { loadConfig } from "../../src/config/load-config.ts";
import { decodeEntry, encodeEntry } from "../../src/journal/codec.ts";
import type { ConfigRecord, FactOf } from "../../src/journal/fact.ts";
import { accountId, deskId } from "../../src/words/ids.ts";
import { zeroMoney } from "../../src/words/money.ts";

function loaded(text: string, set: readonly string[] = []) {
  const result = loadConfig({ file: { path: "countersign.yaml", text }, set });
  if (!result.ok) throw new Error(result.error.map(faultLine).join("\n"));
  return result.value;
}

describe("the record and its digest", () => {
  it("has sorted keys and plain values", () => {
    const record: ConfigRecord = loaded("perps: {assets: [ETHUSDT, BTCUSDT]}").record;
    expect(Object.keys(record)).toEqual(Object.keys(record).toSorted());
    expect(record["perps.assets"]).toBe("ETHUSDT,BTCUSDT");
    expect(record["limits.stopRequired"]).toBe(true);
    expect(record["approval.personAboveUsd"]).toBeUndefined();
  });

  it.each([
    ["100000.10", "100000.1"],
    ['"100000.10"', "100000.1"],
    ["0100", undefined],
    ["90071992547.123456789012", "90071992547.123456789012"],
    ["1.000", "1"],
  ])("money %s is %s, from its text and never through a double", (written, canonical) => {
    const result = loadConfig({ file: { path: "f", text: `account: {startCash: ${written}}` } });
    expect(result.ok ? result.value.record["account.startCash"] : undefined).toBe(canonical);
  });

  it("does not hang on order, quotes, style or source", () => {
    const block = "seed: a\nlimits:\n  positionsMax: 4\n  spreadBpsMax: 20\naccount:\n  startCash: 5000\n";
    const flow = '{account: {startCash: "5000.00"}, limits: {spreadBpsMax: 20, positionsMax: 4}, seed: "a"}';
    const { digest } = loaded(block);
    expect(digest).toMatch(/^[0-9a-f]{64}$/);
    expect(loaded(flow).digest).toBe(digest);
    expect(loaded("", ["limits.positionsMax=4", "seed=a", "account.startCash=5000", "limits.spreadBpsMax=20"]).digest).toBe(digest);
    expect(loaded(block, ["limits.positionsMax=5"]).digest).not.toBe(digest);
  });

  it("is the same on every machine: the digest of the defaults is known", () => {
    const { digest, record } = loaded("");
    expect(digest).toBe("4e15b47b862916bd72228769ea1e6fcecf9da71df57cb37576589ad973b8e0e4");
    expect(JSON.stringify(record)).toMatch(/^\{"account.costMethod":"average","account.id":"paper"/);
  });
});

/** Settings that agree with one another whatever is drawn. */
const settings = fc
  .record({
    seed: fc.stringMatching(/^[A-Za-z0-9]{1,12}$/),
    cents: fc.bigInt(1_000_000_000_000n, 10n ** 24n),
    confidence: fc.integer({ min: 0, max: 100_000_000 }),
    maker: fc.integer({ min: -10_000, max: 10_000 }),
    positions: fc.integer({ min: 1, max: 1000 }),
    assets: fc.uniqueArray(fc.constantFrom("BTCUSDT", "ETHUSDT", "SOLUSDT", "XRPUSDT"), { maxLength: 4 }),
    person: fc.option(fc.integer({ min: 0, max: 1_000_000 })),
    custom: fc.option(fc.constantFrom("calm", "constructor", "valueof", "x-1")),
  })
  .map(({ seed, cents, confidence, maker, positions, assets, person, custom }) => [
    `seed=${seed}`,
    `account.startCash=${cents / 1_000_000_000_000n}.${String(cents % 1_000_000_000_000n).padStart(12, "0")}`,
    `perps.confidenceMin=${(confidence / 1e8).toFixed(8)}`,
    `venue.makerFeeBps=${(maker / 100).toFixed(2)}`,
    `limits.positionsMax=${positions}`,
    `perps.assets=${assets.join(",")}`,
    ...(person === null ? [] : [`approval.personAboveUsd=${person}`]),
    ...(custom === null
      ? []
      : [`strategies.${custom}.style=dca`, `strategies.${custom}.description=slow and sure`, `perps.strategy=${custom}`]),
  ]);

describe("a journal's settings become the configuration again", () => {
  it("with the same digest, also after the journal's own codec", () => {
    fc.assert(
      fc.property(settings, (set) => {
        const before = loaded("", set);
        const fact: FactOf<"opened"> = {
          kind: "opened",
          mode: "backtest",
          venue: "sim",
          seed: "1",
          idSeed: "1",
          startCash: zeroMoney,
          instruments: [],
          settings: before.record,
        };
        const at = Temporal.Instant.fromEpochMilliseconds(0);
        const entry = { sequence: 1, at, account: accountId("paper"), desk: deskId("perps"), config: before.digest, fact };
        const read = decodeEntry(encodeEntry(entry));
        if (!read.ok || read.value.fact.kind !== "opened") throw new Error("the entry reads back");
        const after = configFromRecord(read.value.fact.settings);
        if (!after.ok) throw new Error(after.error.map(faultLine).join("\n"));
        expect(after.value.digest).toBe(before.digest);
        expect(after.value.config).toEqual(before.config);
      }),
      { seed: 20261121, numRuns: 100 },
    );
  });

  it("and can be asked what another limit would have done", () => {
    const before = loaded("");
    const after = configFromRecord(before.record, ["limits.spreadBpsMax=7"]);
    expect(after.ok && after.value.config.limits.spreadBpsMax).toBe(7);
    expect(after.ok && after.value.sources["limits.spreadBpsMax"]).toBe("--set");
    expect(after.ok && after.value.sources["limits.positionsMax"]).toBe("journal");
    expect(configFromRecord(before.record, ["limits.spreadBpsMax=0"]).ok).toBe(false);
  });

  it("keys of newer and older versions are named, and a kind that changed is a fault", () => {
    const { "limits.spreadBpsMax": _gone, ...older } = loaded("").record;
    const read = configFromRecord({ ...older, "limits.moonPhaseMax": 3, "limits.positionsMax": "8" });
    expect(read.ok ? [] : read.error.map(faultLine)).toEqual([
      "journal: limits.moonPhaseMax: is a key of another version of the program; replay with the version that wrote the journal",
      'journal: limits.positionsMax: "8" is not a whole number from 1 to 1000; write a whole number from 1 to 1000; the default is 8',
      "journal: limits.spreadBpsMax: is not in the journal's settings, which an older version wrote; replay with that version, or say what to take with --set limits.spreadBpsMax=VALUE",
    ]);
    expect(configFromRecord(older, ["limits.spreadBpsMax=50"]).ok).toBe(true);
  });
});
