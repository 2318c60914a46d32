import * as fc from "fast-check";
import type { CryptoFact } from "../../src/journal/crypto-facts.ts";
import { aiAlerts } from "../../src/flow/reports/ai-watch.ts";
import { arbitrationReasons, blendModes, resolutions } from "../../src/flow/resolution/arbitrate.ts";
import type { CalibratedWord } from "../../src/flow/proposals/belief.ts";
import { sourcesHeard, type ArbitrationRow, type ProposalFate } from "../../src/flow/resolution/arbitrated.ts";
import { instrumentId, proposalId } from "../../src/words/ids.ts";

type Arbitrary<Value> = fc.Arbitrary<Value>;
type OfKind<Kind extends CryptoFact["kind"]> = Extract<CryptoFact, { readonly kind: Kind }>;

const plain = <Of extends object>(fields: { [Key in keyof Of]: Arbitrary<Of[Key]> }): Arbitrary<Of> =>
  fc.record(fields, { noNullPrototype: true }) as Arbitrary<Of>;
const name = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._:/-]{0,20}$/);
const proposal = name.map(proposalId);
const instrument = name.map(instrumentId);
const side = fc.constantFrom("buy" as const, "sell" as const);
const number = fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer());
const fate = fc.constantFrom<ProposalFate>("followed", "outranked", "refused: stop_wrong_side");

const local = { side, conviction: number, sizePct: number };
const ai = { side, confidence: number, sizePct: number };
const word = plain<CalibratedWord>({ said: number, probability: number, rewardToRisk: number });
const perhapsCalibrated = <Of extends object>(fields: { [Key in keyof Of]: Arbitrary<Of[Key]> }): Arbitrary<
  Of & { calibrated?: CalibratedWord }
> =>
  fc
    .tuple(plain<Of>(fields), fc.option(word, { nil: undefined }))
    .map(([of, calibrated]) => (calibrated === undefined ? of : { ...of, calibrated }));
const row: Arbitrary<ArbitrationRow> = fc
  .tuple(
    plain({
      instrument,
      resolution: fc.constantFrom(...resolutions, "FAULT" as const),
      reason: fc.constantFrom(...arbitrationReasons, "bad_number" as const),
    }),
    fc.record(
      { local: plain(local), ai: plain(ai), arbiter: fc.constantFrom("local" as const, "none" as const, "unheard" as const) },
      { requiredKeys: [], noNullPrototype: true },
    ),
  )
  .map(([one, two]) => ({ ...one, ...two }));

export const cryptoFactsByKind: { [Kind in CryptoFact["kind"]]: Arbitrary<OfKind<Kind>> } = {
  arbitrated: plain<OfKind<"arbitrated">>({
    kind: fc.constant("arbitrated" as const),
    heard: fc.constantFrom(...sourcesHeard),
    rule: plain({
      aiConfidenceMin: number,
      aiOverrideThreshold: number,
      localWeakConviction: number,
      aiConfidenceAdvantage: number,
      blendMode: fc.constantFrom(...blendModes),
    }),
    proposals_local: fc.array(perhapsCalibrated({ proposal, instrument, ...local, fate }), { maxLength: 3 }),
    proposals_ai: fc.array(perhapsCalibrated({ proposal, instrument, ...ai, fate }), { maxLength: 3 }),
    proposals_final: fc.array(
      plain({
        proposal,
        instrument,
        ...ai,
        of: fc.array(proposal, { maxLength: 2 }),
        levels: fc.constantFrom("local" as const, "ai" as const),
      }),
      { maxLength: 2 },
    ),
    arbitrations: fc.array(row, { maxLength: 3 }),
  }),
  alerted: plain<OfKind<"alerted">>({
    kind: fc.constant("alerted" as const),
    alarm: plain({ alert: fc.constantFrom(...aiAlerts), measured: number, limit: number }),
    began: fc.boolean(),
  }),
};
