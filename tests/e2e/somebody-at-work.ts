import { randomUUID } from "node:crypto";
import type { Client } from "@touchstone/api-client";
import { expect, vi } from "vitest";
import { projectAsking, rowsOf } from "./asking.ts";
import { patienceMs } from "./people.ts";
import { clientOf } from "./workspace-client.ts";

/** Nobody else is called so, and nothing else is written like that. */
export const somebody = {
  name: "Zhexin Quillfeather",
  email: "zhexin.quillfeather@example.org",
  words: "zqwords as only they write",
};

/** Their name and their mail have the one, all that they write has the other. */
export const signsOfThem = ["quillfeather", "zqwords"];
/** What of these a text has, in either case of letters. */
export const foundOfThem = (text: string): string[] => signsOfThem.filter((sign) => text.toLowerCase().includes(sign));

/**
 * Somebody joins, mistypes their password, and writes wherever an annotator can; what they judged is frozen, and the worker
 * writes a file of it into the store.
 */
export async function somebodyAtWork(admin: Client, url: string): Promise<{ projectId: string; labelSetId: string }> {
  const { name, email, words } = somebody;
  const questions = [
    { name: "better", kind: "preference" },
    { name: "why", kind: "text" },
  ] as const;
  const id = await projectAsking(admin, "Words of theirs", [...questions], rowsOf(4, 2));
  const { token } = await admin.createLink({ body: { kind: "invitation", role: "annotator", note: `for ${name}` } });
  const person = clientOf(url);
  await person.join({ params: { token }, body: { name, email, password: "a kite over the harbour" } });
  await expect(clientOf(url).signIn({ body: { email, password: "not the kite at all" } })).rejects.toThrow();
  const claim = async () => {
    const [task] = (await person.claimTasks({ params: { id }, body: { count: 1 } })).tasks;
    if (!task) throw new Error("There was no task.");
    return task;
  };
  const judged = await claim();
  const { id: leaseId, token: leaseToken } = judged.lease;
  await person.submitJudgement({
    body: {
      ...{ leaseId, leaseToken, idempotencyKey: randomUUID(), flagged: true, comment: `${words}, in a comment` },
      answers: { better: { choice: "graded", step: 2 }, why: { text: `${words}, in an answer` } },
      timings: { visibleMs: 4_000, activeMs: 3_000, firstScrollMs: null },
      client: { locale: "en", viewport: "1280x800", input: "api" },
    },
  });
  const skipped = await claim();
  await person.ask({
    params: { id },
    body: { taskId: skipped.taskId, text: `${words}, in a question`, idempotencyKey: randomUUID() },
  });
  const comment = `${words}, at a skip`;
  await person.skipTask({
    params: { id: skipped.lease.id },
    body: { leaseToken: skipped.lease.token, reason: "broken", comment },
  });

  const { id: labelSetId } = await admin.makeLabelSet({ params: { id }, body: { selection: { filter: {} } } });
  if (labelSetId === null) throw new Error("Nothing was frozen.");
  await admin.askLabelSetFile({ params: { id: labelSetId }, body: { name: "judgements.jsonl" } });
  await filesWritten(admin, labelSetId);
  return { projectId: id, labelSetId };
}

/** Until a worker has written all files that a label set is to have. */
export async function filesWritten(admin: Client, labelSetId: string): Promise<void> {
  const list = () => admin.listLabelSetFiles({ params: { id: labelSetId } });
  const isWritten = async () => (await list()).items.every(({ state }) => state === "ready");
  await vi.waitUntil(isWritten, { timeout: patienceMs, interval: 100 });
}
