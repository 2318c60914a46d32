import { expect, it } from "vitest";
import { neverConnected } from "../../../src/adapters/ai-sdk/never-connected.ts";

/** As `fetch` says it: a TypeError around what the system said. */
const fetchFailed = (...causes: object[]): Error => {
  const errors = causes.map((cause) => Object.assign(new Error("of the system"), cause));
  return new TypeError("fetch failed", { cause: errors.length === 1 ? errors[0] : new AggregateError(errors) });
};

it.each([
  [true, "nobody listens", fetchFailed({ code: "ECONNREFUSED", syscall: "connect" })],
  [true, "nobody has that name", fetchFailed({ code: "ENOTFOUND", syscall: "getaddrinfo" })],
  [true, "no server of names answers", fetchFailed({ code: "EAI_AGAIN", syscall: "getaddrinfo" })],
  [true, "there is no way there", fetchFailed({ code: "ENETUNREACH", syscall: "connect" })],
  [true, "connecting took too long", fetchFailed({ code: "UND_ERR_CONNECT_TIMEOUT" })],
  [true, "the system gave up connecting", fetchFailed({ code: "ETIMEDOUT", syscall: "connect" })],
  [true, "its certificate is not accepted, before a byte of the question", fetchFailed({ code: "SELF_SIGNED_CERT_IN_CHAIN" })],
  [true, "fetch connects to no such port", new TypeError("fetch failed", { cause: new Error("bad port") })],
  [true, "no address of several could be connected to", fetchFailed({ code: "ECONNREFUSED" }, { code: "ETIMEDOUT", syscall: "connect" })],
  [false, "one address of several may have been written to", fetchFailed({ code: "ECONNREFUSED" }, { code: "ECONNRESET" })],
  [false, "a connection that stood was reset", fetchFailed({ code: "ECONNRESET", syscall: "read" })],
  [false, "a connection that stood went silent", fetchFailed({ code: "ETIMEDOUT", syscall: "read" })],
  [false, "the other side closed it", fetchFailed({ code: "UND_ERR_SOCKET" })],
  [false, "the answer did not come in time", fetchFailed({ code: "UND_ERR_HEADERS_TIMEOUT" })],
  [false, "nobody knows", new Error("odd")],
  [false, "it is no error", "ECONNREFUSED"],
])("MOD-6 nothing was sent: %s, because %s", (expected, _because, error) => {
  expect(neverConnected(error)).toBe(expected);
});
