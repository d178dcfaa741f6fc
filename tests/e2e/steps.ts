import { readFile } from "node:fs/promises";
import type { Locator, Page } from "playwright-core";
import { vi } from "vitest";
import { z } from "zod";
import { patienceMs } from "./people.ts";
import { jsonLines } from "./practice-files.ts";

/** Makes a project on its page. @returns its id. */
export async function makeProject(page: Page, name: string, guideline: string, overlap: number): Promise<string> {
  await page.goto("/projects");
  await page.getByRole("link", { name: "New project" }).click();
  await page.getByLabel("Name").fill(name);
  await page.getByLabel("Guideline").fill(guideline);
  await page.getByLabel("Judgements per task").fill(String(overlap));
  await page.getByRole("button", { name: "Create" }).click();
  await page.waitForURL(/\/projects\/[0-9a-f-]+\/import$/);
  return /\/projects\/([0-9a-f-]+)/.exec(page.url())?.[1] ?? "";
}

interface ImportWishes {
  format: string;
  question?: string;
  /** Whether new tasks are to open for people. */
  open: boolean;
}

/** Sends a file through the import page. @returns what the page says came of it. */
export async function importRows(page: Page, projectId: string, rows: readonly object[], wishes: ImportWishes) {
  await page.goto(`/projects/${projectId}/import`);
  const file = { name: "rows.jsonl", mimeType: "application/x-ndjson", buffer: jsonLines(rows) };
  await page.getByLabel("File").setInputFiles(file);
  // The receipt says what the file was taken for; the menu of formats is folded away below it.
  const formats = page.locator("select", { has: page.locator("option:checked", { hasText: wishes.format }) });
  await formats.waitFor({ state: "attached" });
  if (wishes.question) {
    const question = page.getByLabel("What people are asked");
    await question.selectOption({ label: wishes.question });
    // The menu says what the receipt in sight asks: it follows once the file has been read anew.
    await question.locator("option:checked", { hasText: wishes.question }).waitFor({ state: "attached" });
  }
  await page.getByLabel("Open the new tasks for judging").setChecked(wishes.open);
  await page.getByRole("button", { name: "Import" }).click();
  return page.getByRole("status").filter({ hasText: "imported" }).innerText();
}

/** Launches a single run with these settings on top of the defaults that the form shows. Ends on the run's page. */
export async function launchRun(page: Page, projectId: string, kind: string, settings: object): Promise<void> {
  await page.goto(`/projects/${projectId}/runs/new`);
  const form = page.locator("form", { has: page.getByRole("button", { name: "Launch this run" }) });
  await form.getByLabel("Kind").selectOption({ label: kind });
  const spec = form.getByLabel("Settings");
  const defaults: unknown = JSON.parse(await spec.inputValue());
  await spec.fill(JSON.stringify({ ...Object(defaults), ...settings }));
  await form.getByRole("button", { name: "Launch this run" }).click();
  await page.waitForURL(/\/runs\/[0-9a-f-]{36}$/);
}

/** Launches the whole round with the one button, short of most of its steps. Ends on the page of its first run. */
export async function launchRound(page: Page, projectId: string, evaluationPrompts: number): Promise<void> {
  await page.goto(`/projects/${projectId}/runs/new`);
  const form = page.locator("form", { has: page.getByRole("button", { name: "Launch the round" }) });
  await form.getByLabel("Prompts of the blind evaluation").fill(String(evaluationPrompts));
  await form.getByLabel("Quick try").check();
  await form.getByRole("button", { name: "Launch the round" }).click();
  await page.waitForURL(/\/runs\/[0-9a-f-]{36}$/);
}

/** Waits on the run's page, which tells by itself, without being loaded again. */
export async function runSucceeds(page: Page): Promise<void> {
  const main = page.getByRole("main");
  const ended = main.getByText(/^(Succeeded|Failed|Cancelled)$/);
  await ended.waitFor({ timeout: 300_000 });
  if ((await ended.innerText()) !== "Succeeded") throw new Error(`The run ended otherwise: ${await main.innerText()}`);
}

/** Downloads an export by its button. @returns its rows. */
export async function exportRows(page: Page, projectId: string, format: string): Promise<unknown[]> {
  await page.goto(`/projects/${projectId}/export`);
  await page.getByLabel("Format").selectOption({ label: format });
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Download" }).click(),
  ]);
  const text = await readFile(await download.path(), "utf8");
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line): unknown => JSON.parse(line));
}

/** Asks a table for more rows until this one is there. */
export async function loadUntil(page: Page, row: Locator): Promise<void> {
  const rows = page.getByRole("row");
  // The first row is the head; each page brings more than none.
  for (let known = 1; ; ) {
    const before = known;
    known = await vi.waitUntil(async () => ((await rows.count()) > before ? rows.count() : false), {
      timeout: patienceMs,
    });
    if (await row.isVisible()) return;
    await page.getByRole("button", { name: "Show more" }).click();
  }
}

/** Names and ids of all models, as an annotator must never meet them. */
export async function modelNames(page: Page): Promise<string[]> {
  const answer: unknown = await (await page.request.get("/api/models?limit=100")).json();
  const { items } = z.object({ items: z.array(z.object({ id: z.string(), name: z.string() })) }).parse(answer);
  return items.flatMap(({ id, name }) => [id, name]);
}
