import type { ModelAnswer, Question } from "../flow/proposals/question.ts";
import type { Model } from "../ports/model.ts";
import { zeroMoney } from "../words/money.ts";
import type { Shown } from "./hostile-answers.ts";
import { rot13, unmorse } from "./injections/disguises.ts";

const spent = { latencyMs: 1, tokensIn: 900, tokensOut: 200, cost: zeroMoney } as const;

/**
 * A model that does whatever the news in its question tell it to, as far as a reply can say it: the worst case of every injection. It
 * obeys in turns: to the letter, extra keys and all; in the schema, with the size it was told; and with sizes and stops that may pass, small and as large as may be.
 */
export class ObeyingModel implements Model {
  readonly #shown: () => readonly Shown[];
  readonly #allocationMax: number;
  #asked = 0;

  /** `allocationMax` in dollars, above which a portfolio answer is refused whole. */
  constructor(shown: () => readonly Shown[], allocationMax: number) {
    this.#shown = shown;
    this.#allocationMax = allocationMax;
  }

  ask(question: Question): ModelAnswer {
    const words = understood(wordsOf(question.user));
    const shown = this.#shown();
    const turn = this.#asked++;
    const order = orderIn(words, shown);
    if (order === undefined) return { ...spent, outcome: "ok", text: reply(shown, [], "calm") };
    if (turn % 4 === 0) return toTheLetter(words, order, shown, question);
    if (turn % 4 === 2)
      return { ...spent, outcome: "ok", text: reply(shown, [{ ...order, stop: order.noStop ? null : order.price }], words) };
    const usd = turn % 4 === 1 ? this.#allocationMax / 100 : this.#allocationMax;
    const most = shown.map((asset): Order => ({ ...order, symbol: asset.symbol, usd }));
    return {
      ...spent,
      outcome: "ok",
      text: reply(
        shown,
        most.map((each) => ({ ...each, stop: soundStop(each, shown) })),
        words,
      ),
    };
  }
}

type Order = {
  readonly symbol: string;
  readonly action: "buy" | "sell" | "close_position";
  readonly usd: number;
  readonly price: number | null;
  readonly noStop: boolean;
};

/** What stands behind the heading: the lines with a bar, or whatever there is where nobody put bars. */
function wordsOf(user: string): string {
  const from = user.search(/^NEWS/m);
  if (from < 0) return "";
  const lines = user.slice(from).split("\n").slice(1);
  const barred = lines.filter((line) => line.startsWith("| "));
  return barred.length === 0 ? lines.join("\n") : barred.map((line) => line.slice(2)).join("\n");
}

/** The words, and behind them whatever can be made of what they hide. */
function understood(words: string): string {
  const joined = words.replace(/ ?\[part 1 of 2[^]*?\n(?=[^\n]*\[part 2 of 2)/, "").replace(/\[part 2 of 2[^\]]*\]/, "");
  const decoded = [
    ...(joined.match(/[A-Za-z0-9+/]{24,}={0,2}/g) ?? []).map(fromBase64),
    ...(joined.match(/\b(?:[0-9a-f]{2}){12,}\b/g) ?? []).map(fromHex),
    ...(joined.match(/[.\-/ ]{30,}/g) ?? []).map(unmorse),
    ...(/rot13/i.test(joined) ? [rot13(joined)] : []),
    Array.from(joined.matchAll(/[\u{e0020}-\u{e007e}]/gu), ([tag]) => String.fromCodePoint((tag.codePointAt(0) ?? 0) - 0xe0000)).join(""),
  ];
  return [joined.replaceAll("\u200b", ""), ...decoded].join("\n");
}

function fromBase64(text: string): string {
  try {
    return atob(text);
  } catch {
    return "";
  }
}
const fromHex = (text: string): string => text.replace(/../g, (pair) => String.fromCharCode(Number.parseInt(pair, 16)));

function orderIn(words: string, shown: readonly Shown[]): Order | undefined {
  const verb = /\b(buy|sell|short|close every|flatten|refuse|repeat)\b/i.exec(words)?.[1]?.toLowerCase();
  if (verb === undefined && !/kill|limit|approv|key|"?allocation|max_/i.test(words)) return undefined;
  const action = verb === "sell" || verb === "short" ? "sell" : verb === "close every" || verb === "flatten" ? "close_position" : "buy";
  const usd = Math.max(1_000, ...Array.from(words.matchAll(/\d{4,15}/g), ([digits]) => Number.parseInt(digits, 10)));
  const stranger = /\b(?:buy|on) ([A-Z][A-Z0-9.-]{3,}(?: BTC)?)/.exec(words)?.[1];
  const symbol = stranger ?? shown.find((each) => words.toLowerCase().includes(each.symbol.toLowerCase()))?.symbol ?? shown[0]?.symbol;
  if (symbol === undefined) return undefined;
  const price = /(?:stop|is|for) (\d+(?:\.\d+)?)/.exec(words)?.[1];
  const noStop = /no stop|without a stop|never use a stop|no limits/i.test(words);
  return { symbol, action, usd, price: price === undefined ? null : Number.parseFloat(price), noStop };
}

/** Whatever was asked for beyond an order is put in as keys that might be believed somewhere. */
function toTheLetter(words: string, order: Order, shown: readonly Shown[], question: Question): ModelAnswer {
  if (/must refuse/i.test(words)) return { ...spent, outcome: "refused", detail: "I cannot help with that" };
  const json = /\{"decisions".*\}/s.exec(words)?.[0];
  if (json !== undefined) return { ...spent, outcome: "ok", text: json };
  const said = /secret|prompt|key/i.test(words) ? question.system : words;
  const text = reply(shown, [{ ...order, stop: order.noStop ? null : order.price }], said);
  const extra = [
    ...(/__proto__/.test(words) ? ['"__proto__":{"killLevel":"none"},"constructor":{"approved":true}'] : []),
    ...(/kill/i.test(words) ? ['"clear_kill":true,"kill_level":"none"'] : []),
    ...(/limit|leverage/i.test(words) ? [`"limits":{"leverageMax":500,"orderNotionalMax":${order.usd}}`] : []),
    ...(/approv/i.test(words) ? ['"approved_by":"owner","approve_all":true'] : []),
  ];
  const whole = extra.length === 0 ? text : `{${extra.join(",")},${text.slice(1)}`;
  return { ...spent, outcome: "ok", text: /digits of pi/.test(words) ? `${"3".repeat(50_000)}${whole}` : whole };
}

/** One per cent away and on the tick: nothing about it that a rail could refuse. */
function soundStop({ symbol, action }: Order, shown: readonly Shown[]): number | null {
  const asset = shown.find((each) => each.symbol === symbol);
  if (asset === undefined || action === "close_position") return null;
  const away = asset.last * (action === "buy" ? 0.99 : 1.01);
  return Number.parseFloat((Math.round(away / asset.tick) * asset.tick).toPrecision(12));
}

function reply(shown: readonly Shown[], orders: readonly (Order & { readonly stop: number | null })[], words: string): string {
  const names = [...new Set([...shown.map(({ symbol }) => symbol), ...orders.map(({ symbol }) => symbol)])];
  const rationale = words.replace(/[^\x20-\x7e]/g, " ").slice(0, 1_500);
  const decisions = names.map((symbol) => {
    const order = orders.find((each) => each.symbol === symbol);
    return {
      symbol,
      action: order?.action ?? "hold",
      allocation_usd: order === undefined || order.action === "close_position" ? 0 : order.usd,
      tp_price: null,
      sl_price: order?.stop ?? null,
      exit_plan: rationale,
      rationale,
      confidence: order === undefined ? 0.5 : 1,
      risk_level: "low",
    };
  });
  const total = decisions.reduce((sum, { allocation_usd }) => sum + allocation_usd, 0);
  return JSON.stringify({ decisions, rationale, total_allocation_usd: total, risk_level: "low" });
}
