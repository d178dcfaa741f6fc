import type { ProblemIssue } from "./problem-issue.ts";
import { DomainError } from "./problems.ts";
import { type NamesIn, type ReasonValues, sentenceOf, type ValuesNamedIn } from "./reason-sentences.ts";
import { absentRefusals } from "./refusals/absent.ts";
import { archiveRefusals } from "./refusals/archives.ts";
import { arenaRefusals } from "./refusals/arena.ts";
import { browseRefusals } from "./refusals/browse.ts";
import { deletionRefusals } from "./refusals/deletion.ts";
import { endpointRefusals } from "./refusals/endpoints.ts";
import { evaluationRefusals } from "./refusals/evaluations.ts";
import { exportRefusals } from "./refusals/exports.ts";
import { importRefusals } from "./refusals/imports.ts";
import { installationRefusals } from "./refusals/installation.ts";
import { labelSetRefusals } from "./refusals/label-sets.ts";
import { mediaRefusals } from "./refusals/media.ts";
import { modelRefusals } from "./refusals/models.ts";
import { peopleRefusals } from "./refusals/people.ts";
import { projectRefusals } from "./refusals/projects.ts";
import { runRefusals } from "./refusals/runs.ts";
import { scheduleRefusals } from "./refusals/schedules.ts";
import { servingRefusals } from "./refusals/serving.ts";
import { sentencesOf } from "./refusals/shape.ts";
import { spoolRefusals } from "./refusals/spool.ts";
import { webhookRefusals } from "./refusals/webhooks.ts";
import { workRefusals } from "./refusals/work.ts";

/**
 * Why a request is refused, where one code stands for several things: each reason once, in English, with its code beside
 * it; a group is a file. The API's answers are made of these, and pages say a reason in their own language. Sentences
 * keep clear of plurals, as the API fills them in without a grammar.
 */
const refusals = {
  ...absentRefusals,
  ...peopleRefusals,
  ...projectRefusals,
  ...deletionRefusals,
  ...workRefusals,
  ...browseRefusals,
  ...importRefusals,
  ...spoolRefusals,
  ...exportRefusals,
  ...labelSetRefusals,
  ...archiveRefusals,
  ...mediaRefusals,
  ...webhookRefusals,
  ...endpointRefusals,
  ...servingRefusals,
  ...arenaRefusals,
  ...modelRefusals,
  ...runRefusals,
  ...evaluationRefusals,
  ...scheduleRefusals,
  ...installationRefusals,
} as const;

export type RefusalReason = keyof typeof refusals;
type Sentence<Reason extends RefusalReason> = (typeof refusals)[Reason][1];

/** The English sentence of each. */
export const refusalReasons = sentencesOf(refusals);

/** What a refusal is told: the values its sentence names, and the field at fault. */
type Told<Reason extends RefusalReason> = ValuesNamedIn<Sentence<Reason>> & {
  /** The field at fault, dotted. */
  readonly at?: string;
};

type ToldArguments<Reason extends RefusalReason> = [NamesIn<Sentence<Reason>>] extends [never]
  ? [told?: Told<Reason>]
  : [told: Told<Reason>];

/** The error that a caller sees for this reason, with all that a page needs to say it in another language. */
export function refused<Reason extends RefusalReason>(reason: Reason, ...[told]: ToldArguments<Reason>): DomainError {
  const { at, ...values }: { at?: string } & ReasonValues = { ...told };
  const [code, sentence] = refusals[reason];
  return new DomainError(code, sentenceOf(sentence, values), {
    reason,
    values,
    ...(at === undefined ? {} : { path: at }),
  });
}

/** The same for one of several faults of a request, at its field. */
export function refusedIssue<Reason extends RefusalReason>(
  path: string,
  reason: Reason,
  ...[told]: ToldArguments<Reason>
): ProblemIssue {
  const values: ReasonValues = { ...told };
  const message = sentenceOf(refusals[reason][1], values);
  return { path, message, reason, ...(told === undefined ? {} : { values: { ...values } }) };
}
