import { isatty } from "node:tty";
import pc from "picocolors";

const { NO_COLOR, TERM } = process.env;

/**
 * Colours for a person's terminal only. The package is told yes or no: given undefined, which is what isTTY of a pipe is, it looks for itself
 * and colours pipes wherever CI or FORCE_COLOR is set.
 */
export const paint = pc.createColors(isatty(1) && (NO_COLOR === undefined || NO_COLOR === "") && TERM !== "dumb");
