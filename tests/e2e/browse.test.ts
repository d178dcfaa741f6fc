import { readFile } from "node:fs/promises";
import type { Client } from "@touchstone/api-client";
import { ProjectDraft } from "@touchstone/contracts";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { projectAsking } from "./asking.ts";
import type { Desk } from "./desk.ts";
import { adminLogin } from "./filled-workspace.ts";
import { violations } from "./inspect-page.ts";
import { openDeskAt } from "./open-desk.ts";
import { arrive, type Person, picture, signIn } from "./people.ts";
import { jsonLines } from "./practice-files.ts";
import { openProduct, type Product } from "./product.ts";

let product: Product;
let admin: Client;
let annotator: Person;
let desk: Desk;
let researcher: Person;
let page: Page;
beforeAll(async () => {
  ({ product, admin, person: annotator, desk } = await openDeskAt(await openProduct()));
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

    // What is left out says so wherever it is counted, and comes back from the list of what is.
    await items().first().focus();
    await press("x");
    await page.getByRole("button", { name: "Leave out", exact: true }).press("Enter");
    await dialog.getByText("1 judgement no longer counts.").waitFor();
    await dialog.getByRole("button", { name: "Leave out" }).press("Enter");
    await page.getByRole("cell", { name: "1 left out" }).waitFor();
    await page.getByRole("link", { name: "Left out" }).press("Enter");
    await page.getByText("1 judgement counts in no export").waitFor();
    await page.getByRole("button", { name: /^Put back/ }).press("Enter");
    await dialog.getByText("1 judgement counts again.").waitFor();
    await dialog.getByRole("button", { name: "Put back" }).press("Enter");
    await page.getByText("Nothing is left out").waitFor();
    await page.getByRole("link", { name: "Quality" }).press("Enter");
    await page.getByRole("heading", { name: "Which answer is better?" }).waitFor();
    await page.getByText("4 choices among 2").waitFor();
    expect(researcher.complaints).toEqual([]);

    // What is deleted is named first, with the set that was frozen from it, and is gone then; so is the project in the end.
    await page.goto(`/projects/${id}/browse?q=poem`);
    await page.getByText("1 item", { exact: true }).waitFor();
    await items().first().focus();
    await press("x");
    await page.getByRole("button", { name: "Delete", exact: true }).press("Enter");
    await dialog.getByText("1 judgement by 1 person").waitFor();
    await dialog.getByRole("checkbox").press("Space");
    await dialog.getByRole("button", { name: "Delete for good" }).press("Enter");
    await page.getByText("1 prompt is deleted.").waitFor();
    await page.goto(`/projects/${id}/browse?q=sky`);
    await items().first().press("Enter");
    await page.getByRole("button", { name: "Delete", exact: true }).press("Enter");
    await dialog.getByRole("checkbox").press("Space");
    await dialog.getByRole("button", { name: "Delete for good" }).press("Enter");
    await page.waitForURL(/\/browse/);
    await page.goto(`/projects/${id}/settings`);
    await page.getByRole("button", { name: "See what would be deleted" }).press("Enter");
    await dialog.getByText("2 prompts", { exact: true }).waitFor();
    await dialog.getByRole("region", { name: "Label set" }).waitFor();
    expect(await violations(page)).toEqual([]);
    const remove = dialog.getByRole("button", { name: "Delete for good" });
    expect(await remove.isDisabled()).toBe(true);
    await dialog.getByLabel(/^To confirm/).focus();
    await page.keyboard.type("To be browsed");
    await press("Enter");
    await page.waitForURL(/\/projects$/);
    await page.getByText("“To be browsed” is deleted.").waitFor();
    await expect.poll(() => page.getByRole("link", { name: "To be browsed" }).count()).toBe(0);
    await expect
      .poll(async () => (await admin.listDeletions()).items.map(({ finishedAt }) => finishedAt === null))
      .toEqual([false, false, false]);
  });
});

describe("which model wins", () => {
  it("is read by keys: table, slices, the pairs behind a figure, and the table as a file", async () => {
    const { id } = await admin.createProject({ body: ProjectDraft.parse({ name: "Arena", guideline: "Prefer." }) });
    await page.goto(`/projects/${id}/models`);
    await page.getByText("Which model wins will stand here.").waitFor();
    const mapping = {
      ...{ prompt: ["question"], a: "a", b: "b", aModel: "one", bModel: "other", language: "language" },
      ...{ annotator: "judge", votes: { columns: ["won"] }, values: { a: ["a"], b: ["b"], tie: ["tie"] } },
    };
    // North beats South nine times of twelve, and one vote is a tie; two votes name no model.
    const votes = Array.from({ length: 12 }, (_, place) => ({
      ...{ question: `Question ${place}`, a: `north ${place}`, b: `south ${place}`, one: "North", other: "South" },
      ...{ language: place < 8 ? "en" : "zh", judge: `v${place % 3}`, won: place < 9 ? "a" : "b" },
    })).map((vote, place) => ({ ...vote, won: place === 11 ? "tie" : vote.won }));
    const nameless = [1, 2].map((place) => ({ question: `N${place}`, a: "x", b: "y", judge: "v1", won: "a" }));
    const body = new Blob([new Uint8Array(jsonLines([...votes, ...nameless]))]);
    const query = { format: "columns", mapping: JSON.stringify(mapping) } as const;
    await admin.importRows({ params: { id }, query, upload: { body, contentType: "application/x-ndjson" } });

    await page.reload();
    const table = page.getByRole("figure", { name: "Which model wins" });
    await expect.poll(() => table.getByRole("row").allTextContents()).toHaveLength(3);
    const [, first = "", second = ""] = await table.getByRole("row").allTextContents();
    expect([first.includes("North"), second.includes("South")]).toEqual([true, true]);
    await page.getByText("2 judgements of answers of which no two name their model.").waitFor();

    await page.getByLabel("Tell apart by").focus();
    // The third letter tells it from the others that begin alike.
    await page.keyboard.type("Lan");
    await page.waitForURL(/by=language/);
    const slices = page.getByRole("region", { name: "By slice: Language" });
    await slices.getByText("8 judgements, 8 prompts").waitFor();
    expect(await violations(page)).toEqual([]);

    const saving = page.waitForEvent("download");
    await page.getByRole("button", { name: "Save as CSV" }).press("Enter");
    const file = await readFile(await (await saving).path(), "utf8");
    expect(file.split("\r\n").slice(1, 3)).toEqual([
      expect.stringMatching(/^1,1,[12],North,north,/),
      expect.stringMatching(/^1,[12],2,South,south,/),
    ]);

    await page.getByRole("link", { name: "South preferred to North: 2" }).press("Enter");
    await page.waitForURL(/browse\?.*preferred=against/);
    await expect.poll(() => items().count()).toBe(2);
    expect((await items().allTextContents()).sort()).toEqual(["Question 10", "Question 9"].sort());
    await page.getByRole("combobox", { name: "Preferred" }).selectOption({ label: "Neither" });
    await page.waitForURL(/preferred=tie/);
    await expect.poll(() => items().allTextContents()).toEqual(["Question 11"]);
    expect(researcher.complaints).toEqual([]);
  });
});
