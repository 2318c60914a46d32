import { parseExact } from "../../words/exact.ts";

export type TimeUnit = "s" | "ms" | "us" | "ns";
export type StampFault = { readonly rule: "bad_time" | "ambiguous_time" | "year_out" | "empty_cell"; readonly detail: string };

export type StampAsk = {
  /** Of times without an offset: `UTC`, `+03:00` or a name such as `America/New_York`. */
  readonly zone: string;
  readonly unit: TimeUnit | "auto";
  /** Daily and weekly bars of exchanges with sessions are labelled by their local date, which is then read as UTC midnight. */
  readonly midnightIsDate: boolean;
  /** `YYYYMMDD` where the file counts milliseconds after local midnight. */
  readonly day?: string;
};

/** Units of 10^-12 of each unit in one millisecond. */
const perUnit = { s: 10n ** 9n, ms: 10n ** 12n, us: 10n ** 15n, ns: 10n ** 18n } as const satisfies Record<TimeUnit, bigint>;
const epochFirstMs = 631_152_000_000;
const epochEndMs = 4_102_444_800_000;
const quarterHourMs = 900_000;
const dayMs = 86_400_000;
const iso = /^(\d{4})([-/]?)(\d{2})\2(\d{2})(?:[T ]+(\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)?\s*(Z|UTC|[+-]\d{2}:?\d{2})?$/;
const offsetShape = /^([+-])(\d{2}):?(\d{2})$/;

/** Minutes east of Greenwich in milliseconds, or undefined where the text is not an offset. */
function offsetMs(text: string): number | undefined {
  if (text === "Z" || text === "UTC") return 0;
  const match = offsetShape.exec(text);
  if (match === null) return undefined;
  const minutes = Number(match[2]) * 60 + Number(match[3]);
  return (match[1] === "-" ? -minutes : minutes) * 60_000;
}

export function isZone(text: string): boolean {
  if (offsetMs(text) !== undefined) return true;
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(text);
    return true;
  } catch {
    return false;
  }
}

/** Turns the time cells of one file into UTC milliseconds; `auto` settles the epoch unit at the first number and keeps it. */
export class StampReader {
  readonly #ask: StampAsk;
  readonly #fixedOffsetMs: number | undefined;
  readonly #offsets = new Map<number, number | undefined>();
  readonly #days = new Map<string, number | undefined>();
  #unit: TimeUnit | undefined;

  constructor(ask: StampAsk) {
    this.#ask = ask;
    this.#fixedOffsetMs = offsetMs(ask.zone);
    this.#unit = ask.unit === "auto" ? undefined : ask.unit;
  }

  /** A whole number below 2^53. */
  ofInteger(value: number): number | StampFault {
    if (this.#ask.day !== undefined) return this.#afterMidnight(this.#ask.day, value);
    if (this.#unit === undefined && value >= 19_000_101 && value <= 21_001_231) return this.ofText(String(value));
    this.#unit ??= value < 1e11 ? "s" : value < 1e14 ? "ms" : value < 1e17 ? "us" : "ns";
    const ms =
      this.#unit === "ms" ? value : this.#unit === "s" ? value * 1000 : Math.floor(value / (this.#unit === "us" ? 1000 : 1_000_000));
    return isInRange(ms) ? ms : yearOut(ms, String(value), this.#unit);
  }

  ofText(text: string): number | StampFault {
    if (text === "") return { rule: "empty_cell", detail: "the time is empty" };
    const match = iso.exec(text);
    if (match !== null) return this.#ofDate(match, text);
    const number = parseExact(text);
    if (!number.ok || number.value < 0n) return { rule: "bad_time", detail: `"${text}" is not a time` };
    const whole = number.value / 10n ** 12n;
    if (number.value % 10n ** 12n === 0n && whole <= BigInt(Number.MAX_SAFE_INTEGER)) return this.ofInteger(Number(whole));
    this.#unit ??= whole < 10n ** 11n ? "s" : whole < 10n ** 14n ? "ms" : whole < 10n ** 17n ? "us" : "ns";
    const ms = Number(number.value / perUnit[this.#unit]);
    return isInRange(ms) ? ms : yearOut(ms, text, this.#unit);
  }

  #afterMidnight(day: string, ms: number): number | StampFault {
    const midnight = this.#dayMs(day);
    if (midnight === undefined || ms >= dayMs) return { rule: "bad_time", detail: `${ms} ms after midnight of ${day} is not a time` };
    return this.#inZone(midnight + ms, `${day} + ${ms} ms`);
  }

  #ofDate(match: RegExpExecArray, text: string): number | StampFault {
    const [, year = "", , month = "", day = "", hour = "0", minute = "0", second = "0", fraction = "0", offset] = match;
    const midnight = this.#dayMs(year + month + day);
    if (midnight === undefined || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59)
      return { rule: "bad_time", detail: `"${text}" is not on the calendar or the clock` };
    const inDay = (Number(hour) * 60 + Number(minute)) * 60_000 + Number(second) * 1000 + Number(fraction.padEnd(3, "0").slice(0, 3));
    if (this.#ask.midnightIsDate && inDay === 0) return midnight;
    const wallMs = midnight + inDay;
    const east = offset === undefined ? undefined : offsetMs(offset);
    return east === undefined ? this.#inZone(wallMs, text) : wallMs - east;
  }

  #dayMs(yyyymmdd: string): number | undefined {
    if (this.#days.has(yyyymmdd)) return this.#days.get(yyyymmdd);
    let midnight: number | undefined;
    try {
      midnight = Temporal.PlainDate.from(yyyymmdd).toZonedDateTime("UTC").epochMilliseconds;
    } catch {
      midnight = undefined;
    }
    this.#days.set(yyyymmdd, midnight);
    return midnight;
  }

  #inZone(wallMs: number, text: string): number | StampFault {
    if (this.#fixedOffsetMs !== undefined) return wallMs - this.#fixedOffsetMs;
    // Clocks change on whole quarter hours, so one answer serves a quarter hour.
    const quarter = Math.floor(wallMs / quarterHourMs) * quarterHourMs;
    if (!this.#offsets.has(quarter)) this.#offsets.set(quarter, zoneOffsetMs(quarter, this.#ask.zone));
    const east = this.#offsets.get(quarter);
    return east === undefined ? { rule: "ambiguous_time", detail: `"${text}" in ${this.#ask.zone}` } : wallMs - east;
  }
}

function zoneOffsetMs(wallMs: number, zone: string): number | undefined {
  const wall = Temporal.Instant.fromEpochMilliseconds(wallMs).toZonedDateTimeISO("UTC").toPlainDateTime();
  try {
    return wallMs - wall.toZonedDateTime(zone, { disambiguation: "reject" }).epochMilliseconds;
  } catch {
    return undefined;
  }
}

const isInRange = (ms: number): boolean => ms >= epochFirstMs && ms < epochEndMs;

function yearOut(ms: number, text: string, unit: TimeUnit): StampFault {
  const year = Math.abs(ms) < 8e15 ? Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO("UTC").year : undefined;
  return { rule: "year_out", detail: `${text} read as ${unit} is ${year === undefined ? "no year we know" : `the year ${year}`}` };
}
