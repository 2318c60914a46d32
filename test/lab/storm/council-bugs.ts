import { instead } from "../instead.ts";

type Shown = { readonly binding: string; readonly status: string };
type Said = { readonly kind: string; readonly trade: string; readonly binding: string };
type Log = new () => { see(fact: Said, at: unknown): void; looked(at: unknown): void; trade(id: string): Shown | undefined };
type Rest = new () => { keepOf(trade: string): unknown };
type Forgetful = { readonly state: { readonly decisions: { readonly council: { keepOf: (trade: string) => unknown } } } };
type Journal = new () => { append(entry: { readonly fact: { readonly kind: string } }): void; commit(): void };

/** Bugs of a council, each planted in one place; `by` are the invariants that may tell. */
export const councilBugs: readonly { readonly bug: string; readonly desk: "council"; readonly plant: () => void; readonly by: RegExp }[] = [
  {
    bug: "a button that is pressed again revives what is over",
    desk: "council",
    plant: () =>
      instead("journal/council-log.ts", ({ CouncilLog }: { CouncilLog: Log }) => ({
        CouncilLog: class extends CouncilLog {
          override see(fact: Said, at: unknown): void {
            // A drift is what makes a trade wait again.
            if (fact.kind === "trade_answered") super.see({ ...fact, kind: "trade_drifted" }, at);
            super.see(fact, at);
          }
        },
      })),
    by: /^I15/,
  },
  {
    bug: "a yes to what was shown before a drift is one to what is shown now",
    desk: "council",
    plant: () =>
      instead("journal/council-log.ts", ({ CouncilLog }: { CouncilLog: Log }) => ({
        CouncilLog: class extends CouncilLog {
          override see(fact: Said, at: unknown): void {
            const shown = fact.kind === "trade_answered" ? this.trade(fact.trade) : undefined;
            super.see(shown === undefined ? fact : { ...fact, binding: shown.binding }, at);
          }
        },
      })),
    by: /^I15/,
  },
  {
    bug: "a price that ran away is not held against what was shown",
    desk: "council",
    plant: () => instead("flow/approval/shown-trade.ts", () => ({ driftOf: () => undefined })),
    by: /^I16/,
  },
  {
    bug: "a trade that nobody answered never expires",
    desk: "council",
    plant: () => instead("desks/council-pending.ts", () => ({ *expire() {} })),
    by: /^I1[56]/,
  },
  {
    bug: "the conviction of a trade has no say in its size",
    desk: "council",
    plant: () =>
      instead("flow/sizing/conviction-size.ts", ({ convictionSize }: { convictionSize: (...of: unknown[]) => unknown }) => ({
        convictionSize: (equity: unknown, _: unknown, sizes: unknown) => convictionSize(equity, 2, sizes),
      })),
    by: /^I16/,
  },
  {
    bug: "a chairman may decide what he likes",
    desk: "council",
    plant: () => instead("flow/resolution/chairman-bounds.ts", () => ({ checkChair: () => undefined })),
    by: /^I18/,
  },
  {
    bug: "a meeting is held whenever somebody looks",
    desk: "council",
    plant: () => {
      instead("flow/proposals/council-pack.ts", () => ({ mayResearch: (_: unknown, meeting: string) => ({ ok: true, value: meeting }) }));
      instead("journal/council-log.ts", ({ CouncilLog }: { CouncilLog: Log }) => ({
        CouncilLog: class extends CouncilLog {
          override looked(): void {}
        },
      }));
    },
    by: /^I17/,
  },
  {
    bug: "a meeting that a crash cut short is taken for held",
    desk: "council",
    plant: () =>
      instead("runtime/recover.ts", () => ({
        takeUp: (entries: Iterable<unknown>, state: { apply(entry: unknown): void }) => {
          for (const entry of entries) state.apply(entry);
          return undefined;
        },
      })),
    by: /^I1[57]/,
  },
  {
    bug: "what a week has settled is not on disk when the next thing is done",
    desk: "council",
    plant: () =>
      instead("lab/storm/volatile-journal.ts", ({ VolatileJournal }: { VolatileJournal: Journal }) => ({
        VolatileJournal: class extends VolatileJournal {
          last = "";
          override append(entry: { readonly fact: { readonly kind: string } }): void {
            this.last = entry.fact.kind;
            super.append(entry);
          }
          override commit(): void {
            if (!/^(?:pack_|seated|no_quorum|chairman_|trade_)/.test(this.last)) super.commit();
          }
        },
      })),
    by: /^I17/,
  },
  {
    bug: "a horizon is looked at once a day, and no more where that look was missed",
    desk: "council",
    plant: () =>
      instead("desks/council-exit.ts", ({ leaveInTime }: { leaveInTime: (...of: unknown[]) => Generator }) => ({
        *leaveInTime(turn: { readonly now: Temporal.Instant }, settings: unknown): Generator {
          const time = turn.now.toZonedDateTimeISO("America/New_York").toPlainTime().toString().slice(0, 5);
          return time === "15:50" ? yield* leaveInTime(turn, settings) : undefined;
        },
      })),
    by: /^I19/,
  },
  {
    bug: "what a venue left of a reduction is left at that",
    desk: "council",
    plant: () =>
      instead("journal/council-log.ts", ({ CouncilLog }: { CouncilLog: Rest }) => ({
        CouncilLog: class extends CouncilLog {
          override keepOf(trade: string): unknown {
            return super.keepOf(trade) === undefined ? undefined : 10n ** 24n;
          }
        },
      })),
    by: /^I15/,
  },
  {
    bug: "each attempt at a reduction is of half of what is held by then",
    desk: "council",
    plant: () =>
      instead("desks/council-reduce.ts", ({ reduce }: { reduce: (...of: unknown[]) => Generator }) => ({
        *reduce(turn: Forgetful, ...of: unknown[]): Generator {
          const { council } = turn.state.decisions;
          const keepOf = council.keepOf.bind(council);
          council.keepOf = () => undefined;
          try {
            return yield* reduce(turn, ...of);
          } finally {
            council.keepOf = keepOf;
          }
        },
      })),
    by: /^I1[56]/,
  },
];
