import { readFile } from "node:fs/promises";
import type { Client } from "@touchstone/api-client";
import { ProjectDraft } from "@touchstone/contracts";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, it, vi } from "vitest";
import { z } from "zod";
import { Desk } from "./desk.ts";
import { adminLogin } from "./filled-workspace.ts";
import { overflow, violations } from "./inspect-page.ts";
import { waitUntilKept } from "./kept-desk.ts";
import { judgedOf, openDesk } from "./open-desk.ts";
import { arrive, type Person, patienceMs, picture, signIn, tabTo } from "./people.ts";
import { jsonLines } from "./practice-files.ts";
import type { SharedProduct } from "./product.ts";

let product: SharedProduct;
let admin: Client;
let person: Person;
let page: Page;
let desk: Desk;
beforeAll(async () => {
  ({ product, admin, person, page, desk } = await openDesk());
});
afterAll(async () => product?.close());
afterEach(({ task }) => (task.result?.state === "fail" ? picture(person, "calm-desk") : undefined));

/** A project whose every task is blurred, unless it says otherwise. @returns its id. */
async function projectOf(name: string, tasks: number, blur: "everything" | "never"): Promise<string> {
  const body = ProjectDraft.parse({ name, overlap: 1, repeatShare: 0, mustRead: false, blur });
  const { id } = await admin.createProject({ body });
  const rows = Array.from({ length: tasks }, (_, n) => ({
    prompt: `Unsettling question ${n}?`,
    completions: [`Grim answer ${n}.`, `Bleak answer ${n}.`],
  }));
  const upload = { body: new Blob([new Uint8Array(jsonLines(rows))]), contentType: "application/x-ndjson" } as const;
  await admin.importRows({ params: { id }, query: { format: "prompts", open: "true" }, upload });
  return id;
}

const blurred = (on: Page) => on.getByRole("heading", { name: "This task may be hard to look at" });
const words = /Unsettling|Grim|Bleak/;
/** Everything that is on the page, drawn or not, and everything that a screen reader could say. */
const allOf = async (on: Page) => `${await on.content()} ${await on.locator("body").ariaSnapshot()}`;
/** Whoever comes back from a break is told nothing of the one before. */
const steady = (minutes: number) =>
  page.evaluate((ms) => {
    const key = Object.keys(localStorage).find((one) => one.startsWith("touchstone-work "));
    if (!key) throw new Error("No work was counted.");
    localStorage.setItem(key, `${ms} ${Date.now()} 0`);
  }, minutes * 60_000);
const skipsOf = async (id: string) => {
  const lines = await (await page.request.get(`/api/projects/${id}/exports?format=judgements`)).text();
  return lines
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => z.looseObject({ kind: z.string(), skip_reason: z.string().nullish() }).parse(JSON.parse(line)))
    .flatMap(({ kind, skip_reason }) => (kind === "skip" ? [skip_reason] : []));
};

it("shows nothing of a blurred task before it is revealed, tells answering keys so, and lets it be skipped at no cost", async () => {
  const id = await projectOf("Blurred", 3, "everything");
  await page.goto(`/work/${id}`);
  await blurred(page).waitFor();
  await page.locator(".workbench-foot:not([data-asleep])").waitFor();
  // The page's data came from the API; on the page there is none of it.
  expect(await allOf(page)).not.toMatch(words);
  await page.keyboard.press("2");
  await page.getByText("Reveal the task first (R), or skip it (S).").waitFor();
  expect(await judgedOf(admin, id)).toEqual([]);

  await page.keyboard.press("s");
  await page.getByText("Skipped without being shown. It counts against nobody.").waitFor();
  await page.locator(".workbench-foot:not([data-asleep])").waitFor();
  await desk.saved();
  await vi.waitUntil(async () => (await skipsOf(id)).length === 1, { timeout: patienceMs, interval: 100 });
  expect(await skipsOf(id)).toEqual(["sensitive"]);
  // It stands in one's recent work, hidden as before, and is taken back from there.
  await page.goto(`/work/${id}/recent`);
  await page.getByText("Skipped while it was blurred").waitFor();
  expect(await allOf(page)).not.toMatch(words);
  expect([await overflow(page), await violations(page)]).toEqual([0, []]);
  await page.getByRole("button", { name: "Take skip back" }).click();
  await blurred(page).waitFor();
  await page.locator(".workbench-foot:not([data-asleep])").waitFor();
  expect(await skipsOf(id)).toEqual([]);

  await page.keyboard.press("r");
  const second = await desk.shown();
  expect(`${second.prompt} ${second.answers.join(" ")}`).toMatch(words);
  await page.reload();
  expect((await desk.shown()).prompt).toBe(second.prompt);
  await page.keyboard.press("1");
  await blurred(page).waitFor();
  // An undo brings back what was revealed as it was, and the next one is blurred as before.
  await page.locator(".workbench-foot:not([data-asleep])").waitFor();
  await desk.saved();
  await page.keyboard.press("z");
  expect((await desk.shown()).prompt).toBe(second.prompt);
  await page.keyboard.press("1");
  await blurred(page).waitFor();
  await page.locator(".workbench-foot:not([data-asleep])").waitFor();
  await page.getByRole("button", { name: "Never blur for me here" }).click();
  expect((await desk.shown()).prompt).not.toBe(second.prompt);
  await page.keyboard.press(",");
  const never = page.getByRole("checkbox", { name: "Never blur sensitive tasks for me" });
  expect(await never.isChecked()).toBe(true);
  await tabTo(page, never);
  await page.keyboard.press("Space");
  await blurred(page).waitFor();
  await page.keyboard.press("Escape");
  await never.waitFor({ state: "detached" });
});

it("lists what waits without a network, after a reload too; one is dropped, the others arrive; own figures and a break", async () => {
  const id = await projectOf("Waiting", 5, "never");
  await page.goto(`/work/${id}`);
  const first = await desk.choose("2");
  await desk.saved();
  await steady(51);
  await desk.choose("3");
  // Between two tasks, in the place of how far one is; no key of the task is taken by it.
  await page.getByText("51 minutes of steady work. A break?").waitFor();
  await page.keyboard.press("Escape");
  await page.getByText("A break?").waitFor({ state: "detached" });
  await desk.shown();
  await desk.saved();
  await page.keyboard.press(",");
  await page.getByText("Judged today").waitFor();
  await page
    .getByText(/of today’s 2 decisions|Time a task, in the median/)
    .first()
    .waitFor();
  await page.keyboard.press("Escape");

  await waitUntilKept(page, id, 2);
  await page.context().setOffline(true);
  const third = await desk.choose("6");
  await page.getByText("Offline, 1 kept here").waitFor();
  await page.reload();
  const fourth = await desk.shown();
  await page.keyboard.press("7");
  await page.getByRole("button", { name: "Offline, 2 kept here" }).click();
  const panel = page.getByRole("complementary", { name: "What waits to be sent" });
  await panel.getByText("No connection. 2 things wait.").waitFor();
  const entries = panel.getByRole("listitem");
  expect(await entries.count()).toBe(2);
  await entries.filter({ hasText: third.prompt }).getByText("B better", { exact: true }).waitFor();
  const last = entries.filter({ hasText: fourth.prompt });
  await last.getByText("B much better", { exact: true }).waitFor();
  await last.getByText("not tried from this page yet").waitFor();

  const saving = page.waitForEvent("download");
  await panel.getByRole("button", { name: "Download all as JSON" }).click();
  const file = await readFile(await (await saving).path(), "utf8");
  expect(JSON.parse(file)).toMatchObject({ kind: "touchstone-unsent", entries: [{ kind: "judgement" }, {}] });
  expect(file).not.toContain("leaseToken");

  await last.getByRole("button", { name: "Drop…" }).click();
  await last.getByText("This answer, with its comment and flag, is then gone for good").waitFor();
  await last.getByRole("button", { name: "Drop it" }).click();
  await last.waitFor({ state: "detached" });
  await page.context().setOffline(false);
  // A page that had begun without a network begins anew with it.
  await desk.saved();
  await desk.shown();
  if ((await panel.count()) === 0) await page.keyboard.press(";");
  await panel.getByText("Nothing waits: everything you did has arrived.").waitFor();
  const judged = await judgedOf(admin, id);
  expect(judged.map(({ prompt }) => prompt.messages[0]?.content).sort()).toEqual(
    expect.arrayContaining([first.prompt, third.prompt].sort()),
  );
  expect(judged).toHaveLength(3);
  expect(person.complaints).toEqual([]);
});

it("does the same by touch on a phone: reveal, one's own day, what waits", async () => {
  const id = await projectOf("Touched", 3, "everything");
  const phone = await arrive(product.browser, product.touchstone.url, "Pat", {
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
  });
  await signIn(phone, adminLogin.email, adminLogin.password);
  const touched = new Desk(phone.page);
  await phone.page.goto(`/work/${id}`);
  await blurred(phone.page).waitFor();
  await phone.page.locator(".workbench-foot:not([data-asleep])").waitFor();
  expect(await allOf(phone.page)).not.toMatch(words);
  await phone.page.getByRole("button", { name: "Reveal it" }).tap();
  await touched.shown();
  await phone.page.getByRole("button", { name: /today/ }).tap();
  const day = phone.page.getByRole("complementary", { name: "Your day" });
  await day.getByText("Nobody is ranked here").waitFor();
  await day.getByLabel("Suggest a break after").selectOption("never");
  await day.getByRole("button", { name: "Close" }).tap();
  await phone.page.context().setOffline(true);
  await touched.shown();
  await phone.page.getByRole("button", { name: "A much better" }).first().tap();
  await phone.page.getByRole("button", { name: "Offline, 1 kept here" }).tap();
  const list = phone.page.getByRole("complementary", { name: "What waits to be sent" });
  // What was blurred is not shown here either.
  await list.getByText("A task with sensitive content, not shown here").waitFor();
  await list.getByText("A much better", { exact: true }).waitFor();
  // Without a network trying changes nothing; once it is back, what waits goes by itself, and the button with it.
  await list.getByRole("button", { name: "Try now" }).tap();
  await list.getByText("A much better", { exact: true }).waitFor();
  await phone.page.context().setOffline(false);
  await list.getByText("Nothing waits").waitFor();
  expect(await judgedOf(admin, id)).toHaveLength(1);
  expect(phone.complaints).toEqual([]);
  await phone.page.context().close();
});
