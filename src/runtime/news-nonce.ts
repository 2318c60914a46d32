import { digestOf } from "./digest.ts";

/**
 * The name of one question's fence. `secret` is what no writer of news can know: random bytes of the process where trading is live, the
 * run's own settings and seed in a backtest, so that the same run asks the same questions. `of` is what is asked about, for example its
 * correlation. It is journalled with the news, and never derived again.
 */
export const newsNonce = (secret: string, of: string): string => digestOf(`news fence\n${secret}\n${of}`).slice(0, 16);
