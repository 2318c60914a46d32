import type { Capability, Price } from "../../ports/known-model.ts";

/** What there is to know of models and providers, each said once. */
export class Notices {
  readonly #told = new Set<string>();
  readonly #tell: ((text: string) => void) | undefined;

  constructor(tell: ((text: string) => void) | undefined) {
    this.#tell = tell;
  }

  say(text: string): void {
    if (this.#told.has(text)) return;
    this.#told.add(text);
    this.#tell?.(text);
  }

  capability(model: string, { known }: Capability): void {
    if (!known) this.say(`${model} is not a known model: it is sent only what every model takes`);
  }

  price(model: string, price: Price | undefined): void {
    if (price === undefined)
      this.say(
        `no price is known of ${model}: without a money cap its calls count as free, with one they are refused; models.prices sets one`,
      );
    else if (price.basis === "third_party_copy")
      this.say(`the price of ${model} is a third party's copy (${price.source}): models.prices sets one that you have checked`);
  }
}
