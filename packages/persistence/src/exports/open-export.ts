import type { Comparison, Rating } from "@touchstone/contracts";
import { refused } from "@touchstone/contracts";
import { BestAnswers, normalise } from "@touchstone/labeling";
import type { Database } from "../client.ts";
import { type FrozenLabelSet, freezeLabelSet } from "../label-sets/freeze.ts";
import { type FrozenJudgement, readJudgements } from "../label-sets/read-judgements.ts";
import type { RowContext } from "../label-sets/row-context.ts";
import { streamLabelSet } from "../label-sets/stream.ts";
import { readSkips, type SkippedTask } from "../skips/read-skips.ts";
import { type DemonstrationInContext, demonstrationsOf } from "./demonstrations.ts";

/** A form with what its file said beside it. */
export interface InContext<Form> {
  readonly form: Form;
  readonly context: RowContext;
}

/** What an export is written from: a label set frozen at this instant, read as slowly as the receiver likes. */
export interface Export {
  readonly projectName: string;
  readonly labelSet: FrozenLabelSet;
  comparisons(): AsyncGenerator<InContext<Comparison>>;
  ratings(): AsyncGenerator<InContext<Rating>>;
  /** The best-liked answer of each prompt. Reads the set through once before the first one comes. */
  demonstrations(): AsyncGenerator<DemonstrationInContext>;
  judgements(): AsyncGenerator<FrozenJudgement>;
  /** The skips that stand while this is read: no label, so in no label set. */
  skips(): AsyncGenerator<SkippedTask>;
}

/**
 * Freezes all judgements of a project that count now, evaluations included (each row tells its split), so that the
 * figures of an export are exact, name a hash, and no snapshot is held while it is sent.
 *
 * @throws DomainError not_found.
 */
export async function openExport(
  db: Database,
  scope: { workspaceId: string; projectId: string; includeSimulated: boolean },
): Promise<Export> {
  const { workspaceId, projectId } = scope;
  const project = await db.project.findFirst({ where: { workspaceId, id: projectId }, select: { name: true } });
  if (!project) throw refused("notThere", { kind: "project" });
  const labelSet = await freezeLabelSet(db, { ...scope, includeEvaluations: true });
  return {
    projectName: project.name,
    labelSet,
    async *comparisons() {
      for await (const { form, context } of formsInContext(db, labelSet.id)) {
        if (form.kind === "comparison") yield { form, context };
      }
    },
    async *ratings() {
      for await (const { form, context } of formsInContext(db, labelSet.id)) {
        if (form.kind === "rating") yield { form, context };
      }
    },
    async *demonstrations() {
      const answers = new BestAnswers();
      for await (const form of streamLabelSet(db, labelSet.id)) answers.add(form);
      yield* demonstrationsOf(db, answers.best());
    },
    async *judgements() {
      for await (const batch of readJudgements(db, labelSet.id)) yield* batch;
    },
    skips: () => readSkips(db, projectId, scope.includeSimulated),
  };
}

async function* formsInContext(db: Database, labelSetId: string): AsyncGenerator<InContext<Comparison | Rating>> {
  for await (const judgements of readJudgements(db, labelSetId)) {
    for (const judgement of judgements) {
      const normalised = normalise(judgement);
      if ("form" in normalised) yield { form: normalised.form, context: judgement.context };
    }
  }
}
