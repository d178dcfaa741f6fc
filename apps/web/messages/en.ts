import chart from "./en/chart.json" with { type: "json" };
import common from "./en/common.json" with { type: "json" };
import evaluations from "./en/evaluations.json" with { type: "json" };
import exports from "./en/exports.json" with { type: "json" };
import imports from "./en/imports.json" with { type: "json" };
import join from "./en/join.json" with { type: "json" };
import judgements from "./en/judgements.json" with { type: "json" };
import models from "./en/models.json" with { type: "json" };
import people from "./en/people.json" with { type: "json" };
import problems from "./en/problems.json" with { type: "json" };
import projects from "./en/projects.json" with { type: "json" };
import runs from "./en/runs.json" with { type: "json" };
import schedules from "./en/schedules.json" with { type: "json" };
import session from "./en/session.json" with { type: "json" };
import shell from "./en/shell.json" with { type: "json" };
import work from "./en/work.json" with { type: "json" };
import workbench from "./en/workbench.json" with { type: "json" };

/** One file a feature; English sets the keys that every language must have. */
export const en = {
  chart,
  common,
  evaluations,
  exports,
  imports,
  join,
  judgements,
  models,
  people,
  problems,
  projects,
  runs,
  schedules,
  session,
  shell,
  work,
  workbench,
};
export type Messages = typeof en;
