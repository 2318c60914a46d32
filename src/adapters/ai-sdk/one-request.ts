/** More than any answer: what a hostile or broken server sends beyond it is not read. */
const bodyBytesMax = 16 * 1024 * 1024;

/** What really went over the wire in one ask. `body` is there only once all of it came. */
export type Exchange = {
  sent: boolean;
  tooLong: boolean;
  status?: number;
  headers?: Headers;
  body?: string;
};

/**
 * A `fetch` for one ask, which notes the exchange. Failures, costs and refusals are read from these notes: the SDK rewrites statuses
 * (a 200 that holds an error becomes a 400) and drops fields of the usage, the cost among them.
 */
export function oneRequest(exchange: Exchange): typeof globalThis.fetch {
  return async (url, init) => {
    // Gemini's SDK goes on by itself after a partial answer: a second request that nobody reserved money for.
    if (exchange.sent) throw new Error("one ask is one request");
    exchange.sent = true;
    // A redirect is not followed: the key travels in headers of its own that fetch would hand to the next host.
    const response = await fetch(url, { ...init, redirect: "manual" });
    exchange.status = response.status;
    exchange.headers = response.headers;
    const body = await textOf(response, exchange);
    exchange.body = body;
    return new Response(body === "" ? null : body, {
      status: response.status < 200 ? 502 : response.status,
      headers: { "content-type": response.headers.get("content-type") ?? "application/json" },
    });
  };
}

async function textOf(response: Response, exchange: Exchange): Promise<string> {
  if (response.body === null) return "";
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body as ReadableStream<Uint8Array>) {
    length += chunk.byteLength;
    if (length > bodyBytesMax) {
      exchange.tooLong = true;
      // Leaving the loop cancels the body, which closes the socket.
      throw new Error(`the body is longer than ${bodyBytesMax} bytes`);
    }
    chunks.push(chunk);
  }
  return new TextDecoder().decode(Buffer.concat(chunks));
}
