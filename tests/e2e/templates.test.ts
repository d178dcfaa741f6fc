import type { Client } from "@touchstone/api-client";
import { ProjectDraft, TemplateName } from "@touchstone/contracts";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { Desk } from "./desk.ts";
import { adminLogin } from "./filled-workspace.ts";
import { overflow, violations } from "./inspect-page.ts";
import { openDesk } from "./open-desk.ts";
import { arrive, type Person, patienceMs, picture, signIn } from "./people.ts";
import type { SharedProduct } from "./product.ts";

type Tap = string | RegExp | readonly [group: string, button: string];

/** How the first example of a template is answered by keys alone, the second by touch, and what is exported then. */
interface Walk {
  readonly keys: readonly string[];
  readonly typed?: string;
  readonly taps: readonly Tap[];
  readonly exported: readonly [object, object];
}

const patience = { timeout: patienceMs, interval: 200 };
const graded = (step: number) => ({ choice: "graded", step });
const tapsOf = (aspects: readonly string[]): Tap[] =>
  aspects.flatMap((aspect) => [[`${aspect}, answer A`, "4 of 5"] as const, [`${aspect}, answer B`, "5 of 5"] as const]);

const walks: Record<TemplateName, Walk> = {
  "text-generation": {
    keys: ["1", "w"],
    typed: "It names the cause.",
    taps: [/^B better/],
    exported: [{ better: graded(1), why: { text: "It names the cause." } }, { better: graded(6) }],
  },
  translation: {
    keys: ["ArrowRight", "1", "3", "n", "1", "8", "0", "Enter", "7", "Enter"],
    taps: [/^Nothing wrong.*answer A/, /^Nothing wrong.*answer B/, "Slider for answer A", "Slider for answer B"],
    exported: [
      {
        errors: { spans: [{ place: 0, category: "accuracy", severity: "major" }], clean: [1] },
        quality: { values: [80, 7] },
      },
      { errors: { spans: [], clean: [0, 1] }, quality: { values: [50, 50] } },
    ],
  },
  "question-answering": {
    keys: ["3", "w"],
    typed: "It opens at nine.",
    taps: ["correct"],
    exported: [
      { correct: { chosen: ["wrong"] }, evidence: { text: "It opens at nine." } },
      { correct: { chosen: ["correct"] } },
    ],
  },
  classification: {
    keys: ["2"],
    taps: ["negative"],
    exported: [{ sentiment: { chosen: ["neutral"] } }, { sentiment: { chosen: ["negative"] } }],
  },
  summarisation: {
    keys: ["2", "3", "1", "2"],
    taps: [/^Rank 1 for answer C/, /^Rank 2 for answer A/, /^Rank 3 for answer B/, "none of them"],
    exported: [
      { order: { ranks: [2, 3, 1] }, invented: { chosen: ["some of them"] } },
      { order: { ranks: [2, 3, 1] }, invented: { chosen: ["none of them"] } },
    ],
  },
  code: {
    keys: ["2", "5", "3", "4", "5"],
    taps: [...tapsOf(["correctness", "readability"]), /^Tie/],
    exported: [
      { aspects: { ratings: { correctness: [2, 5], readability: [3, 4] } }, better: graded(7) },
      { aspects: { ratings: { correctness: [4, 5], readability: [4, 5] } }, better: graded(4) },
    ],
  },
  image: {
    keys: ["5", "1", "4", "3", "1"],
    taps: [...tapsOf(["alignment", "fidelity"]), /^Tie/],
    exported: [
      { aspects: { ratings: { alignment: [5, 1], fidelity: [4, 3] } }, better: graded(1) },
      { aspects: { ratings: { alignment: [4, 5], fidelity: [4, 5] } }, better: graded(4) },
    ],
  },
  speech: {
    keys: ["5", "4", "3", "2", "w"],
    typed: "B hisses.",
    taps: tapsOf(["naturalness", "intelligibility"]),
    exported: [
      { aspects: { ratings: { naturalness: [5, 4], intelligibility: [3, 2] } }, heard: { text: "B hisses." } },
      { aspects: { ratings: { naturalness: [4, 5], intelligibility: [4, 5] } } },
    ],
  },
  // Each step is said to be good by a key, and bad by a tap, before that.
  "agent-trajectory": {
    keys: ["1"],
    taps: ["not reached"],
    exported: [{ outcome: { chosen: ["reached"] } }, { outcome: { chosen: ["not reached"] } }],
  },
};

const Row = z.object({ answers: z.record(z.string(), z.unknown()) });

let product: SharedProduct;
let admin: Client;
let person: Person;
let page: Page;
let desk: Desk;
let phone: Person;
beforeAll(async () => {
  ({ product, admin, person, page, desk } = await openDesk());
  const screen = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
  phone = await arrive(product.browser, product.touchstone.url, "phone", screen);
  await signIn(phone, adminLogin.email, adminLogin.password);
}, 240_000);
afterAll(() => product?.close());
afterEach(async ({ task }) => {
  if (task.result?.state !== "fail") return;
  for (const one of [person, phone]) await picture(one, `templates ${task.name.slice(0, 20)}`);
});

/** A project of a template with its examples, each to be judged once. @returns its id. */
async function projectOf(name: TemplateName): Promise<string> {
  const template = { name, language: "en", examples: true };
  const draft = { name: `Walked: ${name}`, guideline: "Judge with care.", overlap: 1, template };
  const { id } = await admin.createProject({ body: ProjectDraft.parse(draft) });
  await admin.changeProject({ params: { id }, body: { repeatShare: 0 } });
  await expect
    .poll(async () => (await admin.getProjectFigures({ params: { id } })).tasks.open, patience)
    .toBeGreaterThan(1);
  return id;
}

async function tap(on: Page, what: Tap): Promise<void> {
  const [group, name] = typeof what === "string" || what instanceof RegExp ? [null, what] : what;
  const within = group === null ? on : on.getByRole("group", { name: group, exact: true });
  const role = typeof name === "string" && name.startsWith("Slider") ? "slider" : "button";
  await within.getByRole(role, { name, exact: true }).tap();
}

/** The answers of each exported row, once there are so many. */
async function exported(id: string, count: number) {
  const rows = async () => {
    const response = await admin.exportRows({ params: { id }, query: { format: "judgements" } });
    const lines = (await response.text()).split("\n").filter((line) => line !== "");
    return lines.map((line) => Row.parse(JSON.parse(line)).answers);
  };
  await expect.poll(async () => (await rows()).length, patience).toBe(count);
  return rows();
}

/** Numbers of the steps that are to be labelled one by one, if any. */
const stepsOn = async (on: Page) =>
  Array.from({ length: await on.getByRole("group", { name: /^Step \d+$/ }).count() }, (_, n) => n + 1);
const labelled = (steps: readonly number[], label: string) =>
  steps.length === 0 ? {} : { steps: { labels: steps.map(() => label) } };

describe("a template", () => {
  it.each(Object.entries(walks))("%s is answered by keys alone, and by touch at 390 px", async (name, walk) => {
    const id = await projectOf(TemplateName.parse(name));
    await page.goto(`/work/${id}`);
    await desk.shown();
    const steps = await stepsOn(page);
    for (const key of [...steps.map(() => "1"), ...walk.keys]) await page.keyboard.press(key);
    await page.keyboard.type(walk.typed ?? "");
    // Also out of a field that takes lines.
    await page.keyboard.press("Control+Enter");
    const [byKeys] = await exported(id, 1);
    expect(byKeys).toMatchObject({ ...walk.exported[0], ...labelled(steps, "good") });

    // Its second task is free for the phone.
    await page.goto("/work");
    const hand = phone.page;
    await hand.goto(`/work/${id}`);
    await new Desk(hand).shown();
    expect(await overflow(hand)).toBe(0);
    expect(await violations(hand)).toEqual([]);
    const more = await stepsOn(hand);
    for (const what of [...more.map((step) => `bad, step ${step}`), ...walk.taps]) await tap(hand, what);
    await tap(hand, "Submit");
    expect(await exported(id, 2)).toContainEqual(
      expect.objectContaining({ ...expected(walk.exported[1]), ...expected(labelled(more, "bad")) }),
    );
  });
});

/** Each answer holds at least these fields. */
const expected = (answers: object) =>
  Object.fromEntries(Object.entries(answers).map(([name, answer]) => [name, expect.objectContaining(answer)]));
