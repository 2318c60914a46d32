import { fork, type ChildProcess } from "node:child_process";
import { Socket } from "node:net";
import { fileURLToPath } from "node:url";
import type { Provider, ProviderAsk, ProviderReply } from "../../ports/provider.ts";
import { readFromChild, type KeyedProvider, type ToChild } from "./child-messages.ts";
import { childOptions } from "./child-permissions.ts";
import { detailLine } from "./detail-line.ts";

const entry = fileURLToPath(new URL("provider-child.ts", import.meta.url));
/** A child that does not confirm an abort within this time is busy with something it should not be busy with. */
const abortMsMax = 2000;

type Waiting = { readonly answer: (reply: ProviderReply) => void };
type Running = { readonly child: ChildProcess; readonly waiting: Map<number, Waiting>; readonly aborting: Map<number, NodeJS.Timeout> };

export type ProviderProcess = {
  readonly providers: readonly Provider[];
  /** Ends the child; calls that wait fail. */
  close(): void;
};

/**
 * All providers of models in one child process that has their keys and nobody else's (see `childOptions`). It is started with the first
 * question and again after a crash; what waited then has failed as a network does. `environment` is where the keys are looked up.
 */
export function providerProcess(
  settings: readonly KeyedProvider[],
  environment: Readonly<Record<string, string | undefined>>,
): ProviderProcess {
  const variables = settings.flatMap(({ keyEnv }) => (keyEnv === undefined ? [] : [keyEnv]));
  const redact = detailLine(variables.map((name) => environment[name] ?? ""));
  let running: Running | undefined;
  let calls = 0;
  let closed = false;

  function start(): Running {
    const child = fork(entry, [], childOptions(variables, environment));
    const begun: Running = { child, waiting: new Map(), aborting: new Map() };
    let lastWords = "";
    child.stderr?.setEncoding("utf8").on("data", (text: string) => (lastWords = (lastWords + text).slice(-4000)));
    child.on("message", (message) => receive(begun, message));
    child.on("error", (error) => {
      child.kill("SIGKILL");
      // Without an id it never ran.
      ended(begun, error.message, child.pid === undefined ? { sent: false } : {});
    });
    child.on("exit", (code, signal) => ended(begun, `${signal ?? `code ${code}`} ${lastWords}`));
    send(begun, { kind: "serve", providers: settings });
    return begun;
  }

  function ended(from: Running, how: string, sent: { readonly sent?: false } = {}): void {
    if (running === from) running = undefined;
    for (const timer of from.aborting.values()) clearTimeout(timer);
    from.aborting.clear();
    for (const { answer } of from.waiting.values()) {
      answer({ kind: "failed", why: "network", retryable: !closed, detail: redact(`the process that asks models ended: ${how}`), ...sent });
    }
    from.waiting.clear();
  }

  function ask(provider: string, question: ProviderAsk, signal: AbortSignal): Promise<ProviderReply> {
    if (signal.aborted) return Promise.resolve({ ...timedOut, sent: false });
    if (closed)
      return Promise.resolve({
        kind: "failed",
        why: "network",
        retryable: false,
        detail: "the process that asks models is closed",
        sent: false,
      });
    running ??= start();
    const to = running;
    const call = calls++;
    return new Promise((resolve) => {
      const abort = (): void => {
        to.waiting.delete(call);
        // The child may be deaf: whoever asked is not kept waiting for its confirmation, but the child is.
        to.aborting.set(
          call,
          setTimeout(() => to.child.kill("SIGKILL"), abortMsMax),
        );
        send(to, { kind: "abort", call });
        resolve(timedOut);
      };
      signal.addEventListener("abort", abort, { once: true });
      to.waiting.set(call, {
        answer: (reply) => {
          signal.removeEventListener("abort", abort);
          resolve(reply);
        },
      });
      send(to, { kind: "ask", call, provider, ask: question });
      hold(to);
    });
  }

  return {
    providers: settings.map(({ name }) => ({ name, ask: (question, signal) => ask(name, question, signal) })),
    close() {
      closed = true;
      running?.child.kill("SIGKILL");
    },
  };
}

const timedOut = { kind: "failed", why: "timed_out", retryable: false, detail: "the deadline passed" } as const satisfies ProviderReply;

/** A channel that broke shows itself as the child's end, which is where calls are answered. */
function send({ child }: Running, message: ToChild): void {
  if (child.connected) child.send(message, () => {});
}

function receive(from: Running, message: unknown): void {
  const read = readFromChild(message);
  // Nobody knows whose answer that was, nor what else this child would say.
  if (read === undefined) {
    from.child.kill("SIGKILL");
    return;
  }
  clearTimeout(from.aborting.get(read.call));
  from.aborting.delete(read.call);
  const waiting = from.waiting.get(read.call);
  from.waiting.delete(read.call);
  waiting?.answer(read.reply);
  hold(from);
}

/** An idle child keeps no command from ending; one that is asked does. */
function hold({ child, waiting, aborting }: Running): void {
  const change = waiting.size + aborting.size > 0 ? "ref" : "unref";
  child[change]();
  child.channel?.[change]();
  if (child.stderr instanceof Socket) child.stderr[change]();
}
