/** Codes that come before a connection stands, whoever reports them: names, routes, refusals, and certificates that are not accepted. */
const beforeConnection =
  /^(?:ECONNREFUSED|ENOTFOUND|EAI_[A-Z]+|EHOSTUNREACH|EHOSTDOWN|ENETUNREACH|ENETDOWN|EADDRNOTAVAIL|UND_ERR_CONNECT_TIMEOUT|ERR_INVALID_URL|ERR_TLS_CERT_ALTNAME_INVALID|CERT_[A-Z_]+|DEPTH_ZERO_[A-Z_]+|SELF_SIGNED_[A-Z_]+|UNABLE_TO_[A-Z_]+)$/;
const beforeCalls = new Set(["connect", "getaddrinfo"]);

/**
 * Whether a failed request never had a connection to be written to, so that no provider has seen it. ETIMEDOUT and ECONNRESET count only
 * where the system says that it was connecting: on a connection that stood, the question may have arrived.
 */
export function neverConnected(error: unknown): boolean {
  let current: unknown = error;
  for (let depth = 0; depth < 8 && current instanceof Error; depth++) {
    const code: unknown = Reflect.get(current, "code");
    const call: unknown = Reflect.get(current, "syscall");
    if (typeof code === "string" && beforeConnection.test(code)) return true;
    if (typeof call === "string" && beforeCalls.has(call)) return true;
    // The standard of fetch forbids some ports; its refusal has these words and no code.
    if (current.message === "bad port") return true;
    // Several addresses of one name were tried, and none could be connected to.
    if (current instanceof AggregateError && current.errors.length > 0 && current.errors.every(neverConnected)) return true;
    current = current.cause;
  }
  return false;
}
