import type { Client } from "@touchstone/api-client";
import { ProjectDraft } from "@touchstone/contracts";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { Desk, sameTask } from "./desk.ts";
import { adminLogin } from "./filled-workspace.ts";
import { overflow, violations } from "./inspect-page.ts";
import { judgedOf, openDesk, putOnDesk } from "./open-desk.ts";
import { arrive, type Person, picture } from "./people.ts";
import { jsonLines } from "./practice-files.ts";
import type { SharedProduct } from "./product.ts";
import { otherAdmin } from "./workspace-client.ts";

let product: SharedProduct;
let person: Person;
let page: Page;
let desk: Desk;
let admin: Client;
beforeAll(async () => {
  ({ product, admin, person, page, desk } = await openDesk());
});
afterAll(async () => product?.close());
afterEach(({ task }) => (task.result?.state === "fail" ? picture(person, "guidance") : undefined));

const ask = (on: Page) => on.getByRole("button", { name: "Ask", exact: true });

describe("guidance at the desk", () => {
  it("by keyboard: a question is asked, answered in the inbox and seen, and the task stays as it is", async () => {
    const answer = (letter: string, n: number) => `${letter} says ${n}.`;
    const id = await putOnDesk({ admin, page, desk }, { name: "Asked", pairs: 4, guideline: "Be kind.", answer });
    const shown = await desk.shown();
    await page.locator("main").hover();
    await ask(page).waitFor();
    await page.keyboard.press("q");
    await page.keyboard.type("Does length matter? 1 2 z s");
    // Reloaded with a question that was begun: it is kept, and of the same task.
    await page.reload();
    await desk.shown();
    await page.locator("main").hover();
    await ask(page).waitFor();
    await page.keyboard.press("q");
    const field = page.getByRole("textbox", { name: "Ask about this task" });
    expect(await field.inputValue()).toBe("Does length matter? 1 2 z s");
    await page.context().setOffline(true);
    await field.press("Control+Enter");
    await page.getByText("You are offline, so this has not been sent.").waitFor();
    await page.context().setOffline(false);
    await field.press("Control+Enter");
    await page.getByText("Not answered yet").waitFor();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press("Escape");
    expect(sameTask(await desk.shown(), shown)).toBe(true);
    expect(await judgedOf(admin, id)).toEqual([]);

    const inbox = await page.context().newPage();
    await inbox.goto(`/projects/${id}/models`);
    await inbox.getByRole("link", { name: "Inbox, 1 open" }).click();
    await inbox.locator("[data-remark]").waitFor();
    await inbox.keyboard.press("j");
    await inbox.keyboard.press("a");
    await inbox.keyboard.type("It does **not**.");
    await inbox.keyboard.press("Control+Enter");
    await inbox.getByText("Nothing is open here.").waitFor();
    await inbox.getByRole("link", { name: "Inbox", exact: true }).waitFor();
    await inbox.getByLabel("State").selectOption("done");
    await inbox.locator("[data-remark] strong", { hasText: "not" }).waitFor();
    await inbox.keyboard.press("j");
    await inbox.locator("[data-entry]").focus();
    await inbox.keyboard.press("e");
    await inbox.getByText("Nothing here is of that kind.").waitFor();
    await inbox.close();

    // Nobody has reloaded anything: the desk is told, long before it would look by itself.
    await page.getByRole("button", { name: "1 answer" }).waitFor();
    await page.keyboard.press("q");
    await page.getByText("New answer").waitFor();
    await page.locator("aside strong", { hasText: "not" }).waitFor();
    await page.keyboard.press("Escape");
    await ask(page).waitFor();
    await desk.choose("2");
    await desk.saved();
    expect(await judgedOf(admin, id)).toHaveLength(1);
  });

  it("keeps a key that is pressed before what it opens has come, and opens that then", async () => {
    const answer = (letter: string, n: number) => `${letter} says ${n}.`;
    const id = await putOnDesk({ admin, page, desk }, { name: "Early", pairs: 2, guideline: "Be kind.", answer });
    // Without a service worker, which would have the scripts at hand.
    const early = await arrive(product.browser, product.touchstone.url, "Early", { serviceWorkers: "block" });
    await early.page.request.post("/api/session", { data: adminLogin });
    for (const [key, opened] of [
      ["q", early.page.getByRole("textbox", { name: "Ask about this task" })],
      ["h", early.page.getByRole("heading", { level: 1, name: "My recent work" })],
    ] as const) {
      await early.page.goto(`/work/${id}`);
      await new Desk(early.page).shown();
      // From here on nothing more comes.
      let come: () => void = () => undefined;
      const may = new Promise<void>((resolve) => {
        come = resolve;
      });
      await early.page.route("**/_next/static/chunks/*.js", (route) => may.then(() => route.continue()));
      const wanted = early.page.waitForRequest("**/_next/static/chunks/*.js");
      await early.page.keyboard.press(key);
      await wanted;
      expect(await ask(early.page).count()).toBe(0);
      come();
      await opened.waitFor();
      await early.page.unrouteAll({ behavior: "wait" });
    }
    await early.page.context().close();
  });

  it("at 390 px by touch: the guideline is read before the first task, and what has changed before the next", async () => {
    const guideline = `# Rules\n\nLonger wins.\n\n${"- A case to be read.\n".repeat(60)}`;
    const another = await otherAdmin(admin, product.touchstone.url);
    const { id } = await another.createProject({ body: ProjectDraft.parse({ name: "Read", guideline }) });
    const rows = [1, 2, 3].map((n) => ({ prompt: `Read ${n}?`, completions: [`One ${n}.`, `Two ${n}.`] }));
    const upload = { body: new Blob([new Uint8Array(jsonLines(rows))]), contentType: "application/x-ndjson" } as const;
    await admin.importRows({ params: { id }, query: { format: "prompts", open: "true" }, upload });
    const phone = await arrive(product.browser, product.touchstone.url, "Thumb", {
      viewport: { width: 390, height: 844 },
      hasTouch: true,
      isMobile: true,
    });
    await phone.page.request.post("/api/session", { data: adminLogin });
    await phone.page.goto(`/work/${id}`);
    const read = phone.page.getByRole("button", { name: "I have read it" });
    await phone.page.getByText("Read it before your next task here.").waitFor();
    // A long text hides nothing: the button stays under the thumb.
    await expect.poll(() => read.isVisible()).toBe(true);
    expect((await read.boundingBox())?.y).toBeLessThan(844);
    expect(await overflow(phone.page)).toBe(0);
    await read.tap();
    const thumb = new Desk(phone.page);
    await thumb.shown();
    await another.changeProject({ params: { id }, body: { guideline: guideline.replace("Longer", "Shorter") } });
    const better = phone.page.getByRole("button", { name: "A better" }).first();
    const first = await thumb.shown();
    await better.tap();
    await expect.poll(async () => sameTask(await thumb.shown(), first)).toBe(false);
    await better.tap();
    await phone.page.getByText("It has changed since v1, which you read.").waitFor();
    expect(await phone.page.locator(".changes ins").allInnerTexts()).toEqual(["Shorter"]);
    expect(await violations(phone.page)).toEqual([]);
    await read.tap();
    await thumb.shown();
    const judged = await judgedOf(admin, id);
    expect(judged.map(({ guidelineVersion }) => guidelineVersion)).toEqual([1, 1]);
    await phone.page.context().close();
  });
});
