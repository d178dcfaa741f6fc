import { readFile } from "node:fs/promises";
import type { Client } from "@touchstone/api-client";
import { ProjectDraft } from "@touchstone/contracts";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { type OpenDesk, openDesk } from "./open-desk.ts";
import { arrive, signIn, tabTo } from "./people.ts";
import { jsonLines } from "./practice-files.ts";
import { clientOf } from "./workspace-client.ts";

let at: OpenDesk;
let page: Page;
let projectId: string;
let practice: string;
/** Two reward models of the same labels, of other seeds and rates. */
let runs: readonly { readonly id: string; readonly number: number; readonly model: string }[];

const runWithinMs = 300_000;

beforeAll(async () => {
  at = await openDesk();
  page = at.page;
  const { admin } = at;
  projectId = (await admin.createProject({ body: ProjectDraft.parse({ name: "Side by side", mustRead: false }) })).id;
  const rows = Array.from({ length: 60 }, (_, n) => ({
    prompt: `Question ${n}?`,
    chosen: `A whole answer to question ${n}, with a reason.`,
    rejected: `No ${n}.`,
  }));
  const upload = { body: new Blob([new Uint8Array(jsonLines(rows))]), contentType: "application/x-ndjson" } as const;
  await admin.importRows({ params: { id: projectId }, query: { format: "trl-preference" }, upload });
  const { items } = await admin.listModels({ query: { kind: "policy", limit: 200 } });
  practice = items.find((one) => one.practice)?.id ?? "";
  runs = [await trained(admin, 1, 2e-4), await trained(admin, 2, 1e-3)];
}, 2 * runWithinMs);
afterAll(() => at?.product.close());

async function trained(admin: Client, seed: number, learningRate: number) {
  const spec = { batchSize: 8, epochs: 1, minimumLabels: 8, learningRate };
  const body = { kind: "reward" as const, policy: { modelVersionId: practice }, seed, spec };
  const { id } = await admin.launchRun({ params: { id: projectId }, body });
  const { number, modelVersionId } = await vi.waitUntil(
    async () => {
      const now = await admin.getRun({ params: { id } });
      if (now.state === "failed") throw new Error(now.error?.message);
      return now.state === "succeeded" ? now : false;
    },
    { timeout: runWithinMs, interval: 250 },
  );
  return { id, number, model: modelVersionId ?? "" };
}

const lines = (on: Page) => on.locator(".chart-area svg g path[stroke-width='2']");
/** Until both are drawn. */
const drawn = (on: Page) => lines(on).nth(1).waitFor({ state: "attached" });
const marks = (on: Page) => on.locator(".chart-mark");

it("is reached from the list of runs by keyboard: two boxes, and one button", async () => {
  await page.goto(`/projects/${projectId}/runs`);
  await page.getByText("Choose two to 6 to compare.").waitFor();
  for (const { number } of runs) {
    const box = page.getByRole("checkbox", { name: `Compare #${number}` });
    await box.focus();
    await page.keyboard.press("Space");
  }
  await page.getByText("2 chosen").waitFor();
  await tabTo(page, page.getByRole("link", { name: "Compare", exact: true }));
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/models\/compare\?runs=/);
  const [first, second] = runs;
  expect(new URL(page.url()).searchParams.get("runs")).toBe(`${first?.id},${second?.id}`);
  await drawn(page);
  expect(await marks(page).allInnerTexts()).toEqual(expect.arrayContaining(["1", "2"]));
});

it("says what differs, folds away what is the same, and which held-out figures may be compared", async () => {
  const rows = page.getByRole("figure", { name: "What differs" }).getByRole("row");
  const names = await rows.getByRole("rowheader").allInnerTexts();
  expect(names).toEqual(["Seed", "learningRate"]);
  await page.getByText(/^The same for all \(\d+\)$/).waitFor();
  await page.locator("[data-comparable=yes]").waitFor();
  await page
    .getByRole("figure", { name: "Held-out figures" })
    .getByText(/\[.+\]/)
    .first()
    .waitFor();
});

it("draws other figures and over another scale, as the address then says, for whoever opens it", async () => {
  await page.getByLabel("Over", { exact: true }).selectOption("examples");
  await page.waitForURL(/over=examples/);
  await page.getByText(/^0 examples$/).waitFor();
  await page.getByLabel("Over", { exact: true }).selectOption("time");
  await page.waitForURL(/over=time/);
  await drawn(page);
  await page.getByLabel("Figure", { exact: true }).first().selectOption("loss");
  await page.waitForURL(/metric=loss/);
  await page.reload();
  await drawn(page);
  expect(await page.getByLabel("Figure", { exact: true }).first().inputValue()).toBe("loss");
});

it("lets one line stand out, by a button of the legend", async () => {
  const legend = page.locator(".chart-legend button");
  expect(await legend.count()).toBe(2);
  await legend.first().focus();
  await page.keyboard.press("Enter");
  expect(await legend.first().getAttribute("aria-pressed")).toBe("true");
  const faded = await page
    .locator(".chart-area svg g")
    .evaluateAll((all) => all.map((one) => one.getAttribute("opacity")));
  expect(faded).toEqual(["1", "0.2"]);
  await page.keyboard.press("Enter");
});

it("names who has no line, and takes one more by its select and gives it up again", async () => {
  await page.getByLabel("Add a model or a run").selectOption(`model ${practice}`);
  await page.getByRole("button", { name: "Add", exact: true }).press("Enter");
  await page.waitForURL(new RegExp(`models=${practice}`));
  const without = page.locator("[data-without=noRun]");
  await without.waitFor();
  expect(await without.innerText()).toContain("so it has no curves");
  await page.getByRole("button", { name: "Remove number 1" }).press("Enter");
  await without.waitFor({ state: "detached" });
});

it("is saved as a file for spreadsheets and one for programs", async () => {
  const saved = async (name: string): Promise<string> => {
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name }).press("Enter"),
    ]);
    return readFile(await download.path(), "utf8");
  };
  const csv = await saved("Save curves as CSV");
  expect(csv.split("\r\n")[0]).toBe("number,name,run_id,metric,step,seconds,value");
  for (const { id } of runs) expect(csv).toContain(id);
  const json = JSON.parse(await saved("Save as JSON"));
  expect(json.heldOut).toEqual([{ of: [1, 2], comparable: true, why: null }]);
});

it("compares models as their runs, says of one that is gone that it is, and goes on with the others", async () => {
  const gone = "00000000-0000-7000-8000-000000000000";
  const models = [gone, ...runs.map(({ model }) => model)].join(",");
  await page.goto(`/models/compare?models=${models}`);
  await page.getByText("This model can’t be shown.").waitFor();
  await drawn(page);
  expect(await marks(page).allInnerTexts()).toEqual(expect.arrayContaining(["2", "3"]));
});

it("shows a reviewer on a phone the same, with nothing beyond the screen", async () => {
  const { admin, product } = at;
  const { token } = await admin.createLink({ body: { kind: "invitation", role: "reviewer" } });
  const login = { email: "comparing@example.org", password: "a good long password" };
  await clientOf(product.touchstone.url).join({ params: { token }, body: { name: "Ren", ...login } });
  const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
  const reviewer = await arrive(product.browser, product.touchstone.url, "Ren compares", phone);
  await signIn(reviewer, login.email, login.password);
  await reviewer.page.goto(`/models/compare?runs=${runs.map(({ id }) => id).join(",")}`);
  await drawn(reviewer.page);
  const width = await reviewer.page.evaluate(() => document.documentElement.scrollWidth);
  expect(width).toBeLessThanOrEqual(390);
  expect(reviewer.complaints).toEqual([]);
});
