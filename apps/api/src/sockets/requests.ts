import { DomainError, type SocketEvent, SocketRequest, staff } from "@touchstone/contracts";
import { type Database, getRun, projectFigures } from "@touchstone/persistence";
import { type Connection, closeCodes } from "./connection.ts";
import type { Topics } from "./topics.ts";

const staffRoles: ReadonlySet<string> = new Set(staff);

export const topicName = (topic: SocketRequest["topic"], id: string) => `${topic} ${id}`;

/** Answers what a client asks: its topic and at once what it shows at present, or a refusal. A message out of form ends the socket. */
export async function handleRequest(db: Database, topics: Topics, connection: Connection, text: string): Promise<void> {
  const request = parse(text);
  if (!request) return connection.close(closeCodes.brokenRule, "invalid_request");
  const { type, topic, id } = request;
  const name = topicName(topic, id);
  if (type === "unsubscribe") return topics.leave(name, connection);
  try {
    if (!staffRoles.has(connection.holder.role)) throw new DomainError("forbidden", "This is for staff.");
    if (!connection.hasRoom()) throw new DomainError("too_many_requests", "Too many topics on one socket.");
    const read = () => present(db, connection.holder.workspaceId, topic, id);
    connection.send(await read());
    if (!connection.isOpen()) return;
    topics.listen(name, connection, read);
    // What changed between reading and listening would go unseen otherwise.
    topics.changed(name);
  } catch (error) {
    connection.send({ type: "refused", id, code: error instanceof DomainError ? error.code : "unavailable" });
  }
}

/** What a topic shows at present. A topic of another workspace does not exist. */
async function present(
  db: Database,
  workspaceId: string,
  topic: SocketRequest["topic"],
  id: string,
): Promise<SocketEvent> {
  if (topic === "run") return { type: "run", id, run: await getRun(db, workspaceId, id) };
  return { type: "figures", id, figures: await projectFigures(db, workspaceId, id) };
}

function parse(text: string): SocketRequest | undefined {
  try {
    return SocketRequest.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}
