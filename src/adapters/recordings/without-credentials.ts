import type { ModelAnswer } from "../../flow/proposals/question.ts";

/** Shapes of keys and tokens: vendor prefixes, authorization schemes, JSON web tokens, private keys, and logins inside a URL. */
const credential = new RegExp(
  [
    String.raw`\b(?:Bearer|Basic)\s+[\w.~+/=-]{8,}`,
    String.raw`\b(?:sk|pk|rk|xai|gsk|ghp|gho|ghs|github_pat|glpat|xox[abprs]|AIza|AKIA|ASIA|hf|rqsty)[-_]?[A-Za-z0-9][\w*-]{10,}`,
    String.raw`\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*`,
    String.raw`-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)`,
    String.raw`(?<=://)[^\s/@]+@`,
    String.raw`(?<=\b(?:api[-_ ]?key|authorization|token|secret|password)\b["']?\s*[:=]\s*["']?)[^\s"',;}]{6,}`,
  ].join("|"),
  "gi",
);
const without = (text: string): string => text.replace(credential, "(hidden)");

/**
 * Providers quote a wrong key in their complaint about it, and recordings are shared: the details of an answer lose what looks like
 * one. A model's own text stays as it is, since it was never shown a secret and its reader must get what came.
 */
export function withoutCredentials(answer: ModelAnswer): ModelAnswer {
  const { attempts } = answer;
  const clean = attempts === undefined ? {} : { attempts: attempts.map((each) => ({ ...each, detail: without(each.detail) })) };
  return answer.outcome === "ok" ? { ...answer, ...clean } : { ...answer, ...clean, detail: without(answer.detail) };
}
