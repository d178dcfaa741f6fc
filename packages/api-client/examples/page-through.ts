import type { CallInput, CallOutput, Client } from "@touchstone/api-client";

type Judgement = CallOutput<"listJudgements">["items"][number];

/** All judgements of a project, newest first, a page at a time. @param signal ends the request that is under way */
export async function* judgementsOf(
  client: Client,
  projectId: string,
  filter: NonNullable<CallInput<"listJudgements">["query"]> = {},
  signal?: AbortSignal,
): AsyncGenerator<Judgement> {
  let cursor: string | undefined;
  do {
    const query = { ...filter, limit: 200, ...(cursor ? { cursor } : {}) };
    const page = await client.listJudgements({ params: { id: projectId }, query }, signal ? { signal } : {});
    yield* page.items;
    cursor = page.next ?? undefined;
  } while (cursor);
}
