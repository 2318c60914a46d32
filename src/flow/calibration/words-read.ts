import type { ProposalId } from "../../words/ids.ts";
import { brier, type Scored } from "./brier.ts";
import type { Forecast, Outcome } from "./forecast.ts";

/** Brier scores of the same forecasts: of what was said, and of the probability that it was read as when it counted. */
export type ReadScore = { readonly count: number; readonly brierSaid: number; readonly brierRead: number };

/** What calibrators made of words while they were in use, scored by what came of it: no outcome had a say in its own probability. */
export class WordsRead {
  readonly #open = new Map<ProposalId, { readonly of: string; readonly said: number; probability: number | undefined }>();
  readonly #scored = new Map<string, { readonly said: Scored[]; readonly read: Scored[] }>();

  made({ proposal, by, confidence }: Forecast): void {
    this.#open.set(proposal, { of: by.name, said: confidence, probability: undefined });
  }

  read(proposal: ProposalId, probability: number): void {
    const forecast = this.#open.get(proposal);
    if (forecast !== undefined) forecast.probability = probability;
  }

  resolved({ proposal, cameTrue }: Outcome): void {
    const forecast = this.#open.get(proposal);
    this.#open.delete(proposal);
    if (forecast?.probability === undefined) return;
    const { of, said, probability } = forecast;
    const scored = this.#scored.get(of) ?? { said: [], read: [] };
    this.#scored.set(of, scored);
    scored.said.push({ confidence: said, cameTrue });
    scored.read.push({ confidence: probability, cameTrue });
  }

  /** Undefined where nothing that a proposer said was read by a calibrator and has come true or not. */
  scoreOf(name: string): ReadScore | undefined {
    const { said = [], read = [] } = this.#scored.get(name) ?? {};
    const [asSaid, asRead] = [brier(said), brier(read)];
    return asSaid === undefined || asRead === undefined
      ? undefined
      : { count: asRead.count, brierSaid: asSaid.score, brierRead: asRead.score };
  }
}
