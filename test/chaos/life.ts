import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, statSync, truncateSync } from "node:fs";
import { join } from "node:path";
import type { Duplex, Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { readEntries } from "../../src/adapters/file-journal/read-entries.ts";
import { verifyJournalFile } from "../../src/adapters/file-journal/walk-chain.ts";
import type { Order } from "../../src/flow/orders/order.ts";
import type { PlaceOutcome } from "../../src/flow/orders/outcome.ts";
import { AccountState } from "../../src/journal/account-state.ts";
import { decodeEntry } from "../../src/journal/codec.ts";
import { stormMarket } from "../../src/lab/storm/storm-market.ts";
import type { BacktestPlan } from "../../src/lab/backtest.ts";
import { atRest } from "../../src/lab/storm/at-rest.ts";
import type { Entry } from "../../src/journal/entry.ts";
import type { JournalHead } from "../../src/ports/journal-store.ts";
import { Random } from "../../src/sim/random.ts";
import { SimVenue } from "../../src/sim/venue/sim-venue.ts";
import type { ClientOrderId } from "../../src/words/ids.ts";
import { viewOf } from "../lab/a-view.ts";
import type { Assignment, Said } from "./assignment.ts";
import { chaosPlan } from "./chaos-plan.ts";
import { nthMax, type Kill, type KillPoint, type Planted } from "./kill-points.ts";
import { frame, Frames, packed } from "./wire.ts";

const program = fileURLToPath(new URL("desk-process.ts", import.meta.url));
const bars = 55;
const calmBars = 6;
const minuteMs = 60_000;

export type Ended = {
  readonly signal: string | null;
  readonly code: number | null;
  readonly stderr: string;
};
type Taken = { readonly order: Order; readonly decided: string };
/** `powerCut`: whether the machine dies with the process; by chance where it is not said. */
type Wish = { readonly kill?: Kill; readonly fullAtWrite?: number; readonly powerCut?: boolean };

/**
 * One journal with all the processes that write it, one after the other, and the venue that outlives them. What is not as it must be
 * is said in `breaches`.
 */
export class Life {
  readonly path: string;
  readonly breaches: string[] = [];
  readonly killed: KillPoint[] = [];
  /** What a process asked of the venue that moves orders, after it was told that its disk is full. */
  sentWhenFull = 0;
  /** What the last process asked of the venue. */
  asked = 0;
  processes = 0;
  /** Entries that a power cut took, none of them promised. */
  unpromisedLost = 0;
  readonly #seed: string;
  /** Without it every process would spend its life reading our modules; one that is killed leaves nothing there. */
  readonly #compiled: string;
  readonly #random: Random;
  readonly #plan: BacktestPlan;
  readonly #venue: SimVenue;
  readonly #planted: Planted | undefined;
  readonly #calmMs: number;
  readonly #taken = new Map<ClientOrderId, Taken>();
  #market: Assignment["market"];
  #promised: JournalHead = { sequence: 0, hash: "" };
  #synced = 0;
  #hasSynced = false;
  #full = false;
  #view: string | undefined;

  constructor(seed: string, folder: string, planted?: Planted) {
    this.#seed = seed;
    this.path = join(mkdtempSync(join(folder, "life-")), "account.journal");
    this.#compiled = join(folder, "compiled");
    this.#planted = planted;
    const random = new Random(seed).fork("life");
    this.#random = random.fork("kills");
    const histories = stormMarket(random.fork("market"), bars);
    this.#plan = chaosPlan(histories, random.fork("plan"));
    this.#calmMs = Math.min(...histories.map((each) => each.bars.openMs[0] ?? Infinity)) + (bars - calmBars) * minuteMs;
    this.#venue = new SimVenue({
      ...this.#plan.venue,
      seed,
      account: this.#plan.account,
      instruments: histories.map(({ instrument }) => instrument),
      latencyMs: random.pick([0, 250, 5_000]),
      acknowledges: random.chance(0.5),
    });
  }

  /** Kills its processes at places drawn from `deck` until it has been played, then lets one finish and holds everything against everything. */
  async live(deck: readonly KillPoint[]): Promise<this> {
    for (const at of deck) {
      if (this.#isCalm || this.#view !== undefined || this.breaches.length > 0) break;
      await this.next({ kill: { at, nth: this.#random.int(1, nthMax[at]) } });
    }
    if (this.#view === undefined && this.breaches.length === 0) await this.next({});
    if (this.#view !== undefined) this.#holdAtRest();
    return this;
  }

  /** One process, from its start to its end. */
  async next(wish: Wish): Promise<Ended> {
    const ended = await this.start(wish);
    const { signal, code, stderr } = ended;
    if (signal === "SIGKILL" && wish.kill !== undefined) {
      this.killed.push(wish.kill.at);
      if (wish.powerCut ?? (this.#planted === "skips_the_sync" || this.#random.chance(0.5))) this.#cutPower();
    } else if (code !== 0 && wish.fullAtWrite === undefined)
      this.breaches.push(`process ${this.processes} ended with ${code ?? signal}: ${stderr}`);
    // What the venue had told a dead process, or meant to, may be lost with its connection.
    if (this.#random.chance(0.5)) this.#venue.drain();
    this.#holdJournal();
    return ended;
  }

  get finished(): boolean {
    return this.#view !== undefined;
  }

  get #isCalm(): boolean {
    return (this.#market?.openMs ?? 0) >= this.#calmMs;
  }

  /** The process alone: nothing is held against anything. */
  async start({ kill, fullAtWrite }: Wish = {}): Promise<Ended> {
    this.processes++;
    this.asked = 0;
    this.#hasSynced = false;
    this.#full = false;
    const env = { ...process.env, NODE_COMPILE_CACHE: this.#compiled };
    const child = spawn(process.execPath, [program], {
      env,
      stdio: ["ignore", "ignore", "pipe", "pipe"],
    });
    const wire = child.stdio[3] as Duplex;
    const frames = new Frames();
    // A process that is gone reads no answers.
    wire.on("error", () => undefined);
    wire.on("data", (chunk: Uint8Array) => {
      for (const message of frames.take(chunk)) {
        const answer = this.#hear(message as Said, kill, fullAtWrite);
        if (answer !== undefined) wire.write(frame(answer));
      }
    });
    let stderr = "";
    (child.stderr as Readable).on("data", (chunk) => (stderr += String(chunk)));
    const [code, signal] = (await once(child, "close")) as [number | null, string | null];
    return { code, signal, stderr };
  }

  #hear(message: Said, kill: Kill | undefined, fullAtWrite: number | undefined): unknown {
    const builds = message.say === "call" || message.say === "acknowledged";
    if (builds && !this.#hasSynced) this.breaches.push(`process ${this.processes} builds on a journal that nobody synced`);
    switch (message.say) {
      case "begin":
        return this.#assignment(kill, fullAtWrite);
      case "call":
        return { value: this.#call(message.method, message.args), pending: this.#venue.pending };
      case "acknowledged":
        this.#promised = message.head;
        return undefined;
      case "synced":
        this.#synced = message.bytes;
        this.#hasSynced = true;
        return undefined;
      case "disk_full":
        this.#full = true;
        return undefined;
      case "done":
        this.#view = message.view;
        return undefined;
    }
  }

  #assignment(kill: Kill | undefined, fullAtWrite: number | undefined): Assignment {
    const { account, venue, record, digest, settings, rules, histories } = this.#plan;
    const { strategy: _, ...plain } = settings;
    return {
      path: this.path,
      seed: this.#seed,
      process: this.processes,
      histories,
      settings: plain,
      rules,
      plan: { account, venue, record, digest },
      calmMs: this.#calmMs,
      ...(this.#market === undefined ? {} : { market: this.#market }),
      ...(kill === undefined ? {} : { kill }),
      ...(fullAtWrite === undefined ? {} : { fullAtWrite }),
      ...(this.#planted === undefined ? {} : { planted: this.#planted }),
    };
  }

  #call(method: string, args: readonly unknown[]): unknown {
    this.asked++;
    const orders = method === "place" || method === "replace" || method === "cancel";
    if (orders && this.#full) this.sentWhenFull++;
    const order = (method === "place" ? args[0] : args[1]) as Order;
    if ((method === "place" || method === "replace") && this.#taken.has(order.id))
      this.breaches.push(`order ${order.id} was sent again though the venue has it`);
    if (method === "openBar") this.#market = { openMs: args[1] as number, closed: false };
    if (method === "closeBar" && this.#market !== undefined) this.#market = { ...this.#market, closed: true };
    const answer: unknown = Reflect.apply(this.#venue[method as "place"], this.#venue, args as [Order]);
    if ((method === "place" || method === "replace") && (answer as PlaceOutcome).kind === "accepted") this.#take(order);
    return answer;
  }

  /** The venue's own record of what it took, which no crash touches. */
  #take(order: Order): void {
    const decided = `${order.instrument} in the bar of ${this.#market?.openMs}`;
    if (order.purpose === "entry" && [...this.#taken.values()].some((of) => of.order.purpose === "entry" && of.decided === decided))
      this.breaches.push(`${decided} was entered twice, the second time with ${order.id}`);
    this.#taken.set(order.id, { order, decided });
  }

  /** The machine dies with the process: of what no sync covered, the disk has as much as chance has it. */
  #cutPower(): void {
    const size = statSync(this.path, { throwIfNoEntry: false })?.size ?? 0;
    const left = this.#random.int(Math.min(this.#synced, size), size);
    if (left === size) return;
    truncateSync(this.path, left);
    this.#synced = left;
    this.unpromisedLost++;
  }

  /** The file as it lies there between two processes. */
  #holdJournal(): void {
    const planned = new Set<ClientOrderId>();
    let promised: string | undefined;
    const verified = verifyJournalFile(this.path, ({ sequence, hash, entryText }) => {
      // The hash of an entry is of it and of all before it, byte for byte.
      if (sequence === this.#promised.sequence) promised = hash;
      if (!entryText.includes('"kind":"order_planned"')) return;
      const entry = decodeEntry(entryText);
      if (entry.ok && entry.value.fact.kind === "order_planned") planned.add(entry.value.fact.order.id);
    });
    if (!verified.ok && verified.error.code !== "empty" && verified.error.code !== "absent")
      this.breaches.push(`the journal does not verify: ${JSON.stringify(verified.error)}`);
    const { sequence, hash } = this.#promised;
    if (sequence > 0 && promised !== hash) this.breaches.push(`entry ${sequence} was acknowledged, and is ${promised ?? "gone"}`);
    for (const id of this.#taken.keys()) if (!planned.has(id)) this.breaches.push(`order ${id} is at the venue and not in the journal`);
  }

  /** After the last process has finished: the journal gives what that one had, and that is what the venue has. */
  #holdAtRest(): void {
    const entries = [...readEntries(this.path)];
    const state = new AccountState();
    for (const entry of entries) state.apply(entry);
    if (packed(viewOf(state)) !== this.#view) this.breaches.push("the journal folds to other books than the last process had");
    for (const { invariant, what } of atRest({ state, truth: this.#venue, entries })) this.breaches.push(`${invariant}: ${what}`);
    for (const id of unanswered(entries))
      this.breaches.push(`order ${id} was planned, and the books went on without asking what became of it`);
    const woken = entries.filter(({ fact }) => fact.kind === "woke").map(({ at }) => at.epochMilliseconds);
    if (new Set(woken).size < woken.length) this.breaches.push("a bar was decided twice");
  }

  get orders(): number {
    return this.#taken.size;
  }
}

/** Orders that a crash left between plan and answer, and that a later look at the venue's records passed over. */
function unanswered(entries: readonly Entry[]): readonly ClientOrderId[] {
  const waiting = new Set<ClientOrderId>();
  const passedOver: ClientOrderId[] = [];
  for (const { fact } of entries) {
    if (fact.kind === "order_planned") waiting.add(fact.order.id);
    else if (fact.kind === "filled" && fact.fill.order !== undefined) waiting.delete(fact.fill.order);
    else if (fact.kind === "reconciled") passedOver.push(...waiting);
    else if ("order" in fact && typeof fact.order === "string" && fact.kind !== "cancel_planned") waiting.delete(fact.order);
  }
  return passedOver;
}
