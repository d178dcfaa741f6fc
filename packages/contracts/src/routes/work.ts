import { z } from "zod";
import * as projects from "../entities/projects.ts";
import { Id, Timestamp } from "../entities/scalars.ts";
import * as work from "../entities/work.ts";
import { everyone, IdParam } from "./params.ts";
import { route } from "./route.ts";

export const workRoutes = {
  listWork: route({
    method: "GET",
    path: "/api/work",
    summary: "Where there is work for you",
    access: everyone,
    status: 200,
    response: z.object({ items: z.array(work.WorkItem) }),
  }),
  getGuideline: route({
    method: "GET",
    path: "/api/work/:id/guideline",
    summary: "A version of a project's guideline; without one, the version in force",
    access: everyone,
    params: IdParam,
    query: z.strictObject({ version: z.coerce.number().int().min(1).max(1_000_000).optional() }),
    status: 200,
    response: projects.GuidelineView.extend({
      /** The version that tasks claimed now are tied to. */
      inForce: z.number().int().optional(),
    }),
    problems: ["not_found"],
  }),
  claimTasks: route({
    method: "POST",
    path: "/api/work/:id/claims",
    summary: "Lease up to two tasks of a project; leases you still hold come first",
    access: everyone,
    params: IdParam,
    body: work.ClaimRequest,
    status: 200,
    response: z.object({
      tasks: z.array(work.LeasedTask),
      /** Counted judgements of this member today, over all projects. */
      today: z.number().int(),
      here: work.ProjectTally.optional(),
      /** The project rests: nothing new is handed out, and what is held already can still be judged. */
      paused: z.boolean().optional(),
    }),
    problems: ["not_found"],
  }),
  heartbeat: route({
    method: "POST",
    path: "/api/leases/:id/heartbeat",
    summary: "Keep a lease",
    access: everyone,
    params: IdParam,
    body: work.LeaseRef,
    status: 200,
    response: z.object({ expiresAt: Timestamp }),
    problems: ["not_found", "lease_expired"],
  }),
  releaseLease: route({
    method: "POST",
    path: "/api/leases/:id/release",
    summary: "Give an unused lease back",
    access: everyone,
    whenArchived: "allowed",
    params: IdParam,
    body: work.LeaseRef,
    status: 204,
    problems: ["not_found"],
  }),
  skipTask: route({
    method: "POST",
    path: "/api/leases/:id/skip",
    summary: "Skip a task, with what is to be said about it; answers with the next",
    access: everyone,
    repeats: "skip",
    params: IdParam,
    body: work.SkipRequest,
    status: 200,
    response: z.object({ next: work.LeasedTask.nullable(), here: work.ProjectTally.optional() }),
    problems: ["not_found", "lease_expired", "unstorable_text"],
  }),
  undoSkip: route({
    method: "POST",
    path: "/api/leases/:id/undo-skip",
    summary: "Take a skip back within ten minutes, while a place at the task is free; idempotent",
    access: everyone,
    repeats: "undoSkip",
    params: IdParam,
    body: z.strictObject({ idempotencyKey: Id }),
    status: 200,
    response: work.LeasedTask,
    problems: ["not_found", "undo_too_late", "task_taken"],
  }),
  submitJudgement: route({
    method: "POST",
    path: "/api/judgements",
    summary: "Submit a judgement; idempotent; answers with the next task",
    access: everyone,
    repeats: "judgement",
    project: { handle: "lease", in: "body", field: "leaseId" },
    body: work.JudgementSubmission,
    status: 201,
    response: work.JudgementReceipt,
    problems: ["not_found", "conflict", "idempotency_conflict", "invalid_value", "unstorable_text"],
  }),
  undoJudgement: route({
    method: "POST",
    path: "/api/judgements/:id/undo",
    summary: "Retract your judgement and reopen its lease",
    access: everyone,
    repeats: "undo",
    params: IdParam,
    body: z.strictObject({ idempotencyKey: Id }),
    status: 200,
    response: work.LeasedTask,
    problems: ["not_found", "idempotency_conflict", "undo_too_late"],
  }),
};
