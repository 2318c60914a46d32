import fc from "fast-check";
import { hardRails } from "../../src/flow/resolution/option-hard-rails.ts";
import { instrumentId } from "../../src/words/ids.ts";

const text = fc.string({ maxLength: 12 });
const word = fc.constantFrom("SPY", "QQQ", "SPY261218C00600000");
const number = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 }).map((value) => (value === 0 ? 0 : value));
const reason = fc
  .record(
    { gate: fc.constantFrom(0 as const, 1 as const, 2 as const), code: text, measured: number, limit: number },
    { requiredKeys: ["gate", "code"] },
  )
  .map((of) => ({ ...of }));
const at = fc.integer({ min: 0, max: 4e12 }).map((ms) => Temporal.Instant.fromEpochMilliseconds(ms));
const about = {
  decision: fc.constantFrom("entry" as const, "exit" as const),
  symbol: word,
  instrument: word.map(instrumentId),
};
const answered = { decision: about.decision, symbol: word };
const plain = <Of extends object>(of: fc.Arbitrary<Of>): fc.Arbitrary<Of> => of.map((value) => ({ ...value }));

/** One arbitrary for each fact of the options desk. */
export const optionsFactsByKind = {
  option_asked: plain(fc.record({ kind: fc.constant("option_asked" as const), ...about })),
  option_gated: plain(
    fc.record(
      {
        kind: fc.constant("option_gated" as const),
        ...about,
        action: text,
        confidence: fc.double({ min: 0.001, max: 1, noNaN: true }),
        acts: fc.boolean(),
        outcome: text,
        gate1: fc.boolean(),
        gate2: fc.boolean(),
        reasons: fc.array(reason, { maxLength: 3 }),
        waitMinutes: fc.integer({ min: 1, max: 30 }),
      },
      {
        requiredKeys: ["kind", "decision", "symbol", "instrument", "action", "confidence", "acts", "outcome", "gate1", "gate2", "reasons"],
      },
    ),
  ),
  hard_rail_fired: plain(
    fc.record({
      kind: fc.constant("hard_rail_fired" as const),
      ...about,
      rail: fc.constantFrom(...hardRails),
      reasons: fc.array(reason, { maxLength: 2 }),
    }),
  ),
  person_asked: plain(
    fc.record({ kind: fc.constant("person_asked" as const), ...about, item: text, why: text, rationale: text, expiresAt: at }),
  ),
  person_answered: plain(
    fc.record(
      {
        kind: fc.constant("person_answered" as const),
        item: text,
        ...answered,
        action: fc.constantFrom("sell" as const, "hold" as const, "approve" as const, "deny" as const),
        by: text,
        why: text,
      },
      { requiredKeys: ["kind", "decision", "symbol", "action", "by"] },
    ),
  ),
  person_obeyed: plain(fc.record({ kind: fc.constant("person_obeyed" as const), ...answered, outcome: text })),
  person_expired: plain(fc.record({ kind: fc.constant("person_expired" as const), ...answered, item: text })),
};
