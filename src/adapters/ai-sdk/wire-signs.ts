import { fieldsOf, type Fields } from "./wire-body.ts";

/** What an answer says of itself beside its text. `error` is there where a 200 holds one; `refusal` is the refusing text or its reason. */
export type WireSigns = { readonly error?: Fields; readonly refusal?: string; readonly cut: boolean };

/**
 * Read from the body since not every package of the SDK passes them on: OpenRouter's drops `refusal`, xAI's reads a refused or an incomplete
 * answer as a plain one, and Google's reads an error that comes with 200 as an answer without words.
 */
export function wireSigns(body: Fields): WireSigns {
  const error = errorIn(body);
  const reason = fieldsOf(body["incomplete_details"])["reason"];
  const refusal =
    refusalOf(listOf(body["choices"])[0]) ?? refusedPart(body["output"]) ?? (reason === "content_filter" ? reason : undefined);
  return {
    cut: reason === "max_output_tokens",
    ...(error === undefined ? {} : { error }),
    ...(refusal === undefined ? {} : { refusal }),
  };
}

/** `{error: {...}}` of every wire, and `{error: "..."}` of small servers. */
function errorIn({ error }: Fields): Fields | undefined {
  if (typeof error === "string" && error !== "") return { message: error };
  return typeof error === "object" && error !== null ? fieldsOf(error) : undefined;
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** Of chat completions. */
const refusalOf = (choice: unknown): string | undefined => said(fieldsOf(fieldsOf(choice)["message"])["refusal"]);

/** Of responses. */
function refusedPart(output: unknown): string | undefined {
  const parts = listOf(output).flatMap((item) => listOf(fieldsOf(item)["content"]).map(fieldsOf));
  return said(parts.find(({ type }) => type === "refusal")?.["refusal"]);
}

const said = (text: unknown): string | undefined => (typeof text === "string" && text !== "" ? text : undefined);
