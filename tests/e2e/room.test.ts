import { ProjectDraft } from "@touchstone/contracts";
import type { BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { adminLogin } from "./filled-workspace.ts";
import { overflow, violations } from "./inspect-page.ts";
import { arrive } from "./people.ts";
import { jsonLines } from "./practice-files.ts";
import { openSharedProduct, type SharedProduct } from "./product.ts";
import { quiet } from "./quiet.ts";
import { clientOf } from "./workspace-client.ts";

interface Row {
  readonly prompt: string | readonly { readonly role: string; readonly content: string }[];
  readonly completions: readonly string[];
}

const short: Row = { prompt: "Tell a story.", completions: ["She never said goodbye.", "He always waved twice."] };
const words = (name: string) => Array.from({ length: 60 }, (_, n) => `${name} has a paragraph ${n}.`).join("\n\n");
const long: Row = { prompt: "Tell a long story.", completions: [words("One"), words("Other")] };
/** Nine turns: the last one asks. */
const chat: Row = {
  prompt: Array.from({ length: 9 }, (_, n) => ({
    role: n % 2 === 0 ? "user" : "assistant",
    content: `Turn ${n + 1} says this. ${"And a little more of it. ".repeat(8)}`,
  })),
  completions: ["A first answer.", "A second answer."],
};
const phone = { viewport: { width: 390, height: 844 }, hasTouch: true } as const;

describe("room on the workbench", () => {
  let product: SharedProduct;
  beforeAll(async () => {
    product = await openSharedProduct();
  });
  afterAll(async () => product?.close());

  async function open(row: Row, how: BrowserContextOptions = {}): Promise<Page> {
    const { url } = product.touchstone;
    const admin = clientOf(url);
    await admin.signIn({ body: adminLogin });
    const draft = ProjectDraft.parse({
      name: "Room",
      guideline: "Prefer the shorter one.\n\nAlways.",
      mustRead: false,
    });
    const { id } = await admin.createProject({ body: draft });
    const body = new Blob([new Uint8Array(jsonLines([row]))]);
    await admin.importRows({
      params: { id },
      query: { format: "prompts" },
      upload: { body, contentType: "application/x-ndjson" },
    });
    const { page } = await arrive(product.browser, url, "reader", how);
    await page.request.post("/api/session", { data: adminLogin });
    await page.goto(`/work/${id}`);
    await page.locator("article .reading").first().waitFor();
    await quiet(page);
    return page;
  }
  const look = (page: Page, name: string) => page.screenshot({ path: `tests/e2e/output/room-${name}.png` });
  const top = async (page: Page, selector: string) => (await page.locator(selector).first().boundingBox())?.y;

  it("folds the turns above the last one, and the key opens them all", async () => {
    const page = await open(chat);
    await look(page, "chat");
    const prompt = page.locator(".workbench-prompt");
    expect(await prompt.locator(".reading").allInnerTexts()).toEqual([expect.stringContaining("Turn 9 says this.")]);
    await page.getByRole("button", { name: "8 earlier turns" }).waitFor();
    await page.keyboard.press("e");
    expect(await prompt.locator(".reading").count()).toBe(9);
    expect(await page.locator(".scale-question").innerText()).toBe("Which answer is better?");
    expect(await page.getByRole("button", { name: "A much better" }).innerText()).toContain("A much better");
    await page.context().close();
  });

  it("keeps the letters below the bar while the page scrolls as one", async () => {
    const page = await open(long);
    await page.evaluate(() => window.scrollTo({ top: 1200, behavior: "instant" }));
    await look(page, "long");
    const bar = await page.locator(".workbench-bar").boundingBox();
    expect(await top(page, ".workbench-answer h2")).toBeCloseTo(bar?.height ?? 0, 0);
    await page.context().close();
  });

  it("stacks both answers on a phone where both fit, with Differences", async () => {
    const page = await open(short, phone);
    await look(page, "phone-short");
    const [first, second] = await page.locator("article").all();
    const [one, other] = [await first?.boundingBox(), await second?.boundingBox()];
    expect(other?.x).toBe(one?.x);
    expect(other?.y).toBeGreaterThanOrEqual((one?.y ?? 0) + (one?.height ?? 0));
    // What was last done has a line of its own, also while it is empty: nothing moves when words come.
    const [last, actions] = await Promise.all(
      [".workbench-last", ".workbench-actions"].map((part) => page.locator(part).boundingBox()),
    );
    expect(last?.height).toBeGreaterThanOrEqual(20);
    expect(actions?.y).toBeGreaterThanOrEqual((last?.y ?? 0) + (last?.height ?? 0));
    const rows = await page
      .locator(".workbench-actions > button")
      .evaluateAll((all) => new Set(all.map((one) => one.getBoundingClientRect().top)).size);
    expect(rows).toBe(1);
    await page.getByRole("button", { name: "Differences" }).click();
    await page.getByRole("button", { name: "Differences", pressed: true }).waitFor();
    await page.locator("article p > span").first().waitFor();
    expect(await overflow(page)).toBe(0);
    await page.context().close();
  });

  it("swipes long answers on a phone below a pinned switch, which says what was seen", async () => {
    const page = await open(long, phone);
    await page.evaluate(() => window.scrollTo({ top: 600, behavior: "instant" }));
    await page.getByRole("button", { name: "Answer A seen", pressed: true }).waitFor();
    await look(page, "phone-long");
    const bar = await page.locator(".workbench-bar").boundingBox();
    expect(await top(page, ".answer-switch")).toBeCloseTo(bar?.height ?? 0, 0);
    await page.getByRole("button", { name: "Answer B not seen yet" }).press("Enter");
    await page.getByRole("button", { name: "Answer B seen", pressed: true }).waitFor();
    expect(await page.locator("article").nth(1).boundingBox()).toMatchObject({ x: 16 });
    expect(await overflow(page)).toBe(0);
    expect(await violations(page)).toEqual([]);
    await page.context().close();
  });

  it("an answer whose first line lies under the pinned switch has not been seen", async () => {
    const page = await open({ ...long, prompt: words("The prompt") }, phone);
    const asleep = page.locator('[data-asleep="unseen"]');
    // The first line of the answers just below the bar, where the switch is pinned over it.
    await page.evaluate(() => {
      const line = document.querySelector("[data-first-line]")?.getBoundingClientRect().top ?? 0;
      const bar = document.querySelector(".workbench-bar")?.getBoundingClientRect().height ?? 0;
      window.scrollTo({ top: window.scrollY + line - bar - 4, behavior: "instant" });
    });
    await page.waitForTimeout(300);
    await page.getByRole("button", { name: /^Answer B/ }).press("Enter");
    await page.waitForTimeout(300);
    await asleep.first().waitFor();
    await page.evaluate(() => window.scrollBy({ top: -80, behavior: "instant" }));
    await page.waitForTimeout(300);
    await asleep.first().waitFor();
    await page.getByRole("button", { name: /^Answer A/ }).press("Enter");
    await asleep.first().waitFor({ state: "detached" });
    await page.context().close();
  });

  it("a guideline opened again within a moment stays open, and Back still closes it first", async () => {
    const page = await open(short, phone);
    const address = page.url();
    const sheet = page.getByRole("complementary", { name: /Guideline v/ });
    await page.keyboard.press("g");
    await sheet.waitFor();
    await page.evaluate(() => {
      const press = (key: string) => document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
      press("Escape");
      setTimeout(() => press("g"), 0);
    });
    await page.waitForTimeout(400);
    expect(await sheet.count()).toBe(1);
    await page.goBack();
    await sheet.waitFor({ state: "detached" });
    expect(page.url()).toBe(address);
    await page.goBack();
    expect(page.url()).not.toBe(address);
    await page.context().close();
  });

  it("closes the guideline on Back and stays; closed by its key, it leaves no entry behind", async () => {
    const page = await open(short, phone);
    const leftTheEntry = () => page.waitForFunction(() => !("touchstoneSheet" in (history.state ?? {})));
    const address = page.url();
    const sheet = page.getByRole("complementary", { name: /Guideline v/ });
    await page.keyboard.press("g");
    await sheet.waitFor();
    await page.goBack();
    await sheet.waitFor({ state: "detached" });
    expect(page.url()).toBe(address);
    await page.goForward();
    expect(page.url()).toBe(address);
    await page.goBack();
    // The browser says that it went back before a busy page has heard of it; a sheet opened between is closed by it.
    await leftTheEntry();
    await page.keyboard.press("g");
    await sheet.waitFor();
    await page.keyboard.press("Escape");
    await sheet.waitFor({ state: "detached" });
    await leftTheEntry();
    await page.goBack();
    expect(page.url()).not.toBe(address);
    await page.context().close();
  });
});
