import type { CouncilPack } from "../flow/proposals/council-pack.ts";
import { chairQuestion, reviewQuestion, type HeardReview } from "../flow/proposals/council-questions.ts";
import { readChair, readReviews } from "../flow/proposals/read-council.ts";
import { pitchesFor, rubricFor, type Labelled } from "../flow/proposals/peer-labels.ts";
import type { ChairDecision, Review } from "../flow/proposals/council-words.ts";
import { checkChair, decide, type ChairBreach, type CouncilDecision, type Pitched } from "../flow/resolution/chairman-bounds.ts";
import { rankPitches, type RankedPitch, type ScoredPitch } from "../flow/resolution/peer-ranking.ts";
import { skillOf } from "../flow/resolution/reviewer-skill.ts";
import { record, type Line } from "../runtime/line.ts";
import type { Turn } from "../runtime/turn.ts";
import type { CouncilSettings } from "./council-settings.ts";
import { putQuestion, putQuestions } from "./put-question.ts";

/** Names and models: whatever of them stands in a pitch is no reviewer's business. */
const namesOf = ({ members }: CouncilSettings): readonly string[] =>
  members.flatMap(({ name, model }) => [name, model, ...model.split("/")]);

export type Reviewed = {
  readonly ranked: readonly RankedPitch[];
  readonly reviews: readonly { readonly member: string; readonly review: Review }[];
};

/** Everybody reviews everybody else's pitch at once, under labels of his own; a reviewer who fails is named (COUN-4). */
export function* review(turn: Turn, settings: CouncilSettings, pack: CouncilPack, pitches: readonly Pitched[]): Line<Reviewed> {
  const { correlation, state } = turn;
  const seed = `${settings.seed}/${pack.week}`;
  const reviewers = settings.members.filter(({ name }) => pitches.some(({ member }) => member === name));
  const sheets = reviewers.map(({ name }) => ({
    labelled: pitchesFor(name, pitches, seed, namesOf(settings)),
    order: rubricFor(name, seed),
  }));
  const answers = yield* putQuestions(
    turn,
    reviewers.map(({ model }, at) =>
      reviewQuestion(pack, sheets[at]?.labelled ?? [], sheets[at]?.order ?? [], {
        model,
        prompt: settings.prompts.reviewer,
        deadlineMs: settings.deadlineMs,
      }),
    ),
  );
  const scored: ScoredPitch[] = [];
  const heard: { readonly member: string; readonly review: Review }[] = [];
  for (const [at, { name }] of reviewers.entries()) {
    const { labelled, order } = sheets[at] ?? { labelled: [], order: [] };
    const read = reviewsIn(answers[at], labelled);
    if (typeof read !== "object") {
      yield record({ kind: "left_out", week: pack.week, member: name, as: "reviewer", why: "unheard", detail: read }, correlation);
      continue;
    }
    const labels = labelled.map(({ label, member }) => ({ label, member }));
    yield record({ kind: "peers_reviewed", week: pack.week, reviewer: name, labels, rubric: order, reviews: read }, correlation);
    for (const each of read) {
      const member = labels.find(({ label }) => label === each.label)?.member;
      if (member === undefined) continue;
      scored.push({ reviewer: name, member, scores: each.scores });
      heard.push({ member, review: each });
    }
  }
  const skills = reviewers.map(({ name }) => skillOf(name, state.decisions.council.past));
  const weightOf = (reviewer: string): number =>
    settings.weighReviewers ? (skills.find((each) => each.reviewer === reviewer)?.weight ?? 1) : 1;
  const ranking = rankPitches(scored, weightOf);
  yield record({ kind: "pitches_ranked", week: pack.week, ...ranking, skills, weighed: settings.weighReviewers }, correlation);
  return { ranked: ranking.ranked, reviews: heard };
}

/** A review must be of the very pitches that were shown, each once: scores of half a field would be of another contest. */
function reviewsIn(said: string | { readonly none: string } | undefined, labelled: readonly Labelled[]): readonly Review[] | string {
  if (typeof said !== "string") return said?.none ?? "model_failed";
  const read = readReviews(said);
  if (!read.ok) return `${read.error.code}: ${read.error.detail}`;
  const wanted = labelled.map(({ label }) => label).sort();
  const given = read.value.map(({ label }) => label).sort();
  return wanted.join(" ") === given.join(" ") ? read.value : `reviews of ${given.join(" ")} where ${wanted.join(" ")} were shown`;
}

/** The chairman decides among what was pitched; where he may not or is not heard, the ranking stands (COUN-5). */
export function* chair(
  turn: Turn,
  settings: CouncilSettings,
  pack: CouncilPack,
  pitches: readonly Pitched[],
  reviewed: Reviewed,
): Line<CouncilDecision> {
  const { correlation } = turn;
  const { week } = pack;
  const labelled = pitchesFor("", pitches, `${settings.seed}/${week}/chairman`, namesOf(settings));
  const labelOf = (member: string): string => labelled.find((each) => each.member === member)?.label ?? "";
  const ranked = reviewed.ranked.map(({ member, score, reviews }) => ({ label: labelOf(member), score, reviews }));
  const heard: HeardReview[] = reviewed.reviews.map(({ member, review: each }) => ({ label: labelOf(member), review: each }));
  const ask = { model: settings.models.chairman, prompt: settings.prompts.chairman, deadlineMs: settings.deadlineMs };
  const said = yield* putQuestion(turn, chairQuestion(pack, labelled, ranked, heard, ask));
  const read = typeof said === "string" ? readChair(said) : undefined;
  const spoken: ChairDecision | undefined = read?.ok === true ? read.value : undefined;
  if (spoken === undefined) {
    const detail = read?.ok === false ? `${read.error.code}: ${read.error.detail}` : "";
    yield record(
      { kind: "left_out", week, member: "chairman", as: "chairman", why: read === undefined ? "model_failed" : "unreadable", detail },
      correlation,
    );
  }
  const breach: ChairBreach | undefined = spoken === undefined ? undefined : checkChair(spoken, pitches);
  const decision = decide(breach === undefined ? spoken : undefined, pitches, reviewed.ranked);
  yield record(
    {
      kind: "chairman_decided",
      week,
      decision,
      ...(spoken === undefined ? {} : { said: spoken }),
      ...(breach === undefined ? {} : { breach }),
    },
    correlation,
  );
  return decision;
}
