import type { Database } from "@touchstone/persistence";
import { createLogin } from "../../harness/visitor.ts";

export interface Watched {
  readonly workspaceId: string;
  readonly runId: string;
  /** Of staff, who may watch it. */
  readonly emails: readonly string[];
}

/** A run that so many of a workspace's staff can watch. */
export async function watchedRun(db: Database, people: number): Promise<Watched> {
  const emails = Array.from({ length: people }, (_, place) => `watcher-${place}@example.org`);
  const { workspaceId } = await createLogin(db, "ada@example.org");
  for (const email of emails) await createLogin(db, email, { workspaceId, role: "researcher" });
  const project = await db.project.create({ data: { workspaceId, name: "Watched" } });
  const { id } = await db.run.create({
    data: { workspaceId, projectId: project.id, kind: "reward", name: "Reward model", spec: {}, seed: 1 },
  });
  return { workspaceId, runId: id, emails };
}
