import type { Minutes } from "../../desks/council-settings.ts";
import type { Entry } from "../../journal/entry.ts";

type Week = { week: string; packHash: string; pitched: Minutes["pitched"][number][]; over: boolean };

/** What the journal of a council's own account tells of its meetings, as it is written: what its members' accounts take from each. */
export class MinuteBook {
  readonly #weeks = new Map<string, Week>();

  see({ fact }: Entry): void {
    switch (fact.kind) {
      case "pack_frozen":
        this.#weeks.set(fact.week, { week: fact.week, packHash: fact.packHash, pitched: [], over: false });
        return;
      case "pitched": {
        const { member, model, price, pitch } = fact;
        this.#weeks.get(fact.week)?.pitched.push({ member, model, price, pitch });
        return;
      }
      case "no_quorum":
        // Pitches that nobody could review are nobody's trades.
        this.#weeks.delete(fact.week);
        return;
      case "chairman_decided": {
        const week = this.#weeks.get(fact.week);
        if (week !== undefined) week.over = true;
        return;
      }
      default:
    }
  }

  /** Undefined where there was no council, and while one is not over: a meeting that its account did not live through has decided nothing. */
  readonly of = (week: string): Minutes | undefined => {
    const found = this.#weeks.get(week);
    return found?.over === true ? found : undefined;
  };
}
