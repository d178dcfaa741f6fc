import type { SocketEvent, SocketRequest } from "@touchstone/contracts";
import { assertProject, getRun } from "@touchstone/persistence";
import type { FastifyInstance } from "fastify";

type Topic = SocketRequest["topic"];

/** What topics are read from. */
export type Shown = Pick<FastifyInstance, "database" | "projectFigures">;

/** With the workspace in it: of another one's row there is a topic that shows nothing, and never that one's. */
export const topicName = (workspaceId: string, topic: Topic, id: string) => `${workspaceId} ${topic} ${id}`;

/**
 * What a topic shows at present.
 *
 * @throws DomainError not_found for what another workspace has.
 */
export async function present(
  { database, projectFigures }: Shown,
  workspaceId: string,
  topic: Topic,
  id: string,
): Promise<SocketEvent> {
  if (topic === "guidance") {
    await assertProject(database, workspaceId, id);
    return { type: "guidance", id };
  }
  if (topic === "run") return { type: "run", id, run: await getRun(database, workspaceId, id) };
  return { type: "figures", id, figures: await projectFigures.read(workspaceId, id) };
}
