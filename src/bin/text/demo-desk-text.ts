import { count } from "../../journal/readable.ts";
import type { DemoDesk } from "../demo-plans.ts";
import type { DemoRow } from "../demo-desks.ts";
import { hanging } from "./hanging.ts";
import { minuteOf } from "./moments/line-moments.ts";
import type { Moment, Said, Tone } from "./moments/moment.ts";
import { paint } from "./paint.ts";

const labelWidth = 13;
const indent = 4;

/** What a desk is, before it begins. */
export function deskHeading({ name, is }: DemoDesk, width: number): string {
  const [first = "", ...more] = hanging(`${name.toUpperCase()}  `, is, width);
  return block([paint.bold(first.slice(0, name.length)) + first.slice(name.length), ...more]);
}

/** How much it decided on what; one that failed says why. */
export function deskRun({ report, fault }: DemoRow, width: number): string {
  if (fault !== undefined || report === undefined)
    return block(hanging("  failed: ", oneLine(fault ?? "it could not be opened"), width, 4).map(paint.red));
  const { data, decisions, timing } = report;
  const market = `${count(data.assets.length, "instrument")} from ${data.from.slice(0, 10)} to ${data.to.slice(0, 10)}`;
  const done = `${count(decisions.total, "decision")} over ${count(data.bars, "bar")} in ${(timing.wallMs / 1000).toFixed(1)} s`;
  return block(hanging("  ", `made up: ${market}; ${done}`, width).map(paint.dim));
}

/** One moment: when, what it shows and which decision it was, then what was said and done. */
export function momentText({ at, decision, title, lines }: Moment, width: number): string {
  const id = decision === undefined ? "" : ` (${decision})`;
  const head = hanging(`  ${minuteOf(at)}  `, `${title}${id}`, width);
  return block(["", ...head.map(paint.bold), ...lines.flatMap((line) => saidLines(line, width))]);
}

function saidLines({ label, text, tone = "plain" }: Said, width: number): readonly string[] {
  const lead = `${" ".repeat(indent)}${label.padEnd(labelWidth)} `;
  const [first = "", ...more] = hanging(lead, oneLine(text), width);
  return [tones[tone](first.slice(0, lead.length)) + first.slice(lead.length), ...more];
}

const tones = {
  good: paint.green,
  bad: paint.red,
  warn: paint.yellow,
  plain: paint.cyan,
} as const satisfies Record<Tone, (text: string) => string>;

/** Models say what they like: a line stays a line and cannot move a terminal's cursor. */
const oneLine = (text: string): string => text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, " ").trim();

/** What its rules turned away, the most frequent first. */
export function turnedAwayText({ turnedAway }: Pick<DemoRow, "turnedAway">, width: number): string {
  const counts = [...turnedAway]
    .sort(([, one], [, other]) => other - one)
    .map(([code, times]) => `${code} ${times.toLocaleString("en-US")}`);
  return counts.length === 0 ? "" : block(["", ...hanging("  turned away: ", counts.join(", "), width, 4)]);
}

const block = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join("");
