import { strategies } from "../flow/proposals/strategies/strategies.ts";
import type { Strategy } from "../flow/proposals/strategy.ts";
import { present } from "../words/invariant.ts";
import { err, ok, type Result } from "../words/result.ts";
import type { Config } from "./config.ts";
import { otherStrategy } from "./other-strategy.ts";

/**
 * A built-in style, or one of the user's: the rules of a style or of a file, with the numbers, name and description that were given
 * (PERP-4). `files` holds the strategies whose files were loaded. The error is a sentence.
 */
export function strategyOf(config: Config, name: string, files: ReadonlyMap<string, Strategy> = new Map()): Result<Strategy, string> {
  if (Object.hasOwn(strategies, name)) return ok(present(strategies[name], "a built-in strategy has its name"));
  const custom = Object.hasOwn(config.strategies, name) ? config.strategies[name] : undefined;
  if (custom === undefined) return err(`no strategy is named ${name}; ${otherStrategy(config, name)}`);
  const style = custom.style === undefined ? files.get(name) : present(strategies[custom.style], "every style of the schema is built in");
  if (style === undefined) return err(`the rules of ${name} are a file, ${custom.file ?? ""}, which was not loaded`);
  return ok({ ...style, name, description: custom.description ?? style.description, numbers: { ...style.numbers, ...custom.numbers } });
}
