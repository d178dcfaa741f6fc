import type { SocketEvent, SocketRequest } from "@touchstone/contracts";
import { type Database, getRun, projectFigures } from "@touchstone/persistence";

type Topic = SocketRequest["topic"];

/** With the workspace in it: of another one's row there is a topic that shows nothing, and never that one's. */
export const topicName = (workspaceId: string, topic: Topic, id: string) => `${workspaceId} ${topic} ${id}`;

/**
 * What a topic shows at present.
 *
 * @throws DomainError not_found for what another workspace has.
 */
export async function present(db: Database, workspaceId: string, topic: Topic, id: string): Promise<SocketEvent> {
  if (topic === "run") return { type: "run", id, run: await getRun(db, workspaceId, id) };
  return { type: "figures", id, figures: await projectFigures(db, workspaceId, id) };
}
