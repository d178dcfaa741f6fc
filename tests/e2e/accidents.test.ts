import type { Client } from "@touchstone/api-client";
import { ProjectDraft } from "@touchstone/contracts";
import fc from "fast-check";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { Desk, sameTask } from "./desk.ts";
import { adminLogin } from "./filled-workspace.ts";
import { waitUntilKept } from "./kept-desk.ts";
import { judgedOf, openDeskAt, putOnDesk } from "./open-desk.ts";
import { arrive, type Person, picture, signIn } from "./people.ts";
import { jsonLines } from "./practice-files.ts";
import { openProduct, type Product } from "./product.ts";
import { type Glimpse, watchScreen } from "./screen-watch.ts";
import { otherAdmin } from "./workspace-client.ts";

/** The watcher hears of a paint by a message of its own, which may come a little after the page's. */
const leastMs = 400 - 20;

let product: Product;
let person: Person;
let page: Page;
let desk: Desk;
let admin: Client;
beforeAll(async () => {
  ({ product, admin, person, page, desk } = await openDeskAt(await openProduct()));
});
afterAll(async () => product?.close());
afterEach(({ task }) => (task.result?.state === "fail" ? picture(person, "accident") : undefined));

const onDesk = (name: string, pairs: number, answer = (letter: string, n: number) => `${letter} says ${n}.`) =>
  putOnDesk({ admin, page, desk }, { name, pairs, guideline: "Old rule: longer wins.", answer });
const judged = (id: string) => judgedOf(admin, id);

describe("accidents at the desk", () => {
  it("f opens the comment and what is typed goes into it, whatever keys the letters are", async () => {
    const id = await onDesk("Typed", 6);
    const shown = await desk.shown();
    await page.keyboard.press("f");
    await page.keyboard.type("answers are wrong 1");
    const field = page.getByRole("textbox", { name: "What is wrong?" });
    expect(await field.inputValue()).toBe("answers are wrong 1");
    await page.keyboard.press("Shift+Enter");
    await page.keyboard.type("s7z");
    expect(await field.inputValue()).toBe("answers are wrong 1\ns7z");
    await page.keyboard.press("Enter");
    expect(sameTask(await desk.shown(), shown)).toBe(true);
    await page.keyboard.press("2");
    await desk.saved();
    expect(await judged(id)).toMatchObject([{ flagged: true, comment: "answers are wrong 1\ns7z" }]);
  });

  it("a double click judges once, and Space after a click judges nothing", async () => {
    const id = await onDesk("Clicked", 8);
    await page.getByRole("button", { name: "A better", exact: false }).first().dblclick({ delay: 110 });
    await page.getByText("Only the first click of a double click counts.").waitFor();
    await desk.shown();
    await desk.saved();
    expect(await judged(id)).toHaveLength(1);
    await page.getByRole("button", { name: "B better", exact: false }).first().click();
    await desk.shown();
    await page.keyboard.press("Space");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Skip" }).dblclick({ delay: 110 });
    await desk.shown();
    await page.keyboard.press("Space");
    await desk.saved();
    expect(await judged(id)).toHaveLength(2);
    expect((await admin.listWork()).items.find(({ projectId }) => projectId === id)).toMatchObject({ skipped: 1 });
  });

  it("keys sleep until both answers have been seen, and say so", async () => {
    const { id: chat } = await admin.createProject({ body: ProjectDraft.parse({ name: "Chat", guideline: "" }) });
    // Earlier turns are folded away, a last turn never is: this one fills the window by itself.
    const turns = [{ role: "user" as const, content: "Many words of a long question.\n\n".repeat(60) }];
    const body = new Blob([new Uint8Array(jsonLines([{ messages: turns, completions: ["One.", "Two."] }]))]);
    const upload = { body, contentType: "application/x-ndjson" } as const;
    await admin.importRows({ params: { id: chat }, query: { format: "prompts", open: "true" }, upload });
    await page.goto(`/work/${chat}`);
    await page.getByText("Scroll until both answers have been seen").waitFor();
    await page.keyboard.press("1");
    await page.keyboard.press("s");
    await page.waitForTimeout(300);
    expect(await judged(chat)).toHaveLength(0);
    await desk.choose("1");
    await desk.saved();
    expect(await judged(chat)).toHaveLength(1);
  });

  it("a second window says that the desk is open, and takes over with the comment that was begun", async () => {
    const id = await onDesk("Windows", 5);
    const shown = await desk.shown();
    await desk.flag("begun here");
    const second = await page.context().newPage();
    await second.goto(`/work/${id}`);
    await second.getByText("This project is already open in another window.").waitFor();
    await second.getByRole("button", { name: "Take over here" }).click();
    const other = new Desk(second);
    expect(sameTask(await other.shown(), shown)).toBe(true);
    expect(await second.getByRole("textbox", { name: "What is wrong?" }).inputValue()).toBe("begun here");
    await page.getByText("This project is already open in another window.").waitFor();
    await other.choose("3");
    await other.saved();
    expect(await judged(id)).toMatchObject([{ comment: "begun here" }]);
    await second.close();
    // The desk is free again, and the choice of the other window can be undone here.
    await desk.shown();
    await page.keyboard.press("z");
    await page.getByText("You chose “A slightly better” before.").waitFor();
    expect(sameTask(await desk.shown(), shown)).toBe(true);
  });

  it("shows the guideline that the judgement names, and says when a newer one is in force", async () => {
    const id = await onDesk("Rules", 4);
    const another = await otherAdmin(admin, product.touchstone.url);
    await another.changeProject({ params: { id }, body: { guideline: "New rule: shorter wins." } });
    await page.reload();
    await desk.shown();
    await page.getByText("Old rule: longer wins.").first().waitFor();
    await page.getByText("Version 2 is in force").waitFor();
    // What is held is judged by the version that it was given under, one task or two; then the new one is to be read.
    const toRead = page.getByRole("heading", { name: "Guideline v2" });
    const held = page.getByText("Version 2 is in force");
    while (!(await toRead.isVisible())) {
      await desk.shown();
      await page.keyboard.press("2");
      await held.or(toRead).first().waitFor();
      await desk.saved();
    }
    const versions = (await judged(id)).map(({ guidelineVersion }) => guidelineVersion);
    expect(new Set(versions)).toEqual(new Set([1]));
    // They published the first themselves, and so have read it.
    await page.getByText("It has changed since v1, which you read.").waitFor();
    await page.getByRole("button", { name: "I have read it" }).click();
    await desk.shown();
    await page.getByText("New rule: shorter wins.").first().waitFor();
  });

  it("counts this project alone, from nothing, and a reload moves nothing", async () => {
    await onDesk("Counted", 6);
    await page.getByText("0 today, 6 left").waitFor();
    await desk.choose("4");
    await desk.skip();
    await desk.saved();
    await page.getByText("1 today, 4 left").waitFor();
    await page.reload();
    await desk.shown();
    await page.getByText("1 today, 4 left").waitFor();
  });

  it("an open page says that the server has been updated, and takes up what pages of an earlier build kept", async () => {
    await onDesk("Updated", 6);
    const chosen = await desk.choose("2");
    await desk.saved();
    await forgetBuild(page);
    await page.route("**/api/work/**", async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, headers: { ...response.headers(), "x-contract-version": "of-tomorrow" } });
    });
    await page.reload();
    await page.getByText("Touchstone has been updated; this page has not.").waitFor();
    await desk.shown();
    await page.keyboard.press("z");
    await page.getByText("You chose “A better” before.").waitFor();
    expect(sameTask(await desk.shown(), chosen)).toBe(true);
    await page.getByRole("button", { name: "Later" }).click();
    expect(await page.getByText("Touchstone has been updated").count()).toBe(0);
    // What looks for answers to questions may be under way.
    await page.unrouteAll({ behavior: "wait" });
  });

  it("tells an answer to what the same person has judged in another browser, shows it until it is discarded, and calls nothing saved", async () => {
    const id = await onDesk("Twice", 8);
    const elsewhere = await atAnotherDesk(id);
    const refused = page.getByText("One judgement was refused and is kept here.");
    expect(sameTask(await elsewhere.desk.shown(), await desk.shown())).toBe(true);
    await elsewhere.desk.choose("6");
    await elsewhere.desk.saved();
    await page.bringToFront();
    const chosen = await desk.choose("2");
    await refused.waitFor();
    await page.getByText("Could not save", { exact: true }).waitFor();
    await expectNothingSaved();
    // There is nothing to undo, and nothing else is said of it.
    await desk.shown();
    await page.keyboard.press("z");
    await page.waitForTimeout(300);
    expect(await page.getByText("Undo needs the connection").count()).toBe(0);
    await expectNothingSaved();
    await page.reload();
    await desk.shown();
    await refused.waitFor();
    await expectNothingSaved();

    const seen = await openRefused();
    expect(await seen.innerText()).toContain(chosen.prompt);
    expect(await seen.innerText()).toContain("A better");
    await seen.getByText("You have answered this task", { exact: false }).waitFor();
    await seen.getByRole("button", { name: "Keep it" }).click();
    await refused.waitFor();
    await (await openRefused()).getByRole("button", { name: "Discard" }).click();
    await desk.saved();
    expect(await page.getByText(/Pair \d+: A better/).count()).toBe(0);
    expect(await judged(id)).toMatchObject([{ answers: { preference: { choice: "graded", step: 6 } } }]);
    await elsewhere.page.context().close();
  });

  it("tells every answer that was given offline to what was judged in another browser meanwhile, words and all", async () => {
    const id = await onDesk("Twice offline", 8);
    await waitUntilKept(page, id, 2);
    const elsewhere = await atAnotherDesk(id);
    await elsewhere.desk.shown();
    await page.bringToFront();
    await page.context().setOffline(true);
    await desk.flag("written by hand, offline");
    await desk.choose("2");
    await desk.choose("3");
    await page.getByText("Offline, 2 kept here").waitFor();
    await elsewhere.page.bringToFront();
    await elsewhere.desk.choose("6");
    await elsewhere.desk.choose("6");
    await elsewhere.desk.saved();
    await page.bringToFront();
    await page.context().setOffline(false);
    await page.getByText("2 judgements were refused and are kept here.").waitFor();
    await expectNothingSaved();
    const seen = await openRefused();
    await seen.getByText("written by hand, offline").waitFor();
    expect(await seen.getByRole("listitem").count()).toBe(2);
    await seen.getByRole("button", { name: "Discard" }).click();
    await desk.saved();
    expect((await judged(id)).map(({ comment }) => comment)).toEqual(["", ""]);
    await desk.choose("4");
    await desk.saved();
    expect(await judged(id)).toHaveLength(3);
    await elsewhere.page.context().close();
  });

  it("random keys, clicks, words, reloads and cuts never act on what has not stood there for its time", async () => {
    const glimpses = await watchScreen(page);
    const written: string[] = [];
    const sent: string[] = [];
    page.on("request", (request) => void sent.push(request.postData() ?? ""));
    await waitUntilKept(page, await onDesk("Random", 60), 2);
    const act = fc.constantFrom("key", "click", "double", "skip", "undo", "write", "space", "wait", "reload", "cut");
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 8, maxLength: 14 }), async (acts) => {
        for (const one of acts) await perform(page, one, written);
        await page.context().setOffline(false);
        expect(tooShort(glimpses)).toEqual([]);
      }),
      { numRuns: 6, seed: 12, endOnFailure: true },
    );
    await desk.hasTask();
    await desk.saved();
    const field = page.getByRole("textbox", { name: "What is wrong?" });
    const said = [...sent, (await field.count()) > 0 ? await field.inputValue() : ""].join(" ");
    expect(written.filter((word) => !said.includes(word))).toEqual([]);
  });

  it("random acts in two windows by turns never act on what has not stood there for its time, and lose no word", async () => {
    const id = await onDesk("Two windows", 60);
    const windows = await Promise.all([page.context().newPage(), page.context().newPage()]);
    await page.goto("/work");
    const written: string[] = [];
    const sent: string[] = [];
    const watched = await Promise.all(windows.map(watchScreen));
    for (const window of windows) {
      window.on("request", (request) => void sent.push(request.postData() ?? ""));
      await window.goto(`/work/${id}`);
    }
    const act = fc.constantFrom("key", "double", "skip", "undo", "write", "space", "wait", "reload", "cut", "mend");
    const turn = fc.tuple(fc.nat(1), fc.array(act, { minLength: 3, maxLength: 6 }));
    await fc.assert(
      fc.asyncProperty(fc.array(turn, { minLength: 2, maxLength: 4 }), async (turns) => {
        for (const [which, acts] of turns) {
          const window = windows[which] ?? page;
          await window.bringToFront();
          // A window that takes over fetches its tasks; what is held over a cut is the other trial's.
          await page.context().setOffline(false);
          await takeOver(window);
          for (const one of acts) {
            if (one === "reload") await page.context().setOffline(false);
            const before = written.length;
            await perform(window, one, written);
            // The answer to an undo may come between the key that opens the field and the first letter: keys are hushed
            // then, and the word stood in no field. What did stand in one is what must not be lost.
            if (written.length > before && !(await words(window)).includes(written.at(-1) ?? "")) written.pop();
          }
        }
        await page.context().setOffline(false);
        expect(watched.flatMap(tooShort)).toEqual([]);
      }),
      { numRuns: 3, seed: 12, endOnFailure: true },
    );
    const [window = page] = windows;
    await window.bringToFront();
    await takeOver(window);
    const last = new Desk(window);
    await last.hasTask();
    await last.saved();
    const stood = watched.flat().map(({ text }) => text);
    const prompts = (await judged(id)).map(({ prompt }) => prompt.messages.at(-1)?.content ?? "");
    expect(prompts.length).toBeGreaterThan(0);
    expect(prompts.filter((prompt) => !stood.includes(prompt))).toEqual([]);
    const missing = async () => {
      const said = [...sent, await words(window)].join(" ");
      return written.filter((word) => !said.includes(word));
    };
    expect(written.length).toBeGreaterThan(0);
    // An undo may have brought another task before the one that was written about: its words come with it.
    for (let behind = 0; behind < 3 && (await missing()).length > 0; behind++) {
      await last.choose("4");
      await last.saved();
    }
    expect(await missing()).toEqual([]);
    for (const one of windows) await one.close();
  });
});

/** The same person in a browser of their own, at the same desk. */
async function atAnotherDesk(id: string): Promise<{ page: Page; desk: Desk }> {
  const other = await arrive(product.browser, product.touchstone.url, "Nora elsewhere");
  await signIn(other, adminLogin.email, adminLogin.password);
  await other.page.goto(`/work/${id}`);
  return { page: other.page, desk: new Desk(other.page) };
}

async function expectNothingSaved(): Promise<void> {
  expect(await page.getByText("Saved", { exact: true }).count()).toBe(0);
  expect(await page.getByText(/Pair \d+: /).count()).toBe(0);
}

/** All that was refused, as somebody sees it before they let it go. */
async function openRefused() {
  await page.getByRole("button", { name: "See what was refused" }).click();
  return page.getByRole("dialog", { name: "See what was refused" });
}

/** What stands in the comment; nothing when there is none. */
async function words(window: Page): Promise<string> {
  const field = window.getByRole("textbox", { name: "What is wrong?" });
  return (await field.count()) > 0 ? field.inputValue() : "";
}

/** As pages did that left no mark of their build on what they kept. */
async function forgetBuild(window: Page): Promise<void> {
  const marked = await window.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const opening = indexedDB.open("touchstone-last-done");
        opening.onsuccess = () => {
          const transaction = opening.result.transaction("last", "readwrite");
          let count = 0;
          transaction.objectStore("last").openCursor().onsuccess = ({ target }) => {
            const cursor: IDBCursorWithValue | null = target instanceof IDBRequest ? target.result : null;
            if (!cursor) return;
            const { keptBy, ...rest } = cursor.value;
            if (keptBy) count += 1;
            cursor.update(rest);
            cursor.continue();
          };
          transaction.oncomplete = () => {
            opening.result.close();
            resolve(count);
          };
        };
      }),
  );
  expect(marked).toBeGreaterThan(0);
}

/** The desk comes to this window, if another has it. */
async function takeOver(window: Page): Promise<void> {
  const button = window.getByRole("button", { name: "Take over here" });
  await button
    .or(window.locator(".scale-bar, [data-asleep]"))
    .or(window.getByText(/No task is left|You are offline|could not be reached/))
    .first()
    .waitFor();
  if ((await button.count()) > 0) await button.click();
  await window
    .locator(".scale-bar")
    .or(window.getByText(/No task is left|You are offline|could not be reached/))
    .first()
    .waitFor();
}

/** Screens of a task that something else took the place of too soon for anybody to have meant it. */
const tooShort = (glimpses: readonly Glimpse[]) =>
  glimpses.filter(
    ({ paintedAt, goneAt, takenOver }) => !takenOver && (paintedAt === null || goneAt - paintedAt < leastMs),
  );

async function perform(page: Page, act: string, written: string[]): Promise<void> {
  const scale = page.locator(".scale-bar button");
  if (act === "key") await page.keyboard.press("3");
  if (act === "skip") await page.keyboard.press("s");
  if (act === "undo") await page.keyboard.press("z");
  if (act === "space") await page.keyboard.press("Space");
  if (act === "wait") await page.waitForTimeout(450);
  if (act === "reload") {
    // With or without a network, as it happens to be.
    await page.reload();
    // Another window that waits for the desk has it by now.
    await takeOver(page);
  }
  if (act === "mend") await page.context().setOffline(false);
  if (act === "cut") await page.context().setOffline(true);
  if (act === "click" || act === "double") {
    const box = await scale.nth(1).boundingBox();
    if (!box) return;
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    await page.mouse.click(x, y);
    await page.waitForTimeout(130);
    if (act === "double") await page.mouse.click(x, y, { clickCount: 2 });
  }
  if (act === "write") {
    if ((await page.locator(".scale-bar").count()) === 0) return;
    await page.keyboard.press("f");
    const word = `word1s7z${written.length}`;
    written.push(word);
    await page.keyboard.type(word, { delay: 15 });
    await page.keyboard.press("Enter");
  }
}
