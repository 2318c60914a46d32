import type { Price } from "../../ports/known-model.ts";
import { Random } from "../random.ts";
import { Billing } from "./billing.ts";
import { chatCompletions } from "./chat-completions.ts";
import { derivedAnswer } from "./derived-answer.ts";
import { Dice } from "./dice.ts";
import { noFaultText, parseFaults, type Fault } from "./fault.ts";
import { google } from "./google.ts";
import { messages } from "./messages.ts";
import { modelList } from "./model-list.ts";
import { responses } from "./responses.ts";
import { saidUnder } from "./said.ts";
import { Playing, type ScriptLine } from "./script.ts";
import { jsonSending, sendingUnder, type Sending } from "./sending.ts";
import { isObject } from "./body-parts.ts";
import type { Asked, JsonObject, Said, Wire } from "./wire.ts";

export type PolicyQuestion = { readonly system: string; readonly user: string; readonly schema?: unknown; readonly model: string };

export type StandInOptions = {
  readonly faults: readonly Fault[];
  readonly seed: string;
  /** Answers what no script and no recording answers; what it leaves undefined is derived from the schema that was sent. */
  readonly policy?: (question: PolicyQuestion) => string | undefined;
  readonly script: readonly ScriptLine[];
  /** The recorded answer to a question, where there is one. */
  readonly recorded?: (question: PolicyQuestion) => string | undefined;
  readonly price: Price | undefined;
  readonly cacheTokensMin: number;
  readonly keyless: boolean;
  readonly now?: () => Temporal.Instant;
};

export type Incoming = {
  readonly method: string;
  /** Without its query. */
  readonly path: string;
  /** Whether any key came, in whichever place; the key itself stays outside. */
  readonly keyed: boolean;
  readonly anthropic: boolean;
  /** Faults that the request asks for by its header. */
  readonly faults: string;
  readonly body: string;
};

/** What a request was and what became of it, for assertions. It holds no header. */
export type SeenRequest = {
  readonly number: number;
  readonly method: string;
  readonly path: string;
  readonly wire?: Wire["name"];
  readonly model?: string;
  readonly schemaName?: string;
  readonly stream: boolean;
  readonly system: string;
  readonly user: string;
  readonly body: unknown;
  readonly faults: readonly string[];
  readonly status: number;
};

export type Outgoing = { readonly sending: Sending; readonly seen: SeenRequest };

const wires: readonly (readonly [path: RegExp, wire: Wire])[] = [
  [/\/chat\/completions$/, chatCompletions],
  [/\/responses$/, responses],
  [/\/messages$/, messages],
  [/\/models\/[^/]+:\w+$/, google],
];

/** A request comes in, what to send goes out: the whole stand-in but for its sockets and its clock. */
export class StandIn {
  readonly #options: StandInOptions;
  readonly #dice: Dice;
  readonly #playing: Playing;
  readonly #billing: Billing;
  #number = 0;

  constructor(options: StandInOptions) {
    this.#options = options;
    this.#dice = new Dice(new Random(options.seed));
    this.#playing = new Playing(options.script);
    this.#billing = new Billing(options.price, options.cacheTokensMin);
  }

  answer(incoming: Incoming): Outgoing {
    const number = ++this.#number;
    const { method, path } = incoming;
    const [, wire] = wires.find(([pattern]) => pattern.test(path)) ?? [];
    const bare = { number, method, path, stream: false, system: "", user: "", body: undefined, faults: [] };
    const plainly = (status: number, body: JsonObject, more: Partial<SeenRequest> = {}): Outgoing => ({
      sending: jsonSending(status, body),
      seen: { ...bare, ...(wire === undefined ? {} : { wire: wire.name }), ...more, status },
    });
    const by = wire ?? chatCompletions;
    const refuse = (status: number, message: string, more: Partial<SeenRequest> = {}): Outgoing =>
      plainly(status, by.error(status, message), more);
    if (!incoming.keyed && !this.#options.keyless) return refuse(401, "no key was sent; any that is not empty will do");
    if (method === "GET" && path.endsWith("/models")) return plainly(200, modelList(path, incoming.anthropic));
    if (wire === undefined)
      return refuse(
        404,
        "there are POST /v1/chat/completions, /v1/responses, /v1/messages, /v1beta/models/{id}:generateContent and GET /v1/models",
      );
    if (method !== "POST") return refuse(405, "it is asked by POST");
    const body = parsed(incoming.body);
    if (body === undefined) return refuse(400, "the body is not a JSON object");
    const read = wire.read(body, path);
    if (typeof read === "string") return refuse(400, read, { body });
    const [model = "", suffix = ""] = read.model.split(/[#~](.*)/s);
    const own = parseFaults(`${incoming.faults},${suffix}`);
    const seen = { ...bare, ...about({ ...read, model }), body };
    if (!own.ok) return refuse(400, noFaultText(own.error), seen);
    if (this.#options.now === undefined && own.value.some(({ asDate }) => asDate)) return refuse(400, "a date needs a clock", seen);
    return this.#reply(wire, { ...read, model }, own.value, { ...seen, wire: wire.name });
  }

  #reply(wire: Wire, asked: Asked, own: readonly Fault[], seen: Omit<SeenRequest, "status">): Outgoing {
    const line = this.#playing.next(asked);
    const faults = [...own, ...(line?.faults ?? []), ...this.#options.faults];
    const now = this.#options.now?.();
    const fallen = this.#dice.fall(faults, `${asked.model}\n${asked.system}\n${asked.user}`);
    const sending = sendingUnder(fallen, wire, now, () => {
      const said = saidUnder(fallen, asked, () => this.#answer(asked, line));
      if (said === undefined) return undefined;
      const reply = { number: seen.number, asked, said, bill: this.#billing.bill(asked, asked.model, said) };
      if (!asked.stream) return jsonSending(200, wire.whole(reply));
      return { ...jsonSending(200, {}, { "content-type": "text/event-stream" }), pieces: wire.events(reply) };
    });
    return { sending, seen: { ...seen, faults: fallen.map(({ text }) => text), status: sending.status } };
  }

  /** The script first, then recordings, then a tool that may be called, then the policy. */
  #answer(asked: Asked, line: ScriptLine | undefined): Said {
    const { model, system, user, schema, tools } = asked;
    const text = (of: string): Said => ({ kind: "text", text: of, cut: false });
    if (line?.reply !== undefined) return text(line.reply);
    const question = { model, system, user, ...(schema === undefined ? {} : { schema: schema.json }) };
    const recorded = this.#options.recorded?.(question);
    if (recorded !== undefined) return text(recorded);
    const [tool] = tools;
    if (tool !== undefined) return { kind: "tool", name: tool.name, arguments: JSON.stringify(derivedAnswer(tool.schema) ?? {}) };
    return text(this.#options.policy?.(question) ?? (schema === undefined ? "as asked" : JSON.stringify(derivedAnswer(schema.json))));
  }
}

const about = ({ model, schema, stream, system, user }: Asked) => ({
  model,
  ...(schema === undefined ? {} : { schemaName: schema.name }),
  stream,
  system,
  user,
});

function parsed(text: string): JsonObject | undefined {
  try {
    const read: unknown = JSON.parse(text);
    return isObject(read) ? read : undefined;
  } catch {
    return undefined;
  }
}
