import type { LeasedTask } from "@touchstone/contracts";
import { freezeLabelSet, streamLabelSet } from "@touchstone/persistence";
import type { TestApi } from "./api-server.ts";
import type { Visitor } from "./visitor.ts";

/** The next task of a project, by way of the API; a guideline that is to be read first is read. */
export async function claimOne(visitor: Visitor, projectId: string): Promise<LeasedTask> {
  const claim = () => visitor.send("POST", `/api/work/${projectId}/claims`, { count: 1 });
  let claimed = await claim();
  if (claimed.json<{ reason?: string }>().reason === "unreadGuideline") {
    const { version } = claimed.json<{ values: { version: number } }>().values;
    await visitor.send("POST", `/api/work/${projectId}/guideline-readings`, { version });
    claimed = await claim();
  }
  const [task] = claimed.json<{ tasks: LeasedTask[] }>().tasks;
  if (!task) throw new Error("no task");
  return task;
}

/** What learning reads of a project's judgements, by way of a frozen label set. */
export async function formsOf({ server: { database: db } }: TestApi, projectId: string): Promise<unknown[]> {
  const { workspaceId } = await db.project.findUniqueOrThrow({ where: { id: projectId } });
  const frozen = await freezeLabelSet(db, { workspaceId, projectId, includeSimulated: false });
  const forms: unknown[] = [];
  for await (const form of streamLabelSet(db, frozen.id)) forms.push(form);
  return forms;
}
