import { approximately, parseExact } from "../../words/exact.ts";
import { portfolioSchema } from "../../flow/proposals/portfolio-schema.ts";
import type { Shown } from "../hostile-answers.ts";
import { HostileModel } from "../hostile-model.ts";
import { isObject } from "./body-parts.ts";
import type { Fallen } from "./dice.ts";
import { malformedReplies } from "./malformed.ts";
import { cutToTokens } from "./token-count.ts";
import type { Asked, Said } from "./wire.ts";

const refusalText = "I'm sorry, but I can't help with that.";
const texts: ReadonlyMap<string, () => string> = new Map(malformedReplies.map(({ name, text }) => [name, text]));

/** What is said when these faults fell: `answer` stands where none of them says otherwise. Undefined: the hostile model says nothing at all. */
export function saidUnder(fallen: readonly Fallen[], asked: Asked, answer: () => Said): Said | undefined {
  if (fallen.some(({ kind }) => kind === "refusal")) return { kind: "refusal", text: refusalText };
  const said = spoken(fallen, asked, answer);
  if (said?.kind !== "text") return said;
  const halved = fallen.some(({ kind }) => kind === "truncated");
  const text = halved ? said.text.slice(0, Math.ceil(said.text.length / 2)) : said.text;
  const short = asked.outputTokensMax === undefined ? undefined : cutToTokens(text, asked.outputTokensMax);
  return { kind: "text", text: short ?? text, cut: said.cut || halved || short !== undefined };
}

function spoken(fallen: readonly Fallen[], asked: Asked, answer: () => Said): Said | undefined {
  const text = (of: string): Said => ({ kind: "text", text: of, cut: false });
  for (const { kind, draw } of fallen) {
    const malformed = kind === "malformed" ? draw.pick(malformedReplies).text : texts.get(kind);
    if (malformed !== undefined) return text(malformed());
    if (kind === "hostile") {
      const answered = new HostileModel(draw, () => shownIn(asked.user)).ask({ ...toNobody, system: asked.system, user: asked.user });
      if (answered.outcome === "ok") return text(answered.text);
      return answered.outcome === "refused" ? { kind: "refusal", text: refusalText } : undefined;
    }
    if (kind === "wrong-fields") {
      const said = answer();
      return said.kind === "text" ? text(renamed(said.text)) : said;
    }
  }
  return answer();
}

const toNobody = { role: "trader", model: "hostile", prompt: "", schema: portfolioSchema, deadlineMs: 60_000, outputTokensMax: 1 } as const;
const somewhere: Shown = { symbol: "BTCUSDT", last: 100, tick: 0.1 };

/** Symbols with their last price and tick, from the first table of the question that names these columns. */
function shownIn(user: string): readonly Shown[] {
  const lines = user.split("\n");
  const from = lines.findIndex((line) => /\bsymbol,/.test(line) && /\blast\b/.test(line));
  const columns = (/\bsymbol,\S*/.exec(lines[from] ?? "")?.[0] ?? "").split(",");
  const shown: Shown[] = [];
  for (const line of from < 0 ? [] : lines.slice(from + 1)) {
    const cells = line.split(",");
    if (cells.length < columns.length) break;
    const number = (column: string, or: number): number => {
      const read = parseExact(cells[columns.indexOf(column)] ?? "");
      return read.ok && read.value > 0n ? approximately(read.value) : or;
    };
    const last = number("last", 0);
    if (last > 0) shown.push({ symbol: cells[0] ?? "", last, tick: number("tick", last / 1000) });
  }
  return shown.length === 0 ? [somewhere] : shown;
}

/** Every key in another spelling: allocation_usd becomes AllocationUsd. */
function renamed(text: string): string {
  const walk = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(walk);
    if (!isObject(value)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, of]) => [key.replaceAll(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase()), walk(of)]),
    );
  };
  try {
    return JSON.stringify(walk(JSON.parse(text)));
  } catch {
    return JSON.stringify({ Answer: text });
  }
}
