import type { Brand } from "./brand.ts";
import { missing } from "./invariant.ts";
import { err, ok, type Result } from "./result.ts";

/** Ids are strings, everywhere and always: a 19-digit order id does not survive a double. */
export type AccountId = Brand<string, "AccountId">;
export type DeskId = Brand<string, "DeskId">;
/** Names one instrument at one venue, for example `BTCUSDT.PERP`. */
export type InstrumentId = Brand<string, "InstrumentId">;
/** One decision; it is in the journal, the logs, the order's client id and on the page (LINE-3). */
export type CorrelationId = Brand<string, "CorrelationId">;
export type ProposalId = Brand<string, "ProposalId">;
export type IntentId = Brand<string, "IntentId">;
/** Ours; a function of intent, leg and epoch, so that a retry is the same order. */
export type ClientOrderId = Brand<string, "ClientOrderId">;
/** The venue's. */
export type VenueOrderId = Brand<string, "VenueOrderId">;
export type ExecutionId = Brand<string, "ExecutionId">;
/** The venue's, of what changes an account and is no fill: a funding payment, a charge, a split. */
export type TransactionId = Brand<string, "TransactionId">;

export type NotAnId = { readonly code: "not_an_id"; readonly text: string };

/** Letters, digits and `. _ : / -`, up to 64 of them: an empty id has re-executed workflows elsewhere. */
const shape = /^[A-Za-z0-9][A-Za-z0-9._:/-]{0,63}$/;
const lengthMax = 64;

export const parseInstrumentId = (text: string): Result<InstrumentId, NotAnId> =>
  shape.test(text) ? ok(text as InstrumentId) : err({ code: "not_an_id", text });

function id(text: string): string {
  // The rule is put into words only once it is broken: ids are made on every path.
  if (!shape.test(text)) missing(`"${text}" is an id`);
  return text;
}

/** An id with more behind it, all of which is of the right letters: only its length can be wrong. */
function longer(text: string): string {
  if (text.length > lengthMax) missing(`"${text}" is an id`);
  return text;
}

export const accountId = (text: string): AccountId => id(text) as AccountId;
export const deskId = (text: string): DeskId => id(text) as DeskId;
export const instrumentId = (text: string): InstrumentId => id(text) as InstrumentId;
export const correlationId = (text: string): CorrelationId => id(text) as CorrelationId;
export const proposalId = (text: string): ProposalId => id(text) as ProposalId;
export const intentId = (text: string): IntentId => id(text) as IntentId;
export const clientOrderIdOf = (text: string): ClientOrderId => id(text) as ClientOrderId;
export const venueOrderId = (text: string): VenueOrderId => id(text) as VenueOrderId;
export const executionId = (text: string): ExecutionId => id(text) as ExecutionId;

/** The n-th proposal of a decision. */
export const proposalIn = (correlation: CorrelationId, n: number): ProposalId => longer(`${correlation}.${n}`) as ProposalId;
/** One proposal becomes at most one intent, so the intent takes its number. */
export const intentOf = (proposal: ProposalId): IntentId => proposal as string as IntentId;
/** An order of an intent, by a letter and a number. */
export const orderIn = (intent: IntentId, letter: string, epoch: number): ClientOrderId =>
  longer(`${intent}.${letter}${epoch}`) as ClientOrderId;

export const transactionId = (text: string): TransactionId => id(text) as TransactionId;
