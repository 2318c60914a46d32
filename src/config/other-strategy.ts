import type { Config } from "./config.ts";
import { nearest } from "./did-you-mean.ts";
import { styles } from "./sections/strategies.ts";

export const knownStrategies = ({ strategies }: Config): readonly string[] => [...styles, ...Object.keys(strategies)];

/** What to write instead of a strategy's name that is not known. */
export function otherStrategy(config: Config, name: string): string {
  const known = knownStrategies(config);
  const meant = nearest(name, known);
  return meant === undefined ? `write one of ${known.join(", ")}, or add it below strategies` : `did you mean ${meant}?`;
}
