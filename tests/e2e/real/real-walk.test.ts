import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Client } from "@touchstone/api-client";
import type { EvaluationView, RunView } from "@touchstone/contracts";
import { afterAll, afterEach, beforeAll, expect, it, vi } from "vitest";
import { Desk } from "../desk.ts";
import { arrive, type Person, picture, signIn } from "../people.ts";
import { adminPassword, openProduct, type Product } from "../product.ts";
import { clientOf } from "../workspace-client.ts";

/** As much as a run of a model of 135 million weights may take on two busy cores. */
const runMs = 20 * 60_000;

let product: Product;
let person: Person;
let admin: Client;
let projectId: string;
let modelId: string;
let rewardId: string;
let evaluationId: string;

// A real model from a registry, answers by it, judgements by keys, and all that follows from the pages: `npm run real-walk`.
beforeAll(async () => {
  product = await openProduct();
  const { url } = product.touchstone;
  person = await arrive(product.browser, url, "researcher");
  await signIn(person, "admin@touchstone.local", adminPassword);
  admin = clientOf(url);
  await admin.signIn({ body: { email: "admin@touchstone.local", password: adminPassword } });
}, 300_000);
afterEach(async ({ task }) => {
  if (task.result?.state === "fail") await picture(person, "real-walk");
});
afterAll(() => product?.close());

async function ended(id: string): Promise<RunView> {
  const run = await vi.waitUntil(
    async () => {
      const now = await admin.getRun({ params: { id } });
      return ["succeeded", "failed", "cancelled"].includes(now.state) && now;
    },
    { timeout: runMs, interval: 1_000 },
  );
  expect(run.state, JSON.stringify(run.error)).toBe("succeeded");
  return run;
}

/** @returns what the command prints on its standard output */
async function command(...words: string[]): Promise<string> {
  const { token } = await admin.createApiToken({ body: { name: "The walk", role: "admin" } });
  const cli = fileURLToPath(new URL("../../../apps/cli/dist/main.js", import.meta.url));
  const env = { ...process.env, TOUCHSTONE_URL: product.touchstone.url, TOUCHSTONE_TOKEN: token };
  const child = spawn(process.execPath, [cli, ...words], { env, stdio: ["ignore", "pipe", "inherit"] });
  let said = "";
  child.stdout.on("data", (bytes) => {
    said += bytes;
  });
  const code = await new Promise((resolve) => child.once("close", resolve));
  expect(code).toBe(0);
  return said;
}

it("SmolLM2 is fetched, comes in, and answers 40 prompts four times", { timeout: runMs }, async () => {
  const said = await command("real-model", "--json", "--prompts", "40", "--answers", "4", "--tokens", "48");
  ({ projectId, modelId } = JSON.parse(said));
  const { items } = await admin.listModels({ query: { kind: "policy" } });
  expect(items.find(({ id }) => id === modelId)?.parameters).toBeGreaterThan(130_000_000);
});

it("a person judges every pair by keys: the shorter answer, which such a model can learn to give", {
  timeout: runMs,
}, async () => {
  const desk = new Desk(person.page);
  await person.page.goto(`/work/${projectId}`);
  await desk.finish(({ answers: [left = "", right = ""] }) => (left.length <= right.length ? "2" : "6"));
  expect(desk.clicks.length).toBeGreaterThan(60);
  await picture(person, "real-judged");
});

it("a reward model on its features is trained from the page", { timeout: runMs }, async () => {
  const { page } = person;
  await page.goto(`/projects/${projectId}/runs/new`);
  const form = page.locator("form", { has: page.getByRole("button", { name: "Launch this run" }) });
  await form.getByLabel("Kind").selectOption({ label: "Reward model" });
  await form.getByLabel("Starting policy").selectOption(modelId);
  await form.getByLabel("Recipe").selectOption({ label: "A head on the policy’s frozen features" });
  await picture(person, "real-launch");
  await form.getByRole("button", { name: "Launch this run" }).click();
  await page.waitForURL(/\/runs\/[0-9a-f-]{36}$/);
  const run = await ended(page.url().split("/").at(-1) ?? "");
  rewardId = run.modelVersionId ?? "";
  await page.reload();
  await picture(person, "real-reward");
});

it("its card is read, and it is put in use with a reason", { timeout: runMs }, async () => {
  const { page } = person;
  await page.goto(`/models/${rewardId}/card`);
  await page
    .getByText(/the longer answer/i)
    .first()
    .waitFor();
  await picture(person, "real-card");
  await page.goto(`/models/${rewardId}?project=${projectId}`);
  await page.getByRole("button", { name: "Use it" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Reason").fill("It knows the shorter answer.");
  await dialog.getByRole("button", { name: /^Use/ }).click();
  await dialog.waitFor({ state: "hidden" });
  const { inUse } = await admin.getModelReview({ params: { id: rewardId }, query: { projectId } });
  expect(inUse?.model.id).toBe(rewardId);
});

it("its best of four is compared blind with single answers of the same model", { timeout: runMs }, async () => {
  const { page } = person;
  await page.goto(`/projects/${projectId}/evaluations`);
  await page.getByLabel("Let a reward model choose the new policy’s answers").check();
  await page.getByLabel("New policy", { exact: true }).selectOption(modelId);
  await page.getByLabel("Old policy", { exact: true }).selectOption(modelId);
  await page.getByLabel("Judgements per pair").fill("1");
  await page.getByRole("button", { name: "Compare" }).click();
  await page.waitForURL(/\/evaluations\/[0-9a-f-]{36}$/);
  evaluationId = page.url().split("/").at(-1) ?? "";
  const { items } = await admin.listRuns({ params: { id: projectId } });
  await ended(items[0]?.id ?? "");
  const before = await admin.getEvaluation({ params: { id: evaluationId } });
  const desk = new Desk(page);
  await page.goto(`/work/${projectId}`);
  for (let pair = before.prompts.total - before.identical; pair > 0; pair--) {
    const { answers } = await desk.shown();
    const [left = "", right = ""] = answers;
    await desk.choose(left.length <= right.length ? "2" : "6");
  }
  await desk.saved();
  const after: EvaluationView = await admin.getEvaluation({ params: { id: evaluationId } });
  expect(after).toMatchObject({ bestOf: { samples: 4, reward: { id: rewardId } }, judgements: desk.clicks.length });
  await page.goto(`/evaluations/${evaluationId}`);
  await page.getByText("is the best of 4, chosen by").waitFor();
  await picture(person, "real-evaluation");
});

it("the playground talks to it beside the practice model, with rewards", { timeout: runMs }, async () => {
  const { page } = person;
  await page.goto(`/models/playground?model=${modelId}&project=${projectId}`);
  await page.getByRole("button", { name: "Add a model" }).click();
  const field = page.getByRole("textbox", { name: "Say something to all" });
  await field.fill("Name three fruits.");
  await field.press("Enter");
  await page.locator("[data-reward]").nth(1).waitFor({ timeout: runMs });
  await picture(person, "real-playground");
  expect(person.complaints).toEqual([]);
});
