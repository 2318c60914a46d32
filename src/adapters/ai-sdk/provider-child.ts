import type { Provider } from "../../ports/provider.ts";
import { missing } from "../../words/invariant.ts";
import type { FromChild, KeyedProvider, ToChild } from "./child-messages.ts";
import { makeProvider } from "./make-provider.ts";

/** The process that asks models: messages come in, replies go out, and all it holds besides is the keys of model providers. */
const providers = new Map<string, Provider>();
const asked = new Map<number, AbortController>();

function serve({ keyEnv, ...settings }: KeyedProvider): void {
  const key = keyEnv === undefined ? undefined : process.env[keyEnv];
  providers.set(settings.name, makeProvider({ ...settings, ...(key === undefined ? {} : { key }) }));
}

async function answer({ call, provider, ask }: Extract<ToChild, { readonly kind: "ask" }>): Promise<void> {
  const controller = new AbortController();
  asked.set(call, controller);
  const door = providers.get(provider) ?? missing(`the provider ${provider} is served`);
  const reply = await door.ask(ask, controller.signal);
  asked.delete(call);
  const message: FromChild = { call, reply };
  process.send?.(message);
}

process.on("message", (message: ToChild) => {
  switch (message.kind) {
    case "serve":
      message.providers.forEach(serve);
      break;
    case "ask":
      void answer(message);
      break;
    case "abort":
      asked.get(message.call)?.abort();
  }
});
// Without its parent nobody waits for an answer, and nobody pays attention to what it costs.
process.on("disconnect", () => process.exit(0));
