import { z } from "zod";
import { maybe, text } from "../leaf.ts";

/** A desk of the user's own, for `countersign backtest --desk-file`. */
export const desk = z.strictObject({
  file: maybe(
    text(/^[^\p{C}]{1,1000}$/u, "a path of 1 to 1000 characters", "File of a desk of your own, as seen from the configuration file"),
  ),
  sha256: maybe(text(/^[0-9a-f]{64}$/, "64 hexadecimal digits", "SHA-256 that the file must have; a journal holds the one it ran with")),
});
