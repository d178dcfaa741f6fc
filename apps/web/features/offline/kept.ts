import { GuidelineView, ProjectTally, SessionView, WorkItem } from "@touchstone/contracts";
import { z } from "zod";
import { KeptTask } from "../workbench/outbox/kept-task.ts";

/** Who was signed in. Never the token: what is sent later is sent under a session that the server has just confirmed. */
export const KeptSession = SessionView.pick({ member: true, workspace: true });
export type KeptSession = z.infer<typeof KeptSession>;

/** The tasks that somebody has leased in one project, the one on the screen first. */
export const HeldDesk = z.object({
  tasks: z.array(
    z.object({
      task: KeptTask,
      /** When its lease ends if nobody renews it, by this machine's clock. */
      endsAt: z.number(),
    }),
  ),
  /** The server's last count, without what the outbox holds. */
  here: ProjectTally.nullable(),
  /** By this machine's clock. */
  keptAt: z.number(),
});
export type HeldDesk = z.infer<typeof HeldDesk>;

/** What else the desk of a project shows. */
export const DeskPapers = z.object({
  project: WorkItem.nullable(),
  /** By the version that the tasks are tied to. */
  guidelines: z.array(GuidelineView.extend({ inForce: z.number().int().optional() })),
});
export type DeskPapers = z.infer<typeof DeskPapers>;
