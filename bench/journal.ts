import { hash } from "node:crypto";
import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FileJournal } from "../src/adapters/file-journal/file-journal.ts";
import { decodeEntry, encodeEntry } from "../src/journal/codec.ts";
import type { Entry } from "../src/journal/entry.ts";
import type { Fact } from "../src/journal/fact.ts";
import { accountId, clientOrderIdOf, correlationId, deskId, executionId, instrumentId, intentId, venueOrderId } from "../src/words/ids.ts";
import { moneyOfUnits } from "../src/words/money.ts";
import { priceOfUnits } from "../src/words/price.ts";
import { quantityOfUnits } from "../src/words/quantity.ts";

/**
 * What the journal costs over the least that anybody could do: four facts an order (sized, planned, sent, filled), appended and
 * committed once, against JSON.stringify of the same records as plain values + the same sha256 chain + the same file and fdatasync.
 * Both sides alternate in one process; the ratio is the median of the paired ratios. Prints also decoding against JSON.parse.
 */
const count = Number(process.argv[2] ?? 100_000);
const repeats = 7;
const warmUps = 2;

const account = accountId("paper-main");
const desk = deskId("perps");
const instrument = instrumentId("BTCUSDT.PERP");
const unit = 10n ** 12n;

function factOf(index: number, at: Temporal.Instant): Fact {
  const number = Math.trunc(index / 4);
  const intent = intentId(`p-${number}.1`);
  const order = clientOrderIdOf(`p-${number}.1.e0`);
  const correlation = correlationId(`p-${number}`);
  const side = number % 2 === 0 ? "buy" : "sell";
  const quantity = quantityOfUnits((BigInt(number % 90) + 10n) * (unit / 1000n));
  const price = priceOfUnits(42_000n * unit + BigInt(number % 977) * (unit / 10n));
  switch (index % 4) {
    case 0:
      return {
        kind: "sized",
        intent,
        method: "allocation",
        quantity,
        notional: moneyOfUnits((price * quantity) / unit),
        arithmetic: { rounding: "down" },
      };
    case 1:
      return {
        kind: "order_planned",
        order: {
          id: order,
          account,
          intent,
          correlation,
          instrument,
          side,
          quantity,
          purpose: "entry",
          type: "limit",
          limit: price,
          triggerBy: "mark",
          timeInForce: "ioc",
          reduceOnly: false,
        },
      };
    case 2:
      return { kind: "order_sent", order, outcome: { kind: "accepted", venueOrder: venueOrderId(`v-${number}`), at } };
    default:
      return {
        kind: "filled",
        fill: {
          execution: executionId(`x-${number}`),
          order,
          instrument,
          side,
          quantity,
          price,
          fee: moneyOfUnits((price * quantity) / unit / 2500n),
          liquidity: "taker",
          reason: "order",
          at,
        },
        remaining: quantityOfUnits(0n),
      };
  }
}

function entries(): Entry[] {
  const made: Entry[] = [];
  let at = Temporal.Instant.fromEpochMilliseconds(0);
  for (let index = 0; index < count; index++) {
    if (index % 4 === 0) at = Temporal.Instant.fromEpochMilliseconds(1_763_715_600_000 + index * 15_000);
    made.push({
      sequence: index + 1,
      at,
      account,
      desk,
      correlation: correlationId(`p-${Math.trunc(index / 4)}`),
      config: "a3f1c2d4e5b60718",
      fact: factOf(index, at),
    });
  }
  return made;
}

const folder = mkdtempSync(join(tmpdir(), "countersign-bench-"));

function ours(all: readonly Entry[]): string {
  const path = join(folder, "ours.journal");
  const opened = FileJournal.open(path);
  if (!opened.ok) throw new Error(JSON.stringify(opened.error));
  const journal = opened.value;
  for (const entry of all) journal.append(entry);
  journal.commit();
  const head = journal.head().hash;
  void journal.close();
  rmSync(path);
  return head;
}

function floor(all: readonly object[]): string {
  const path = join(folder, "floor.jsonl");
  const descriptor = openSync(path, "w");
  let previous = "";
  let chunk = "";
  for (const record of all) {
    const text = JSON.stringify(record);
    previous = hash("sha256", previous + text, "hex");
    chunk += `${text}${previous}\n`;
    if (chunk.length > 262_144) {
      writeSync(descriptor, chunk);
      chunk = "";
    }
  }
  writeSync(descriptor, chunk);
  fdatasyncSync(descriptor);
  closeSync(descriptor);
  rmSync(path);
  return previous;
}

function timed(run: () => unknown): number {
  const start = process.hrtime.bigint();
  run();
  return Number(process.hrtime.bigint() - start) / count / 1000;
}

const median = (of: readonly number[]): number => of.toSorted((left, right) => left - right)[Math.floor(of.length / 2)] ?? Number.NaN;

function paired(what: string, left: () => unknown, right: () => unknown): void {
  for (let round = 0; round < warmUps; round++) {
    left();
    right();
  }
  const runs = Array.from({ length: repeats }, () => ({ ours: timed(left), floor: timed(right) }));
  const ratio = median(runs.map((run) => run.ours / run.floor));
  console.log(
    `${what}: ${median(runs.map((run) => run.ours)).toFixed(2)} us a fact, floor ${median(runs.map((run) => run.floor)).toFixed(2)} us, ratio ${ratio.toFixed(2)}`,
  );
}

const all = entries();
const texts = all.map((entry) => Buffer.from(encodeEntry(entry)).toString());
const plain = texts.map((text) => JSON.parse(text) as object);
if (ours(all) !== floor(plain)) throw new Error("the two sides did not write the same chain");
console.log(`${count.toLocaleString("en-US")} facts, ${Math.round(texts.reduce((sum, text) => sum + text.length, 0) / count)} bytes each`);
paired(
  "append, chain, file, one commit",
  () => ours(all),
  () => floor(plain),
);
paired(
  "decode",
  () => texts.every((text) => decodeEntry(text).ok),
  () => texts.every((text) => JSON.parse(text) !== null),
);
rmSync(folder, { recursive: true });
