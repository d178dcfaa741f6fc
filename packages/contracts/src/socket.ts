import { z } from "zod";
import { RunView } from "./entities/learning.ts";
import { ProjectFigures } from "./entities/projects.ts";
import { Id } from "./entities/scalars.ts";

/** The socket lives at this path; `?ticket=` carries a one-use ticket. */
export const socketPath = "/api/socket";

/** `guidance`: that somebody asked something in a project, or was answered; for whoever works there too. */
export const SocketTopic = z.enum(["project", "run", "guidance"]);
export type SocketTopic = z.infer<typeof SocketTopic>;

/** What a client asks for. A topic it may not see is answered with `refused`, not with silence. */
export const SocketRequest = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("subscribe"), topic: SocketTopic, id: Id }),
  z.strictObject({ type: z.literal("unsubscribe"), topic: SocketTopic, id: Id }),
]);
export type SocketRequest = z.infer<typeof SocketRequest>;

export const SocketEvent = z.discriminatedUnion("type", [
  z.object({ type: z.literal("figures"), id: Id, figures: ProjectFigures }),
  z.object({ type: z.literal("run"), id: Id, run: RunView }),
  z.object({ type: z.literal("metrics"), id: Id, step: z.number().int(), values: z.record(z.string(), z.number()) }),
  /** It holds nothing: what there is to read differs from person to person, and each asks for their own. */
  z.object({ type: z.literal("guidance"), id: Id }),
  /** `detail` says why, to whoever wrote the client; an API of an earlier version leaves it out. */
  z.object({ type: z.literal("refused"), id: Id, code: z.string(), detail: z.string().optional() }),
]);
export type SocketEvent = z.infer<typeof SocketEvent>;

/** What processes tell each other over Redis; small on purpose, because the truth is in Postgres. */
export const Broadcast = z.discriminatedUnion("type", [
  z.object({ type: z.literal("project-changed"), projectId: Id, workspaceId: Id }),
  z.object({ type: z.literal("guidance-changed"), projectId: Id, workspaceId: Id }),
  z.object({ type: z.literal("run-changed"), runId: Id, workspaceId: Id }),
  z.object({
    type: z.literal("run-metrics"),
    runId: Id,
    workspaceId: Id,
    step: z.number().int(),
    values: z.record(z.string(), z.number()),
  }),
  /** Somebody's session, token or role ended: whoever holds sockets asks the database which may stay. */
  z.object({ type: z.literal("access-changed") }),
]);
export type Broadcast = z.infer<typeof Broadcast>;
export const broadcastChannel = "touchstone:broadcast";
