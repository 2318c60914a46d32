import { InvalidArgumentError } from "commander";

/** A seed is what `config` takes for one: a number or a short name. */
export function seedText(text: string): string {
  if (/^[A-Za-z0-9][A-Za-z0-9._-]{0,31}$/.test(text)) return text;
  throw new InvalidArgumentError("A seed is a number, or 1 to 32 letters, digits and . _ -");
}
