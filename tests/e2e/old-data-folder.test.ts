import { randomUUID } from "node:crypto";
import { rmSync } from "node:fs";
import { join } from "node:path";
import type { OpenDatabase } from "@touchstone/persistence";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { launchBrowser } from "../harness/browser.ts";
import { makeOldDataFolder, old } from "../harness/old-data-folder.ts";
import { openProductDatabase } from "../harness/product-database.ts";
import { startTouchstone, type Touchstone, temporaryFolder } from "../harness/touchstone.ts";
import { arrive, patienceMs } from "./people.ts";

const home = temporaryFolder();
let touchstone: Touchstone;
let database: OpenDatabase;
let browser: Browser;
beforeAll(async () => {
  const dataDir = join(home, "data");
  await makeOldDataFolder(dataDir);
  touchstone = await startTouchstone({ dataDir });
  await touchstone.ready();
  database = openProductDatabase(dataDir);
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await database?.close();
  await touchstone?.kill("SIGTERM");
  rmSync(home, { recursive: true, force: true });
});

type Name = keyof typeof old.people;

/** A request as the page of then sends it: its session, its CSRF token, and no word of a version. */
async function asThen(name: Name, method: string, path: string, body?: unknown) {
  const { cookie, csrf } = old.people[name];
  const response = await fetch(touchstone.url + path, {
    method,
    headers: { cookie, "x-csrf-token": csrf, ...(body === undefined ? {} : { "content-type": "application/json" }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: JSON.parse((await response.text()) || "null") };
}

/** Puts into the browser's database what a page of then left there. */
function leaveUnsent(page: Page, entry: { key: string }): Promise<void> {
  return page.evaluate(
    (kept) =>
      new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open("touchstone-workbench", 1);
        opening.onupgradeneeded = () => {
          opening.result.createObjectStore("outbox");
          opening.result.createObjectStore("drafts");
        };
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const transaction = opening.result.transaction("outbox", "readwrite");
          transaction.objectStore("outbox").put(kept, kept.key);
          transaction.oncomplete = () => {
            opening.result.close();
            resolve();
          };
        };
      }),
    entry,
  );
}

describe("the data folder of commit edcce48", () => {
  it("starts with everybody signed in, every token and link good, and every judgement there", async () => {
    for (const [name, role] of Object.entries({
      orla: "admin",
      rhea: "researcher",
      vito: "reviewer",
      ann: "annotator",
    })) {
      const session = await asThen(name as Name, "GET", "/api/session");
      expect(session).toMatchObject({
        status: 200,
        body: { member: { role }, csrfToken: old.people[name as Name].csrf },
      });
    }
    const byToken = await fetch(`${touchstone.url}/api/projects`, {
      headers: { authorization: `Bearer ${old.apiToken}` },
    });
    const project = expect.objectContaining({ id: old.projectId, name: "Harbour answers" });
    expect(await byToken.json()).toMatchObject({ items: expect.arrayContaining([project]) });
    for (const path of [old.openLink, old.invitation]) {
      expect((await fetch(`${touchstone.url}/api${path}`)).status).toBe(200);
    }
    const { ann, ben } = old.judgements;
    const kept = await database.db.judgement.count({ where: { id: { in: [...ann, ...ben] } } });
    expect(kept).toBe(ann.length + ben.length);
    expect(await database.db.labelSet.findUnique({ where: { id: old.labelSet.id } })).toMatchObject({
      sha256: old.labelSet.sha256,
    });
  });

  it("goes on with the run that was queued, on the models that were there", async () => {
    const run = () => database.db.run.findUniqueOrThrow({ where: { id: old.queuedRunId }, include: { models: true } });
    await vi.waitUntil(async () => !["queued", "running"].includes((await run()).state), {
      timeout: patienceMs,
      interval: 100,
    });
    expect(await run()).toMatchObject({ state: "succeeded", error: null, models: [{ kind: "reward", number: 2 }] });
  });

  it("answers a tab of then in a shape that it can read, and takes what it sends", async () => {
    const claim = await asThen("ben", "POST", `/api/work/${old.projectId}/claims`, { count: 2 });
    expect(claim.status).toBe(200);
    const [task] = claim.body.tasks;
    const { lease } = task;
    // Ben had undone this one there.
    expect(task).toMatchObject({
      previous: { choice: "graded" },
      guidelineVersion: 1,
      question: { kind: "preference" },
    });
    const judged = await asThen("ben", "POST", "/api/judgements", submission(lease.id, lease.token, randomUUID()));
    expect(judged).toMatchObject({ status: 201, body: { created: true, surplus: false, today: expect.any(Number) } });
    const next = judged.body.next ?? claim.body.tasks[1];
    const skipped = await asThen("ben", "POST", `/api/leases/${next.lease.id}/skip`, { leaseToken: next.lease.token });
    expect(skipped).toMatchObject({ status: 200, body: { next: expect.anything() } });
    const undone = await asThen("ben", "POST", `/api/judgements/${judged.body.judgementId}/undo`, {
      idempotencyKey: randomUUID(),
    });
    expect(undone).toMatchObject({ status: 200, body: { previous: { choice: "graded", step: 3 } } });
  });

  it("the page of now sends what the page of then left unsent, once, on the lease that was held", async () => {
    const { page } = await arrive(browser, touchstone.url, "Ann");
    const [name = "", value = ""] = old.people.ann.cookie.split("=");
    await page.context().addCookies([{ name, value, url: touchstone.url }]);
    const { member } = (await asThen("ann", "GET", "/api/session")).body;
    const key = randomUUID();
    const { leaseId, leaseToken, taskId } = old.held;
    // A page without a script: whatever is left there was not left by this version.
    await page.goto("/icon.svg");
    await leaveUnsent(page, {
      kind: "judgement",
      ...{ key, memberId: member.id, projectId: old.projectId, taskId, madeAt: 1 },
      submission: submission(leaseId, leaseToken, key),
    } as { key: string });
    await page.goto(`/work/${old.projectId}`);
    const arrived = () => database.db.judgement.findMany({ where: { idempotencyKey: key } });
    await vi.waitUntil(async () => (await arrived()).length > 0, { timeout: patienceMs, interval: 50 });
    expect(await arrived()).toMatchObject([{ leaseId, taskId, surplus: false, answer: { choice: "graded", step: 3 } }]);
    await vi.waitUntil(() => isOutboxEmpty(page), { timeout: patienceMs, interval: 50 });
  });
});

/** Every field that the page of then sent, and no other. */
function submission(leaseId: string, leaseToken: string, idempotencyKey: string) {
  return {
    ...{ leaseId, leaseToken, idempotencyKey, flagged: false, comment: "" },
    answer: { choice: "graded", step: 3 },
    timings: { visibleMs: 2_100, activeMs: 2_000, firstScrollMs: null },
    client: { locale: "en", viewport: "1280x800", input: "keyboard" },
  };
}

function isOutboxEmpty(page: Page): Promise<boolean> {
  return page.evaluate(
    () =>
      new Promise<boolean>((resolve, reject) => {
        const opening = indexedDB.open("touchstone-workbench", 1);
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const counted = opening.result.transaction("outbox").objectStore("outbox").count();
          counted.onsuccess = () => {
            opening.result.close();
            resolve(counted.result === 0);
          };
        };
      }),
  );
}
