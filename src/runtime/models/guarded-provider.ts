import type { Provider } from "../../ports/provider.ts";
import { CircuitBreaker, type BreakerPolicy } from "./circuit-breaker.ts";
import { RequestRate } from "./request-rate.ts";

/** A door to a provider with what is known of it beforehand. `kind` is its wire, such as `openai`. */
export type ProviderDoor = {
  readonly provider: Provider;
  readonly kind: string;
  readonly requestsPerMinuteMax?: number;
  readonly breaker: BreakerPolicy;
};

/** A provider with its guards, which all questions share. */
export class GuardedProvider {
  readonly provider: Provider;
  readonly kind: string;
  readonly requestsPerMinuteMax: number | undefined;
  readonly breaker: CircuitBreaker;
  readonly rate: RequestRate | undefined;

  constructor({ provider, kind, requestsPerMinuteMax, breaker }: ProviderDoor) {
    this.provider = provider;
    this.kind = kind;
    this.requestsPerMinuteMax = requestsPerMinuteMax;
    this.breaker = new CircuitBreaker(breaker);
    this.rate = requestsPerMinuteMax === undefined ? undefined : new RequestRate(requestsPerMinuteMax);
  }
}
