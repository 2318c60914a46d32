import pc from "picocolors";

const { NO_COLOR, TERM } = process.env;

/** Colours for a person's terminal only. What the package finds out by itself also colours pipes wherever CI is set. */
export const paint = pc.createColors(process.stdout.isTTY && (NO_COLOR === undefined || NO_COLOR === "") && TERM !== "dumb");
