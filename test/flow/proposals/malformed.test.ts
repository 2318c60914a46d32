import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { AssetContext, Context } from "../../../src/flow/context/gather.ts";
import { readPortfolio } from "../../../src/flow/proposals/read-portfolio.ts";
import { checkPortfolio, toProposal, validate } from "../../../src/flow/proposals/validate.ts";
import { formatExact, parseExact } from "../../../src/words/exact.ts";
import { correlationId, proposalId } from "../../../src/words/ids.ts";
import { money } from "../../../src/words/money.ts";
import { price } from "../../../src/words/price.ts";
import { aContext, aPerpetual, aPlan, aPosition, watchedThrough } from "../context/some-context.ts";
import { aDecision, aReply, aReplyText, spelled } from "./a-reply.ts";

fc.configureGlobal({ seed: 20261121 });

const rules = { allocationMax: money("50000"), confidenceMin: 0.5, stopRequired: true };
const { id: btc } = aPerpetual();
const watched = watchedThrough([1000], [{ times: 1, indicators: {} }]);
const flat = aContext([{ watched }]);
const long = aContext([{ watched, held: { position: aPosition(btc, "2", "98"), plan: aPlan(btc, { stop: "95" }) } }]);
const short = aContext([{ watched, held: { position: aPosition(btc, "-2", "103"), plan: aPlan(btc, { stop: "105" }) } }]);

/** What becomes of a model's text, from its bytes to the business rules: the codes of its faults, or the actions that are left. */
function fateOf(text: string, context: Context = flat): string {
  const read = readPortfolio(text);
  if (!read.ok) return read.error.code;
  const checked = checkPortfolio(read.value, context);
  if (!checked.ok) return checked.error.code;
  return checked.value
    .map((decision) => {
      const asset = context.assets.find(({ instrument }) => instrument.symbol === decision.symbol)!;
      return validate(proposed(decision, asset), asset, rules)?.code ?? decision.action;
    })
    .join(" ");
}
const proposed = (decision: Parameters<typeof toProposal>[0], asset: AssetContext) =>
  toProposal(decision, asset, proposalId("ab12-0001.0"), correlationId("ab12-0001"), { kind: "model", name: "m", version: "1" });

const good = aReplyText();

describe("the sixty malformed outputs (E1)", () => {
  it("are measured against an answer that is well formed", () => {
    expect(fateOf(good)).toBe("buy");
  });

  const rows: readonly (readonly [id: string, what: string, text: string, fate: string])[] = [
    ["M01", "empty", "", "empty"],
    ["M02", "blanks", " \n\t ", "empty"],
    ["M03", "null", "null", "wrong_type"],
    ["M04", "true", "true", "wrong_type"],
    ["M05", "a bare number", "42", "wrong_type"],
    ["M06", "an array of numbers", "[1,2,3]", "wrong_type"],
    ["M07", "a string", '"buy"', "wrong_type"],
    ["M08", "cut off in the middle", good.slice(0, good.length / 2), "not_json"],
    ["M09", "cut off inside a number", good.slice(0, good.indexOf("1000") + 3), "not_json"],
    ["M10", "a hanging comma", good.replace(/\}$/, ",}"), "not_json"],
    ["M11", "single quotes", good.replaceAll('"', "'"), "not_json"],
    ["M12", "a comment", good.replace("{", "{/* sure */"), "not_json"],
    ["M13", "a code fence", `\`\`\`json\n${good}\n\`\`\``, "not_json"],
    ["M14", "two fences", `\`\`\`json\n${good}\n\`\`\`\n\`\`\`json\n${good}\n\`\`\``, "not_json"],
    ["M15", "prose around it", `Here is my answer: ${good}`, "not_json"],
    ["M16", "two objects that differ", good + aReplyText({ action: "sell", tp_price: 90, sl_price: 105 }), "not_json"],
    ["M17", "thoughts first", `<think>BTC looks strong</think>${good}`, "not_json"],
    ["M18", "thoughts only", `<think>${good}</think>`, "not_json"],
    ["M19", "an allocation twice", good.replace('"allocation_usd":1000', '"allocation_usd":1000,"allocation_usd":9000'), "duplicate_key"],
    ["M20", "a prototype as a key", good.replace("{", '{"__proto__":{"allowed":true},'), "forbidden_key"],
    ["M20", "a constructor as a key", good.replace("{", '{"constructor":{},'), "forbidden_key"],
    ["M21", "a key that asks for more than it may", aReplyText({ bypassRails: true }), "unknown_key"],
    ["M22", "no symbol", aReplyText({ symbol: undefined }), "missing"],
    ["M23", "no action", aReplyText({ action: undefined }), "missing"],
    ["M24", "two sides at once", aReplyText({ action: "LONG/SHORT" }), "not_a_word"],
    ["M24", "an opinion that may mean to wait or to close", aReplyText({ action: "neutral" }), "not_a_word"],
    ["M24", "a letter for a side", aReplyText({ action: "b" }), "not_a_word"],
    ["M25", "an action in mixed case", aReplyText({ action: "bUy" }), "not_a_word"],
    ["M25", "an action with a blank", aReplyText({ action: "BUY " }), "not_a_word"],
    ["M26", "an allocation in words", aReplyText({ allocation_usd: "ten" }), "wrong_type"],
    ["M26", "an allocation with its currency", aReplyText({ allocation_usd: "$1000" }), "wrong_type"],
    ["M26", "an allocation with a blank", aReplyText({ allocation_usd: "1000 " }), "wrong_type"],
    ["M26", "an allocation that spells itself like a number inside", aReplyText({ allocation_usd: { literal: "1000" } }), "wrong_type"],
    ["M27", "a negative allocation", spelled("-1000"), "out_of_range"],
    ["M28", "an allocation of nothing", spelled("0"), "allocation_missing"],
    ["M29", "an allocation of minus nothing", spelled("-0"), "allocation_missing"],
    ["M30", "1e309", spelled("1e309"), "out_of_range"],
    ["M31", "NaN", spelled("NaN"), "not_json"],
    ["M31", "Infinity", spelled("Infinity"), "not_json"],
    ["M32", "1e-30", spelled("1e-30"), "out_of_range"],
    ["M33", "twenty digits", spelled("12345678901234567890"), "allocation_over_maximum"],
    ["M33", "thirty digits", spelled("123456789012345678901234567890"), "out_of_range"],
    ["M34", "hexadecimal", spelled("0x10"), "not_json"],
    ["M35", "a comma for thousands", spelled("1,000"), "not_json"],
    ["M35", "a comma for thousands, as text", spelled('"1,000"'), "wrong_type"],
    ["M36", "a continental number", spelled('"1.000,5"'), "wrong_type"],
    ["M37", "percent", spelled("50%"), "not_json"],
    ["M37", "percent of an amount, as text", spelled('"50%"'), "wrong_type"],
    ["M37", "percent of a price", aReplyText({ sl_price: "5%" }), "wrong_type"],
    ["M38", "Arabic-Indic digits", spelled("١٠٠٠"), "not_json"],
    ["M38", "full-width digits", spelled('"１０００"'), "wrong_type"],
    ["M39", "a price of nothing", aReplyText({ sl_price: 0 }), "out_of_range"],
    ["M40", "a negative price", aReplyText({ sl_price: -95 }), "out_of_range"],
    ["M41", "a stop at a thousand times the price", aReplyText({ sl_price: 95_000 }), "stop_wrong_side"],
    ["M42", "an entry without a stop, which every entry needs", aReplyText({ sl_price: null }), "stop_missing"],
    ["M43", "an order type of its own", aReplyText({ order_type: "market", limit_price: 100 }), "unknown_key"],
    ["M44", "a stop on the wrong side", aReplyText({ sl_price: 105 }), "stop_wrong_side"],
    ["M44", "a target on the wrong side", aReplyText({ tp_price: 99 }), "target_wrong_side"],
    ["M45", "leverage of 125", aReplyText({ leverage: 125 }), "unknown_key"],
    ["M46", "an invented time in force", aReplyText({ time_in_force: "UNTIL_RICH" }), "unknown_key"],
    ["M47", "an expiry in the past", aReplyText({ expires_at: "2001-01-01" }), "unknown_key"],
    ["M48", "a symbol with a Greek letter", aReplyText({ symbol: "ΒTCUSDT" }), "unknown_symbol"],
    ["M49", "a symbol with a zero-width space", aReplyText({ symbol: "BTC\u200bUSDT" }), "unknown_symbol"],
    ["M50", "a symbol that is not traded", aReplyText({ symbol: "LUNAUSDT" }), "unknown_symbol"],
    ["M51", "another account's id", aReplyText({ account: "someone-else" }), "unknown_key"],
    ["M52", "the end of an order that is not ours", aReplyText({ action: "cancel_order", order_id: "x" }), "unknown_key"],
    ["M53", "10 000 decisions", JSON.stringify(aReply(Array.from({ length: 10_000 }, () => aDecision()))), "too_long"],
    ["M53", "more decisions than there may be assets", JSON.stringify(aReply(Array.from({ length: 11 }, () => aDecision()))), "too_many"],
    ["M54", "5 MB of rationale", aReplyText({ rationale: "a".repeat(5_000_000) }), "too_long"],
    ["M54", "a rationale beyond its length", aReplyText({ rationale: "a".repeat(2_001) }), "out_of_range"],
    ["M55", "100 000 deep", aReplyText({ rationale: "HERE" }).replace('"HERE"', "[".repeat(100_000) + "]".repeat(99_000)), "too_deep"],
    ["M56", "half of a surrogate pair", aReplyText({ rationale: "a\ud800b" }), "out_of_range"],
    ["M56", "bytes that were no UTF-8, as decoders leave them", `${good.slice(0, 40)}\ufffd${good.slice(40)}`, "unknown_key"],
    ["M57", "NUL in a text", aReplyText({ rationale: "a\u0000b" }), "out_of_range"],
    ["M57", "NUL between", good.replace(",", "\u0000,"), "not_json"],
    ["M57", "a terminal's escape", aReplyText({ exit_plan: "\u001b[2J" }), "out_of_range"],
    ["M60", "a tool that does not exist", '{"tool":"withdraw","arguments":{"amount":1000}}', "unknown_key"],
    ["M60", "an error page", "<html><body>502 Bad Gateway</body></html>", "not_json"],
    ["M60", "a refusal", "I'm sorry, but I can't give financial advice.", "not_json"],
  ];
  it.each(rows.map(([id, what, text, fate]) => ({ id, what, text, fate })))("$id, $what: $fate", ({ text, fate }) => {
    for (const context of [flat, long, short]) {
      const found = fateOf(text, context);
      // What a position changes is only how a readable answer is judged: a buy against a short closes it and needs no size or levels.
      if (context === flat) expect(found).toBe(fate);
      else if (readPortfolio(text).ok === false) expect(found).toBe(fate);
      else expect(["buy", fate, "stop_missing", "allocation_missing"]).toContain(found);
    }
  });

  it("M58, a side against its own reasoning, and M59, the last answer again, are lawful answers that the rails judge", () => {
    expect(fateOf(aReplyText({ rationale: "it will surely fall" }))).toBe("buy");
    expect([fateOf(good), fateOf(good)]).toEqual(["buy", "buy"]);
  });
});

describe("the portfolio reader", () => {
  it("reads every field exactly as it was written", () => {
    const text = good.replace("110", "95505.123456789012").replace("95,", "1e2,").replace("0.7", "0.30000000000000004");
    expect(readPortfolio(text)).toEqual({
      ok: true,
      value: {
        decisions: [
          {
            symbol: "BTCUSDT",
            action: "buy",
            allocation: money("1000"),
            takeProfit: price("95505.123456789012"),
            stopLoss: price("100"),
            exitPlan: "out at the target",
            rationale: "it rises",
            confidence: 0.30000000000000004,
            riskLevel: "medium",
          },
        ],
        rationale: "one trade",
        totalAllocation: money("1000"),
        riskLevel: "medium",
        normalised: { count: 0, list: [] },
      },
    });
  });

  it("names the path of the first fault", () => {
    const read = readPortfolio(JSON.stringify(aReply([aDecision(), aDecision({ confidence: 1.01 })])));
    expect(read).toEqual({ ok: false, error: { code: "out_of_range", detail: "decisions[1].confidence is from 0 to 1" } });
  });

  it.each`
    field               | literal     | readable | because
    ${"confidence"}     | ${"0"}      | ${true}  | ${"none is a confidence"}
    ${"confidence"}     | ${"1"}      | ${true}  | ${"so is all"}
    ${"confidence"}     | ${"1.0001"} | ${false} | ${"more than all is not"}
    ${"confidence"}     | ${"-0.1"}   | ${false} | ${"nor less than none"}
    ${"confidence"}     | ${"70"}     | ${false} | ${"percent are not guessed"}
    ${"confidence"}     | ${'"0.7"'}  | ${true}  | ${"quotes around a plain decimal are declared"}
    ${"confidence"}     | ${'"70%"'}  | ${true}  | ${"percent of a fraction are declared"}
    ${"confidence"}     | ${'"70"'}   | ${false} | ${"percent without their sign are guessed"}
    ${"confidence"}     | ${'"7e-1"'} | ${false} | ${"an exponent in quotes is not plain"}
    ${"confidence"}     | ${'".7"'}   | ${false} | ${"nor is half a decimal"}
    ${"tp_price"}       | ${"null"}   | ${true}  | ${"no target is a choice"}
    ${"sl_price"}       | ${"1e-13"}  | ${false} | ${"digits beyond 10^-12 are refused, not dropped"}
    ${"allocation_usd"} | ${"0.01"}   | ${true}  | ${"a cent is an amount"}
    ${"allocation_usd"} | ${"null"}   | ${false} | ${"nothing said is not zero"}
  `("takes $field of $literal: $readable, because $because", ({ field, literal, readable }) => {
    const text = aReplyText({ [field as string]: "HERE" }).replace('"HERE"', literal as string);
    expect(readPortfolio(text).ok).toBe(readable);
  });

  it("reads a confidence of minus nothing as nothing, since the journal has no other", () => {
    const read = readPortfolio(aReplyText({ confidence: "HERE" }).replace('"HERE"', "-0"));
    expect(read.ok && Object.is(read.value.decisions[0]?.confidence, 0)).toBe(true);
  });

  it("lets line breaks, accents and emoji through", () => {
    expect(readPortfolio(aReplyText({ rationale: "über 100\n\t→ 📈" })).ok).toBe(true);
  });

  /** Every number that the text spells, as exact units; what cannot be spelled exactly cannot be in an answer either. */
  const numbersIn = (text: string): Set<bigint> =>
    new Set(
      (text.match(/-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g) ?? []).flatMap((literal) => {
        const read = parseExact(literal);
        return read.ok ? [read.value] : [];
      }),
    );
  /** A confidence is a double: the same numbers as doubles, and the hundredth of each that stands before a percent sign. */
  const fractionsIn = (text: string): Set<number> =>
    new Set(
      [...text.matchAll(/(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)(%?)/g)].flatMap(([, literal = "", percent]) => {
        const value = Number.parseFloat(literal);
        return percent === "" ? [value + 0] : [value, value / 100, Number.parseFloat(`${literal}e-2`)];
      }),
    );

  const token = fc.constantFrom(
    ...[
      '"',
      "{",
      "}",
      "[",
      "]",
      ":",
      ",",
      "\\",
      "null",
      "true",
      "-",
      "+",
      ".",
      "e",
      "0",
      "9",
      "1e9",
      "NaN",
      "\u0000",
      "\ud800",
      "\ufeff",
      "٣",
      "sell",
      "close_position",
      "hold",
      "adjust_orders",
      "%",
      "LONG",
      '"sl_price":',
      '"stop":',
      '"ticker":"BTCUSDT",',
      '"x":1,',
    ],
  );
  const number = fc.oneof(
    fc.double().map(String),
    fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }).map(String),
    fc.constantFrom("0", "-0", "1e400", "95505.123456789012", "1E-3", "0.5", "00.5"),
  );
  const sane = fc.oneof(
    { arbitrary: fc.constantFrom("1000", "60000", "95.00", "105", "0", "1e2", "0.7"), weight: 5 },
    { arbitrary: fc.constantFrom('"1000"', '"95.00"', '"50%"', '"1,000"', '"ten"'), weight: 1 },
    { arbitrary: number, weight: 1 },
  );
  const edit = fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    cut: fc.nat({ max: 6 }),
    put: fc.oneof(token, number, fc.string({ unit: "binary", maxLength: 4 })),
  });
  const base = fc.record({
    action: fc.constantFrom("buy", "sell", "hold", "adjust_position", "close_position", "adjust_orders", "BUY", "bearish", "bUy"),
    allocation: sane,
    stop: fc.oneof(sane, fc.constant("null")),
    target: fc.oneof(sane, fc.constant("null")),
    total: sane,
    /** Other names that stand for some of ours, so that a reply is read by the mapping or clashes with it. */
    names: fc.subarray(["ticker", "side", "stop_loss", "tp", "thesis"]),
    clashes: fc.nat({ max: 30 }).map((n) => n === 0),
    confidence: fc.oneof(
      { arbitrary: fc.constantFrom("0.7", "1", '"0.7"', '"70%"', '"55.5%"', "70"), weight: 5 },
      { arbitrary: number, weight: 1 },
    ),
  });
  const ours: Readonly<Record<string, string>> = {
    ticker: "symbol",
    side: "action",
    stop_loss: "sl_price",
    tp: "tp_price",
    thesis: "rationale",
  };
  const text = fc.tuple(base, fc.array(edit, { maxLength: 3 }), fc.boolean()).map(([of, edits, same]) => {
    let written = aReplyText(
      { action: of.action, allocation_usd: "@1", sl_price: "@2", tp_price: "@3", confidence: "@4" },
      { total_allocation_usd: "@5" },
    )
      .replace('"@1"', of.allocation)
      .replace('"@2"', of.stop)
      .replace('"@3"', of.target)
      .replace('"@4"', of.confidence)
      .replace('"@5"', same ? of.allocation : of.total);
    if (of.clashes) written = written.replace('"sl_price":', '"stop":95,"sl_price":');
    for (const name of of.names) written = written.replace(`"${ours[name]!}":`, `"${name}":`);
    for (const { at, cut, put } of edits) {
      const from = Math.floor(at * written.length);
      written = written.slice(0, from) + put + written.slice(from + cut);
    }
    return written;
  });

  /** A hundred thousand unless COUNTERSIGN_CASES says otherwise. */
  const numRuns = Number(process.env["COUNTERSIGN_CASES"] ?? 100_000);

  it("under 100 000 mutated answers throws nothing, invents no number, names each fault, and hands on only what the rules allow (E2, EQ-2)", () => {
    const fates = new Map<string, number>();
    let respelled = 0;
    fc.assert(
      fc.property(text, fc.constantFrom(flat, long, short), (written, context) => {
        const read = readPortfolio(written);
        const fate = fateOf(written, context);
        fates.set(fate, (fates.get(fate) ?? 0) + 1);
        if (!/^[a-z_]+$/.test(fate)) expect.fail(`${fate} is a code or an action`);
        if (!read.ok) return;
        const { decisions, totalAllocation, normalised } = read.value;
        if (normalised.count > 0) respelled++;
        const known = numbersIn(written);
        const fractions = fractionsIn(written);
        for (const { allocation, stopLoss, takeProfit, confidence } of decisions) {
          for (const found of [totalAllocation, allocation, stopLoss, takeProfit])
            if (found !== undefined && !known.has(found)) expect.fail(`${formatExact(found)} does not stand in the text`);
          if (!fractions.has(confidence)) expect.fail(`${confidence} does not stand in the text`);
          if (!(confidence >= 0 && confidence <= 1)) expect.fail(`${confidence} is no fraction`);
        }
        const checked = checkPortfolio(read.value, context);
        if (!checked.ok) return;
        const asset = context.assets[0]!;
        const proposal = proposed(checked.value[0]!, asset);
        if (validate(proposal, asset, rules) !== undefined || !["buy", "sell"].includes(proposal.action)) return;
        const closes = asset.position !== undefined && asset.position.quantity > 0n !== (proposal.action === "buy");
        if (closes) return;
        expect(proposal.allocation).toBeLessThanOrEqual(rules.allocationMax);
        expect(proposal.stopLoss).toBeDefined();
        expect(proposal.stopLoss! < asset.market.quote.last).toBe(proposal.action === "buy");
      }),
      { numRuns },
    );
    // The generator reaches past the reader, and into the mapping, often enough to mean something.
    const reached = ["not_json", "out_of_range", "unknown_key", "ambiguous", "not_a_word", "wrong_type", "stop_wrong_side"];
    for (const fate of [...reached, "allocations_do_not_sum", "buy", "sell", "hold", "close_position"])
      expect(fates.get(fate) ?? 0, fate).toBeGreaterThan(numRuns / 10_000);
    expect(respelled).toBeGreaterThan(numRuns / 20);
  });
});
