import { approximately, parseExact } from "../../words/exact.ts";
import { invariant } from "../../words/invariant.ts";
import { err, ok, type Result } from "../../words/result.ts";
import { faultKinds, statusOf } from "./fault-kinds.ts";

/** One kind of trouble and how often it falls. */
export type Fault = {
  readonly kind: string;
  /** As it was written, which is also what a request log calls it. */
  readonly text: string;
  /** From 0 to 1; 1 where none was written. */
  readonly rate: number;
  /** How many requests it may fall on at most. */
  readonly timesMax?: number;
  /** Of a latency, a pause or a Retry-After. */
  readonly ms?: number;
  /** Spread of a lognormal latency whose median is `ms`. */
  readonly sigma?: number;
  /** Retry-After as an HTTP date instead of seconds. */
  readonly asDate: boolean;
};

export type NoFault =
  | { readonly code: "unknown_fault"; readonly kind: string }
  | { readonly code: "unknown_part"; readonly text: string; readonly part: string; readonly right: string };

const parts = "a rate such as 0.2, a duration such as 300ms or 2s, x3 for at most three times, sigma=0.6, or date";
const duration = /^(\d+(?:\.\d+)?)(ms|s)$/;
const takesMs: readonly string[] = ["latency", "slow", "429", "503", "529"];
const needsMs: readonly string[] = ["latency", "slow"];

/** Reads `429:2s:0.2`: a kind and, in any order, its parts. */
export function parseFault(text: string): Result<Fault, NoFault> {
  const [kind = "", ...rest] = text.trim().split(":");
  if (!faultKinds.has(kind)) return err({ code: "unknown_fault", kind });
  let fault: Fault = { kind, text: text.trim(), rate: 1, asDate: false };
  const wrong = (part: string, right: string): Result<Fault, NoFault> => err({ code: "unknown_part", text, part, right });
  for (const part of rest) {
    const read = partOf(part);
    if (read === undefined) return wrong(part, parts);
    if ((read.ms !== undefined || read.asDate === true) && !takesMs.includes(kind)) return wrong(part, `no duration for ${kind}`);
    if (read.sigma !== undefined && kind !== "latency") return wrong(part, "sigma for latency alone");
    fault = { ...fault, ...read };
  }
  if (fault.ms === undefined && needsMs.includes(kind)) return wrong("", `${kind}:300ms`);
  if (fault.asDate && (fault.ms === undefined || statusOf(kind) === undefined)) return wrong("date", `${kind}:2s:date`);
  return ok(fault);
}

function partOf(part: string): Partial<Fault> | undefined {
  if (part === "date") return { asDate: true };
  const [, amount, unit] = duration.exec(part) ?? [];
  if (amount !== undefined) {
    const ms = decimal(amount);
    return ms === undefined ? undefined : { ms: unit === "s" ? ms * 1000 : ms };
  }
  const sigma = part.startsWith("sigma=") ? decimal(part.slice(6)) : undefined;
  if (sigma !== undefined) return sigma <= 5 ? { sigma } : undefined;
  const timesMax = /^x\d{1,6}$/.test(part) ? decimal(part.slice(1)) : undefined;
  if (timesMax !== undefined) return { timesMax };
  const rate = /^[01](?:\.\d+)?$/.test(part) ? decimal(part) : undefined;
  return rate !== undefined && rate <= 1 ? { rate } : undefined;
}

function decimal(text: string): number | undefined {
  const read = parseExact(text);
  return read.ok && read.value >= 0n ? approximately(read.value) : undefined;
}

/** For literals we wrote ourselves: a bad one is a bug, so it throws. */
export function fault(text: string): Fault {
  const read = parseFault(text);
  invariant(read.ok, `${text} is a fault`);
  return read.value;
}

/** Several faults in one text, as a header or a model id carries them, parted by commas. */
export function parseFaults(text: string): Result<readonly Fault[], NoFault> {
  const faults: Fault[] = [];
  for (const each of text.split(",").filter((part) => part.trim() !== "")) {
    const read = parseFault(each);
    if (!read.ok) return read;
    faults.push(read.value);
  }
  return ok(faults);
}

/** One line without the names that would be near; the command line adds those. */
export const noFaultText = (fault: NoFault): string =>
  fault.code === "unknown_fault"
    ? `unknown fault ${JSON.stringify(fault.kind)}`
    : `fault ${fault.text}: ${fault.part === "" ? "a part is missing" : `${JSON.stringify(fault.part)} is no part of it`}; right is ${fault.right}`;
