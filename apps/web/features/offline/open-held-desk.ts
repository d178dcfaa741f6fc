import type { QueryClient } from "@tanstack/react-query";
import { api } from "../../api/client.ts";
import { workQuery } from "../work/work-query.ts";
import { guidelineQuery } from "../workbench/guideline-query.ts";
import { deskStore } from "./desk-memory.ts";
import { HeldTasks } from "./held-tasks.ts";
import type { DeskPapers } from "./kept.ts";

/** The API with the memory of this person's desk; what else the desk shows lies ready where nothing newer is. */
export async function openHeldDesk(queries: QueryClient, memberId: string, projectId: string): Promise<HeldTasks> {
  const store = await deskStore().catch(() => null);
  const [kept, papers] = await Promise.all([
    store?.readDesk(memberId, projectId).catch(() => null),
    store?.readPapers(memberId, projectId).catch(() => null),
  ]);
  if (papers) layOut(queries, projectId, papers);
  return new HeldTasks({
    api,
    kept: kept ?? null,
    write: async (desk) => store?.writeDesk(memberId, projectId, desk),
    date: () => Date.now(),
    online: () => navigator.onLine,
  });
}

/** As of long ago, so that all of it is asked for again as soon as it can be. */
function layOut(queries: QueryClient, projectId: string, { project, guidelines }: DeskPapers): void {
  const old = { updatedAt: 1 };
  if (project) queries.setQueryData(workQuery.queryKey, (known) => known ?? { items: [project] }, old);
  for (const guideline of guidelines) {
    queries.setQueryData(guidelineQuery(projectId, guideline.version).queryKey, (known) => known ?? guideline, old);
  }
}
