import {
  type ReadingReason,
  type ReasonWord,
  type RefusalReason,
  readingReasons,
  reasonWords,
  refusalReasons,
  type TrainingReason,
  trainingReasons,
} from "@touchstone/contracts";
import arena from "./en/arena.json";
import batches from "./en/batches.json";
import browse from "./en/browse.json";
import chart from "./en/chart.json";
import common from "./en/common.json";
import compare from "./en/compare.json";
import corrections from "./en/corrections.json";
import deletions from "./en/deletions.json";
import endpoints from "./en/endpoints.json";
import erasure from "./en/erasure.json";
import evaluations from "./en/evaluations.json";
import exports from "./en/exports.json";
import guidance from "./en/guidance.json";
import imports from "./en/imports.json";
import join from "./en/join.json";
import judgements from "./en/judgements.json";
import labelSets from "./en/labelSets.json";
import leftOut from "./en/leftOut.json";
import mapping from "./en/mapping.json";
import models from "./en/models.json";
import people from "./en/people.json";
import playground from "./en/playground.json";
import problems from "./en/problems.json";
import projects from "./en/projects.json";
import quality from "./en/quality.json";
import questionnaires from "./en/questionnaires.json";
import questions from "./en/questions.json";
import receipts from "./en/receipts.json";
import remarks from "./en/remarks.json";
import reportCard from "./en/reportCard.json";
import runs from "./en/runs.json";
import schedules from "./en/schedules.json";
import session from "./en/session.json";
import shell from "./en/shell.json";
import standing from "./en/standing.json";
import waits from "./en/waits.json";
import webhooks from "./en/webhooks.json";
import work from "./en/work.json";
import workbench from "./en/workbench.json";

/** As texts like any other: another language has others. */
const reasons: Readonly<Record<ReadingReason, string>> = readingReasons;
const refusals: Readonly<Record<RefusalReason, string>> = refusalReasons;
const runReasons: Readonly<Record<TrainingReason, string>> = trainingReasons;
const words: Readonly<Record<ReasonWord, string>> = reasonWords;

/** One file a feature; English sets the keys that every language must have. */
export const en = {
  arena,
  batches,
  browse,
  chart,
  common,
  compare,
  corrections,
  deletions,
  endpoints,
  erasure,
  evaluations,
  exports,
  guidance,
  imports,
  join,
  judgements,
  labelSets,
  leftOut,
  mapping,
  models,
  people,
  playground,
  // The reasons stand in one table with the API's own messages, so that the two say the same.
  problems: { ...problems, reasons, refusals, words },
  projects,
  quality,
  questionnaires,
  questions,
  receipts,
  remarks,
  reportCard,
  runs: { ...runs, reasons: runReasons },
  schedules,
  session,
  shell,
  standing,
  waits,
  webhooks,
  work,
  workbench,
};
export type Messages = typeof en;
