import { randomUUID } from "node:crypto";
import { DomainError, type LeasedTask } from "@touchstone/contracts";
import {
  type Annotator,
  claimTasks,
  expireLeases,
  type OpenDatabase,
  openDatabase,
  releaseLease,
  renewLease,
  skipTask,
  submitJudgement,
  undoJudgement,
  undoSkip,
} from "@touchstone/persistence";
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { brokenInvariants } from "../harness/assignment-invariants.ts";
import { freshDatabase, type TestDatabase } from "../harness/database.ts";
import { type LabellingProject, labellingProject, submissionFor } from "../harness/labelling-project.ts";

let database: TestDatabase;
let open: OpenDatabase;
beforeAll(async () => {
  database = await freshDatabase();
  open = openDatabase(database.url, { connections: 8 });
});
afterAll(async () => {
  await open.close();
  await database.drop();
});

const acts = [
  "claim",
  "submit",
  "resubmit",
  "undo",
  "skip",
  "undo-skip",
  "release",
  "renew",
  "expire",
  "sweep",
] as const;
type Act = (typeof acts)[number];

/** What one annotator's page remembers: all tasks it ever got, the latest last, and all it has sent. */
interface Page {
  who: Annotator;
  tasks: LeasedTask[];
  sent: ReturnType<typeof submissionFor>[];
  judgements: string[];
  skipped: string[];
}

async function perform(project: LabellingProject, page: Page, act: Act): Promise<void> {
  const { db } = open;
  const { who } = page;
  const task = page.tasks.at(-1);
  const lease = task && { leaseId: task.lease.id, leaseToken: task.lease.token };
  const judgementId = page.judgements.at(-1);
  const sent = page.sent.at(-1);
  const skipped = page.skipped.at(-1);
  if (act === "claim") {
    page.tasks.push(...(await claimTasks(db, { ...who, projectId: project.projectId, count: 2 })).tasks);
  } else if (act === "sweep") {
    await expireLeases(db, project.projectId);
  } else if (act === "submit" && task) {
    const submission = submissionFor(task);
    page.sent.push(submission);
    const receipt = await submitJudgement(db, who, submission);
    page.judgements.push(receipt.judgementId);
    if (receipt.next) page.tasks.push(receipt.next);
  } else if (act === "resubmit" && sent) {
    await submitJudgement(db, who, sent);
  } else if (act === "undo" && judgementId) {
    page.tasks.push(await undoJudgement(db, who, { judgementId, idempotencyKey: randomUUID() }));
  } else if (act === "skip" && lease) {
    await skipTask(db, who, lease);
    page.skipped.push(lease.leaseId);
  } else if (act === "undo-skip" && skipped) {
    page.tasks.push(await undoSkip(db, who, { leaseId: skipped, idempotencyKey: randomUUID() }));
  } else if (act === "release" && lease) {
    await releaseLease(db, who, lease);
  } else if (act === "renew" && lease) {
    await renewLease(db, who, lease);
  } else if (act === "expire" && lease) {
    await db.lease.update({ where: { id: lease.leaseId }, data: { expiresAt: new Date(0) } });
  }
}

it("keeps every invariant of assignment, whatever three annotators do at once in whatever order", async () => {
  const step = fc.tuple(fc.nat(2), fc.constantFrom(...acts));
  const scenario = fc.record({
    tasks: fc.integer({ min: 1, max: 3 }),
    overlap: fc.integer({ min: 1, max: 2 }),
    // Each inner list happens at once.
    rounds: fc.array(fc.array(step, { minLength: 1, maxLength: 4 }), { minLength: 3, maxLength: 14 }),
  });
  await fc.assert(
    fc.asyncProperty(scenario, async ({ tasks, overlap, rounds }) => {
      const project = await labellingProject(open.db, { tasks, overlap, annotators: 3 });
      const pages = project.annotators.map((who): Page => ({ who, tasks: [], sent: [], judgements: [], skipped: [] }));
      for (const round of rounds) {
        const results = await Promise.allSettled(
          round.map(async ([place, act]) => {
            const page = pages[place];
            if (page) await perform(project, page, act);
          }),
        );
        for (const result of results) {
          // A refusal by name is an answer; anything else is a fault.
          if (result.status === "rejected" && !(result.reason instanceof DomainError)) throw result.reason;
        }
      }
      expect(await brokenInvariants(open.db)).toEqual([]);
    }),
    { numRuns: 60 },
  );
});
