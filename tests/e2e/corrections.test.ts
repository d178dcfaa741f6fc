import { randomUUID } from "node:crypto";
import type { Answers } from "@touchstone/contracts";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { projectAsking, rowsOf } from "./asking.ts";
import { everyKind, kindOf, pressOn, projectOfEveryKind, promptOn } from "./every-kind.ts";
import { overflow, violations } from "./inspect-page.ts";
import { judgedOf, type OpenDesk, openDesk } from "./open-desk.ts";
import { arrive, patienceMs, picture } from "./people.ts";

let open: OpenDesk;
beforeAll(async () => {
  open = await openDesk();
});
afterAll(async () => open?.product.close());
afterEach(({ task }) =>
  task.result?.state === "fail" ? picture(open.person, `corrections ${task.name.slice(0, 20)}`) : undefined,
);

const rows = () => open.page.locator("[data-own-answer]");
const saved = () => open.page.locator("[data-outbox=saved]").waitFor();
/** What was just corrected, in words. */
const said = (page: Page) => page.getByRole("status").filter({ hasText: /^You now say: / });
const standing = async (id: string) => (await judgedOf(open.admin, id)).filter(({ state }) => state === "counted");

describe("one's own answers", () => {
  it("of every kind are corrected by keyboard alone: opened from the desk's list as they were, changed, and sent", async () => {
    const { page, admin, desk } = open;
    const id = await projectOfEveryKind(admin, 1);
    await admin.changeProject({ params: { id }, body: { repeatShare: 0 } });
    await page.goto(`/work/${id}`);
    const none = page.getByText("No task is left for you here.");
    while (await desk.hasTask()) {
      const prompt = await promptOn(page);
      const kind = kindOf(prompt);
      if (kind) await pressOn(page, prompt, everyKind[kind].keys(0));
      await vi.waitUntil(async () => (await promptOn(page)) !== prompt || none.isVisible(), { timeout: patienceMs });
    }
    await saved();
    const before = new Map((await standing(id)).map((one) => [one.prompt.messages[0]?.content, one]));
    expect(before.size).toBe(Object.keys(everyKind).length);

    await page.keyboard.press("h");
    await rows().first().waitFor();
    expect(await rows().count()).toBe(before.size);
    for (let n = 0; n < before.size; n++) {
      // The oldest last in the list; what is corrected goes to its top.
      for (let step = 0; step < before.size; step++) await page.keyboard.press("j");
      await page.keyboard.press("Enter");
      await page.locator(".workbench-foot:not([data-asleep])").waitFor();
      const prompt = await promptOn(page);
      const kind = kindOf(prompt);
      if (!kind) throw new Error(`What is ${prompt}?`);
      await pressOn(page, prompt, everyKind[kind].mend);
      await said(page)
        .waitFor({ timeout: 10_000 })
        .catch(() => {
          throw new Error(`${kind} was not corrected.`);
        });
      await saved();
      await vi.waitUntil(async () => (await rows().first().innerText()).includes(prompt ?? "-"), {
        timeout: patienceMs,
      });
    }
    const after = await judgedOf(admin, id);
    expect(after.filter(({ state }) => state === "superseded")).toHaveLength(before.size);
    const counted = after.filter(({ state }) => state === "counted");
    expect(counted).toHaveLength(before.size);
    for (const { prompt, answers } of counted) {
      expect(answers).not.toEqual(before.get(prompt.messages[0]?.content)?.answers);
    }
  });

  it("are corrected by touch on a phone, without a network too, and taken back", async () => {
    const { admin, product, person } = open;
    const id = await projectAsking(admin, "By touch", [{ name: "better", kind: "preference" }], rowsOf(1, 2));
    const judged = await judge(id, { better: { choice: "graded", step: 2 } });
    const cookies = await person.page.context().cookies();
    const phone = await arrive(product.browser, product.touchstone.url, "phone", {
      viewport: { width: 390, height: 844 },
      hasTouch: true,
      isMobile: true,
    });
    const { page } = phone;
    await page.context().addCookies(cookies);
    await page.goto(`/work/${id}`);
    await page.getByRole("link", { name: "Recent" }).tap();
    const row = page.locator("[data-own-answer]");
    await row.waitFor();
    expect([await overflow(page), await violations(page)]).toEqual([0, []]);
    await row.tap();
    await page.locator(".workbench-foot:not([data-asleep])").waitFor();
    await page.getByText("You said: A better").waitFor();
    expect([await overflow(page), await violations(page)]).toEqual([0, []]);
    await page.context().setOffline(true);
    await page.getByRole("button", { name: "B better", exact: true }).tap();
    await page.getByText("Waits to be sent").waitFor();
    expect(await steps(id)).toEqual([2]);
    // Not even a reload loses it; the page is there again with the network, and sends.
    await page.context().setOffline(false);
    await page.reload();
    await page.locator("[data-outbox=saved]").waitFor();
    await page.getByText("Corrected", { exact: true }).waitFor();
    expect(await steps(id)).toEqual([6]);
    await page.getByRole("button", { name: "Take correction back" }).tap();
    await page.getByText("Corrected", { exact: true }).waitFor({ state: "detached" });
    expect(await steps(id)).toEqual([2]);
    expect((await judgedOf(admin, id)).map(({ id: one }) => one)).toContain(judged);
    expect(phone.complaints).toEqual([]);
    await page.context().close();
  });

  it("that two windows correct are told apart by name, and what the second said is kept until it is sent or discarded", async () => {
    const { page, admin } = open;
    const id = await projectAsking(admin, "Twice", [{ name: "why", kind: "text" }], rowsOf(1, 1));
    const judged = await judge(id, { why: { text: "First." } });
    const other = await page.context().newPage();
    const windows = [other, page];
    for (const window of windows) {
      await window.goto(`/work/${id}/recent?answer=${judged}`);
      await window.locator(".workbench-foot:not([data-asleep])").waitFor();
    }
    for (const [n, window] of windows.entries()) {
      await window.bringToFront();
      await window.locator(".workbench-foot:not([data-asleep])").waitFor();
      await window.keyboard.press("w");
      await window.keyboard.press("End");
      await window.keyboard.type(` Window ${n}.`);
      await window.keyboard.press("Control+Enter");
      if (n === 0) await window.locator("[data-outbox=saved]").waitFor();
    }
    const refused = page.getByRole("region", { name: "A correction that was not taken" });
    await refused.getByText("You have corrected this answer meanwhile").waitFor();
    await page.reload();
    await refused.getByText("First. Window 1.").waitFor();
    await refused.getByRole("button", { name: "Open what stands" }).click();
    await page.getByText("You said: “First. Window 0.”").waitFor();
    await expect
      .poll(() => page.locator(".writing-field").inputValue(), { timeout: patienceMs })
      .toBe("First. Window 1.");
    await page.locator(".workbench-foot:not([data-asleep])").waitFor();
    await page.keyboard.press("Control+Enter");
    await said(page).waitFor();
    await saved();
    expect((await standing(id)).map(({ answers }) => answers)).toEqual([{ why: { text: "First. Window 1." } }]);
    expect(await refused.count()).toBe(0);
    await other.close();
  });
});

/** The admin's own judgement of a project's next task, without a page. */
async function judge(id: string, answers: Answers): Promise<string> {
  const { tasks } = await open.admin.claimTasks({ params: { id }, body: { count: 1 } });
  const [task] = tasks;
  if (!task) throw new Error("There was no task.");
  const { judgementId } = await open.admin.submitJudgement({
    body: {
      leaseId: task.lease.id,
      leaseToken: task.lease.token,
      idempotencyKey: randomUUID(),
      answers,
      timings: { visibleMs: 900, activeMs: 900 },
      client: { locale: "en", viewport: "800x600", input: "api" },
    },
  });
  return judgementId;
}

const Graded = z.object({ better: z.object({ step: z.number() }) });
const steps = async (id: string) => (await standing(id)).map(({ answers }) => Graded.parse(answers).better.step);
