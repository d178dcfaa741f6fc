import type { Client } from "@touchstone/api-client";
import { ProjectDraft } from "@touchstone/contracts";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { Desk } from "./desk.ts";
import { adminLogin } from "./filled-workspace.ts";
import { overflow, violations } from "./inspect-page.ts";
import { openDesk } from "./open-desk.ts";
import { arrive, type Person, picture, signIn } from "./people.ts";
import { jsonLines } from "./practice-files.ts";
import type { SharedProduct } from "./product.ts";

let product: SharedProduct;
let admin: Client;
let person: Person;
let page: Page;
let desk: Desk;
beforeAll(async () => {
  ({ product, admin, person, page, desk } = await openDesk());
}, 240_000);
afterAll(() => product?.close());
afterEach(({ task }) =>
  task.result?.state === "fail" ? picture(person, `trajectories ${task.name.slice(0, 20)}`) : undefined,
);

/** Long enough to be folded, and to run where it is taken for markup. */
const listing = Array.from({ length: 60 }, (_, n) => `${n} <img src=x onerror="document.title='run'">.md`).join("\n");
const call = (id: string, city: string) => ({
  id,
  type: "function",
  function: { name: "weather", arguments: JSON.stringify({ city, days: [1, 2] }) },
});
const conversation = [
  { role: "system", content: "Use the tools that you have." },
  { role: "user", content: "How warm is it in Oslo?" },
  { role: "assistant", content: "", tool_calls: [call("c1", "Oslo")] },
  { role: "tool", content: '{"celsius": -3}', tool_call_id: "c1" },
  { role: "assistant", content: "It is −3 °C." },
  { role: "user", content: "And in Bergen?" },
  { role: "assistant", content: "I look.", tool_calls: [call("c2", "Bergen")] },
  { role: "tool", content: listing, tool_call_id: "c2" },
  { role: "user", content: "Which of the two is warmer?" },
];
const trajectories = ["Bergen is warmer.", "Oslo is warmer."].map((message, index) => ({
  schema_version: "ATIF-v1.7",
  trajectory_id: `run-${index}`,
  agent: { name: "secret-agent", version: "1", model_name: "secret-model" },
  steps: [
    { step_id: 1, source: "user", message: "Which of Oslo and Bergen is warmer?" },
    {
      ...{ step_id: 2, source: "agent", message: "I look at both.", reasoning_content: "Two calls are enough." },
      tool_calls: [{ tool_call_id: "c1", function_name: "list_files", arguments: { path: "/weather" } }],
      observation: { results: [{ source_call_id: "c1", content: listing }] },
    },
    { step_id: 3, source: "agent", message },
  ],
}));

async function projectOf(rows: readonly object[], format: "prompts" | "atif", question?: "own"): Promise<string> {
  const body = ProjectDraft.parse({ name: "Agents", guideline: "Prefer what is true.", mustRead: false, overlap: 1 });
  const { id } = await admin.createProject({ body });
  const questions = [{ name: "said", kind: "steps" as const }];
  if (question) await admin.writeQuestionnaire({ params: { id }, body: { name: question, questions } });
  const upload = { body: new Blob([new Uint8Array(jsonLines(rows))]), contentType: "application/x-ndjson" } as const;
  const query = { format, open: "true", ...(question ? { question } : {}) } as const;
  await admin.importRows({ params: { id }, query, upload });
  return id;
}
async function exported(id: string, format: "trl-preference" | "stepwise") {
  const response = await admin.exportRows({ params: { id }, query: { format } });
  return JSON.parse((await response.text()).split("\n")[0] ?? "");
}

it("nine turns with calls of tools are read whole by keyboard, what is long folded under its size", async () => {
  const id = await projectOf([{ messages: conversation, completions: ["Bergen.", "Oslo."] }], "prompts");
  await page.goto(`/work/${id}`);
  await desk.shown();
  const earlier = page.locator("button[aria-keyshortcuts=e]");
  if (await earlier.isVisible()) await page.keyboard.press("e");
  await page.getByText('"city": "Oslo"').waitFor();
  const folded = page.locator("details:not([open])");
  expect(await folded.count()).toBe(1);
  expect(await folded.innerText()).toMatch(
    new RegExp(`Result of weather\\s+${listing.length.toLocaleString("en")} char`),
  );
  await folded.locator("summary").focus();
  await page.keyboard.press("Enter");
  expect(await page.locator("details[open] pre").last().innerText()).toBe(listing);
  expect(await violations(page)).toEqual([]);
  await desk.choose("1");
  await desk.saved();
  expect((await exported(id, "trl-preference")).prompt).toEqual(conversation);
  expect(await page.title()).not.toBe("run");
});

it("trajectories are walked through with arrows, folded with Enter, compared, and read again with the judgement", async () => {
  const id = await projectOf(trajectories, "atif");
  await page.goto(`/work/${id}`);
  await desk.shown();
  const steps = page.locator("[data-answer='0'] ol > li");
  await steps.nth(1).waitFor();
  expect(await page.locator("main").innerText()).not.toContain("secret");
  await steps.first().focus();
  await page.keyboard.press("Enter");
  expect(await steps.first().locator("details").count()).toBe(0);
  await page.keyboard.press("ArrowDown");
  expect(await page.evaluate(() => document.activeElement?.getAttribute("aria-label"))).toBe("Step 3, Agent");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Enter");
  expect(await steps.first().locator("details").count()).toBe(3);
  expect(await violations(page)).toEqual([]);
  const isFirst = (await steps.last().innerText()).includes("Bergen");
  await desk.choose(isFirst ? "1" : "7");
  await desk.saved();
  expect((await exported(id, "trl-preference")).chosen.at(-1)).toEqual({
    role: "assistant",
    content: "Bergen is warmer.",
  });
  const [judged] = (await admin.listJudgements({ params: { id }, query: {} })).items;
  await page.goto(`/judgements/${judged?.id}`);
  await page.getByRole("listitem", { name: "Step 3, Agent" }).nth(1).waitFor();
  expect(await violations(page)).toEqual([]);
});

it("a trajectory's own steps are labelled by touch at 390 px", async () => {
  const id = await projectOf(trajectories.slice(0, 1), "atif", "own");
  const screen = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
  const phone = await arrive(product.browser, product.touchstone.url, "phone", screen);
  await signIn(phone, adminLogin.email, adminLogin.password);
  const hand = phone.page;
  await hand.goto(`/work/${id}`);
  const thumbs = new Desk(hand);
  await thumbs.shown();
  await hand.getByRole("button", { name: "good, step 1" }).tap();
  await hand.getByText("1 of 2 steps labelled.").waitFor();
  await hand.reload();
  await hand.getByText("1 of 2 steps labelled.").waitFor();
  expect(await overflow(hand)).toBe(0);
  await thumbs.shown();
  await hand.getByRole("button", { name: "bad, step 2" }).tap();
  await hand.getByText("No task is left for you here.").waitFor();
  await hand.getByText("Saved").waitFor();
  expect(await exported(id, "stepwise")).toMatchObject({
    labels: [true, false],
    completions: [expect.stringContaining("list_files("), "Bergen is warmer."],
  });
});
