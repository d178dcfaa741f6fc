import type { Page } from "playwright-core";
import { vi } from "vitest";
import type { fillWorkspace } from "./filled-workspace.ts";
import { patienceMs } from "./people.ts";

type Places = Awaited<ReturnType<typeof fillWorkspace>>;

export interface Screen {
  /** Also the picture's file name. */
  readonly name: string;
  readonly who: "nobody" | "admin" | "annotator";
  readonly path: (at: Places) => string;
  /** What is done there before one looks; keys and roles only, since it is done in both languages. */
  readonly act?: (page: Page) => Promise<void>;
  /** The status with which it is refused, where that is what the screen is about. */
  readonly refusal?: 404 | 409 | 410;
  /** Whether it is made to be read on paper too. */
  readonly printed?: true;
}

const mapped =
  '{"topic": "tea", "question": "Why?", "answer_a": "Because.", "answer_b": "No.", "annotator_1": "a", "annotator_2": "b"}\n';

/** Two people who disagree on a pair, one who contradicts themself, an id that comes again with other words, and two answers alike. */
const conflicting = [
  ["p-1", "Green or black?", "Green.", "Black.", "a", "b"],
  ["p-1", "Green or black?", "Green.", "Black.", "b", "b"],
  ["p-1", "With milk?", "Yes.", "No.", "a", "a"],
  ["p-2", "How hot?", "80 °C", "80 °C", "b", "a"],
]
  .map(([id, question, answer_a, answer_b, annotator_1, annotator_2]) => {
    const row = { id, topic: "tea", question, answer_a, answer_b, annotator_1, annotator_2 };
    return `${JSON.stringify(row)}\n`;
  })
  .join("");

/** Brings a file on the page of an import, until its receipt is there. */
const choose = (name: string, rows: string) => async (page: Page) => {
  const buffer = Buffer.from(rows);
  await page.locator("input[type=file]").setInputFiles({ name, mimeType: "application/x-ndjson", buffer });
  await page.locator("[data-preview]").waitFor();
};

/** Goes on until the task is in the page's own language, so that the picture shows what a reader of it would see. */
async function ownLanguage(page: Page): Promise<void> {
  const wanted = (await page.locator("html").getAttribute("lang"))?.slice(0, 2) ?? "en";
  const prompt = page.locator(".workbench-prompt .reading").first();
  for (let skipped = 0; skipped < 40; skipped++) {
    await prompt.waitFor();
    if ((await prompt.getAttribute("lang"))?.startsWith(wanted)) break;
    const task = page.locator(".workbench-prompt .reading, [data-answer]");
    const before = await task.allInnerTexts();
    // As somebody reads who goes by keyboard: from one answer to the next, and not at once.
    for (const answer of await page.locator("[data-answer]").all()) await answer.focus();
    await page.locator("[data-asleep]").waitFor({ state: "detached" });
    await page.keyboard.press("s");
    // The next task may ask the same of other answers.
    await vi.waitUntil(async () => String(await task.allInnerTexts()) !== String(before), { timeout: patienceMs });
  }
  // The task stays; the question why does not.
  await page.reload();
  await prompt.waitFor();
}

/** Presses keys on the task as it comes, once all of its answers have had the focus and count as seen. */
const pressing = (keys: string) => async (page: Page) => {
  await page.locator("[data-answer]").first().waitFor();
  for (const answer of await page.locator("[data-answer]").all()) await answer.focus();
  await page.locator("[data-asleep]").waitFor({ state: "detached" });
  await page.locator("[data-answer]").first().focus();
  for (const key of keys) await page.keyboard.press(key);
};

type OfProject = "asked" | "demo" | "practice" | "study" | "empty" | "paused" | "archived";

const project = (name: string, of: OfProject, below = ""): Screen => ({
  name,
  who: "admin",
  path: (at) => `/projects/${at[of]}${below}`,
});

/** Every screen of the product, with something on it and without. */
export const screens: readonly Screen[] = [
  { name: "sign-in", who: "nobody", path: () => "/sign-in" },
  { name: "join-invitation", who: "nobody", path: (at) => at.invitation },
  { name: "join-open", who: "nobody", path: (at) => at.openLink },
  { name: "join-name", who: "nobody", path: (at) => at.nameLink },
  { name: "return", who: "nobody", path: () => "/return#a-code-that-is-shown" },
  { name: "join-dead", who: "nobody", path: (at) => at.deadLink, refusal: 410 },
  { name: "home", who: "annotator", path: () => "/work" },
  { name: "workbench", who: "annotator", path: (at) => `/work/${at.demo}`, act: ownLanguage },
  {
    name: "workbench-guideline",
    who: "annotator",
    path: (at) => `/work/${at.demo}`,
    act: async (page) => {
      await page.locator(".workbench-prompt .reading").first().waitFor();
      await page.keyboard.press("d");
      await page.keyboard.press("g");
      // Last, since what is pressed from here on goes into the comment.
      await page.keyboard.press("f");
    },
  },
  {
    name: "workbench-day",
    who: "annotator",
    path: (at) => `/work/${at.ratings}`,
    act: async (page) => {
      await pressing(",")(page);
      await page.locator("[data-panel] dl").waitFor();
    },
  },
  {
    name: "workbench-waiting",
    who: "annotator",
    path: (at) => `/work/${at.ratings}`,
    act: async (page) => {
      await pressing(";")(page);
      await page.locator("[data-panel] p").waitFor();
    },
  },
  {
    name: "workbench-blurred",
    who: "annotator",
    path: (at) => `/work/${at.blurred}`,
    act: (page) => page.locator("[data-blurred]").waitFor(),
  },
  { name: "workbench-long", who: "annotator", path: (at) => `/work/${at.long}` },
  { name: "workbench-rating", who: "annotator", path: (at) => `/work/${at.ratings}` },
  { name: "workbench-ranking", who: "annotator", path: (at) => `/work/${at.ranking}`, act: pressing("2141") },
  { name: "workbench-several", who: "annotator", path: (at) => `/work/${at.several}`, act: pressing("7") },
  { name: "workbench-reading", who: "annotator", path: (at) => `/work/${at.toRead}`, refusal: 409 },
  {
    name: "workbench-questions",
    who: "annotator",
    path: (at) => `/work/${at.asked}`,
    act: async (page) => {
      await page.locator("[data-answer]").first().hover();
      await page.locator("header button[aria-keyshortcuts=q]").click();
    },
  },
  { name: "workbench-empty", who: "annotator", path: (at) => `/work/${at.empty}` },
  { name: "workbench-paused", who: "annotator", path: (at) => `/work/${at.paused}` },
  { name: "workbench-archived", who: "annotator", path: (at) => `/work/${at.archived}`, refusal: 409 },
  {
    name: "recent-work",
    who: "annotator",
    path: (at) => `/work/${at.practice}/recent`,
    act: (page) => page.locator("[data-own-answer]").first().waitFor(),
  },
  {
    name: "correction",
    who: "annotator",
    path: (at) => `/work/${at.practice}/recent`,
    act: async (page) => {
      await page.locator("[data-own-answer]").first().focus();
      await page.keyboard.press("Enter");
      await page.locator(".workbench-foot").waitFor();
    },
  },
  { name: "recent-work-empty", who: "annotator", path: (at) => `/work/${at.empty}/recent` },
  { name: "account", who: "annotator", path: () => "/account" },
  { name: "projects", who: "admin", path: () => "/projects" },
  { name: "project-new", who: "admin", path: () => "/projects/new" },
  {
    name: "project-template",
    who: "admin",
    path: () => "/projects/new",
    act: (page) => page.locator("input[type=radio]").nth(2).check(),
  },
  project("project", "practice"),
  project("project-empty", "empty"),
  project("project-paused", "paused"),
  project("project-archived", "archived"),
  project("judgements", "practice", "/judgements?state=counted"),
  {
    ...project("browse", "practice", "/browse?state=full"),
    act: async (page) => {
      await page.locator("[data-item]").first().waitFor();
      await page.keyboard.press("j");
      await page.keyboard.press("x");
    },
  },
  project("browse-empty", "empty", "/browse"),
  project("left-out", "study", "/left-out"),
  project("left-out-empty", "empty", "/left-out"),
  project("quality", "study", "/quality"),
  project("quality-empty", "empty", "/quality"),
  { name: "item", who: "admin", path: (at) => `/items/${at.item}` },
  {
    ...project("import", "study", "/import"),
    act: choose("votes.jsonl", mapped),
  },
  {
    ...project("import-conflicts", "study", "/import"),
    act: async (page) => {
      await choose("conflicts.jsonl", conflicting)(page);
      await page.locator("details").evaluateAll((all) => {
        for (const each of all) each.setAttribute("open", "");
      });
    },
  },
  {
    ...project("import-preview", "study", "/import"),
    act: async (page) => {
      await choose("votes.jsonl", mapped)(page);
      await page.locator("[data-preview]").press("Enter");
      await page.locator(".workbench-prompt .reading").first().waitFor();
    },
  },
  {
    ...project("import-save", "study", "/import"),
    act: async (page) => {
      await choose("votes.jsonl", mapped)(page);
      await page.locator("main button[aria-haspopup=dialog]").press("Enter");
      await page.locator("dialog input").fill("Teas, two votes");
    },
  },
  project("imports", "study", "/import"),
  { name: "import-kept", who: "admin", path: (at) => `/projects/${at.study}/import/${at.import}` },
  project("export", "practice", "/export"),
  project("invite", "practice", "/invite"),
  project("settings", "practice", "/settings"),
  project("languages", "study", "/settings/languages"),
  project("webhooks", "study", "/settings/webhooks"),
  project("webhooks-empty", "empty", "/settings/webhooks"),
  project("arena-settings", "practice", "/arena"),
  {
    name: "arena",
    who: "annotator",
    path: (at) => `/arena/${at.study}`,
    // Two answers, and the vote; what was begun is found again by the next look.
    act: async (page) => {
      await page.locator("main textarea, main fieldset").first().waitFor();
      if ((await page.locator("main fieldset").count()) > 0) return;
      await page.locator("main textarea").last().fill("Write about tea.");
      await page.keyboard.press("Enter");
      await page.locator("main fieldset").first().waitFor();
    },
  },
  project("questions", "study", "/questions"),
  project("batches", "practice", "/batches"),
  {
    ...project("questions-new", "study", "/questions/new?like=helpful"),
    // The second question stands before the one that it follows up on, and the form has no name yet.
    act: async (page) => {
      await page.locator("#q2 input").first().press("Alt+ArrowUp");
      await page.keyboard.press("Enter");
    },
  },
  {
    ...project("questions-preview", "study", "/questions/new?of=helpful"),
    act: (page) => page.locator("form button:not([type=submit])").last().press("Enter"),
  },
  project("runs", "practice", "/runs"),
  project("runs-empty", "empty", "/runs"),
  project("launch", "practice", "/runs/new"),
  { name: "run", who: "admin", path: (at) => `/runs/${at.policyRun}` },
  { name: "run-reward", who: "admin", path: (at) => `/runs/${at.rewardRun}`, act: (page) => page.keyboard.press("i") },
  { name: "run-dpo", who: "admin", path: (at) => `/runs/${at.directRun}` },
  { name: "run-failed", who: "admin", path: (at) => `/runs/${at.failedRun}` },
  { name: "run-simulation", who: "admin", path: (at) => `/runs/${at.simulation}` },
  project("standing", "practice", "/models?includeSimulated=true&by=origin"),
  project("standing-empty", "empty", "/models"),
  project("evaluations", "practice", "/evaluations"),
  {
    ...project("evaluations-best-of", "practice", "/evaluations"),
    // The box for it stands before those of further policies.
    act: async (page) => {
      await page.locator("main form input[type=checkbox]").first().press("Space");
      await page.locator("main form [name=samples]").waitFor();
    },
  },
  project("remarks", "demo", "/remarks"),
  {
    ...project("remarks-questions", "asked", "/remarks"),
    act: async (page) => {
      await page.locator("[data-entry]").first().focus();
      await page.keyboard.press("a");
    },
  },
  project("remarks-empty", "empty", "/remarks"),
  { name: "skip", who: "admin", path: (at) => `/skips/${at.skip}` },
  project("evaluations-empty", "empty", "/evaluations"),
  { name: "evaluation-stopped", who: "admin", path: (at) => `/evaluations/${at.stoppedEvaluation}` },
  { name: "evaluation", who: "admin", path: (at) => `/evaluations/${at.evaluation}` },
  { name: "models", who: "admin", path: () => "/models" },
  {
    name: "compare",
    who: "admin",
    path: (at) =>
      `/models/compare?models=${at.policy},${at.reward}&runs=${at.policyRun},${at.rewardRun},${at.failedRun}`,
    act: (page) => page.locator("[data-without]").first().waitFor(),
  },
  { name: "compare-empty", who: "admin", path: () => "/models/compare" },
  { name: "model", who: "admin", path: (at) => `/models/${at.policy}` },
  {
    name: "playground",
    who: "admin",
    path: (at) => `/models/playground?model=${at.policy}&project=${at.practice}`,
    act: async (page) => {
      const field = page.locator("main textarea").last();
      await field.fill("Write about tea.");
      await field.press("Enter");
      await page.locator("[data-reward], article [role=alert]").first().waitFor();
    },
  },
  { name: "endpoints", who: "admin", path: () => "/models/endpoints" },
  { name: "bring-model", who: "admin", path: () => "/models/bring" },
  { name: "report-card", who: "admin", path: (at) => `/models/${at.reward}/card`, printed: true },
  project("label-sets", "practice", "/label-sets"),
  project("label-sets-empty", "empty", "/label-sets"),
  { name: "label-set", who: "admin", path: (at) => `/label-sets/${at.labelSet}` },
  { name: "judgement", who: "admin", path: (at) => `/judgements/${at.judgement}` },
  { name: "judgement-rating", who: "admin", path: (at) => `/judgements/${at.rating}` },
  { name: "people", who: "admin", path: () => "/people" },
  {
    name: "erase",
    who: "admin",
    path: () => "/people",
    act: (page) => page.locator('tbody button[aria-label$="…"]').first().click(),
  },
  { name: "audit", who: "admin", path: () => "/people/audit" },
  { name: "keys", who: "admin", path: () => "/projects", act: (page) => page.keyboard.press("?") },
  { name: "go-to", who: "admin", path: () => "/projects", act: (page) => page.keyboard.press("Control+k") },
  { name: "not-found", who: "admin", path: () => "/no/such/page", refusal: 404 },
];

/** Screens that are looked at on a tablet and on a wide desk too. */
export const lookedAtInEveryWidth = new Set(["workbench", "workbench-long", "project", "run", "evaluation", "compare"]);

/** What the README shows: screen, language, width and theme. */
export const shown = new Set([
  "sign-in-en-1280-light",
  "home-en-1280-light",
  "workbench-en-1280-light",
  "workbench-en-390-light",
  "workbench-zh-1280-dark",
  "project-en-1280-light",
  "run-en-1280-light",
  "evaluation-en-1280-light",
  "model-en-1280-light",
  "import-en-1280-light",
]);
