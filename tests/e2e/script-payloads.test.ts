import { randomUUID } from "node:crypto";
import type { Client } from "@touchstone/api-client";
import { ProjectDraft, QuestionnaireDraft } from "@touchstone/contracts";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Desk } from "./desk.ts";
import { adminLogin } from "./filled-workspace.ts";
import { arrive, type Person, signIn } from "./people.ts";
import { jsonLines } from "./practice-files.ts";
import { openProduct, type Product } from "./product.ts";
import { quiet } from "./quiet.ts";
import { scriptPayloads } from "./script-payloads.ts";
import { clientOf } from "./workspace-client.ts";

/** As many as a task shows at once. */
const answersEach = 9;

let product: Product;
let admin: Client;
let person: Person;
let page: Page;
/** Payloads that ran, and addresses of other hosts that were asked for. */
const ran: string[] = [];
beforeAll(async () => {
  product = await openProduct();
  const { url } = product.touchstone;
  admin = clientOf(url);
  await admin.signIn({ body: adminLogin });
  // The pages' own policy would stop what the texts' treatment let through; here that stands alone.
  person = await arrive(product.browser, url, "Nora", { bypassCSP: true, serviceWorkers: "block" });
  page = person.page;
  await page.exposeFunction("ran", () => void ran.push(page.url()));
  page.on("dialog", (dialog) => {
    ran.push(`dialog on ${page.url()}`);
    void dialog.dismiss();
  });
  page.on("request", (request) => {
    if (!request.url().startsWith(url) && !/^(data|blob):/.test(request.url())) ran.push(request.url());
  });
  await signIn(person, adminLogin.email, adminLogin.password);
});
afterAll(async () => product?.close());

/** Payload after payload, from the first again after the last. */
const drawn = (from: number, count: number) =>
  Array.from({ length: count }, (_, n) => scriptPayloads[(from + n) % scriptPayloads.length] ?? "");

/** Those that fit the name of an option. */
const short = scriptPayloads.filter(({ length }) => length <= 40);

/** A project in which every text that somebody can write is a payload. */
async function projectOfPayloads() {
  const [name = "", description = "", title = ""] = drawn(5, 3);
  const draft = ProjectDraft.parse({ name, description, guideline: scriptPayloads.join("\n\n"), mustRead: false });
  const { id } = await admin.createProject({ body: draft });
  const questions = [
    { name: "order", kind: "ranking", title, required: false },
    {
      name: "choice",
      kind: "choice",
      title: drawn(3, 1)[0],
      settings: { options: short.slice(0, 9) },
      required: false,
    },
  ];
  await admin.writeQuestionnaire({ params: { id }, body: QuestionnaireDraft.parse({ name: "own", questions }) });
  const tasks = Math.ceil(scriptPayloads.length / answersEach);
  const rows = Array.from({ length: tasks }, (_, task) => ({
    // An odd number of turns: the last is to be answered.
    messages: drawn(task * answersEach, answersEach).map((content, turn) => ({
      role: turn % 2 === 0 ? "user" : "assistant",
      content,
    })),
    completions: drawn(task * answersEach, answersEach),
  }));
  const upload = { body: new Blob([new Uint8Array(jsonLines(rows))]), contentType: "application/x-ndjson" } as const;
  await admin.importRows({ params: { id }, query: { format: "prompts", question: "own", open: "true" }, upload });
  return { id, tasks };
}

/** Somebody with a payload for a name judges and passes by, and says payloads. @returns the judgements' ids. */
async function judgedWithPayloads(projectId: string, tasks: number): Promise<string[]> {
  const { token } = await admin.createLink({
    body: { kind: "invitation", role: "annotator", note: drawn(7, 1)[0] ?? "" },
  });
  const annotator = clientOf(product.touchstone.url);
  const password = "paper boat on the pond";
  await annotator.join({ params: { token }, body: { name: drawn(0, 1)[0] ?? "", email: "x@example.org", password } });
  const made: string[] = [];
  for (let n = 0; n < tasks; n++) {
    const [task] = (await annotator.claimTasks({ params: { id: projectId }, body: { count: 1 } })).tasks;
    if (!task) break;
    const { id: leaseId, token: leaseToken } = task.lease;
    const comment = drawn(n * answersEach, answersEach).join("\n");
    if (n % 3 === 2) {
      await annotator.skipTask({ params: { id: leaseId }, body: { leaseToken, flagged: true, comment } });
      continue;
    }
    const { judgementId } = await annotator.submitJudgement({
      body: {
        leaseId,
        leaseToken,
        idempotencyKey: randomUUID(),
        answers: { choice: { chosen: short.slice(0, 1) } },
        flagged: true,
        comment,
        timings: { visibleMs: 9_000, activeMs: 8_000, firstScrollMs: null },
        client: { locale: "en", viewport: "1280x800", input: "api" },
      },
    });
    made.push(judgementId);
  }
  return made;
}

/** Questions that are payloads, answered with payloads for everybody, on the desk of whoever looks. */
async function askedWithPayloads(projectId: string): Promise<void> {
  const params = { id: projectId };
  // A task that the same person has passed by at the desk.
  const passed = (await admin.listRemarks({ params, query: { kind: "skip", silentSkips: "true" } })).items;
  const { member } = await admin.getSession();
  const taskId = passed.find((one) => one.member.id === member.id)?.taskId ?? "";
  for (let n = 0; n < 4; n++) {
    const body = { taskId, text: drawn(n * 15, 15).join("\n\n"), idempotencyKey: randomUUID() };
    const { id: inquiryId } = await admin.ask({ params, body });
    const answer = { text: drawn(n * 15, 15).join("\n\n"), forAll: n % 2 === 0 };
    await admin.answerInquiry({ params: { id: projectId, inquiryId }, body: answer });
  }
}

/** What is left out, and views that are kept, under payloads. */
async function leftOutWithPayloads(projectId: string, [one, two]: readonly string[]): Promise<void> {
  const params = { id: projectId };
  const notes = scriptPayloads.filter(({ length }) => length <= 60).map((payload, n) => `${n} ${payload}`);
  const note = (from: number) =>
    notes
      .slice(from, from + 8)
      .join(" ")
      .slice(0, 500);
  for (const [judgementId, from] of [
    [one, 0],
    [two, 8],
  ] as const) {
    if (!judgementId) throw new Error("Nothing was judged.");
    const what = { kind: "judgement", judgementId, replace: false } as const;
    await admin.leaveOut({ params, body: { what, reason: "other", note: note(from), preview: false } });
  }
  const selection = { filter: {} } as const;
  const items = { kind: "items", selection } as const;
  await admin.leaveOut({ params, body: { what: items, reason: "other", note: note(16), preview: false } });
  for (const name of short.slice(0, 8)) await admin.createSavedView({ params, body: { name, filter: {} } });
}

const settled = () => quiet(page);

describe("texts of others", () => {
  it("are words and never scripts, wherever they are shown", async () => {
    expect(scriptPayloads.length).toBeGreaterThanOrEqual(60);
    const { id, tasks } = await projectOfPayloads();
    await page.goto(`/work/${id}`);
    const desk = new Desk(page);
    for (let task = 0; task < tasks; task++) {
      await desk.shown();
      await page.keyboard.press("e");
      await settled();
      // As written, and set again.
      await page.keyboard.press("m");
      await page.keyboard.press("m");
      await desk.skip();
    }
    const judged = await judgedWithPayloads(id, tasks);
    const { items: links } = await admin.listLinks({ query: {} });
    expect(links.length).toBeGreaterThan(0);
    const open = await admin.createLink({
      body: { kind: "open", projectId: id, capacity: 5, consent: drawn(0, 20).join("\n\n") },
    });
    const { items } = await admin.listItems({ params: { id }, query: {} });
    await leftOutWithPayloads(id, judged);
    const inProject = [
      ...["", "/judgements", "/remarks", "/questions", "/settings", "/export", "/invite", "/import"],
      ...["/browse", "/left-out", "/quality", "/batches"],
    ];
    const paths = [
      "/projects",
      ...inProject.map((path) => `/projects/${id}${path}`),
      ...judged.map((judgement) => `/judgements/${judgement}`),
      "/people",
      "/people/audit",
      ...items.slice(0, 3).map((item) => `/items/${item.id}`),
      "/work",
      // Where what was skipped stands.
      `/work/${id}/recent`,
      `/join/${open.token}`,
    ];
    await askedWithPayloads(id);
    await page.goto(`/work/${id}`);
    await page.locator("main").first().hover();
    await page.locator("header button[aria-keyshortcuts=q]").click();
    await page.getByText("Answer by").first().waitFor();
    await settled();
    for (const path of paths) {
      await page.goto(path);
      await page.locator("main").first().waitFor();
      await settled();
      if (!path.endsWith("/remarks")) continue;
      // Also what is done with.
      await page.getByLabel("State").selectOption("both");
      await page.getByText("Answer by").first().waitFor();
      await settled();
    }
    expect(ran).toEqual([]);
    expect(person.complaints).toEqual([]);
  });

  it("a payload that is taken for markup is seen: the check can fail", async () => {
    await page.goto("/projects");
    await page.evaluate(
      (payload) => document.body.insertAdjacentHTML("beforeend", payload),
      "<img src=x onerror=ran()>",
    );
    await expect.poll(() => ran.length).toBeGreaterThan(0);
  });
});
