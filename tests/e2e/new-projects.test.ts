import { readFile } from "node:fs/promises";
import type { Client } from "@touchstone/api-client";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { adminLogin } from "./filled-workspace.ts";
import { arrive, type Person, patienceMs, tabTo } from "./people.ts";
import { openProduct, type Product } from "./product.ts";
import { clientOf } from "./workspace-client.ts";

let product: Product;
let client: Client;
let admin: Person;
beforeAll(async () => {
  product = await openProduct();
  client = clientOf(product.touchstone.url);
  await client.signIn({ body: adminLogin });
  admin = await arrive(product.browser, product.touchstone.url, "admin");
  await admin.page.request.post("/api/session", { data: adminLogin });
}, 240_000);
afterAll(() => product?.close());

const readAll = async ({ page }: Person): Promise<void> => {
  await page.locator("[data-answer]").first().waitFor();
  for (const answer of await page.locator("[data-answer]").all()) await answer.focus();
  await page.locator("[data-asleep]").waitFor({ state: "detached" });
};

describe("a project", () => {
  it("is begun with a template by keyboard, judged at once in the reader's language, told of when done, saved and made again", async () => {
    const { page } = admin;
    await page.goto("/projects/new");
    await page.getByRole("radio", { name: /^Question answering/ }).waitFor();
    await tabTo(page, page.getByRole("radio", { name: /^Something else/ }));
    for (let step = 0; step < 3; step++) await page.keyboard.press("ArrowDown");
    expect(await page.getByLabel("Guideline", { exact: true }).inputValue()).toContain("# Is the answer right?");
    await tabTo(page, page.getByLabel("Name", { exact: true }));
    await page.keyboard.type("Facts");
    await tabTo(page, page.getByLabel("Judgements per task"));
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.type("1");
    await page.keyboard.press("Enter");
    await page.getByText("3 tasks here are examples of the template").waitFor();
    const { pathname } = new URL(page.url());
    const id = pathname.split("/").at(-1) ?? "";

    // A link by which people join by name alone, and somebody who reads Chinese.
    await page.goto(`${pathname}/invite`);
    await page.getByLabel("A name is enough to join").check();
    await page.getByRole("button", { name: "Make link" }).click();
    const address = await page.getByRole("dialog").getByRole("textbox").inputValue();
    const stranger = await arrive(product.browser, product.touchstone.url, "stranger");
    await stranger.page.context().addCookies([{ name: "touchstone-locale", value: "zh", url: product.touchstone.url }]);
    await stranger.page.goto(new URL(address).pathname);
    await stranger.page.getByLabel("姓名").or(stranger.page.getByLabel("名字")).fill("小明");
    await stranger.page.getByRole("checkbox").check();
    await stranger.page.keyboard.press("Enter");
    const back = await stranger.page.getByRole("textbox", { name: "您的返回链接" }).inputValue();
    await stranger.page.getByRole("button", { name: "开始" }).click();
    await stranger.page.getByRole("button", { name: "我已阅读" }).click();
    for (let left = 3; left > 0; left--) {
      await readAll(stranger);
      // Labels of the reader's language; what is stored are the names.
      await stranger.page.getByRole("button", { name: "文中没有" }).waitFor();
      await stranger.page.keyboard.press("1");
      await stranger.page.keyboard.press("Enter");
      await vi.waitUntil(
        async () => (await client.getProjectFigures({ params: { id } })).judgements.person === 4 - left,
        { timeout: patienceMs, interval: 200 },
      );
    }
    const { items } = await client.listJudgements({ params: { id }, query: { limit: 50 } });
    expect(items.map(({ answers }) => answers)).toEqual(Array(3).fill({ correct: { chosen: ["correct"] } }));

    // Elsewhere by the return link, and only when its holder says so.
    const elsewhere = await arrive(product.browser, product.touchstone.url, "elsewhere");
    await elsewhere.page.goto(back);
    await elsewhere.page.getByRole("button", { name: "Go on" }).click();
    await elsewhere.page.getByRole("button", { name: "Account of 小明" }).waitFor();

    await page.goto(pathname);
    await page.getByRole("button", { name: "Notices, 1 new" }).click({ timeout: 40_000 });
    await page.getByText("every task of batch 100 has its judgements").waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Notices", exact: true }).waitFor();
    await page.getByText("Some are judged, so they stay.").waitFor();

    // Saved as a file, which makes the same project again; a file of another product is refused by its field.
    await page.goto(`${pathname}/settings`);
    const saving = page.waitForEvent("download");
    await page.getByRole("button", { name: "Export as a file" }).click();
    const saved = await saving;
    expect(saved.suggestedFilename()).toBe("Facts.touchstone.json");
    const file = await readFile(await saved.path());
    // Copied whole, which keeps ids: as long as it is here, it can't be here twice.
    await page.getByRole("button", { name: "Make the copy" }).click();
    const [copy] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("link", { name: /^Download \(/ }).click({ timeout: patienceMs }),
    ]);
    expect(copy.suggestedFilename()).toMatch(/^Facts-\d{4}-\d\d-\d\d\.zip$/);
    await page.goto("/projects/new");
    await page.getByLabel("Copy of a project (.zip)").setInputFiles(await copy.path());
    await page.getByText("The project “Facts” is here already").waitFor({ timeout: patienceMs });
    const chooser = page.getByLabel("File of a project");
    await chooser.setInputFiles({ name: "x.json", mimeType: "application/json", buffer: Buffer.from('{"a": 1}') });
    await page.getByText("This file can’t be made a project").waitFor();
    await chooser.setInputFiles({ name: "facts.json", mimeType: "application/json", buffer: file });
    await page.getByRole("heading", { level: 1, name: "Facts" }).waitFor();
    expect(new URL(page.url()).pathname).not.toBe(pathname);
  });

  it("is duplicated with its prompts, and its texts are written in one more language side by side", async () => {
    const { page } = admin;
    const { id } = await client.createProject({
      body: {
        name: "Moods",
        guideline: "Say what it is.",
        description: "",
        overlap: 1,
        leaseSeconds: 900,
        practice: false,
        language: "en",
        template: { name: "classification", language: "en", examples: true },
      },
    });
    await page.goto(`/projects/${id}/settings`);
    await page.getByLabel("What is taken").selectOption("prompts");
    await page
      .getByRole("option", { name: "Those, and 4 prompts with 0 answers and their tasks" })
      .waitFor({ state: "attached" });
    await page.getByRole("button", { name: "Duplicate" }).click();
    await page.getByRole("heading", { level: 1, name: "Moods (copy)" }).waitFor();
    await page.getByText("0 of 4 judged").first().waitFor();
    const { pathname } = new URL(page.url());

    await page.goto(`${pathname}/settings`);
    await page.getByRole("link", { name: "Edit translations" }).click();
    await page.getByLabel("Add a language").fill("not a language");
    await page.keyboard.press("Enter");
    await page.getByText("Write a language tag").waitFor();
    await page.getByLabel("Add a language").fill("pt-br");
    await page.keyboard.press("Enter");
    await page.getByLabel("Guideline, version 1 (pt-BR)").fill("Diga o que é.");
    await page.getByLabel("positive (pt-BR)").fill("positivo");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByText("Saved.").waitFor();
    const { items } = await client.listTranslations({ params: { id: pathname.split("/").at(-1) ?? "" } });
    expect(items.find(({ language }) => language === "pt-BR")).toMatchObject({
      guideline: { version: 1, text: "Diga o que é." },
      words: [{ of: "positive", says: "positivo" }],
    });
  });
});
