import type { AiAlarm } from "./ai-watch.ts";
import type { AiRow, ArbitrationRow, LocalRow } from "../resolution/arbitrated.ts";

/** What a run's arbitrations add up to comes out of their records as they pass (DUAL-3, DUAL-6). */

export type ArbitrationReport = {
  readonly cycles: number;
  /** How often the table came to each resolution, and to each reason. */
  readonly byResolution: Readonly<Record<string, number>>;
  readonly byReason: Readonly<Record<string, number>>;
  /** What became of each proposal, by its source: the counts add up to the proposals made. */
  readonly local: SourceReport;
  readonly ai: SourceReport;
  readonly arbiter: {
    readonly asked: number;
    readonly byChoice: Readonly<Record<string, number>>;
    /** The share of what was asked where it put somebody in place of nobody; null where nothing was. */
    readonly overrideRate: number | null;
  };
  /** How often each alert began, and why the desk went on without the AI trader. */
  readonly alerts: Readonly<Record<string, number>>;
  readonly rollbacks: readonly string[];
};

export type SourceReport = { readonly proposals: number; readonly byFate: Readonly<Record<string, number>> };

type Arbitrated = {
  readonly proposals_local: readonly LocalRow[];
  readonly proposals_ai: readonly AiRow[];
  readonly arbitrations: readonly ArbitrationRow[];
};

export class ArbitrationCount {
  #cycles = 0;
  readonly #resolutions = new Map<string, number>();
  readonly #reasons = new Map<string, number>();
  readonly #local = new Map<string, number>();
  readonly #ai = new Map<string, number>();
  readonly #choices = new Map<string, number>();
  readonly #alerts = new Map<string, number>();
  readonly #rollbacks: string[] = [];

  arbitrated({ proposals_local, proposals_ai, arbitrations }: Arbitrated): void {
    this.#cycles++;
    for (const { fate } of proposals_local) add(this.#local, fate);
    for (const { fate } of proposals_ai) add(this.#ai, fate);
    for (const { resolution, reason, arbiter } of arbitrations) {
      add(this.#resolutions, resolution);
      add(this.#reasons, reason);
      if (arbiter !== undefined) add(this.#choices, arbiter);
    }
  }

  alerted({ alarm, began }: { readonly alarm: AiAlarm; readonly began: boolean }): void {
    if (began) add(this.#alerts, alarm.alert);
  }

  rolledBack(reason: string): void {
    this.#rollbacks.push(reason);
  }

  report(): ArbitrationReport {
    const asked = total(this.#choices);
    const overrides = (this.#choices.get("local") ?? 0) + (this.#choices.get("ai") ?? 0);
    return {
      cycles: this.#cycles,
      byResolution: sorted(this.#resolutions),
      byReason: sorted(this.#reasons),
      local: { proposals: total(this.#local), byFate: sorted(this.#local) },
      ai: { proposals: total(this.#ai), byFate: sorted(this.#ai) },
      arbiter: { asked, byChoice: sorted(this.#choices), overrideRate: asked === 0 ? null : overrides / asked },
      alerts: sorted(this.#alerts),
      rollbacks: this.#rollbacks,
    };
  }
}

const add = (counts: Map<string, number>, name: string): void => void counts.set(name, (counts.get(name) ?? 0) + 1);
const total = (counts: ReadonlyMap<string, number>): number => [...counts.values()].reduce((sum, count) => sum + count, 0);

/** By name, so that a report reads the same on every run. */
const sorted = (counts: ReadonlyMap<string, number>): Record<string, number> =>
  Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
