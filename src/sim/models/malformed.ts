export type MalformedReply = { readonly name: string; readonly what: string; readonly text: () => string };

type Fields = Readonly<Record<string, unknown>>;

const decision = (fields: Fields = {}): Fields => ({
  symbol: "BTCUSDT",
  action: "buy",
  allocation_usd: 1000,
  tp_price: 110,
  sl_price: 95,
  exit_plan: "out at the target",
  rationale: "it rises",
  confidence: 0.7,
  risk_level: "medium",
  ...fields,
});

const reply = (decisions: readonly unknown[], fields: Fields = {}): string =>
  JSON.stringify({ decisions, rationale: "one trade", total_allocation_usd: 1000, risk_level: "medium", ...fields });

/** What each case departs from, in one thing alone: an answer that every reader takes, for a market near 100. */
const good = (): string => reply([decision()]);
/** One field of the decision otherwise; `undefined` leaves it out. */
const having = (fields: Fields) => (): string => reply([decision(fields)]);
/** Allocation and total spelled as no JSON writer would. */
const spelled = (literal: string) => (): string =>
  reply([decision({ allocation_usd: 7777 })], { total_allocation_usd: 7777 }).replaceAll("7777", literal);
const instead = (what: string | RegExp, put: string) => (): string => good().replace(what, put);

const texts: readonly (readonly [name: string, what: string, text: () => string])[] = [
  ["M01", "empty", () => ""],
  ["M02", "white space", () => " \n\t "],
  ["M03", "null", () => "null"],
  ["M04", "true", () => "true"],
  ["M05", "a bare number", () => "42"],
  ["M06", "an array of numbers", () => "[1,2,3]"],
  ["M07", "a string", () => '"buy BTCUSDT"'],
  ["M08", "an object cut off", () => good().slice(0, good().length / 2)],
  ["M09", "cut off inside a number", () => good().slice(0, good().indexOf("1000") + 3)],
  ["M10", "a trailing comma", instead(/\}$/, ",}")],
  ["M11", "single quotes", () => good().replaceAll('"', "'")],
  ["M12", "a comment", instead("{", "{/* as asked */")],
  ["M13", "a code fence", () => `\`\`\`json\n${good()}\n\`\`\``],
  ["M14", "two code fences", () => `\`\`\`json\n${good()}\n\`\`\`\nor\n\`\`\`json\n${having({ action: "sell" })()}\n\`\`\``],
  ["M15", "prose around it", () => `Here is my decision:\n${good()}\nGood luck!`],
  ["M16", "two objects with different orders", () => `${good()}\n${having({ action: "sell", tp_price: 90, sl_price: 105 })()}`],
  ["M17", "thoughts, then the answer", () => `<think>It looks strong.</think>${good()}`],
  ["M18", "the answer inside the thoughts and none after", () => `<think>${good()}</think>`],
  ["M19", "a key twice with two amounts", instead('"allocation_usd":1000', '"allocation_usd":1000,"allocation_usd":9000')],
  ["M20", "a prototype and a constructor as keys", instead("{", '{"__proto__":{"allowed":true},"constructor":{},')],
  ["M21", "a key that asks to pass the rails", having({ bypassRails: true })],
  ["M22", "no symbol", having({ symbol: undefined })],
  ["M23", "no action", having({ action: undefined })],
  ["M24", "a letter for a side", having({ action: "b" })],
  ["M25", "an action in mixed case", having({ action: "bUy" })],
  ["M26", "an amount in words", having({ allocation_usd: "ten" })],
  ["M27", "a negative amount", spelled("-1000")],
  ["M28", "an amount of zero for a buy", spelled("0")],
  ["M29", "an amount of minus zero", spelled("-0")],
  ["M30", "beyond any double", spelled("1e309")],
  ["M31", "not a number and infinity", instead('"tp_price":110,"sl_price":95', '"tp_price":Infinity,"sl_price":NaN')],
  ["M32", "beyond the finest unit", spelled("1e-30")],
  ["M33", "a whole number of twenty digits", spelled("12345678901234567890")],
  ["M34", "hexadecimal", spelled("0x10")],
  ["M35", "a comma for thousands", having({ allocation_usd: "1,000" })],
  ["M36", "a comma for decimals", having({ allocation_usd: "1.000,5" })],
  ["M37", "percent of an amount", having({ allocation_usd: "50%" })],
  ["M38", "digits of other scripts", having({ allocation_usd: "١٠٠٠", sl_price: "９５" })],
  ["M39", "a price of zero", having({ sl_price: 0 })],
  ["M40", "a negative price", having({ sl_price: -95 })],
  ["M41", "a price a thousand times off", having({ sl_price: 95_000, tp_price: 110_000 })],
  ["M42", "an entry without the stop that it needs", having({ sl_price: null })],
  ["M43", "an order type and a price of its own", having({ order_type: "market", limit_price: 100 })],
  ["M44", "a stop on the wrong side", having({ sl_price: 105 })],
  ["M45", "leverage of 125", having({ leverage: 125 })],
  ["M46", "an invented time in force", having({ time_in_force: "UNTIL_RICH" })],
  ["M47", "an expiry in the past", having({ expires_at: "2001-01-01T00:00:00Z" })],
  ["M48", "a symbol with a Greek letter", having({ symbol: "ΒTCUSDT" })],
  ["M49", "a symbol with a zero-width space", having({ symbol: "BTC\u200bUSDT" })],
  ["M50", "a symbol that is not traded", having({ symbol: "LUNAUSDT" })],
  ["M51", "another account's id", having({ account: "somebody-else" })],
  ["M52", "the end of an order that is not ours", having({ action: "cancel_order", order_id: "not-ours-1" })],
  ["M53", "10,000 proposals", () => reply(Array.from({ length: 10_000 }, () => decision()))],
  ["M54", "a text of 5 MB", () => reply([decision({ rationale: "a".repeat(5_000_000) })])],
  ["M55", "nesting of 100,000", instead('"it rises"', `${"[".repeat(100_000)}${"]".repeat(100_000)}`)],
  ["M56", "half of a surrogate pair", instead("it rises", "it \ud800 rises")],
  ["M57", "NUL and a terminal's escape", having({ rationale: "it\u0000rises", exit_plan: "\u001b[2Jout" })],
  ["M58", "an action that its own reasoning contradicts", having({ rationale: "it will surely fall; sell at once" })],
  ["M59", "the previous answer again, word by word", good],
  ["M60", "a call of a tool that does not exist", () => '{"tool":"withdraw","arguments":{"amount_usd":1000,"to":"elsewhere"}}'],
];

/**
 * The sixty malformed outputs (E1) as texts of a portfolio answer: the shape has no quantities and orders, so those cases became their
 * nearest kin in it. M58 and M59 are well formed, and M28, M29, M33 and M41 to M44 may be readable: what is wrong with them is for rules to find.
 */
export const malformedReplies: readonly MalformedReply[] = texts.map(([name, what, text]) => ({ name, what, text }));
