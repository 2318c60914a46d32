import { err, ok, type Result } from "../../words/result.ts";
import { isObject } from "./body-parts.ts";
import { noFaultText, parseFaults, type Fault } from "./fault.ts";

/** One line of a script: which requests it is for, and what becomes of them. */
export type ScriptLine = {
  /** The whole id of a model, without a fault. */
  readonly model?: string;
  /** A text that the system or user text has in it, such as a role's own words. */
  readonly says?: string;
  /** Only for the so-many-th request that the rest of the line is for, from 1. */
  readonly nth?: number;
  readonly reply?: string;
  readonly faults: readonly Fault[];
};

export type BadScript = { readonly line: number; readonly detail: string };

const keys = ["model", "says", "nth", "reply", "fault"];

/** Lines as a YAML or JSON Lines file has them: `{model, says, nth, reply, fault}`; a reply that is no text is sent as its JSON. */
export function parseScript(lines: readonly unknown[]): Result<readonly ScriptLine[], BadScript> {
  const script: ScriptLine[] = [];
  for (const [at, raw] of lines.entries()) {
    const read = lineOf(raw);
    if (!read.ok) return err({ line: at + 1, detail: read.error });
    script.push(read.value);
  }
  return ok(script);
}

function lineOf(raw: unknown): Result<ScriptLine, string> {
  if (!isObject(raw)) return err(`it is an object with some of ${keys.join(", ")}`);
  const unknown = Object.keys(raw).find((key) => !keys.includes(key));
  if (unknown !== undefined) return err(`unknown key ${JSON.stringify(unknown)}; there are ${keys.join(", ")}`);
  const { model, says, nth, reply, fault } = raw;
  if (model !== undefined && typeof model !== "string") return err("model is the id of a model");
  if (says !== undefined && typeof says !== "string") return err("says is a text");
  if (nth !== undefined && !(typeof nth === "number" && Number.isSafeInteger(nth) && nth > 0)) return err("nth is a whole number from 1");
  if (fault !== undefined && typeof fault !== "string") return err("fault is a text such as 429:2s");
  if (reply === undefined && fault === undefined) return err("it has a reply, a fault or both");
  const faults = parseFaults(fault ?? "");
  if (!faults.ok) return err(noFaultText(faults.error));
  return ok({
    ...(model === undefined ? {} : { model }),
    ...(says === undefined ? {} : { says }),
    ...(nth === undefined ? {} : { nth }),
    ...(reply === undefined ? {} : { reply: typeof reply === "string" ? reply : JSON.stringify(reply) }),
    faults: faults.value,
  });
}

/** A script being played: the first line that is for a request answers it. */
export class Playing {
  readonly #script: readonly ScriptLine[];
  readonly #met: number[];

  constructor(script: readonly ScriptLine[]) {
    this.#script = script;
    this.#met = script.map(() => 0);
  }

  next({ model, system, user }: { readonly model: string; readonly system: string; readonly user: string }): ScriptLine | undefined {
    let found: ScriptLine | undefined;
    for (const [at, line] of this.#script.entries()) {
      if (line.model !== undefined && line.model !== model) continue;
      if (line.says !== undefined && !system.includes(line.says) && !user.includes(line.says)) continue;
      const met = (this.#met[at] ?? 0) + 1;
      this.#met[at] = met;
      if (line.nth === undefined || line.nth === met) found ??= line;
    }
    return found;
  }
}
