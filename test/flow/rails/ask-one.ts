import { hear } from "../../../src/flow/rails/judge.ts";
import { rails } from "../../../src/flow/rails/rails.ts";
import type { Scene } from "../../../src/flow/rails/candidate.ts";
import type { RailCode } from "../../../src/flow/rails/codes.ts";
import { formatExact } from "../../../src/words/exact.ts";

export type Row = readonly [rail: RailCode, expected: string, because: string, scene: Scene];

/** One rail's word in short: `passed`, a refusal's code, `trimmed to 100`, or `not asked` where it judges entries only. */
export function askOne(code: RailCode, scene: Scene): string {
  const heard = hear(
    scene,
    rails.filter((rail) => rail.code === code),
  );
  const verdict = heard.verdicts[0];
  if (verdict === undefined) return "not asked";
  if (verdict.outcome === "passed") return "passed";
  return verdict.outcome === "refused" ? verdict.code : `trimmed to ${formatExact(verdict.notionalMax)}`;
}
