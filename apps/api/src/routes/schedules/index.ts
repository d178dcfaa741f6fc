import { routes } from "@touchstone/contracts";
import { createSchedule, deleteSchedule, listSchedules, toScheduleView } from "@touchstone/persistence";
import type { FastifyPluginAsync } from "fastify";
import { implement } from "../implement.ts";
import { faultOfPattern, nextOf } from "./cron-pattern.ts";

type Trigger = { kind: "judgements" } | { kind: "cron"; pattern: string };

function nextAt(trigger: Trigger): Date | null {
  return trigger.kind === "cron" ? nextOf(trigger.pattern) : null;
}

/** @throws DomainError invalid_value when the pattern cannot be read. */
function refuseUnreadable(trigger: Trigger): void {
  const fault = trigger.kind === "cron" ? faultOfPattern(trigger.pattern) : null;
  if (fault) throw fault;
}

/** When retraining fires: rows in Postgres; the worker puts them into BullMQ's job schedulers. */
export const scheduleRoutes: FastifyPluginAsync = async (app) => {
  const db = app.database;

  implement(app, routes.listSchedules, async ({ params, member }) => {
    const rows = await listSchedules(db, member.workspaceId, params.id);
    return { items: rows.map((row) => toScheduleView(row, nextAt)) };
  });

  implement(app, routes.createSchedule, async ({ params, body, member }) => {
    refuseUnreadable(body.trigger);
    return toScheduleView(await createSchedule(db, member, params.id, body), nextAt);
  });

  implement(app, routes.deleteSchedule, async ({ params, member }) => {
    await deleteSchedule(db, member, params.id);
    return undefined;
  });
};
