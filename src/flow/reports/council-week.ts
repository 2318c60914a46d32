import type { CouncilPack } from "../proposals/council-pack.ts";
import type { Pitch } from "../proposals/council-words.ts";
import type { CouncilDecision } from "../resolution/chairman-bounds.ts";
import type { RankedPitch, ReviewerBias } from "../resolution/peer-ranking.ts";
import type { ReviewerSkill } from "../resolution/reviewer-skill.ts";

/** Facts of a council's meetings come in one by one; a week's report goes out for each (COUN-9). */

export type WeekReport = {
  readonly week: string;
  readonly packHash: string;
  readonly risk: string;
  readonly agreed: string;
  readonly events: readonly string[];
  readonly refusedEvents: readonly string[];
  readonly leftOut: readonly string[];
  readonly pitches: readonly {
    readonly member: string;
    readonly pitch: string;
    readonly score: number | null;
    readonly gainBps: number | null;
    readonly killShots: readonly string[];
  }[];
  readonly reviewers: readonly (ReviewerBias & { readonly rankCorrelation: number | null; readonly weeks: number })[];
  readonly decision: string;
  readonly by: string;
  readonly breach: string | null;
  readonly dissent: readonly string[];
};

type Open = {
  week: string;
  packHash: string;
  pack: CouncilPack | undefined;
  leftOut: string[];
  pitches: Map<string, { pitch: Pitch; score: number | null; gainBps: number | null; killShots: string[] }>;
  reviewers: WeekReport["reviewers"];
  decision: CouncilDecision | undefined;
  breach: string | null;
  dissent: string | undefined;
};

/** What a report needs of a fact, whatever else the journal's has. */
export type CouncilTold =
  | { readonly kind: "pack_frozen"; readonly week: string; readonly packHash: string; readonly pack: CouncilPack }
  | { readonly kind: "left_out"; readonly week: string; readonly member: string; readonly as: string; readonly why: string }
  | { readonly kind: "pitched"; readonly week: string; readonly member: string; readonly pitch: Pitch }
  | {
      readonly kind: "peers_reviewed";
      readonly week: string;
      readonly labels: readonly { readonly label: string; readonly member: string }[];
      readonly reviews: readonly { readonly label: string; readonly killShot: string }[];
    }
  | {
      readonly kind: "pitches_ranked";
      readonly week: string;
      readonly ranked: readonly RankedPitch[];
      readonly reviewers: readonly ReviewerBias[];
      readonly skills: readonly ReviewerSkill[];
    }
  | {
      readonly kind: "chairman_decided";
      readonly week: string;
      readonly decision: CouncilDecision;
      readonly said?: { readonly dissent: string };
      readonly breach?: { readonly code: string; readonly detail: string };
    }
  | { readonly kind: "pitch_resolved"; readonly week: string; readonly member: string; readonly gainBps: number };

export class WeekReports {
  readonly #weeks = new Map<string, Open>();

  see(fact: CouncilTold): void {
    const week = this.#week(fact.week);
    switch (fact.kind) {
      case "pack_frozen":
        week.packHash = fact.packHash;
        week.pack = fact.pack;
        return;
      case "left_out":
        week.leftOut.push(`${fact.member} as ${fact.as}: ${fact.why}`);
        return;
      case "pitched":
        week.pitches.set(fact.member, { pitch: fact.pitch, score: null, gainBps: null, killShots: [] });
        return;
      case "peers_reviewed":
        for (const { label, killShot } of fact.reviews) {
          const member = fact.labels.find((each) => each.label === label)?.member;
          if (member !== undefined && killShot !== "") week.pitches.get(member)?.killShots.push(killShot);
        }
        return;
      case "pitches_ranked":
        for (const { member, score } of fact.ranked) {
          const pitch = week.pitches.get(member);
          if (pitch !== undefined) pitch.score = score;
        }
        week.reviewers = fact.reviewers.map((each) => {
          const skill = fact.skills.find(({ reviewer }) => reviewer === each.reviewer);
          return { ...each, rankCorrelation: skill?.rankCorrelation ?? null, weeks: skill?.weeks ?? 0 };
        });
        return;
      case "chairman_decided":
        week.decision = fact.decision;
        week.breach = fact.breach === undefined ? null : `${fact.breach.code}: ${fact.breach.detail}`;
        week.dissent = fact.said?.dissent;
        return;
      case "pitch_resolved": {
        const pitch = week.pitches.get(fact.member);
        if (pitch !== undefined) pitch.gainBps = fact.gainBps;
      }
    }
  }

  #week(week: string): Open {
    const known = this.#weeks.get(week);
    if (known !== undefined) return known;
    const fresh: Open = {
      week,
      packHash: "",
      pack: undefined,
      leftOut: [],
      pitches: new Map(),
      reviewers: [],
      decision: undefined,
      breach: null,
      dissent: undefined,
    };
    this.#weeks.set(week, fresh);
    return fresh;
  }

  reports(): readonly WeekReport[] {
    return [...this.#weeks.values()].map(({ week, packHash, pack, leftOut, pitches, reviewers, decision, breach, dissent }) => ({
      week,
      packHash,
      risk: pack?.regime.risk ?? "unknown",
      agreed: pack === undefined ? "" : `${pack.consensus.filter(({ verdict }) => verdict === "agree").length} of ${pack.consensus.length}`,
      events: pack?.events.map(({ name, at }) => `${name} ${at.toString()}`) ?? [],
      refusedEvents: pack?.refusedEvents.map(({ event, why }) => `${event}: ${why}`) ?? [],
      leftOut: [...leftOut, ...(pack?.regime.missing.map(({ symbol, why }) => `${symbol}: ${why}`) ?? [])],
      pitches: [...pitches]
        .map(([member, { pitch, ...rest }]) => ({ member, pitch: traded(pitch), ...rest }))
        .sort((a, b) => (b.score ?? -1) - (a.score ?? -1)),
      reviewers,
      decision: decision === undefined ? "no council" : traded(decision.trade),
      by: decision?.by ?? "nobody",
      breach,
      dissent: [
        ...(decision?.dissenters.map(({ member, wanted }) => `${member} wanted ${wanted}`) ?? []),
        ...(dissent === undefined || dissent === "" ? [] : [`chairman: ${dissent}`]),
      ],
    }));
  }
}

const traded = ({ direction, symbol, conviction, horizon }: Pick<Pitch, "direction" | "symbol" | "conviction" | "horizon">): string =>
  direction === "FLAT" ? "FLAT" : `${direction} ${symbol} ${conviction > 0 ? "+" : ""}${conviction} ${horizon}`;
