import type { Client } from "@touchstone/api-client";
import { ProjectDraft } from "@touchstone/contracts";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { submissionFor } from "../harness/labelling-project.ts";
import { adminLogin } from "./filled-workspace.ts";
import { arrive } from "./people.ts";
import { openProduct, type Product } from "./product.ts";
import { importRows } from "./steps.ts";
import { clientOf } from "./workspace-client.ts";

const rows = Array.from({ length: 12 }, (_, index) => ({
  prompt: `Name a number above ${index}.`,
  completions: [`${index + 1}`, `${index - 1}`],
}));

describe("what an admin changes of a project, by its pages", () => {
  let product: Product;
  let admin: Page;
  let client: Client;
  let projectId: string;

  beforeAll(async () => {
    product = await openProduct();
    client = clientOf(product.touchstone.url);
    await client.signIn({ body: adminLogin });
    const body = ProjectDraft.parse({ name: "Numbers", guideline: "Prefer *plain* words.", overlap: 2 });
    projectId = (await client.createProject({ body })).id;
    admin = (await arrive(product.browser, product.touchstone.url, "admin")).page;
    await admin.request.post("/api/session", { data: adminLogin });
  });
  afterAll(async () => product?.close());

  const project = () => client.getProject({ params: { id: projectId } });
  const group = (name: string) =>
    admin.locator("form", { has: admin.getByLabel(name, { exact: true }) }).filter({ has: saveButton() });
  const saveButton = () => admin.getByRole("button", { name: "Save", exact: true });
  const save = async (name: string) => {
    await group(name).getByRole("button", { name: "Save" }).click();
    await group(name).getByText("Saved.").waitFor();
  };
  const said = (text: string | RegExp) => admin.getByText(text).waitFor();
  const pressInDialog = async (button: string) => {
    await admin.getByRole("dialog").getByRole("button", { name: button, exact: true }).click();
    await admin.getByRole("dialog").waitFor({ state: "hidden" });
  };
  const available = async () =>
    (await client.listWork()).items.find((one) => one.projectId === projectId)?.available ?? 0;

  it("opens what was imported closed, and says first what that does", async () => {
    await importRows(admin, projectId, rows, { format: "Prompts with answers", open: false });
    await admin.getByRole("button", { name: "Open", exact: true }).click();
    await said("12 closed tasks will open");
    expect(await available()).toBe(0);
    await pressInDialog("Open");
    await admin.getByRole("button", { name: "Open", exact: true }).waitFor({ state: "detached" });
    expect(await available()).toBe(12);
  });

  it("renames, describes, and holds tasks for another time", async () => {
    await admin.goto(`/projects/${projectId}/settings`);
    await group("Name").getByLabel("Name").fill("Numbers and words");
    await group("Name").getByLabel("Description").fill("Which is right?");
    await save("Name");
    await admin.getByLabel("Seconds a task is held").fill("5");
    await group("Seconds a task is held").getByRole("button", { name: "Save" }).click();
    await group("Seconds a task is held").getByRole("alert").waitFor();
    await admin.getByLabel("Seconds a task is held").fill("900");
    await save("Seconds a task is held");
    expect(await project()).toMatchObject({
      name: "Numbers and words",
      description: "Which is right?",
      leaseSeconds: 900,
    });
  });

  it("writes a second version of the guideline and takes the first one back, which is the third then", async () => {
    const text = group("Guideline").getByLabel("Guideline");
    const version = group("Guideline").getByLabel("Version");
    await text.fill("Prefer *right* numbers.");
    expect(await version.locator("option:checked").innerText()).toBe("Not saved yet");
    await save("Guideline");
    await version.locator("option:checked", { hasText: "Version 2, in force" }).waitFor({ state: "attached" });
    await version.selectOption({ label: "Version 1" });
    await admin.getByRole("region", { name: "As annotators read it" }).getByText("plain").waitFor();
    await save("Guideline");
    expect((await project()).guideline).toMatchObject({ version: 3, text: "Prefer *plain* words." });
  });

  it("says what another number of judgements does before it is saved", async () => {
    await group("Judgements per task").getByLabel("Judgements per task").fill("3");
    await said("Judgements per task 2 → 3:");
    expect((await project()).overlap).toBe(2);
    await save("Judgements per task");
    expect((await project()).overlap).toBe(3);
  });

  it("pauses and archives, after which only its state can be changed, and comes back", async () => {
    await admin.getByRole("button", { name: "Pause" }).click();
    await said("The project is paused: no new tasks are given out.");
    await admin.getByRole("button", { name: "Archive" }).click();
    await said("The project is archived: it can be read and exported");
    // How long work is kept may be settled of one that is archived: nothing else.
    expect(await saveButton().count()).toBe(1);
    expect(await group("Judgements and texts: days after the project is archived").count()).toBe(1);
    await admin.goto(`/projects/${projectId}/import`);
    await said("nothing can be added or changed");
    expect(await admin.getByLabel("File").count()).toBe(0);
    expect(await admin.getByRole("button", { name: "Undo" }).count()).toBe(0);
    await admin.goto(`/projects/${projectId}/settings`);
    await admin.getByRole("button", { name: "Restore" }).click();
    await said("The project is active");
    expect((await project()).state).toBe("active");
  });

  it("undoes an import of which nothing is judged, and says first what goes", async () => {
    await admin.goto(`/projects/${projectId}/import`);
    await admin.getByRole("button", { name: "Undo" }).click();
    await said("What this import brought goes: 12 prompts, 24 answers, 12 tasks, 0 imported judgements.");
    await pressInDialog("Leave it");
    await admin.getByRole("button", { name: "Undo" }).click();
    await pressInDialog("Undo");
    await admin.getByRole("button", { name: "Undo" }).waitFor({ state: "detached" });
    expect(await available()).toBe(0);
  });

  it("limits what one person judges a day, says it at the desk with its end, and pauses a batch", async () => {
    const { id } = await client.createProject({ body: ProjectDraft.parse({ name: "Limited", overlap: 1 }) });
    await importRows(admin, id, rows, { format: "Prompts with answers", open: true });
    await admin.goto(`/projects/${id}/settings`);
    expect(await admin.getByLabel("Share of repeated items, in percent").inputValue()).toBe("5");
    await admin.getByLabel("Judgements of one person a day, at most").fill("1");
    await save("Judgements of one person a day, at most");
    const params = { id };
    expect(await client.getProject({ params })).toMatchObject({ dailyLimit: 1, repeatShare: 0.05, shareLimit: null });
    const [task] = (await client.claimTasks({ params, body: { count: 1 } })).tasks;
    if (!task) throw new Error("no task");
    await client.submitJudgement({ body: submissionFor(task) });
    for (const page of [`/work/${id}`, "/work"]) {
      await admin.goto(page);
      await said(/You have reached today’s limit of one judgement in this project\./);
      await said(/The next tasks come after/);
    }
    await admin.goto(`/projects/${id}/batches`);
    await admin.getByRole("button", { name: "Pause: batch 100" }).click();
    await said("None of its tasks is handed out until it is opened again.");
    await pressInDialog("Pause");
    await admin.getByRole("button", { name: "Open: batch 100" }).waitFor();
    const { items } = await client.listBatches({ params });
    expect(items).toMatchObject([{ number: 100, state: "paused", tasks: { open: 0, full: 1, closed: 11 } }]);
  });

  it("lets machines judge in the practice project alone", async () => {
    const { items } = await client.listProjects();
    const practice = items.find((one) => one.practice)?.id;
    await admin.goto(`/projects/${projectId}/runs/new`);
    await admin.getByRole("button", { name: "Launch this run" }).waitFor();
    expect(await admin.getByRole("button", { name: "Let them judge" }).count()).toBe(0);
    await admin.goto(`/projects/${practice}/runs/new`);
    await admin.getByRole("button", { name: "Let them judge" }).waitFor();
  });
});
