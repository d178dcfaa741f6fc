import type { Client } from "@touchstone/api-client";
import { ProjectDraft } from "@touchstone/contracts";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { Desk } from "./desk.ts";
import { type OpenDesk, openDesk } from "./open-desk.ts";
import { arrive, type Person, patienceMs, signIn } from "./people.ts";
import { jsonLines } from "./practice-files.ts";
import { clientOf } from "./workspace-client.ts";

let at: OpenDesk;
let page: Page;
let projectId: string;
let rewardId: string;
let reviewer: Person;

/** A reward run of a few steps, on a crowded machine. */
const runWithinMs = 300_000;

beforeAll(async () => {
  at = await openDesk();
  page = at.page;
  const { admin, product } = at;
  const body = ProjectDraft.parse({
    name: "Of the tea house",
    guideline: "Prefer what helps.",
    mustRead: false,
    overlap: 1,
  });
  projectId = (await admin.createProject({ body })).id;
  rewardId = await trainReward(admin);
  const { token } = await admin.createLink({ body: { kind: "invitation", role: "reviewer" } });
  const login = { email: "playing@example.org", password: "a good long password" };
  await clientOf(product.touchstone.url).join({ params: { token }, body: { name: "Ren", ...login } });
  const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
  reviewer = await arrive(product.browser, product.touchstone.url, "Ren", phone);
  await signIn(reviewer, login.email, login.password);
}, runWithinMs);
afterAll(() => at?.product.close());

/** A judge that has learned from a few votes, in use in the project. */
async function trainReward(admin: Client): Promise<string> {
  const rows = Array.from({ length: 48 }, (_, n) => ({
    prompt: `Question ${n}?`,
    chosen: `A whole answer to question ${n}, with a reason.`,
    rejected: `No ${n}.`,
  }));
  const upload = { body: new Blob([new Uint8Array(jsonLines(rows))]), contentType: "application/x-ndjson" } as const;
  await admin.importRows({ params: { id: projectId }, query: { format: "trl-preference" }, upload });
  const { items } = await admin.listModels({ query: { kind: "policy", limit: 200 } });
  const practice = items.find((one) => one.practice)?.id ?? "";
  const spec = { batchSize: 8, epochs: 0.5, minimumLabels: 8 };
  const draft = { kind: "reward" as const, policy: { modelVersionId: practice }, spec };
  const { id } = await admin.launchRun({ params: { id: projectId }, body: draft });
  const run = await vi.waitUntil(
    async () => {
      const now = await admin.getRun({ params: { id } });
      if (now.state === "failed") throw new Error(now.error?.message);
      return now.state === "succeeded" ? now : false;
    },
    { timeout: runWithinMs, interval: 250 },
  );
  const reward = run.modelVersionId ?? "";
  const review = await admin.getModelReview({ params: { id: reward }, query: { projectId } });
  if (review.inUse?.model.id !== reward || review.inUse.promotion === null) {
    const insteadOf = review.inUse?.model.id ?? null;
    await admin.promoteModel({ params: { id: reward }, body: { projectId, reason: "It is the first.", insteadOf } });
  }
  return reward;
}

const field = (of: Page) => of.getByRole("textbox", { name: "Say something to all" });
const answers = (of: Page) => of.locator("section article").filter({ hasText: "seed" });

/** With the practice model twice, answers short. */
async function open(of: Page): Promise<void> {
  await of.goto(`/models/playground?project=${projectId}`);
  await of.getByRole("button", { name: "Add a model" }).click();
  for (const number of [1, 2]) {
    const select = of.getByLabel(`Model ${number}`, { exact: true });
    const practice = select.locator("option", { hasText: "Practice model" }).last();
    await select.selectOption((await practice.getAttribute("value")) ?? "");
  }
  await of.getByText("System prompt and sampling").click();
  await of.getByLabel("Longest answer").fill("24");
}

/** Says something by keyboard, and waits until so many answers are whole. */
async function say(of: Page, text: string, count: number): Promise<void> {
  await field(of).focus();
  await of.keyboard.type(text);
  await of.keyboard.press("Enter");
  await vi.waitUntil(async () => (await answers(of).count()) === count, { timeout: patienceMs });
}

it("answers two people at once, each with two models side by side, by keyboard and on a phone", async () => {
  await Promise.all([open(page), open(reviewer.page)]);
  await Promise.all([say(page, "Write about tea.", 2), say(reviewer.page, "Write about rain.", 2)]);
  expect(await page.getByText("Write about rain.").count()).toBe(0);
  expect(await reviewer.page.getByText("Write about tea.").count()).toBe(0);
  const boxes = await answers(page).evaluateAll((all) => all.map((one) => one.getBoundingClientRect().top));
  expect(boxes[0]).toBe(boxes[1]);

  // On the phone they stand below each other, nothing sticks out, and every button is as high as a thumb.
  const phone = await answers(reviewer.page).evaluateAll((all) => all.map((one) => one.getBoundingClientRect().top));
  expect(phone[0]).toBeLessThan(phone[1] ?? 0);
  const width = await reviewer.page.evaluate(() => document.documentElement.scrollWidth);
  expect(width).toBe(390);
  const low = await reviewer.page
    .locator("main button:visible")
    .evaluateAll((all) => all.filter((one) => one.getBoundingClientRect().height < 44).map((one) => one.textContent));
  expect(low).toEqual([]);
  await reviewer.page.getByRole("button", { name: "Choose for people" }).first().tap();
  await reviewer.page.getByText("Researchers and admins ask people about answers.").waitFor();
});

it("says what each answer is worth to the reward model in use, and what that rests on", async () => {
  await page.locator("[data-reward]").nth(1).waitFor();
  await page.getByText(/learned from \d+ judgements/).waitFor();
  await page.getByText("rewards of different prompts or models say nothing of each other").waitFor();
  const card = page.locator("main").getByRole("link", { name: "Report card" });
  expect(await card.getAttribute("href")).toBe(`/models/${rewardId}/card`);
  // The parts are the score: what stands on the page adds up to it, to the last digit but one that is shown.
  const made = page.locator("details", { hasText: "What it is made of" }).first();
  await made.locator("summary").press("Enter");
  const read = (text: string): number => Number(text.replaceAll("−", "-").replaceAll(/[^\d.-]/g, ""));
  const parts = await made.locator("[data-part] dd").allInnerTexts();
  const sum = await made.getByText(/^Together/).innerText();
  const score = /[+−-]?\d+\.\d+/.exec(sum)?.[0] ?? "";
  expect(parts.length).toBeGreaterThan(2);
  expect(Math.abs(parts.reduce((all, part) => all + read(part), 0) - read(score))).toBeLessThan(0.001 * parts.length);
});

it("sends nothing for an Enter that an input method takes, and begins a line with Shift", async () => {
  await field(page).fill("写茶");
  await field(page).evaluate((element) => {
    for (const how of [{ isComposing: true }, { keyCode: 229 }])
      element.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true, ...how }));
  });
  await page.keyboard.press("Shift+Enter");
  expect(await field(page).inputValue()).toBe("写茶\n");
  expect(await answers(page).count()).toBe(2);
  await field(page).fill("");
});

it("keeps the page through a reload, and nothing of it on the server", async () => {
  const before = await answers(page).allInnerTexts();
  await page.reload();
  await vi.waitUntil(async () => (await answers(page).count()) === 2, { timeout: patienceMs });
  const after = await answers(page).allInnerTexts();
  const firstLines = (texts: readonly string[]) => texts.map((text) => text.split("\n").slice(0, 2));
  expect(firstLines(after)).toEqual(firstLines(before));
  const { items } = await at.admin.listItems({ params: { id: projectId }, query: { q: "tea" } });
  expect(items).toEqual([]);
});

it("makes one task of two answers, however often it is pressed, which is judged at the desk and seen where it says", async () => {
  const choose = page.getByRole("button", { name: "Choose for people" });
  await choose.nth(0).click();
  await choose.nth(1).click();
  // The practice model says few things: the same again is asked otherwise, as the page says.
  const ask = page.getByRole("button", { name: "Ask people about these two" });
  const same = page.getByText("Both are the same text");
  for (let tries = 0; tries < 10; tries++) {
    await ask.or(same).waitFor();
    if (await ask.isVisible()) break;
    await page.getByRole("button", { name: "Ask again" }).nth(1).click();
    await choose.nth(1).and(page.locator("[aria-pressed=false]")).click();
  }
  await ask.click();
  const dialog = page.getByRole("dialog");
  await dialog.getByText("Write about tea.").waitFor();
  expect(await dialog.getByLabel("Project").inputValue()).toBe(projectId);
  await dialog.getByRole("button", { name: "Send to the annotators" }).dblclick();
  await dialog.getByText("1 judgement is asked for now").waitFor();
  const { items } = await at.admin.listItems({ params: { id: projectId }, query: { q: "tea" } });
  expect(items).toHaveLength(1);
  const votes = dialog.getByRole("link", { name: "Where the votes appear" });
  const address = (await votes.getAttribute("href")) ?? "";

  await page.goto(`/work/${projectId}`);
  const desk = new Desk(page);
  const shown = await desk.choose("1");
  expect(shown.prompt).toBe("Write about tea.");
  await desk.saved();
  expect(desk.seen.join("\n")).not.toMatch(/Practice model|temperature|playground/);
  await page.goto(address);
  await page.getByText("Write about tea.").first().waitFor();
  const judged = await at.admin.listJudgements({ params: { id: projectId }, query: { limit: 200 } });
  expect(judged.items.filter(({ taskId }) => address.endsWith(taskId))).toHaveLength(1);
  expect([...at.person.complaints, ...reviewer.complaints]).toEqual([]);
});
