import type { AnswerSchemaName } from "../adapters/prompt-files/answer-schemas.ts";
import type { Config } from "../config/config.ts";
import type { ModelRole } from "../flow/proposals/question.ts";

export const askDesks = ["perps", "options", "crypto", "equities", "council"] as const;
export type AskDesk = (typeof askDesks)[number];

/** `answers` tells a desk's questions apart, no two of which have one shape; `is` is the role of the configuration and of budgets. */
export type AskedRole = { readonly answers: AnswerSchemaName; readonly is: ModelRole };

type Asks = {
  /** The first is that of whoever names none. */
  readonly roles: Readonly<Record<string, AskedRole>>;
  /** Days or sessions of a made-up market in which every role of the desk has usually been asked. */
  readonly enough: number;
  /** `key=value` without which nobody would be asked: trying a model comes before letting it decide. */
  readonly needs?: (config: Config, role: string) => readonly string[];
};

/** Every question that a desk puts to a model. A role is named like the house's prompt of it: `options.entry` is entry of options. */
export const askedRoles: Readonly<Record<AskDesk, Asks>> = {
  perps: {
    roles: { trader: { answers: "portfolio@1", is: "trader" } },
    enough: 5,
    needs: ({ perps }) => (perps.proposer === "rules" ? ["perps.proposer=model"] : []),
  },
  options: {
    roles: { entry: { answers: "option_entry@1", is: "trader" }, exit: { answers: "option_exit@1", is: "trader" } },
    enough: 3,
    // Also for exits: where a person decides on entries, nobody is there who would, and nothing is ever held.
    needs: ({ options }) => (options.llm.decisions === "exit" ? ["options.llm.decisions=entry,exit"] : []),
  },
  crypto: {
    roles: { trader: { answers: "trader@1", is: "trader" }, arbiter: { answers: "arbiter@1", is: "arbiter" } },
    enough: 10,
    needs: ({ crypto }, role) => [
      ...(crypto.proposers === "rules" || (role === "arbiter" && crypto.proposers === "ai") ? ["crypto.proposers=both"] : []),
      ...(role === "arbiter" && crypto.arbiterModel === undefined ? ["crypto.arbiterModel=house/arbiter-1"] : []),
    ],
  },
  equities: { roles: { trader: { answers: "decisive@1", is: "trader" } }, enough: 60 },
  council: {
    roles: {
      research: { answers: "council_research@1", is: "research" },
      pm: { answers: "council_pitch@1", is: "pm" },
      reviewer: { answers: "council_review@1", is: "reviewer" },
      chairman: { answers: "council_chair@1", is: "chairman" },
      checkpoint: { answers: "council_checkpoint@1", is: "pm" },
    },
    enough: 12,
  },
};

/** All of them as they are named: `perps.trader, options.entry, ...`. */
export const askedNames: readonly string[] = askDesks.flatMap((desk) =>
  Object.keys(askedRoles[desk].roles).map((role) => `${desk}.${role}`),
);
