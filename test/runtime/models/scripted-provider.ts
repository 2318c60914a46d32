import type { Provider, ProviderAsk, ProviderReply } from "../../../src/ports/provider.ts";
import type { FakeTime } from "./fake-time.ts";

/** What happens to one call: after so long a reply, or never; `deaf` does not even end when it is told to. */
export type Step = { readonly afterMs: number; readonly reply: ProviderReply | "throws" } | "stall" | "deaf";

const usage = { tokensIn: 100, tokensCached: 0, tokensOut: 20, tokensReasoning: 0 };

export const says = (text: string, afterMs = 10): Step => ({ afterMs, reply: { kind: "text", text, cut: false, usage } });
export const cut = (text: string): Step => ({ afterMs: 10, reply: { kind: "text", text, cut: true, usage } });
export const refuses = (): Step => ({ afterMs: 10, reply: { kind: "refused", detail: "I would rather not", usage } });
export const fails = (status: number, retryAfterMs?: number): Step => ({
  afterMs: 10,
  reply: {
    kind: "failed",
    why: "status",
    status,
    retryable: [408, 409, 429].includes(status) || status >= 500,
    detail: "said the server",
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  },
});
export const breaks = (why: "network" | "bad_body" | "no_key" | "timed_out", retryable = why === "network"): Step => ({
  afterMs: 10,
  reply: { kind: "failed", why, retryable, detail: "on the way" },
});

/** Nobody is at the other end. */
export const refusedConnection = (): Step => ({
  afterMs: 1,
  reply: { kind: "failed", why: "network", retryable: true, detail: "ECONNREFUSED", sent: false },
});

/** Plays its steps in turn, then stalls. */
export class ScriptedProvider implements Provider {
  readonly name: string;
  readonly asks: ProviderAsk[] = [];
  readonly sentAtMs: number[] = [];
  readonly signals: AbortSignal[] = [];
  readonly #time: FakeTime;
  readonly #steps: Step[];

  constructor(name: string, time: FakeTime, steps: readonly Step[]) {
    this.name = name;
    this.#time = time;
    this.#steps = [...steps];
  }

  async ask(ask: ProviderAsk, signal: AbortSignal): Promise<ProviderReply> {
    this.asks.push(ask);
    this.sentAtMs.push(this.#time.elapsedMs);
    this.signals.push(signal);
    const step = this.#steps.shift() ?? "stall";
    if (step === "deaf") return new Promise(() => undefined);
    if (step === "stall") {
      await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve()));
      return { kind: "failed", why: "timed_out", retryable: false, detail: "the deadline passed" };
    }
    await this.#time.wait(step.afterMs, signal);
    if (step.reply === "throws") throw new TypeError("Bearer sk-secret");
    return step.reply;
  }
}
