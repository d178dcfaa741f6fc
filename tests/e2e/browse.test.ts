import type { Client } from "@touchstone/api-client";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { projectAsking } from "./asking.ts";
import type { Desk } from "./desk.ts";
import { adminLogin } from "./filled-workspace.ts";
import { openDesk } from "./open-desk.ts";
import { arrive, type Person, picture, signIn } from "./people.ts";
import type { Product } from "./product.ts";

let product: Product;
let admin: Client;
let annotator: Person;
let desk: Desk;
let researcher: Person;
let page: Page;
beforeAll(async () => {
  ({ product, admin, person: annotator, desk } = await openDesk());
  researcher = await arrive(product.browser, product.touchstone.url, "ada");
  page = researcher.page;
  await signIn(researcher, adminLogin.email, adminLogin.password);
});
afterAll(async () => product?.close());
afterEach(({ task }) => (task.result?.state === "fail" ? picture(researcher, "browse") : undefined));

const focused = () => page.evaluate(() => document.activeElement?.textContent ?? "");
const items = () => page.locator("[data-item]");
const press = async (...keys: string[]) => {
  for (const key of keys) await page.keyboard.press(key);
};
const rows = ["Why is the sky blue?", "天空为什么是蓝色的？", "天空有多高？", "A poem about tea"].map((prompt) => ({
  prompt,
  completions: ["Because.", "Nobody knows."],
}));

describe("browsing by keys alone", () => {
  it("searches, goes through the list, opens an item and comes back to it; a selection is reopened, the search is kept", async () => {
    const kinds = [{ name: "better", kind: "preference" }] as const;
    const id = await projectAsking(admin, "To be browsed", [...kinds], rows);
    await admin.changeProject({ params: { id }, body: { overlap: 1 } });
    await annotator.page.goto(`/work/${id}`);
    for (const _ of rows) {
      await desk.shown();
      await annotator.page.keyboard.press("1");
      await desk.saved();
    }
    await annotator.page.getByText("No task is left for you here.").waitFor();

    await page.goto(`/projects/${id}/browse`);
    await page.getByText("4 items", { exact: true }).waitFor();
    await press("/");
    await page.keyboard.type("天空");
    await press("Enter");
    await page.getByText("2 items", { exact: true }).waitFor();
    const [first = "", second = ""] = await items().allTextContents();
    await press("Escape");
    expect(await focused()).toBe(first);
    await press("j");
    expect(await focused()).toBe(second);
    await press("Enter");
    await page.getByRole("heading", { name: second, level: 1 }).waitFor();
    await page.getByText("A much better").waitFor();
    await press("Escape");
    await page.waitForURL(/browse\?q=/);
    await expect.poll(focused).toBe(second);

    await press("x", "k", "x");
    await page.getByRole("status").filter({ hasText: "2 items selected" }).waitFor();
    await page.getByRole("button", { name: "Reopen" }).press("Enter");
    const dialog = page.getByRole("dialog");
    await dialog.getByText("2 items will change.").waitFor();
    await press("Enter");
    await page.getByText("2 items changed.").waitFor();
    await expect.poll(() => page.getByRole("cell", { name: "1 of 2" }).count()).toBe(2);

    await page.getByRole("button", { name: "Label set" }).press("Enter");
    await dialog.getByText("2 judgements of 2 items.").waitFor();
    await dialog.getByRole("button", { name: "Make label set" }).press("Enter");
    const download = dialog.getByRole("link", { name: "Download" }).last();
    const sent = await page.request.get((await download.getAttribute("href")) ?? "");
    expect((await sent.text()).trim().split("\n")).toHaveLength(2);
    await press("Escape");

    await page.getByRole("button", { name: "Saved views" }).press("Enter");
    await dialog.getByLabel("Name of the view").waitFor();
    await page.keyboard.type("Sky in Chinese");
    await press("Enter");
    await dialog.getByText("Saved.").waitFor();
    await page.goto(`/projects/${id}/browse`);
    await page.getByText("4 items", { exact: true }).waitFor();
    await page.getByRole("button", { name: "Saved views" }).press("Enter");
    await dialog.getByRole("link", { name: "Sky in Chinese" }).press("Enter");
    await page.getByText("2 items", { exact: true }).waitFor();
    await page.goBack();
    await page.getByText("4 items", { exact: true }).waitFor();
    expect(researcher.complaints).toEqual([]);
  });
});
