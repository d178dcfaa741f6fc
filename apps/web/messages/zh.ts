import type { Messages } from "./en.ts";
import chart from "./zh/chart.json" with { type: "json" };
import common from "./zh/common.json" with { type: "json" };
import join from "./zh/join.json" with { type: "json" };
import problems from "./zh/problems.json" with { type: "json" };
import session from "./zh/session.json" with { type: "json" };
import shell from "./zh/shell.json" with { type: "json" };
import work from "./zh/work.json" with { type: "json" };
export const zh: Messages = { chart, common, join, problems, session, shell, work };
