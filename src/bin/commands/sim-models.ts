import { Command, InvalidArgumentError } from "commander";
import { HouseModel } from "../../adapters/house-model/house-model.ts";
import type { Price } from "../../ports/known-model.ts";
import { noFaultText, parseFault, type Fault } from "../../sim/models/fault.ts";
import { faultKinds } from "../../sim/models/fault-kinds.ts";
import type { ModelServer } from "../../sim/models/model-server.ts";
import { malformedReplies } from "../../sim/models/malformed.ts";
import type { PolicyQuestion, SeenRequest } from "../../sim/models/stand-in.ts";
import { portfolioSchema } from "../../flow/proposals/portfolio-schema.ts";
import { approximately, parseExact } from "../../words/exact.ts";
import { parseMoney } from "../../words/money.ts";
import { Failed } from "../failed.ts";
import { didYouMean } from "../one-of.ts";
import { recordedAnswers } from "../recorded-answers.ts";
import { scriptFile } from "../script-file.ts";
import { seedText } from "../seed-text.ts";
import { paint } from "../text/paint.ts";

type Flags = {
  readonly port: number;
  readonly fault?: readonly Fault[];
  readonly seed: string;
  readonly script?: string;
  readonly recordings?: string;
  readonly price?: Price | "unpriced";
  readonly key: boolean;
};

/** `countersign sim models`: a stand-in for every provider's server, with faults on demand. */
export function simModelsCommand(): Command {
  return new Command("models")
    .description(
      "a server that speaks the wires of OpenAI, OpenRouter, Requesty, Anthropic and Google, answers by script or by the house's rules, and fails on demand",
    )
    .option("--port <port>", "port on 127.0.0.1; 0 is any that is free", portOf, 0)
    .option("--fault <fault>", "trouble such as 429:0.2 or latency:300ms, may be repeated; see below", addFault)
    .option("--seed <seed>", "of everything that is drawn by dice", seedText, "1")
    .option("--script <file>", "answers and faults by model, text and occurrence: YAML, or JSON Lines in a .jsonl file")
    .option("--recordings <folder>", "recorded answers by question; what was not recorded is answered by the house")
    .option("--price <in,cached,out>", "dollars for a million tokens, such as 1,0.1,5; none sends no cost (default: 1,0.1,5)", priceOf)
    .option("--no-key", "answers also those who send no key")
    .addHelpText("after", faultHelp)
    .action(models);
}

const faultHelp = (): string =>
  [
    "",
    "Faults:",
    ...[...faultKinds].filter(([name]) => !/^M\d\d$/.test(name)).map(([name, what]) => `  ${name.padEnd(15)} ${what}`),
    `  ${"M01 to M60".padEnd(15)} answers with one of the malformed texts: ${malformedReplies[0]?.name} is ${malformedReplies[0]?.what}`,
    "",
    "Behind a fault, parted by colons: a rate (429:0.2), at most so many times (429:x2), a duration (429:2s),",
    "the spread of a latency (latency:300ms:sigma=0.6), date for a Retry-After that is one (429:2s:date).",
    "A request picks its own with the header x-countersign-fault or behind its model's id: some-model#429:2s",
    "",
    "Example:",
    "  countersign sim models --port 4010 --fault latency:300ms:sigma=0.6 --fault 429:2s:0.1",
    "",
  ].join("\n");

async function models({ port, fault: faults = [], seed, script, recordings, price, key }: Flags): Promise<void> {
  // It brings a tokenizer along, which nobody waits for who wants to see a storm.
  const { startModelServer } = await import("../../sim/models/model-server.ts");
  const server = await started(port, () =>
    startModelServer({
      port,
      faults,
      seed,
      policy: housePolicy,
      script: script === undefined ? [] : scriptFile(script),
      ...(recordings === undefined ? {} : { recorded: recordedAnswers(recordings) }),
      ...(price === undefined ? {} : { price }),
      keyless: !key,
      now: () => Temporal.Now.instant(),
      onRequest: (seen) => process.stdout.write(requestLine(seen)),
    }),
  );
  process.stdout.write(
    [
      `${paint.bold("Stand-in for models")} at ${server.url}; Ctrl-C ends it.`,
      `  base URL ${server.url}/v1 for OpenAI, OpenRouter, Requesty, xAI, DeepSeek and Anthropic, ${server.url}/v1beta for Google`,
      `  faults   ${faults.length === 0 ? "none but those that a request asks for" : faults.map(({ text }) => text).join(", ")}`,
      `  key      ${key ? "any that is not empty" : "none needed"}`,
      "",
    ].join("\n"),
  );
  await new Promise<void>((resolve) => {
    process.once("SIGINT", resolve);
    process.once("SIGTERM", resolve);
  });
  await server.close();
  process.stdout.write("Ended.\n");
}

async function started(port: number, start: () => Promise<ModelServer>): Promise<ModelServer> {
  try {
    return await start();
  } catch (fault) {
    const { code } = fault as NodeJS.ErrnoException;
    if (code === "EADDRINUSE") throw new Failed(1, `port ${port} is taken; --port 0 takes any that is free`);
    if (code === "EACCES") throw new Failed(1, `port ${port} is not open to this user; there are 1024 to 65535`);
    throw fault;
  }
}

/** The house answers what has the shape of a portfolio; any other shape is answered by the plainest value that fits it. */
function housePolicy({ system, user, schema, model }: PolicyQuestion): string | undefined {
  const properties = (schema as { readonly properties?: object } | undefined)?.properties;
  if (properties === undefined || !("decisions" in properties)) return undefined;
  const answer = new HouseModel().ask({
    role: "trader",
    model,
    prompt: "",
    system,
    user,
    schema: portfolioSchema,
    deadlineMs: 60_000,
    outputTokensMax: 2_000,
  });
  return answer.outcome === "ok" ? answer.text : undefined;
}

function requestLine({ number, method, path, model, schemaName, stream, faults, status }: SeenRequest): string {
  const about = [model, schemaName, stream ? "stream" : undefined].filter((each) => each !== undefined);
  const fell = faults.length === 0 ? "" : paint.yellow(` ${faults.join(", ")}`);
  // Ids and names come from whoever asks: a terminal obeys control characters.
  const plain = `${number}  ${status}  ${method} ${path}${about.length === 0 ? "" : `  ${about.join("  ")}`}`.replaceAll(/\p{C}/gu, "?");
  return `${plain}${fell}\n`;
}

function addFault(text: string, before: readonly Fault[] = []): readonly Fault[] {
  const read = parseFault(text);
  if (read.ok) return [...before, read.value];
  const guess = read.error.code === "unknown_fault" ? didYouMean(read.error.kind, faultKinds.keys()) : undefined;
  const line = noFaultText(read.error);
  throw new InvalidArgumentError(
    read.error.code === "unknown_part" ? `${line}.` : `${line}; ${guess ?? "countersign sim models --help lists them."}`,
  );
}

const portMax = 65_535;

function portOf(text: string): number {
  const read = /^\d{1,5}$/.test(text) ? parseExact(text) : undefined;
  if (read?.ok === true && approximately(read.value) <= portMax) return approximately(read.value);
  throw new InvalidArgumentError("A port is a whole number from 0 to 65535; 0 is any that is free.");
}

function priceOf(text: string): Price | "unpriced" {
  if (text === "none") return "unpriced";
  const [input, cached, output, ...more] = text.split(",").map((each) => parseMoney(each));
  if (
    input?.ok !== true ||
    cached?.ok !== true ||
    output?.ok !== true ||
    more.length > 0 ||
    [input, cached, output].some(({ value }) => value < 0n)
  )
    throw new InvalidArgumentError("A price is three amounts in dollars for a million tokens: in, cached, out, such as 1,0.1,5; or none.");
  return {
    inputPerMTok: input.value,
    cachedInputPerMTok: cached.value,
    outputPerMTok: output.value,
    reasoningPerMTok: output.value,
    from: "2026-01-01",
    source: "the command line",
  };
}
