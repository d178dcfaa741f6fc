import { createHash } from "node:crypto";
import type { Comparison, NormalForm, Rating, StepLabels } from "@touchstone/contracts";
import { BestAnswers, normalise, rankingPairs } from "@touchstone/labeling";
import type { Database } from "../client.ts";
import type { FrozenJudgement } from "../label-sets/read-judgements.ts";
import { readRepeats } from "../label-sets/read-repeats.ts";
import type { RowContext } from "../label-sets/row-context.ts";
import { type LeftOutJudgement, readLeftOut } from "../left-out/read-left-out.ts";
import { readSkips, type SkippedTask } from "../skips/read-skips.ts";
import { type DemonstrationInContext, demonstrationsOf } from "./demonstrations.ts";
import { type PacedJudgement, withPace } from "./paced.ts";

/** A form with what its file said beside it. */
export interface InContext<Form> {
  readonly form: Form;
  readonly context: RowContext;
}

/** What the files of an export are written from, each read as slowly as its receiver likes. */
export interface ExportRows {
  /** Those that were asked for, and the pairs of rankings. */
  comparisons(): AsyncGenerator<InContext<Comparison>>;
  ratings(): AsyncGenerator<InContext<Rating>>;
  /**
   * What people wrote and corrected, as it is read, and then the best-liked answer of each prompt, which is known once all
   * judgements were read.
   */
  demonstrations(): AsyncGenerator<DemonstrationInContext>;
  stepLabels(): AsyncGenerator<InContext<StepLabels>>;
  judgements(): AsyncGenerator<PacedJudgement>;
  /** Judgements as they are, all in the order of their ids; or in parts, each of which has all those of a few prompts. */
  inParts(byPrompts: boolean): AsyncGenerator<AsyncGenerator<FrozenJudgement[]>>;
  /** Repeats for self-consistency, where they were asked for: of none of the above, and in no label set either. */
  repeats(): AsyncGenerator<PacedJudgement>;
  /** What is left out, where it was asked for: of none of the above, and in no label set either. */
  leftOut(): AsyncGenerator<LeftOutJudgement>;
  /** The skips that stand while this is read: no label, so in no label set. */
  skips(): AsyncGenerator<SkippedTask>;
}

export interface RowsScope {
  readonly projectId: string;
  readonly includeSimulated: boolean;
  readonly includeRepeats?: boolean;
  readonly includeLeftOut?: boolean;
}

/** Judgements in batches, in the order of their ids; and the same in parts of a few prompts. */
export interface JudgementSource {
  all(): AsyncGenerator<FrozenJudgement[]>;
  byPrompts(): AsyncGenerator<AsyncGenerator<FrozenJudgement[]>>;
}

/**
 * The rows that come of some judgements, and beside them the project's skips. Once `signal` is aborted no further batch is
 * read.
 */
export function exportRows(
  db: Database,
  { projectId, includeSimulated, includeRepeats = false, includeLeftOut = false }: RowsScope,
  source: JudgementSource,
  signal?: AbortSignal,
): ExportRows {
  async function* whileAsked(batches: AsyncGenerator<FrozenJudgement[]>) {
    for await (const batch of batches) {
      signal?.throwIfAborted();
      yield batch;
    }
  }
  const read = () => whileAsked(source.all());
  return {
    async *comparisons() {
      for await (const { form, context } of formsInContext(read())) {
        for (const comparison of comparisonsIn(form)) yield { form: comparison, context };
      }
    },
    async *ratings() {
      for await (const { form, context } of formsInContext(read())) {
        if (form.kind === "rating") yield { form, context };
      }
    },
    async *demonstrations() {
      const answers = new BestAnswers((text) => createHash("sha256").update(text).digest("base64"));
      for await (const { form, context } of formsInContext(read())) {
        if (form.kind === "demonstration") yield { form, context };
        // An aspect may be one of which less is better: only what is said of the whole answer is liked.
        if (form.kind === "rating" && form.aspect === undefined) answers.add(form);
        // What somebody made of an answer stands for itself, and is no answer that others were asked about.
        for (const comparison of comparisonsIn(form)) if (!comparison.edited) answers.add(comparison);
      }
      yield* demonstrationsOf(db, answers.best());
    },
    async *stepLabels() {
      for await (const { form, context } of formsInContext(read())) {
        if (form.kind === "step-labels") yield { form, context };
      }
    },
    async *judgements() {
      for await (const batch of read()) yield* await withPace(db, batch);
    },
    async *inParts(byPrompts) {
      if (!byPrompts) yield read();
      else for await (const part of source.byPrompts()) yield whileAsked(part);
    },
    async *repeats() {
      if (includeRepeats) for await (const batch of readRepeats(db, projectId)) yield* await withPace(db, batch);
    },
    async *leftOut() {
      if (includeLeftOut) yield* readLeftOut(db, projectId, includeSimulated);
    },
    skips: () => readSkips(db, projectId, includeSimulated),
  };
}

async function* formsInContext(batches: AsyncIterable<FrozenJudgement[]>): AsyncGenerator<InContext<NormalForm>> {
  for await (const judgements of batches) {
    for (const judgement of judgements) {
      const normalised = normalise(judgement);
      if ("forms" in normalised) for (const form of normalised.forms) yield { form, context: judgement.context };
    }
  }
}

function comparisonsIn(form: NormalForm): Comparison[] {
  // A margin is a lead that trainers hold the reward to, and a ranking says of none.
  if (form.kind === "ranking") return rankingPairs(form).map((pair) => ({ ...pair, margin: 0 }));
  return form.kind === "comparison" ? [form] : [];
}
