import type { Evidence } from "../flow/rails/verdict.ts";
import type { Invalid } from "../flow/proposals/validate.ts";

/** The numbers of a rule that a proposal broke, as the journal keeps evidence. */
export const refusalEvidence = ({ measured, limit, detail }: Invalid): Evidence => ({
  unit: typeof measured === "bigint" ? "money" : "state",
  ...(measured === undefined ? {} : { measured }),
  ...(limit === undefined ? {} : { limit }),
  ...(detail === undefined ? {} : { detail }),
});
