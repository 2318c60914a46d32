import type { Budget, CallSpent, OverBudget, Spender, Worst } from "../../../src/ports/budget.ts";
import { err, ok, type Result } from "../../../src/words/result.ts";

type Line = { readonly by: Spender; readonly worst: Worst; spent?: CallSpent; end?: "settled" | "released" };

/** A budget that keeps every line, and holds that a call is reserved once and closed once. */
export class OpenBook implements Budget {
  readonly lines = new Map<string, Line>();
  readonly faults: string[] = [];
  callsMax = Infinity;
  costMax: bigint | undefined;
  needsPrice = false;
  refusal: OverBudget = { code: "calls_per_scan", limit: "callsPerScanMax", detail: "that was enough" };

  reserve(call: string, by: Spender, worst: Worst): Result<undefined, OverBudget> {
    if (this.lines.has(call)) this.faults.push(`${call} was reserved twice`);
    if (this.lines.size >= this.callsMax) return err(this.refusal);
    if (this.costMax !== undefined && (worst.cost ?? 0n) > this.costMax)
      return err({ code: "scan", limit: "usdPerScanMax", detail: "too dear" });
    if (this.needsPrice && worst.cost === undefined) return err({ code: "unknown_price", limit: "usdPerDayMax", detail: "no price" });
    this.lines.set(call, { by, worst });
    return ok(undefined);
  }

  settle(call: string, spent: CallSpent): void {
    this.#end(call, "settled");
    const line = this.lines.get(call);
    if (line === undefined) return;
    line.spent = spent;
    if (line.worst.cost !== undefined && spent.cost > line.worst.cost) this.faults.push(`${call} cost more than was reserved`);
  }

  release(call: string): void {
    this.#end(call, "released");
  }

  #end(call: string, end: "settled" | "released"): void {
    const line = this.lines.get(call);
    if (line === undefined) this.faults.push(`${call} was ${end} without a reservation`);
    else if (line.end !== undefined) this.faults.push(`${call} was ${line.end} and then ${end}`);
    else line.end = end;
  }

  get ends(): readonly (string | undefined)[] {
    return [...this.lines.values()].map(({ end }) => end);
  }
}
