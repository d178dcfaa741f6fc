import type { Messages } from "./en.ts";
import arena from "./zh/arena.json";
import batches from "./zh/batches.json";
import browse from "./zh/browse.json";
import chart from "./zh/chart.json";
import common from "./zh/common.json";
import compare from "./zh/compare.json";
import corrections from "./zh/corrections.json";
import deletions from "./zh/deletions.json";
import endpoints from "./zh/endpoints.json";
import erasure from "./zh/erasure.json";
import evaluations from "./zh/evaluations.json";
import exports from "./zh/exports.json";
import guidance from "./zh/guidance.json";
import imports from "./zh/imports.json";
import join from "./zh/join.json";
import judgements from "./zh/judgements.json";
import labelSets from "./zh/labelSets.json";
import leftOut from "./zh/leftOut.json";
import mapping from "./zh/mapping.json";
import models from "./zh/models.json";
import people from "./zh/people.json";
import playground from "./zh/playground.json";
import problems from "./zh/problems.json";
import projects from "./zh/projects.json";
import quality from "./zh/quality.json";
import questionnaires from "./zh/questionnaires.json";
import questions from "./zh/questions.json";
import receipts from "./zh/receipts.json";
import remarks from "./zh/remarks.json";
import reportCard from "./zh/reportCard.json";
import runs from "./zh/runs.json";
import schedules from "./zh/schedules.json";
import session from "./zh/session.json";
import shell from "./zh/shell.json";
import standing from "./zh/standing.json";
import waits from "./zh/waits.json";
import webhooks from "./zh/webhooks.json";
import work from "./zh/work.json";
import workbench from "./zh/workbench.json";

export const zh: Messages = {
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
  problems,
  projects,
  quality,
  questionnaires,
  questions,
  receipts,
  remarks,
  reportCard,
  runs,
  schedules,
  session,
  shell,
  standing,
  waits,
  webhooks,
  work,
  workbench,
};
