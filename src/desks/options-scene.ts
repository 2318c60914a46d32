import type { OptionContext } from "../flow/context/option-context.ts";
import { calendarOf } from "../flow/market/calendar/calendar.ts";
import type { AssetSnapshot } from "../flow/market/snapshot.ts";
import type { Position } from "../flow/portfolio/position.ts";
import { premiumGainPct } from "../flow/portfolio/premium-gain.ts";
import { spreadBpsOf } from "../flow/proposals/option-question.ts";
import type { OptionSituation } from "../flow/resolution/option-situation.ts";
import type { Turn } from "../runtime/turn.ts";
import { approximately } from "../words/exact.ts";
import type { InstrumentId } from "../words/ids.ts";
import type { Option } from "../words/instrument.ts";
import { notional } from "../words/money.ts";
import type { OptionsSettings } from "./options-settings.ts";

/** `openedAt` is the venue's stamp and sessions are by our clock: no two clocks are this far apart, and no two sessions this near. */
const stampsApartMs = 3_600_000;

/** What one scan of the options desk sees, contract by contract: contexts for questions and situations for gates. */
export class OptionsScene {
  readonly open: boolean;
  readonly #turn: Turn;
  readonly #settings: OptionsSettings;
  readonly #assets: ReadonlyMap<InstrumentId, AssetSnapshot>;
  readonly #minutesToClose: number;
  readonly #minutesFromOpen: number;
  readonly #today: Temporal.PlainDate;
  readonly #openAt: Temporal.Instant | undefined;
  readonly #nextSession: Temporal.PlainDate | undefined;
  /** Positions held, with the entries of this scan. */
  #positions: number;

  constructor(turn: Turn, settings: OptionsSettings) {
    const calendar = calendarOf("xnys");
    const session = calendar.sessionAt(turn.now);
    this.open = session !== undefined;
    this.#turn = turn;
    this.#settings = settings;
    this.#assets = new Map(turn.snapshot.assets.map((asset) => [asset.quote.instrument, asset]));
    this.#minutesToClose = session === undefined ? 0 : (session.closeAt.epochMilliseconds - turn.now.epochMilliseconds) / 60_000;
    this.#minutesFromOpen = session === undefined ? 0 : (turn.now.epochMilliseconds - session.openAt.epochMilliseconds) / 60_000;
    this.#today = calendar.tradingDay(turn.now);
    this.#openAt = session?.openAt;
    this.#nextSession = session === undefined ? undefined : calendar.tradingDay(calendar.nextOpen(session.closeAt));
    const { state } = turn;
    const entering = state.openOrders.filter(({ purpose, instrument }) => purpose === "entry" && state.position(instrument) === undefined);
    this.#positions = state.positions.length + entering.length;
  }

  asset(id: InstrumentId): AssetSnapshot | undefined {
    return this.#assets.get(id);
  }

  /** Every contract of an underlying that has data in this scan. */
  contractsOf(underlying: InstrumentId, right: Option["right"]): readonly Option[] {
    const contracts: Option[] = [];
    for (const id of this.#assets.keys()) {
      const instrument = this.#turn.state.instrument(id);
      if (instrument.kind === "option" && instrument.underlying === underlying && instrument.right === right) contracts.push(instrument);
    }
    return contracts;
  }

  /** An entry that was sent takes a place at once: the next one of the same scan must see it. */
  entered(): void {
    this.#positions++;
  }

  entrySituation(instrument: Option, market: AssetSnapshot): OptionSituation {
    const { premiumMax } = this.#settings;
    const { quote, contract } = market;
    const one = notional(quote.ask, instrument.lot, instrument.multiplier, "up");
    return {
      ...this.#guarded(),
      minutesToClose: this.#minutesToClose,
      minutesFromOpen: this.#minutesFromOpen,
      spreadBps: spreadBpsOf(quote),
      volume: contract?.dayVolume ?? Number.NaN,
      openInterest: contract?.contractsOpen ?? Number.NaN,
      delta: contract?.delta ?? Number.NaN,
      theta: contract?.theta ?? Number.NaN,
      iv: contract?.iv ?? Number.NaN,
      daysToExpiry: this.#daysTo(instrument),
      quoteAgeMs: this.#turn.now.epochMilliseconds - quote.quotedAt.epochMilliseconds,
      costShare: approximately(one) / approximately(premiumMax),
    };
  }

  /** Before any contract is looked at: what forbids every entry of this scan. */
  entryAtAll(): OptionSituation {
    return { ...this.#guarded(), minutesToClose: this.#minutesToClose, minutesFromOpen: this.#minutesFromOpen };
  }

  exitSituation(instrument: Option, position: Position, market: AssetSnapshot): OptionSituation {
    return {
      ...this.#guarded(),
      pnlPct: premiumGainPct(position.averageEntry, market.quote.bid),
      minutesToClose: this.#minutesLeft(instrument, position),
    };
  }

  /**
   * Until the position has to be sold. One that may stay overnight is sold at the end of the session before its contract's last day; what
   * was too thin to be sold in time has no minute left from then on, so that every scan tries again.
   */
  #minutesLeft(instrument: Option, { openedAt }: Position): number {
    const { dayEnd } = this.#settings;
    if (dayEnd === "never") return Infinity;
    if (dayEnd === "daily") {
      const overstayed = this.#openAt !== undefined && openedAt.epochMilliseconds < this.#openAt.epochMilliseconds - stampsApartMs;
      return overstayed ? 0 : this.#minutesToClose;
    }
    if (this.#daysTo(instrument) <= 0) return 0;
    const eve = this.#nextSession !== undefined && Temporal.PlainDate.compare(this.#nextSession, instrument.expiry) >= 0;
    return eve ? this.#minutesToClose : Infinity;
  }

  context(instrument: Option, market: AssetSnapshot, position?: Position): OptionContext {
    const underlying = this.#assets.get(instrument.underlying);
    return {
      now: this.#turn.now,
      minutesToClose: this.#minutesToClose,
      contract: { instrument, market, daysToExpiry: this.#daysTo(instrument) },
      ...(underlying === undefined
        ? {}
        : { underlying: { instrument: this.#turn.state.instrument(instrument.underlying), market: underlying } }),
      ...(position === undefined ? {} : { held: { position, pnlPct: premiumGainPct(position.averageEntry, market.quote.bid) } }),
    };
  }

  #daysTo({ expiry }: Option): number {
    return this.#today.until(Temporal.PlainDate.from(expiry)).days;
  }

  #guarded(): Pick<OptionSituation, "killSwitch" | "circuitBreaker" | "positions"> {
    const { state } = this.#turn;
    return {
      killSwitch: state.killLevel !== "none",
      circuitBreaker: state.latches.some(({ name }) => name !== "kill"),
      positions: this.#positions,
    };
  }
}
