import { fnv1a64 } from "../../words/hash64.ts";
import type { Tables } from "./read-tables.ts";

/** Scripts for the five questions of a council: members who differ in style, reviewers who differ in strictness, all from the tables alone. */

type Row = Readonly<Record<string, string>>;
const number = (text: string | undefined): number => (text === undefined || text === "" ? 0 : Number.parseFloat(text));
/** A share from 0 to 1 that is the same whenever the same words are asked about. */
const chance = (words: string): number => Number.parseInt((fnv1a64(words) % 1_000n).toString(), 10) / 1_000;
const week = (tables: Tables): string => tables["PACK"]?.[0]?.["week"] ?? "";

export function answerResearch(tables: Tables): string {
  const name = tables["PACK"]?.[0]?.["name"] ?? "A";
  const regime = tables["REGIME"]?.[0] ?? {};
  const time = week(tables);
  const word = (direction: string | undefined): string => ({ up: "rising", down: "falling" })[direction ?? ""] ?? "flat";
  // The second analyst waits for a longer move before calling it one.
  const patience = name === "A" ? 0.6 : 1.2;
  const candidates = (tables["FUNDS"] ?? []).flatMap(({ symbol = "", trend_pct = "", volatility_pct = "" }) => {
    const moved = number(trend_pct) / Math.max(0.5, number(volatility_pct) / 10);
    if (Math.abs(moved) < 0.2) return [];
    const bias = Math.abs(moved) < patience * 0.5 ? "neutral" : moved > 0 ? "bullish" : "bearish";
    return [{ symbol, bias, claims: [{ text: `${symbol} moved ${trend_pct}% at ${volatility_pct}% volatility`, source: "tables", time }] }];
  });
  return JSON.stringify({
    macro: {
      risk: regime["risk"] ?? "mixed",
      rates: word(regime["rates"]),
      dollar: word(regime["dollar"]),
      inflation: word(regime["oil"]),
    },
    narratives: [{ text: `Risk is ${regime["risk"] ?? "mixed"} and credit ${regime["credit"] ?? "unknown"}`, source: "tables", time }],
    candidates,
  });
}

type Wish = { readonly symbol: string; readonly strength: number };

/** What each manner of trading would like most, positive for long. */
const styles: Readonly<Record<string, (fund: Row) => number>> = {
  momentum: (fund) => number(fund["trend_pct"]) / Math.max(1, number(fund["volatility_pct"]) / 10),
  reversion: (fund) => -number(fund["trend_pct"]) / Math.max(1, number(fund["volatility_pct"]) / 10),
  defensive: (fund) =>
    ["TLT", "GLD", "UUP"].includes(fund["symbol"] ?? "") ? 0.7 + number(fund["trend_pct"]) / 5 : -number(fund["drawdown_pct"]) / 3,
  macro: (fund) =>
    ["TLT", "UUP", "GLD", "USO"].includes(fund["symbol"] ?? "") ? number(fund["trend_pct"]) / 2 : number(fund["trend_pct"]) / 8,
  carry: (fund) => (["HYG", "SPY", "QQQ"].includes(fund["symbol"] ?? "") ? 1.2 - number(fund["volatility_pct"]) / 25 : 0),
};

export function answerPitch(tables: Tables): string {
  const member = tables["MEMBER"]?.[0] ?? {};
  const mandate = new Set((member["may_pitch"] ?? "").split(" "));
  const style = member["style"] ?? "momentum";
  const liked = styles[style] ?? styles["momentum"];
  const wishes: Wish[] = (tables["FUNDS"] ?? [])
    .filter(({ symbol = "" }) => mandate.has(symbol))
    .map((fund) => ({ symbol: fund["symbol"] ?? "", strength: liked?.(fund) ?? 0 }))
    .sort((a, b) => Math.abs(b.strength) - Math.abs(a.strength) || (a.symbol < b.symbol ? -1 : 1));
  const best = wishes[0];
  const price = number((tables["PRICES"] ?? []).find(({ symbol }) => symbol === best?.symbol)?.["price_usd"]);
  const events = [...new Set((tables["EVENTS"] ?? []).map(({ name = "" }) => name))];
  const profile = member["risk_profile"] ?? "BASE";
  if (best === undefined || Math.abs(best.strength) < 0.15)
    return JSON.stringify({
      symbol: best?.symbol ?? [...mandate][0],
      direction: "FLAT",
      horizon: "1w",
      thesis: ["Nothing stands out enough to be paid for"],
      indicators: [],
      invalidation: "",
      conviction: 0,
      risk_profile: profile,
      entry: "market_on_open",
      limit_price: null,
      out_before: [],
    });
  const long = best.strength > 0;
  const way = long ? 1 : -1;
  const threshold = Math.round(price * (1 - way * 0.01) * 100) / 100;
  return JSON.stringify({
    symbol: best.symbol,
    direction: long ? "LONG" : "SHORT",
    horizon: style === "reversion" ? "3d" : "1w",
    thesis: [`${best.symbol} is what a ${style} book wants most this week`, `Its strength by that measure is ${best.strength.toFixed(2)}`],
    indicators: [{ symbol: best.symbol, measure: "close of half an hour", comparison: long ? "below" : "above", threshold }],
    invalidation: `A close of half an hour ${long ? "below" : "above"} ${threshold}`,
    conviction: way * (Math.abs(best.strength) > 0.6 ? 2 : 1),
    risk_profile: profile,
    entry: "market_on_open",
    limit_price: null,
    out_before: style === "defensive" ? events : [],
  });
}

const rubric = ["clarity", "edge_plausibility", "timing_catalyst", "risk_definition", "indicator_integrity", "originality", "tradeability"];

/** Strict or lenient by which pitches it got, which is what a reviewer is not told about itself. */
export function answerReview(tables: Tables): string {
  const pitches = tables["PITCHES"] ?? [];
  const risk = tables["REGIME"]?.[0]?.["risk"] ?? "mixed";
  const own = pitches.map(({ label = "" }) => label).join(" ");
  const lenient = Math.round(chance(own) * 2) - 1;
  const reviews = pitches.map((pitch) => {
    const { label = "", symbol = "", direction = "FLAT" } = pitch;
    const trend = number((tables["FUNDS"] ?? []).find((fund) => fund["symbol"] === symbol)?.["trend_pct"]);
    const withTrend = (direction === "LONG" && trend > 0) || (direction === "SHORT" && trend < 0);
    const base =
      5 + lenient + (withTrend ? 1 : 0) + (number(pitch["indicators"]) > 0 ? 1 : 0) + (risk === "off" && direction === "LONG" ? -1 : 0);
    const scores = Object.fromEntries(
      rubric.map((item) => [item, Math.min(10, Math.max(1, base + Math.round(chance(`${label}${item}${own}`) * 2 - 1)))]),
    );
    return {
      label,
      scores,
      kill_shot: withTrend ? `Everybody who wants ${symbol} has it already` : `The trend of ${symbol} goes the other way`,
      flip_condition: `${symbol} turns by more than its week's range`,
    };
  });
  return JSON.stringify({ reviews });
}

export function answerChair(tables: Tables): string {
  const best = tables["RANKED"]?.[0]?.["label"] ?? "";
  const pitches = tables["PITCHES"] ?? [];
  const pitch = pitches.find(({ label }) => label === best) ?? pitches[0] ?? {};
  const against = pitches.filter(({ symbol, direction }) => symbol !== pitch["symbol"] || direction !== pitch["direction"]);
  return JSON.stringify({
    symbol: pitch["symbol"] ?? "SPY",
    direction: pitch["direction"] ?? "FLAT",
    horizon: pitch["horizon"] ?? "1w",
    conviction: number(pitch["conviction"]),
    risk_profile: pitch["risk_profile"] ?? "BASE",
    rationale: "The ranking of the peers stands; nothing in the reviews outweighs it",
    dissent: against.map(({ symbol = "", direction = "" }) => `${direction} ${symbol}`).join("; "),
    monitoring: [pitch["invalidation"] ?? ""],
  });
}

/** Out where the trade has lost a good part of the way to its stop and momentum agrees with the loss; half where it has gained a lot. */
export function answerCheckpoint(tables: Tables): string {
  const position = tables["POSITION"]?.[0] ?? {};
  const measures = Object.fromEntries((tables["MEASURES"] ?? []).map(({ name = "", value }) => [name, number(value)]));
  const long = position["direction"] === "LONG";
  const pnl = number(position["pnl_bps"]);
  const momentum = (measures["roc6"] ?? 0) * (long ? 1 : -1);
  const conviction = number(position["conviction"]);
  if (pnl < -60 && momentum < -0.3)
    return JSON.stringify({ action: "EXIT", conviction: 0, reason: `${pnl} bps and momentum of ${momentum.toFixed(2)}% against it` });
  if (pnl > 120 && momentum < 0)
    return JSON.stringify({ action: "REDUCE", conviction: Math.sign(conviction), reason: `${pnl} bps are made and momentum fades` });
  return JSON.stringify({ action: "STAY", conviction, reason: `${pnl} bps, nothing that the pitch did not expect` });
}
