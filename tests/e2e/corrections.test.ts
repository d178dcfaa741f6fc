import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { everyKind, kindOf, pressOn, projectOfEveryKind, promptOn } from "./every-kind.ts";
import { judgedOf, type OpenDesk, openDesk } from "./open-desk.ts";
import { patienceMs, picture } from "./people.ts";

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
      await page
        .getByText("Corrected: ")
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
});
