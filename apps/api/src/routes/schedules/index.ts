import { routes, type ScheduleDraft } from "@touchstone/contracts";
import { faultOfPattern, nextOf } from "@touchstone/jobs";
import {
  createSchedule,
  deleteSchedule,
  listSchedules,
  type TriggerReading,
  toScheduleView,
} from "@touchstone/persistence";
import type { FastifyPluginAsync } from "fastify";
import { implement } from "../implement.ts";

type Trigger = ScheduleDraft["trigger"];

const faultOf = (trigger: Trigger) => (trigger.kind === "cron" ? faultOfPattern(trigger.pattern) : null);

function readTrigger(trigger: Trigger): TriggerReading {
  const fault = faultOf(trigger);
  return { nextAt: trigger.kind === "cron" && fault === null ? nextOf(trigger.pattern) : null, fault };
}

/** When retraining fires: rows in Postgres; the worker puts them into BullMQ's job schedulers. */
export const scheduleRoutes: FastifyPluginAsync = async (app) => {
  const db = app.database;

  implement(app, routes.listSchedules, async ({ params, member }) => {
    const rows = await listSchedules(db, member.workspaceId, params.id);
    return { items: rows.map((row) => toScheduleView(row, readTrigger)) };
  });

  implement(app, routes.createSchedule, async ({ params, body, member }) => {
    const fault = faultOf(body.trigger);
    if (fault) throw fault;
    return toScheduleView(await createSchedule(db, member, params.id, body), readTrigger);
  });

  implement(app, routes.deleteSchedule, async ({ params, member }) => {
    await deleteSchedule(db, member, params.id);
    return undefined;
  });
};
