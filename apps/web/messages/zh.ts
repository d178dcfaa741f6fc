import type { Messages } from "./en.ts";
import chart from "./zh/chart.json" with { type: "json" };
import common from "./zh/common.json" with { type: "json" };
import evaluations from "./zh/evaluations.json" with { type: "json" };
import exports from "./zh/exports.json" with { type: "json" };
import imports from "./zh/imports.json" with { type: "json" };
import join from "./zh/join.json" with { type: "json" };
import judgements from "./zh/judgements.json" with { type: "json" };
import models from "./zh/models.json" with { type: "json" };
import people from "./zh/people.json" with { type: "json" };
import problems from "./zh/problems.json" with { type: "json" };
import projects from "./zh/projects.json" with { type: "json" };
import runs from "./zh/runs.json" with { type: "json" };
import schedules from "./zh/schedules.json" with { type: "json" };
import session from "./zh/session.json" with { type: "json" };
import shell from "./zh/shell.json" with { type: "json" };
import work from "./zh/work.json" with { type: "json" };
import workbench from "./zh/workbench.json" with { type: "json" };

export const zh: Messages = {
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
