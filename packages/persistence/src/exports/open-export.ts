import type { Comparison, Demonstration, Rating } from "@touchstone/contracts";
import { DomainError } from "@touchstone/contracts";
import { BestAnswers } from "@touchstone/labeling";
import type { Database } from "../client.ts";
import { type FrozenLabelSet, freezeLabelSet } from "../label-sets/freeze.ts";
import { type FrozenJudgement, readJudgements } from "../label-sets/read-judgements.ts";
import { streamLabelSet } from "../label-sets/stream.ts";
import { demonstrationsOf } from "./demonstrations.ts";

/** What an export is written from: a label set frozen at this instant, read as slowly as the receiver likes. */
export interface Export {
  readonly labelSet: FrozenLabelSet;
  comparisons(): AsyncGenerator<Comparison>;
  ratings(): AsyncGenerator<Rating>;
  /** The best-liked answer of each prompt. Reads the set through once before the first one comes. */
  demonstrations(): AsyncGenerator<Demonstration>;
  judgements(): AsyncGenerator<FrozenJudgement>;
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
  const project = await db.project.findFirst({ where: { workspaceId, id: projectId }, select: { id: true } });
  if (!project) throw new DomainError("not_found", "There is no such project.");
  const labelSet = await freezeLabelSet(db, { ...scope, includeEvaluations: true });
  return {
    labelSet,
    async *comparisons() {
      for await (const form of streamLabelSet(db, labelSet.id)) if (form.kind === "comparison") yield form;
    },
    async *ratings() {
      for await (const form of streamLabelSet(db, labelSet.id)) if (form.kind === "rating") yield form;
    },
    async *demonstrations() {
      const answers = new BestAnswers();
      for await (const form of streamLabelSet(db, labelSet.id)) answers.add(form);
      yield* demonstrationsOf(db, answers.best());
    },
    async *judgements() {
      for await (const batch of readJudgements(db, labelSet.id)) yield* batch;
    },
  };
}
