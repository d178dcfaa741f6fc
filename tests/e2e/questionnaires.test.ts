import type { Client } from "@touchstone/api-client";
import { ProjectDraft } from "@touchstone/contracts";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { adminLogin } from "./filled-workspace.ts";
import { arrive, type Person, patienceMs, tabTo } from "./people.ts";
import { openSharedProduct, type SharedProduct } from "./product.ts";
import { clientOf } from "./workspace-client.ts";

let product: SharedProduct;
let client: Client;
let admin: Person;
beforeAll(async () => {
  product = await openSharedProduct();
  client = clientOf(product.touchstone.url);
  await client.signIn({ body: adminLogin });
  admin = await arrive(product.browser, product.touchstone.url, "admin");
  await admin.page.request.post("/api/session", { data: adminLogin });
}, 240_000);
afterAll(() => product?.close());

const newProject = async (name: string) =>
  (await client.createProject({ body: ProjectDraft.parse({ name, guideline: "Be fair.", mustRead: false }) })).id;

const question = (page: Page, place: number) => page.getByRole("group", { name: `Question ${place}` });

/** Goes from answer to answer as somebody who reads by keyboard, until the keys of the desk count. */
async function read(page: Page): Promise<void> {
  await page.locator("[data-answer]").first().waitFor();
  for (const answer of await page.locator("[data-answer]").all()) await answer.focus();
  await page.locator("[data-asleep]").waitFor({ state: "detached" });
}

/** Answers a task that asks for a preference and, after a strong one, for another. */
async function answerBoth(page: Page): Promise<void> {
  await read(page);
  const followUp = page.getByRole("heading", { name: "Which one is more honest?" });
  expect(await followUp.count()).toBe(0);
  await page.keyboard.press("7");
  await followUp.waitFor();
  await page.getByText("Wanted: Which one is more honest?").waitFor();
  await page.keyboard.press("1");
  await page.getByText("All is answered.").waitFor();
}

describe("a questionnaire", () => {
  it("of two questions with a follow-up is made by keyboard, tried, asked of a file, and asked at the desk", async () => {
    const { page } = admin;
    const id = await newProject("Helpful and honest");
    await page.goto(`/projects/${id}/questions`);
    await tabTo(page, page.getByRole("link", { name: "New questionnaire" }));
    await page.keyboard.press("Enter");

    await page.getByLabel("Name of the questionnaire").waitFor();
    await tabTo(page, page.getByLabel("Name of the questionnaire"));
    await page.keyboard.type("helpfulness");
    await tabTo(page, question(page, 1).getByLabel("Question text"));
    await page.keyboard.type("Which one helps more?");

    await tabTo(page, page.getByRole("button", { name: "Add a question" }));
    await page.keyboard.press("Enter");
    // The focus is where one goes on writing.
    await page.keyboard.type("Which one is more honest?");
    const second = question(page, 2);
    expect(await second.getByLabel("Question text").inputValue()).toBe("Which one is more honest?");
    await tabTo(page, second.getByLabel("Name", { exact: true }));
    await page.keyboard.type("honest");
    await tabTo(page, second.getByLabel("Steps of the scale"));
    await page.keyboard.press("3");
    await tabTo(page, second.getByLabel("Asked", { exact: true }));
    await page.keyboard.press("ArrowDown");
    await tabTo(page, second.getByLabel("And where it says"));
    await page.keyboard.type("Step");
    for (const value of ["A much better", "B much better"]) {
      await tabTo(page, second.getByRole("checkbox", { name: value }));
      await page.keyboard.press("Space");
    }

    // Moved before the question that it follows up on, it says so at its field, and nothing is lost.
    await page.keyboard.press("Alt+ArrowUp");
    await page.getByText("Now question 1 of 2.").waitFor();
    await tabTo(page, page.getByRole("button", { name: "Save version 1" }));
    await page.keyboard.press("Enter");
    const moved = question(page, 1);
    await moved.getByText("Choose a question that stands before this one.").waitFor();
    expect(await moved.getByLabel("Asked", { exact: true }).evaluate((field) => field === document.activeElement)).toBe(
      true,
    );
    await tabTo(page, moved.getByLabel("Question text"));
    await page.keyboard.press("Alt+ArrowDown");
    await page.getByText("Now question 2 of 2.").waitFor();
    expect(await page.getByText("Choose a question that stands before this one.").count()).toBe(0);
    expect(await second.getByRole("checkbox", { name: "A much better" }).isChecked()).toBe(true);

    await tabTo(page, page.getByRole("button", { name: "Try it" }));
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Preview: nothing is sent" }).waitFor();
    const sent: string[] = [];
    page.on("request", (request) => /\/api\/(work|leases|judgements)/.test(request.url()) && sent.push(request.url()));
    await answerBoth(page);
    await page.keyboard.press("Enter");
    await page.getByText("Wanted: Which one helps more?").waitFor();
    expect(sent).toEqual([]);
    await page.keyboard.press("Escape");
    await page.getByRole("heading", { name: "New questionnaire" }).waitFor();
    expect(await second.getByLabel("Question text").inputValue()).toBe("Which one is more honest?");

    await tabTo(page, page.getByRole("button", { name: "Save version 1" }));
    await page.keyboard.press("Enter");
    await page.keyboard.press("Enter");
    await page.getByText("Version 1 of “helpfulness” is saved.").waitFor();
    const lines = page.getByRole("listitem");
    await lines.filter({ hasText: "if “preference” is: A much better, B much better" }).waitFor();
    expect((await client.listQuestionnaires({ params: { id } })).items).toHaveLength(3);

    await tabTo(page, page.getByRole("link", { name: "Import a file that asks it" }));
    await page.keyboard.press("Enter");
    const row = { prompt: "Which drink warms?", completions: ["Tea does.", "Ice does."] };
    const buffer = Buffer.from(JSON.stringify(row));
    await page
      .locator("input[type=file]")
      .setInputFiles({ name: "one.jsonl", mimeType: "application/x-ndjson", buffer });
    const asked = page.getByLabel("What people are asked");
    await asked.waitFor();
    expect(await asked.locator("option:checked").innerText()).toBe("The questionnaire “helpfulness”");
    await page.getByRole("button", { name: "Import" }).click();
    await page.getByRole("status").filter({ hasText: "1 task" }).waitFor();

    await page.goto(`/work/${id}`);
    await page.getByRole("heading", { name: "Which one helps more?" }).waitFor();
    await answerBoth(page);
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Which one helps more?" }).waitFor({ state: "detached" });
    const judged = await vi.waitUntil(async () => (await client.listJudgements({ params: { id } })).items[0], {
      timeout: patienceMs,
    });
    expect(judged.answers).toEqual({
      preference: { choice: "graded", step: 7 },
      honest: { choice: "graded", step: 2 },
    });
    await page.goto(`/projects/${id}/questions`);
    await page.getByText("Version 1 · 1 task asks it").waitFor();
    expect(admin.complaints).toEqual([]);
  });

  it("that was changed in another tab says so, keeps what is written, and takes it once that was seen", async () => {
    const { page } = admin;
    const id = await newProject("Two tabs");
    const own = { name: "order", questions: [{ name: "order", kind: "ranking" as const }] };
    await client.writeQuestionnaire({ params: { id }, body: own });
    const open = `/projects/${id}/questions/new?of=order`;
    await page.goto(open);
    const other = await page.context().newPage();
    await other.goto(open);
    for (const [tab, text] of [
      [page, "Mine"],
      [other, "Theirs"],
    ] as const) {
      await question(tab, 1).getByLabel("Question text").fill(text);
    }
    await other.getByRole("button", { name: "Save version 2" }).click();
    await other.getByText("Version 2 of “order” is saved.").waitFor();
    await page.getByRole("button", { name: "Save version 2" }).click();
    await page.getByRole("alert").filter({ hasText: "Version 2 of “order” was made meanwhile." }).waitFor();
    expect(await question(page, 1).getByLabel("Question text").inputValue()).toBe("Mine");
    await page.getByRole("button", { name: "Save mine as version 3" }).click();
    await page.getByText("Version 3 of “order” is saved.").waitFor();
    const { items } = await client.listQuestionnaires({ params: { id } });
    const titles = items.filter(({ name }) => name === "order").map(({ questions }) => questions[0]?.title);
    expect(titles).toEqual(["Mine", "Theirs", ""]);
    await other.close();
  });

  it("that is not saved is not left by a slip, and is there again for who comes back", async () => {
    const { page } = admin;
    const id = await newProject("Left open");
    await page.goto(`/projects/${id}/questions/new`);
    await page.getByLabel("Name of the questionnaire").fill("later");
    await page.getByRole("link", { name: "Overview" }).click();
    const dialog = page.getByRole("dialog", { name: "Leave without saving?" });
    await dialog.getByRole("button", { name: "Stay" }).click();
    await dialog.waitFor({ state: "hidden" });
    expect(await page.getByLabel("Name of the questionnaire").inputValue()).toBe("later");
    await page.getByRole("link", { name: "Overview" }).click();
    await dialog.getByRole("button", { name: "Leave" }).click();
    await page.waitForURL(new RegExp(`/projects/${id}$`));
    await page.goBack();
    await page.getByText("Your unsaved changes are here again.").waitFor();
    expect(await page.getByLabel("Name of the questionnaire").inputValue()).toBe("later");
    await page.getByRole("button", { name: "Start over" }).click();
    expect(await page.getByLabel("Name of the questionnaire").inputValue()).toBe("");
  });
});
