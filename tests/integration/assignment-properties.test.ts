import { randomUUID } from "node:crypto";
import { type CorrectionSubmission, DomainError, type LeasedTask } from "@touchstone/contracts";
import {
  type Annotator,
  changeBatch,
  claimTasks,
  correctJudgement,
  expireLeases,
  type OpenDatabase,
  openDatabase,
  releaseLease,
  renewLease,
  skipTask,
  submitJudgement,
  undoCorrection,
  undoJudgement,
  undoSkip,
} from "@touchstone/persistence";
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { brokenInvariants } from "../harness/assignment-invariants.ts";
import { freshDatabase, type TestDatabase } from "../harness/database.ts";
import { insertTasks, type LabellingProject, labellingProject, submissionFor } from "../harness/labelling-project.ts";

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
  "correct",
  "recorrect",
  "undo-correction",
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
  /** What stands in the place of former ones, by its id; the body is sent again. */
  corrected: { judgementId: string; of: string; body: CorrectionSubmission }[];
  skipped: string[];
}

const correctionFor = (n: number): CorrectionSubmission => ({
  idempotencyKey: randomUUID(),
  answer: { choice: "graded", step: (n % 3) + 1 },
  timings: { visibleMs: 900, activeMs: 800, firstScrollMs: null },
  flagged: n % 2 === 0,
  comment: "",
  client: { locale: "en", viewport: "1280x800", input: "keyboard" },
});

async function perform(project: LabellingProject, page: Page, act: Act): Promise<void> {
  const { db } = open;
  const { who } = page;
  const task = page.tasks.at(-1);
  const lease = task && { leaseId: task.lease.id, leaseToken: task.lease.token };
  const judgementId = page.judgements.at(-1);
  const sent = page.sent.at(-1);
  const skipped = page.skipped.at(-1);
  const corrected = page.corrected.at(-1);
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
  } else if (act === "correct" && judgementId) {
    const body = correctionFor(page.corrected.length);
    const of = page.corrected.length % 2 === 1 ? (corrected?.judgementId ?? judgementId) : judgementId;
    const { judgementId: made } = await correctJudgement(db, who, of, body);
    page.corrected.push({ judgementId: made, of, body });
  } else if (act === "recorrect" && corrected) {
    await correctJudgement(db, who, corrected.of, corrected.body);
  } else if (act === "undo-correction" && corrected) {
    const undo = { judgementId: corrected.judgementId, idempotencyKey: randomUUID() };
    const { judgementId: restored } = await undoCorrection(db, who, undo);
    page.corrected.push({ ...corrected, judgementId: restored });
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
  // What needs others before it comes more often, so that it comes at all.
  const likely = [...acts, "claim", "submit", "submit", "correct", "correct", "undo-correction"] as const;
  const step = fc.tuple(fc.nat(2), fc.constantFrom(...likely));
  const scenario = fc.record({
    tasks: fc.integer({ min: 1, max: 3 }),
    overlap: fc.integer({ min: 1, max: 2 }),
    // Each inner list happens at once.
    rounds: fc.array(fc.array(step, { minLength: 1, maxLength: 4 }), { minLength: 3, maxLength: 14 }),
  });
  let corrected = 0;
  await fc.assert(
    fc.asyncProperty(scenario, async ({ tasks, overlap, rounds }) => {
      const project = await labellingProject(open.db, { tasks, overlap, annotators: 3 });
      const pages = project.annotators.map(
        (who): Page => ({ who, tasks: [], sent: [], judgements: [], corrected: [], skipped: [] }),
      );
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
      corrected += pages.flatMap((page) => page.corrected).length;
    }),
    { numRuns: 60, seed: 14 },
  );
  expect(corrected).toBeGreaterThan(0);
});

/** What the page never says while it is not so: a task that this person has not met and that wants one more judgement. */
async function wantedFrom(project: LabellingProject, { memberId }: Annotator, languages: string[] | null) {
  return open.db.$queryRaw<{ id: string }[]>`
    SELECT t.id FROM task t WHERE t.project_id = ${project.projectId}::uuid AND t.state IN ('open', 'full', 'waiting')
      AND NOT EXISTS (SELECT FROM lease l WHERE l.task_id = t.id AND l.member_id = ${memberId}::uuid AND l.slot > 0
        AND l.state IN ('held', 'judged', 'skipped', 'surplus'))
      AND (SELECT count(*) FROM lease l WHERE l.task_id = t.id AND l.state = 'judged' AND l.slot > 0) < t.overlap
      AND (t.state = 'open' OR ${languages}::text[] IS NULL OR t.language = ANY (${languages ?? []}::text[]))`;
}

it("says that nothing is left only where nothing is, whatever was claimed, paused, limited or ran out", async () => {
  const turns = ["pause", "resume", "end"] as const;
  const step = fc.oneof(
    { weight: 5, arbitrary: fc.tuple(fc.nat(2), fc.constantFrom(...acts)) },
    { weight: 2, arbitrary: fc.tuple(fc.constantFrom(50, 100), fc.constantFrom(...turns)) },
  );
  const states = { pause: "paused", resume: "open", end: "ended" } as const;
  const isTurn = (act: string): act is keyof typeof states => act in states;
  const scenario = fc.record({
    languagesOnly: fc.boolean(),
    dailyLimit: fc.option(fc.integer({ min: 1, max: 2 })),
    shareLimit: fc.option(fc.constantFrom(0.5, 0.7)),
    parallelLeases: fc.integer({ min: 1, max: 2 }),
    rounds: fc.array(fc.array(step, { minLength: 1, maxLength: 3 }), { minLength: 3, maxLength: 8 }),
  });
  let nothingLeft = 0;
  let waited = 0;
  await fc.assert(
    fc.asyncProperty(scenario, async ({ rounds, languagesOnly, ...limits }) => {
      const project = await labellingProject(open.db, { tasks: 1, overlap: 1, annotators: 3, assignment: limits });
      const { projectId, workspaceId } = project;
      await insertTasks(open.db, projectId, { tasks: 1, overlap: 1, batch: 50 });
      const [first] = project.annotators;
      if (languagesOnly) {
        await open.db.task.updateMany({ where: { projectId, batch: 100 }, data: { language: "zh" } });
        await open.db.task.updateMany({ where: { projectId, batch: 50 }, data: { language: "" } });
        await open.db.member.update({ where: { id: first?.memberId ?? "" }, data: { languages: ["zh"] } });
        await open.db.project.update({ where: { id: projectId }, data: { languagesOnly } });
      }
      const pages = project.annotators.map(
        (who): Page => ({ who, tasks: [], sent: [], judgements: [], corrected: [], skipped: [] }),
      );
      for (const round of rounds) {
        const results = await Promise.allSettled(
          round.map(async ([place, act]) => {
            const page = pages[place];
            if (isTurn(act)) {
              const by = { workspaceId, id: null };
              await changeBatch(open.db, by, projectId, { number: place, state: states[act] });
            } else if (page) await perform(project, page, act);
          }),
        );
        for (const result of results) {
          if (result.status === "rejected" && !(result.reason instanceof DomainError)) throw result.reason;
        }
        for (const { who } of pages) {
          const { tasks, waits } = await claimTasks(open.db, { ...who, projectId, count: 1 });
          const reads = who === first ? ["zh", ""] : [""];
          const wanted = await wantedFrom(project, who, languagesOnly ? reads : null);
          if (tasks.length > 0) continue;
          if (waits.length > 0) waited++;
          else nothingLeft++;
          if (waits.length === 0) expect(wanted).toEqual([]);
          // And where it is so, nobody is told to wait.
          else expect(wanted.length).toBeGreaterThan(0);
        }
      }
      expect(await brokenInvariants(open.db)).toEqual([]);
    }),
    { numRuns: 30, seed: 14 },
  );
  expect(Math.min(nothingLeft, waited)).toBeGreaterThan(0);
});
