import { setTimeout as sleep } from "node:timers/promises";
import type { Client } from "@touchstone/api-client";
import { ProjectDraft, QuestionnaireDraft } from "@touchstone/contracts";
import type { CDPSession, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { Desk } from "./desk.ts";
import { adminLogin } from "./filled-workspace.ts";
import { overflow, violations } from "./inspect-page.ts";
import { judgedOf, openDesk } from "./open-desk.ts";
import { arrive, type Person, patienceMs, picture } from "./people.ts";
import { jsonLines } from "./practice-files.ts";
import type { SharedProduct } from "./product.ts";

let product: SharedProduct;
let person: Person;
let page: Page;
let desk: Desk;
let admin: Client;
beforeAll(async () => {
  ({ product, admin, person, page, desk } = await openDesk());
});
afterAll(async () => product?.close());
afterEach(({ task }) =>
  task.result?.state === "fail" ? picture(person, `text-kinds ${task.name.slice(0, 20)}`) : undefined,
);

/** A fresh project that asks these questions of these rows. @returns its id. */
async function projectOf(questions: readonly object[], rows: readonly object[]): Promise<string> {
  const body = ProjectDraft.parse({
    name: `Written ${questions.length}`,
    guideline: "Say it well.",
    mustRead: false,
    overlap: 1,
  });
  const { id } = await admin.createProject({ body });
  await admin.writeQuestionnaire({ params: { id }, body: QuestionnaireDraft.parse({ name: "own", questions }) });
  const upload = { body: new Blob([new Uint8Array(jsonLines(rows))]), contentType: "application/x-ndjson" } as const;
  await admin.importRows({ params: { id }, query: { format: "prompts", question: "own", open: "true" }, upload });
  return id;
}

async function onDesk(questions: readonly object[], rows: readonly object[]): Promise<string> {
  const id = await projectOf(questions, rows);
  await page.goto(`/work/${id}`);
  await desk.shown();
  return id;
}

const answersOf = async (id: string) => (await judgedOf(admin, id)).map(({ answers }) => answers);
const field = (of: Page = page) => of.locator(".writing-field");
const focused = (of: Page = page) => of.evaluate(() => document.activeElement?.id ?? "");

/** Until the browser's database has a draft with these words. */
function kept(words: string): Promise<boolean> {
  const look = (): Promise<string> =>
    page.evaluate(
      () =>
        new Promise<string>((resolve, reject) => {
          const opening = indexedDB.open("touchstone-workbench");
          opening.onerror = () => reject(opening.error);
          opening.onsuccess = () => {
            const all = opening.result.transaction("drafts").objectStore("drafts").getAll();
            all.onsuccess = () => {
              opening.result.close();
              resolve(JSON.stringify(all.result));
            };
          };
        }),
    );
  return vi.waitUntil(async () => (await look()).includes(JSON.stringify(words).slice(1, -1)), {
    timeout: patienceMs,
    interval: 50,
  });
}

/** Types Chinese as an input method does: letters first, and then the characters that they stand for. */
async function compose(cdp: CDPSession, letters: string, characters: string): Promise<void> {
  for (let end = 1; end <= letters.length; end++) {
    await cdp.send("Input.imeSetComposition", { text: letters.slice(0, end), selectionStart: end, selectionEnd: end });
  }
  // Its own Enter, as browsers report a key that the input method has taken.
  const enter = { key: "Enter", code: "Enter", windowsVirtualKeyCode: 229 } as const;
  await cdp.send("Input.dispatchKeyEvent", { type: "rawKeyDown", ...enter });
  await cdp.send("Input.dispatchKeyEvent", { type: "rawKeyDown", ...enter, modifiers: 2 });
  await cdp.send("Input.dispatchKeyEvent", { type: "keyUp", ...enter });
  await cdp.send("Input.insertText", { text: characters });
}

describe("an answer that is written", () => {
  const ideal = [{ name: "ideal", kind: "demonstration", settings: { minLength: 20, maxLength: 40 } }];

  it("is written by keyboard alone below a prompt without answers, and a reload in the midst loses nothing", async () => {
    const id = await onDesk(ideal, [{ prompt: "Tell a short story." }]);
    expect(await page.locator("[data-answer]").count()).toBe(0);
    await page.keyboard.press("w");
    // Letters that are keys of the desk are letters here.
    await page.keyboard.type("She sz f");
    await kept("She sz f");
    await page.keyboard.press("Escape");
    expect(await focused()).toBe("desk");
    await page.getByText("At least 20.").waitFor();
    await page.keyboard.press("Control+Enter");
    await page.getByText("Wanted: Write the answer").waitFor();
    expect(await answersOf(id)).toEqual([]);

    await page.reload();
    await desk.shown();
    await expect.poll(() => field().inputValue(), { timeout: patienceMs }).toBe("She sz f");
    await page.keyboard.press("w");
    await page.keyboard.press("End");
    await page.keyboard.type("inds a key in the sea, and throws it back at once.");
    await page.getByText("Too long: at most 40.").waitFor();
    for (let more = 0; more < 21; more++) await page.keyboard.press("Backspace");
    await page.keyboard.press("Enter");
    await page.keyboard.type("好👍");
    await page.getByText("40 of 40 characters").waitFor();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press("Control+Enter");
    await page.getByText("No task is left for you here.").waitFor();
    await desk.saved();
    const text = "She sz finds a key in the sea, and th\n好👍";
    expect(await answersOf(id)).toEqual([{ ideal: { text } }]);

    await desk.hasTask();
    await page.keyboard.press("z");
    await desk.shown();
    await expect.poll(() => field().inputValue(), { timeout: patienceMs }).toBe(text);
  });

  it("is begun by its key, however late the field comes", async () => {
    const id = await projectOf(ideal, [{ prompt: "Tell a shorter story." }]);
    // Without a service worker, which would have the scripts at hand.
    const early = await arrive(product.browser, product.touchstone.url, "Early", { serviceWorkers: "block" });
    await early.page.request.post("/api/session", { data: adminLogin });
    await early.page.route("**/_next/static/chunks/*.js", (route) => sleep(1_500).then(() => route.continue()));
    await early.page.goto(`/work/${id}`);
    await new Desk(early.page).shown();
    await early.page.keyboard.press("w");
    await early.page.keyboard.type("She sz f");
    await expect.poll(() => field(early.page).inputValue(), { timeout: patienceMs }).toBe("She sz f");
    await early.page.context().close();
  });

  it("takes what is typed as soon as a key has answered the question before it", async () => {
    const questions = [
      { name: "better", kind: "preference" },
      { name: "why", kind: "text" },
    ];
    const id = await onDesk(questions, [{ prompt: "Which way?", completions: ["This way.", "That way."] }]);
    await page.keyboard.press("2");
    await page.keyboard.type("c s z n");
    await page.keyboard.press("Control+Enter");
    await desk.saved();
    expect(await answersOf(id)).toEqual([{ better: { choice: "graded", step: 2 }, why: { text: "c s z n" } }]);
  });

  it("that was typed last goes with its task, and not into the next one", async () => {
    const id = await onDesk(ideal, [{ prompt: "Tell a story." }, { prompt: "Tell another one." }]);
    for (const text of ["The first of the two stories.", "The second of the two stories."]) {
      const { prompt } = await desk.shown();
      await page.keyboard.press("w");
      await page.keyboard.type(text);
      await page.keyboard.press("Control+Enter");
      const isNext = async () => !(await desk.hasTask()) || (await desk.shown()).prompt !== prompt;
      await vi.waitUntil(isNext, { timeout: patienceMs });
      for (const one of await field().all()) expect(await one.inputValue()).toBe("");
    }
    await desk.saved();
    const texts = (await judgedOf(admin, id)).map(({ answers }) => answers?.ideal?.text);
    expect(texts.sort()).toEqual(["The first of the two stories.", "The second of the two stories."]);
  });

  it("of 20,000 words is typed on in without waiting", async () => {
    const id = await onDesk([{ name: "ideal", kind: "demonstration" }], [{ prompt: "Tell a long story." }]);
    const paragraph = Array.from({ length: 100 }, (_, n) => (n % 7 === 0 ? "sea" : "of")).join(" ");
    const words = Array.from({ length: 200 }, (_, n) => `${n} ${paragraph}`).join("\n");
    await field().fill(words);
    await kept(words.slice(-100));
    const more = " and then she went to look for the key";
    await page.evaluate(() => {
      const waits: number[] = [];
      Object.assign(window, { waits });
      window.addEventListener("keydown", ({ timeStamp }) => {
        requestAnimationFrame(() => setTimeout(() => waits.push(performance.now() - timeStamp)));
      });
    });
    await page.keyboard.press("Escape");
    await page.keyboard.press("w");
    await page.keyboard.press("Control+End");
    await page.keyboard.type(more, { delay: 30 });
    const waits = z.array(z.number()).parse(await page.evaluate(() => Reflect.get(window, "waits")));
    const middle = waits.toSorted((one, other) => one - other)[Math.floor(waits.length / 2)] ?? 0;
    process.stdout.write(`A key in a text of 20,000 words is painted within ${middle.toFixed(0)} ms (median).\n`);
    await page.keyboard.press("Control+Enter");
    await page.getByText("No task is left for you here.").waitFor();
    await desk.saved();
    const [judged] = await judgedOf(admin, id);
    const text = z.object({ text: z.string() }).parse(judged?.answers?.ideal).text;
    expect([text.length, text.slice(-60)]).toEqual([words.length + more.length, `${words}${more}`.slice(-60)]);
    expect(text === `${words}${more}`).toBe(true);
  });
});

describe("a correction", () => {
  const questions = [
    { name: "right", kind: "correction" },
    { name: "why", kind: "text", required: false, settings: { multiline: false } },
  ];
  const completions = ["The earth is flat.", "Water is dry."];

  it("is made by keyboard alone, shows what changed, and is shown in full", async () => {
    const id = await onDesk(questions, [{ prompt: "Say something true.", completions }]);
    const { answers } = await desk.shown();
    await page.keyboard.press("1");
    await page.keyboard.press("Control+End");
    await page.keyboard.type(" Set aside.");
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: /^Correct.*answer B$/ }).press("Enter");
    expect(await focused()).toBe("correct-right-1");
    await page.getByText("What you changed in A is set aside").waitFor();
    await page.keyboard.press("Control+End");
    await page.keyboard.press("Backspace");
    await page.keyboard.type("? 不对！");
    await page.locator(".changes ins", { hasText: "不对" }).waitFor();
    expect(await page.locator(".changes del").allInnerTexts()).toEqual(["."]);
    await page.keyboard.press("Escape");
    await page.keyboard.press("w");
    await page.keyboard.type("It is wrong.");
    expect(await violations(page)).toEqual([]);
    // In a single line, Enter goes back to the keys of the desk, and there it submits.
    await page.keyboard.press("Enter");
    expect(await answersOf(id)).toEqual([]);
    await page.keyboard.press("Enter");
    await page.getByText("No task is left for you here.").waitFor();
    await desk.saved();
    const text = `${answers[1]?.slice(0, -1)}? 不对！`;
    const [judged] = await judgedOf(admin, id);
    expect(judged?.answers).toEqual({ right: { choice: "edited", place: 1, text }, why: { text: "It is wrong." } });

    await page.goto(`/judgements/${judged?.id}`);
    const full = page.getByRole("region", { name: "Correct the answer." });
    await full.getByText(text).first().waitFor();
    await page.getByRole("region", { name: "What do you say to this?" }).getByText("It is wrong.").waitFor();
    expect(await violations(page)).toEqual([]);
  });

  it("is one key where nothing needs correcting", async () => {
    const alone = questions.slice(0, 1);
    const id = await onDesk(alone, [{ prompt: "Say something true.", completions: ["Tea is a drink."] }]);
    await page.keyboard.press("c");
    await page.getByText("Nothing is changed yet.").waitFor();
    await page.keyboard.press("Control+Enter");
    await page.getByText("Wanted: Correct the answer.").waitFor();
    await page.keyboard.press("Escape");
    await page.keyboard.press("n");
    await page.getByText("No task is left for you here.").waitFor();
    await desk.saved();
    expect(await answersOf(id)).toEqual([{ right: { choice: "unchanged", place: 0 } }]);
  });
});

describe("on a phone", () => {
  const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true } as const;

  /** Somebody with a phone, at the desk of a project. */
  async function open(questions: readonly object[], rows: readonly object[]) {
    const id = await projectOf(questions, rows);
    const reader = await arrive(product.browser, product.touchstone.url, "reader", phone);
    await reader.page.request.post("/api/session", { data: adminLogin });
    await reader.page.goto(`/work/${id}`);
    const submit = reader.page.getByRole("button", { name: "Submit" });
    await submit.waitFor();
    // Nobody judges what has only just appeared.
    await reader.page.locator("[data-asleep]").waitFor({ state: "detached" });
    return { id, page: reader.page, submit, cdp: await reader.page.context().newCDPSession(reader.page) };
  }
  const ended = (of: Page) => of.getByText("No task is left for you here.").waitFor();

  it("a rationale follows a preference, in Chinese through an input method, whose Enter sends nothing", async () => {
    const why = { name: "why", kind: "text", when: { question: "better", field: "step", is: [1, 7] } };
    const rows = [{ prompt: "讲个故事。", completions: ["她没有说再见。", "他挥了两次手。"] }];
    const { id, page: small, submit, cdp } = await open([{ name: "better", kind: "preference" }, why], rows);
    await small.getByRole("button", { name: "A much better" }).tap();
    await field(small).tap();
    await compose(cdp, "yinwei", "因为");
    await compose(cdp, "tagenghao", "它更好");
    expect(await field(small).inputValue()).toBe("因为它更好");
    expect(await overflow(small)).toBe(0);
    expect(await answersOf(id)).toEqual([]);
    await submit.tap();
    await ended(small);
    const said = { better: { choice: "graded", step: 1 }, why: { text: "因为它更好" } };
    await expect.poll(() => answersOf(id), { timeout: patienceMs }).toEqual([said]);
    await small.context().close();
  });

  it("an answer is corrected in the answer itself, and one is written", async () => {
    const questions = [
      { name: "right", kind: "correction" },
      { name: "ideal", kind: "demonstration" },
    ];
    const rows = [{ prompt: "Say something true.", completions: ["The earth is flat."] }];
    const { id, page: small, submit } = await open(questions, rows);
    await small.getByRole("button", { name: "Correct", exact: true }).tap();
    await small.getByLabel("The answer, to be corrected").fill("The earth is round.");
    await small.locator(".changes ins", { hasText: "round" }).waitFor();
    await small.getByRole("textbox", { name: "Write the answer that you would want." }).fill("Tea is a drink.");
    expect(await overflow(small)).toBe(0);
    expect(await violations(small)).toEqual([]);
    await submit.tap();
    await ended(small);
    const right = { choice: "edited", place: 0, text: "The earth is round." };
    const said = { right, ideal: { text: "Tea is a drink." } };
    await expect.poll(() => answersOf(id), { timeout: patienceMs }).toEqual([said]);
    await small.context().close();
  });
});
