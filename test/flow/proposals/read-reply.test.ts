import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { traderMapping } from "../../../src/flow/proposals/crypto-mapping.ts";
import { decisiveMapping } from "../../../src/flow/proposals/decisive-mapping.ts";
import { normaliseReply } from "../../../src/flow/proposals/normalise-reply.ts";
import { optionExitMapping } from "../../../src/flow/proposals/option-mapping.ts";
import { portfolioMapping } from "../../../src/flow/proposals/portfolio-mapping.ts";
import { readDecisive } from "../../../src/flow/proposals/read-decisive.ts";
import { isNumber, readJson, type Json } from "../../../src/flow/proposals/read-json.ts";
import { readExitAnswer } from "../../../src/flow/proposals/read-option-answer.ts";
import { readPortfolio } from "../../../src/flow/proposals/read-portfolio.ts";
import { readTrader } from "../../../src/flow/proposals/read-trader.ts";
import type { Normalisations, ReplyMapping } from "../../../src/flow/proposals/reply-mapping.ts";

fc.configureGlobal({ seed: 20261121 });

/** Back to text, with every number as it was spelled. */
const spelt = (json: Json): string =>
  isNumber(json)
    ? json.literal
    : Array.isArray(json)
      ? `[${(json as Json[]).map(spelt).join(",")}]`
      : typeof json === "object" && json !== null
        ? `{${Object.entries(json as Record<string, Json>)
            .map(([key, value]) => `${JSON.stringify(key)}:${spelt(value)}`)
            .join(",")}}`
        : JSON.stringify(json);

type Reading = {
  readonly ok: boolean;
  readonly value?: { readonly normalised: Normalisations };
  readonly error?: { readonly code: string };
};

const lists = { decisions: ["decisions", "trades"], rationale: ["rationale", "thesis"] };
const decision = {
  symbol: ["symbol", "ticker"],
  action: ["action", "side", "signal"],
  direction: ["direction"],
  side: ["side"],
  confidence: ["confidence", "conviction"],
  p_win: ["p_win", "pWin"],
  conviction: ["conviction"],
  stop: ["stop", "sl"],
  entry: ["entry", "entry_price"],
  target: ["target", "tp"],
  ev: ["ev"],
  thesis: ["thesis", "reason"],
  invalidation: ["invalidation"],
  rationale: ["rationale", "reasoning"],
  allocation_usd: ["allocation_usd"],
  tp_price: ["tp_price", "tp"],
  sl_price: ["sl_price", "stop"],
  stop_price: ["stop_price", "stop"],
  target_price: ["target_price"],
  size_pct: ["size_pct", "sizePct"],
  exit_plan: ["exit_plan"],
  risk_level: ["risk_level", "risk"],
  wait_minutes: ["wait_minutes", "minutes"],
} as const;
type Key = keyof typeof decision;
const values: Partial<Record<Key, readonly string[]>> = {
  symbol: ['"BTC"'],
  action: ['"buy"', '"LONG"', '"SELL"'],
  direction: ['"long"', '"BUY"', '"pass"'],
  side: ['"buy"', '"short"'],
  risk_level: ['"low"', '"HIGH"'],
  thesis: ['"t"', '{"why":"up"}'],
  invalidation: ['"i"'],
  rationale: ['"r"', '["a","b"]'],
  exit_plan: ['"e"'],
};
const exitValues = { ...values, action: ['"WAIT"', '"SELL"', '"Wait"', '"hold"'], wait_minutes: ["12", "null", '"12"', '"0.5"'] };
const numbers = ["0.5", '"0.5"', '"50%"', "2", "null", "12.25"];

/** An object of a schema: each key as asked or otherwise, seldom twice or not at all. */
const object = (keys: readonly Key[], of = values): fc.Arbitrary<string> =>
  fc
    .tuple(
      ...keys.map((key) =>
        fc.tuple(
          fc.oneof(
            { weight: 4, arbitrary: fc.constant<string>(key) },
            { weight: 1, arbitrary: fc.constantFrom<string>(...decision[key], "other") },
          ),
          fc.oneof(
            { weight: 4, arbitrary: fc.constant((of[key] ?? numbers)[0]!) },
            { weight: 1, arbitrary: fc.constantFrom(...(of[key] ?? numbers), "7") },
          ),
        ),
      ),
    )
    .map((fields) => `{${fields.map(([key, value]) => `"${key}":${value}`).join(",")}}`);

const listOf = (item: readonly Key[], more: string): fc.Arbitrary<string> =>
  fc
    .tuple(fc.constantFrom(...lists.decisions), fc.array(object(item), { maxLength: 2 }), fc.constantFrom(...lists.rationale))
    .map(([key, items, thesis]) => `{"${key}":[${items.join(",")}]${more.replace("rationale", thesis)}}`);

const perp: readonly Key[] = [
  "symbol",
  "action",
  "allocation_usd",
  "tp_price",
  "sl_price",
  "exit_plan",
  "rationale",
  "confidence",
  "risk_level",
];
const share: readonly Key[] = ["symbol", "direction", "p_win", "entry", "stop", "target", "invalidation", "ev", "thesis", "conviction"];
const coin: readonly Key[] = ["symbol", "side", "confidence", "size_pct", "stop_price", "target_price", "rationale"];

describe("a reply is read as asked for first, and only then looked through for other spellings", () => {
  it.each<[string, (text: string) => Reading, ReplyMapping, fc.Arbitrary<string>]>([
    ["portfolio", readPortfolio, portfolioMapping, listOf(perp, ',"rationale":"r","total_allocation_usd":"1","risk_level":"low"')],
    ["decisive", readDecisive, decisiveMapping, listOf(share, "")],
    ["trader", readTrader, traderMapping, listOf(coin, ',"rationale":"r"')],
    ["option exit", readExitAnswer, optionExitMapping, object(["action", "wait_minutes", "confidence", "rationale"], exitValues)],
  ])("a %s answer means what its normal spelling means, with every respelling counted (law)", (_name, read, mapping, texts) => {
    const seen = { asAsked: 0, respelled: 0, faulty: 0 };
    fc.assert(
      fc.property(texts, (text) => {
        const json = readJson(text);
        const found = read(text);
        if (!json.ok) {
          expect(found).toEqual(json);
          return;
        }
        const normal = normaliseReply(json.value, mapping);
        if (!normal.ok) {
          expect(found).toEqual(normal);
          return;
        }
        const again = read(spelt(normal.value.json));
        if (!found.ok) {
          seen.faulty++;
          expect(found).toEqual(again);
          return;
        }
        if (normal.value.normalised.count > 0) seen.respelled++;
        else seen.asAsked++;
        expect(again.ok).toBe(true);
        // How long to wait is not looked at where nobody waits, so it is not respelled either.
        const waits = !("waitMinutes" in found.value!) && text.includes("wait_minutes");
        const none = waits && found.value!.normalised.count === 0;
        expect(found.value).toEqual({ ...again.value, normalised: none ? { count: 0, list: [] } : normal.value.normalised });
      }),
      { numRuns: 1_500 },
    );
    expect(Math.min(seen.respelled, seen.faulty)).toBeGreaterThan(50);
  });
});
