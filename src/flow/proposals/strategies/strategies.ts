import type { Strategy } from "../strategy.ts";
import { aggressive } from "./aggressive.ts";
import { conservative } from "./conservative.ts";
import { dca } from "./dca.ts";
import { scalping } from "./scalping.ts";
import { swing } from "./swing.ts";

/** The styles that come with the house, by name (PERP-4). */
export const strategies: Readonly<Record<string, Strategy>> = { conservative, aggressive, scalping, swing, dca };
