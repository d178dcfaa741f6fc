import type { Client } from "@touchstone/api-client";
import type { Locator, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { longWords, projectAsking, rowsOf, severalQuestions } from "./asking.ts";
import { Desk, type Shown } from "./desk.ts";
import { adminLogin } from "./filled-workspace.ts";
import { openDesk } from "./open-desk.ts";
import { arrive, type Person, picture, signIn } from "./people.ts";
import type { SharedProduct } from "./product.ts";

const Row = z.object({
  answers: z.record(z.string(), z.unknown()),
  completions: z.array(z.object({ text: z.string() })),
  shown_order: z.array(z.number()),
});

let product: SharedProduct;
let admin: Client;
let person: Person;
let page: Page;
let desk: Desk;
beforeAll(async () => {
  ({ product, admin, person, page, desk } = await openDesk());
});
afterAll(async () => product?.close());
afterEach(({ task }) => (task.result?.state === "fail" ? picture(person, "ranking") : undefined));

async function open(id: string): Promise<Shown> {
  await page.goto(`/work/${id}`);
  return desk.shown();
}

/** What an export says of each judgement: the answers with the texts as they stood on the screen. */
async function exported(id: string): Promise<{ answers: unknown; shown: string[] }[]> {
  const lines = (await (await page.request.get(`/api/projects/${id}/exports?format=judgements`)).text()).trim();
  return lines.split("\n").map((line) => {
    const { answers, completions, shown_order } = Row.parse(JSON.parse(line));
    return { answers, shown: shown_order.map((index) => completions[index]?.text ?? "") };
  });
}

const strip = (on: Page) => on.getByRole("list", { name: "Order so far" });
const orderIn = async (on: Page) => (await strip(on).innerText()).replaceAll(/\s/g, "").replaceAll("›", "");
const status = (on: Page, words: string) => on.getByRole("status").filter({ hasText: words }).waitFor();
const press = async (...keys: string[]) => {
  for (const key of keys) await page.keyboard.press(key);
};
const focusedCard = () => page.evaluate(() => document.activeElement?.getAttribute("data-answer"));

describe("a ranking of four", () => {
  const questions = [{ name: "order", kind: "ranking" }] as const;

  it("takes as many keys as answers, ties included, and what is exported is what was typed", async () => {
    const id = await projectAsking(admin, "Keys alone", [...questions], rowsOf(2, 4));
    const first = await open(id);
    await press("3");
    expect(await focusedCard()).toBe("1");
    await press("7");
    await status(page, "There are only 4 answers: press 1 to 4.");
    await press("1", "4");
    expect(await orderIn(page)).toBe("BAC");
    await press("2");
    const second = await desk.shown();
    expect(second.prompt).not.toBe(first.prompt);
    await press("1", "1");
    await status(page, "B shares rank 1 with A.");
    await press("2", "3");
    await page.getByText("No task is left for you here.").waitFor();
    await desk.saved();
    const rows = await exported(id);
    const expected = [
      { answers: { order: { ranks: [3, 1, 4, 2] } }, shown: first.answers },
      { answers: { order: { ranks: [1, 1, 2, 3] } }, shown: second.answers },
    ];
    expect(rows).toHaveLength(2);
    expect(rows).toEqual(expect.arrayContaining(expected));
  });

  it("is still there after a reload in the midst of it, and after an undo, to be mended and sent again", async () => {
    const id = await projectAsking(admin, "Interrupted", [...questions], rowsOf(2, 4));
    const shown = await open(id);
    await press("2", "1");
    await page.reload();
    await desk.shown();
    await strip(page).getByRole("button").first().waitFor();
    expect(await orderIn(page)).toBe("BA");
    await press("3", "4");
    await desk.shown();
    await desk.saved();
    await press("z");
    await page.getByText("You chose “B › A › C › D” before.").waitFor();
    await desk.shown();
    expect(await orderIn(page)).toBe("BACD");
    await press("1");
    await status(page, "No answer is in focus");
    // Mended, it waits for Enter: the next key may belong to it too.
    await page.locator("[data-answer='3']").focus();
    await press("1");
    await status(page, "D shares rank 1 with B.");
    await strip(page).getByRole("button", { name: "C, in place" }).focus();
    await press("ArrowLeft");
    await status(page, "C is now in place 2 of 3.");
    await press("ArrowRight");
    await status(page, "C is now in place 3 of 3.");
    await press("ArrowLeft");
    await page.locator("[data-answer='0']").focus();
    await press("Enter");
    await page.getByText("Task 1: B = D › C › A").waitFor();
    await desk.saved();
    expect(await exported(id)).toEqual([{ answers: { order: { ranks: [3, 1, 2, 1] } }, shown: shown.answers }]);
  });

  it("is reordered by dragging letters, on one another for a tie", async () => {
    const id = await projectAsking(admin, "Dragged", [...questions], rowsOf(1, 4));
    await open(id);
    await press("1", "2", "3");
    await drag(page, inOrder(page, "C"), inOrder(page, "A"), -14);
    expect(await orderIn(page)).toBe("CAB");
    await status(page, "C is now in place 1 of 3.");
    await drag(page, inOrder(page, "B"), inOrder(page, "C"), 0);
    expect(await orderIn(page)).toBe("B=CA");
  });

  it("is made on a phone by taps in order, with ties, and reordered by a finger", async () => {
    const id = await projectAsking(admin, "Taps", [...questions], rowsOf(2, 4));
    const hand = await onPhone(id);
    const first = await hand.desk.shown();
    for (const letter of ["C", "A"]) await hand.page.getByRole("button", { name: `for answer ${letter},` }).tap();
    await hand.page.getByRole("button", { name: "Tie next with A" }).tap();
    await hand.page.getByRole("button", { name: "Rank 2 for answer D," }).tap();
    expect(await orderIn(hand.page)).toBe("CA=D");
    await drag(hand.page, inOrder(hand.page, "C"), inOrder(hand.page, "D"), 20);
    expect(await orderIn(hand.page)).toBe("A=DC");
    await hand.page.getByRole("button", { name: "Rank 3 for answer B," }).tap();
    const second = await hand.desk.shown();
    expect(second.prompt).not.toBe(first.prompt);
    await hand.desk.saved();
    expect(await exported(id)).toEqual([{ answers: { order: { ranks: [1, 3, 2, 1] } }, shown: first.answers }]);
    await hand.page.context().close();
  });

  /** Somebody at 390 px with a finger for a pointer. */
  async function onPhone(id: string) {
    const how = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true } as const;
    const phone = await arrive(product.browser, product.touchstone.url, "phone", how);
    await signIn(phone, adminLogin.email, adminLogin.password);
    await phone.page.goto(`/work/${id}`);
    return { page: phone.page, desk: new Desk(phone.page) };
  }
});

/** A letter of the strip. */
const inOrder = (on: Page, letter: string) => strip(on).getByRole("button", { name: `${letter}, in place` });

/** Drags a letter to so many px beside the middle of something. */
async function drag(on: Page, letter: Locator, onto: Locator, beside: number): Promise<void> {
  const [from, to] = [await letter.boundingBox(), await onto.boundingBox()];
  if (!from || !to) throw new Error(`There is no ${letter} or ${onto} on the page.`);
  const middle = (box: typeof from) => ({ x: box.x + box.width / 2, y: box.y + box.height / 2 });
  const [start, end] = [middle(from), { ...middle(to), x: middle(to).x + beside }];
  const way = [0.3, 0.7, 1].map((part) => ({
    x: start.x + (end.x - start.x) * part,
    y: start.y + (end.y - start.y) * part,
  }));
  const touches = await on.evaluate(() => matchMedia("(pointer: coarse)").matches);
  if (!touches) {
    await on.mouse.move(start.x, start.y);
    await on.mouse.down();
    for (const { x, y } of way) await on.mouse.move(x, y);
    return on.mouse.up();
  }
  const finger = await on.context().newCDPSession(on);
  const touch = (type: "touchStart" | "touchMove" | "touchEnd", points: { x: number; y: number }[]) =>
    finger.send("Input.dispatchTouchEvent", { type, touchPoints: points });
  await touch("touchStart", [start]);
  // As slowly as a finger: a flick would go on as a fling, which the next tap only stops.
  for (const point of way) {
    await touch("touchMove", [point]);
    await on.waitForTimeout(50);
  }
  await touch("touchEnd", []);
}

describe("several questions", () => {
  it("are answered one after the other by keys alone, a follow-up among them, and sent with Enter", async () => {
    const id = await projectAsking(admin, "Several", severalQuestions, rowsOf(1, 2));
    const shown = await open(id);
    await press("Enter");
    await status(page, "Wanted: Which answer is better?");
    await press("7");
    await page.getByRole("heading", { name: "Is it really that much better?" }).waitFor();
    await press("2");
    // A digit means one question: no answer has a rank yet.
    expect(await page.locator(".rank-mark[data-ranked]").count()).toBe(0);
    await press("1");
    expect(await focusedCard()).toBe("1");
    await press("1");
    await status(page, "B has rank 1 now, and A has none any more.");
    await press("2");
    await status(page, "All is answered.");
    // What may be left out has the keys last.
    await press("1", "Enter");
    await page.getByText("No task is left for you here.").waitFor();
    await desk.saved();
    const better = { choice: "graded", step: 7 };
    const answers = {
      better,
      sure: { choice: "graded", step: 6 },
      kinder: { choice: "graded", step: 2 },
      order: { ranks: [2, 1] },
    };
    expect(await exported(id)).toEqual([{ answers, shown: shown.answers }]);
  });
});

describe("nine long answers", () => {
  it("are sorted into buckets first, by keys and by dragging, and ranked bucket by bucket", async () => {
    const id = await projectAsking(admin, "Sorted", [{ name: "order", kind: "ranking" }], rowsOf(1, 9, longWords));
    await page.goto(`/work/${id}`);
    await status(page, "Answer A: good, OK or bad? 9 to sort; or give ranks at once.");
    // Sorting goes on while one reads, though what is below has not been seen yet.
    await press("j", "l", "k", "j", "k");
    expect(await focusedCard()).toBe("5");
    await page.reload();
    await status(page, "Answer F: good, OK or bad? 4 to sort; or give ranks at once.");
    await press("k", "l", "j", "l");
    await status(page, "Good: A, D, H. Next: answer A. 9 to rank.");
    const shown = await desk.shown();
    expect(await focusedCard()).toBe("0");
    await press("n");
    expect(await focusedCard()).toBe("3");
    // It keeps its place and says where it lies.
    expect(await page.locator("[data-answer='3'] h2").innerText()).toMatch(/D\s*–\s*Good/);
    await press("1");
    expect(await focusedCard()).toBe("7");
    const good = (letter: string) => page.getByRole("button", { name: `Answer ${letter}, among the good ones` });
    await drag(page, good("A"), inOrder(page, "D"), 30);
    expect(await orderIn(page)).toBe("DA");
    await drag(page, good("H"), page.getByRole("button", { name: "Bad", exact: true }), 0);
    await status(page, "OK: C, E, F. Next: answer");
    await press("3", "5", "4", "6", "8", "9", "7");
    await page.getByText("No task is left for you here.").waitFor();
    await desk.saved();
    const [row] = await exported(id);
    expect(row?.answers).toEqual({ order: { ranks: [2, 6, 3, 1, 5, 4, 8, 9, 7] } });
    const firstLines = (texts: readonly string[] = []) => texts.map((text) => text.split("\n")[0]);
    expect(firstLines(row?.shown)).toEqual(firstLines(shown.answers));
  });

  it("stand whole, each below its letter and rank, and the focus goes to where the next one begins", async () => {
    const id = await projectAsking(admin, "Nine", [{ name: "order", kind: "ranking" }], rowsOf(1, 9, longWords));
    await open(id);
    for (let place = 0; place < 8; place++) {
      await press(String(9 - place));
      expect(await focusedCard()).toBe(String(place + 1));
      const card = page.locator(`[data-answer='${place + 1}'] h2`);
      const [head, foot] = [await card.boundingBox(), await page.locator(".workbench-foot").boundingBox()];
      expect(head?.y).toBeGreaterThanOrEqual(48);
      expect((head?.y ?? 0) + 100).toBeLessThan(foot?.y ?? 0);
    }
    expect(await orderIn(page)).toBe("HGFEDCBA");
    await press("1");
    await page.getByText("No task is left for you here.").waitFor();
  });
});
