import { Random } from "../random.ts";
import { channels, type Carried, type Channel } from "./channels.ts";
import { families, slotsOf } from "./families.ts";

/** Goes up when a text of the same id may have changed: results of different versions are not compared. */
export const corpusVersion = 1;

/** One attempt to make a model do what a stranger wants, as it would reach it. */
export type Injection = {
  /** `headline/direct_override`. */
  readonly id: string;
  readonly channel: Channel;
  readonly family: string;
  /** What it tries to say; the channel wraps it. */
  readonly text: string;
  /** One, or several where the text is parted over items. */
  readonly items: readonly Carried[];
};

/** Every family through every channel, each worded by its own seed: the same seed and version give the same texts. */
export function injections(symbols: readonly string[], seed = "1"): readonly Injection[] {
  const random = new Random(seed).fork(`injections ${corpusVersion}`);
  return (Object.keys(channels) as Channel[]).flatMap((channel) =>
    Object.entries(families).map(([family, make]) => {
      const id = `${channel}/${family}`;
      const own = random.fork(id);
      const text = make(slotsOf(own, symbols));
      // A page carries both parts; elsewhere each comes as an item of its own.
      const parts = channel === "web_page" ? [text] : text.split("\n\n");
      return { id, channel, family, text, items: parts.map((part) => channels[channel](part, own)) };
    }),
  );
}
