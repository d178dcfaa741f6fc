import type { Client } from "@touchstone/api-client";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { type AskedQuestions, projectAsking } from "./asking.ts";
import { Desk } from "./desk.ts";
import { adminLogin } from "./filled-workspace.ts";
import { overflow, violations } from "./inspect-page.ts";
import { openDesk } from "./open-desk.ts";
import { arrive, type Person, picture, signIn } from "./people.ts";
import type { SharedProduct } from "./product.ts";

const Span = z.object({
  place: z.number(),
  start: z.number().nullable(),
  end: z.number().nullable(),
  category: z.string(),
  severity: z.string(),
  note: z.string().optional(),
});
const Row = z.object({
  shown_order: z.array(z.number()),
  completions: z.array(z.object({ text: z.string() })),
  answers: z.object({
    said: z.object({ spans: z.array(Span), clean: z.array(z.number()) }),
    fixed: z.record(z.string(), z.unknown()).optional(),
  }),
  scores: z.object({ said: z.array(z.number().nullable()) }),
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
afterEach(({ task }) => (task.result?.state === "fail" ? picture(person, "spans") : undefined));

type Asked = AskedQuestions[number];
const spans: Asked = { name: "said", kind: "spans", settings: { categories: ["Meaning", "Style", "Grammar"] } };
const text = "EU 😀 debates 接收过程 of 👩‍👩‍👧 refugees.\n\nمرحبا بالعالم";

const press = async (...keys: string[]) => {
  for (const key of keys) await page.keyboard.press(key);
};

/** What the one exported row says was said, each mark with the words that lie there in the row's own text. */
async function sent(id: string, on = page, at = desk) {
  await on.getByText("No task is left for you here.").waitFor();
  await at.saved();
  const lines = await (await on.request.get(`/api/projects/${id}/exports?format=judgements`)).text();
  const { answers, shown_order, completions, scores } = Row.parse(JSON.parse(lines.trim()));
  const marks = answers.said.spans.map(({ place, start, end, category, severity }) => {
    const points = [...(completions[shown_order[place] ?? 0]?.text ?? "")];
    const words = start === null || end === null ? null : points.slice(start, end).join("");
    return [place, words, category, severity];
  });
  const notes = answers.said.spans.flatMap(({ note }) => (note === undefined ? [] : [note]));
  return { marks, notes, clean: answers.said.clean, fixed: answers.fixed, scores: scores.said };
}

describe("spans", () => {
  it("are marked by keys alone, survive a reload, and make room for a correction of the same answer", async () => {
    const noted = { ...spans, settings: { ...spans.settings, notes: true } };
    const questions: AskedQuestions = [noted, { name: "fixed", kind: "correction" }];
    const id = await projectAsking(admin, "Marked by keys", questions, [{ prompt: "欧盟峰会", completions: [text] }]);
    await page.goto(`/work/${id}`);
    await desk.shown();
    // Into the text, to the emoji, and what it is; then on without waiting for anything.
    await press("ArrowRight", "ArrowRight", "1", "3");
    await press("w");
    await page.keyboard.type("s7 语气");
    // Out of the field, back to what was marked, and on from there.
    await press("Escape", "ArrowRight");
    await press("ArrowRight", "ArrowRight", "Shift+ArrowRight", "2", "2");
    await press("ArrowRight", "Shift+ArrowRight", "Shift+ArrowLeft", "Shift+ArrowLeft", "3", "1");
    await page.getByRole("button", { name: "Change mark 3" }).waitFor();
    // A long way down, over the line that runs the other way, where the left arrow goes on.
    await press("End", "Home", "ArrowDown", "ArrowDown");
    await press("End", "ArrowRight", "Shift+ArrowLeft", "1", "4");
    await page.getByRole("button", { name: "Change mark 4" }).waitFor();
    await press("o", "2", "1");
    await page.getByRole("button", { name: "Change mark 5" }).waitFor();
    expect(await violations(page)).toEqual([]);
    await page.reload();
    await desk.shown();
    await page.getByRole("button", { name: "Change mark 5" }).waitFor();
    // What still lacks an answer comes into the answers.
    await press("Enter");
    await page.getByRole("button", { name: "Right as it stands" }).waitFor();
    await press("b");
    await page.getByRole("button", { name: "Change mark 1" }).waitFor();
    expect(await page.getByRole("button", { name: "Correct", exact: true }).count()).toBe(0);
    await press("b", "n");
    await page.getByText("All is answered.").waitFor();
    await press("Enter");
    const { marks, clean, fixed, scores, notes } = await sent(id);
    expect(notes).toEqual(["s7 语气"]);
    expect(marks).toEqual([
      [0, "😀", "Meaning", "major"],
      [0, "接收过程", "Style", "minor"],
      [0, "过程 of", "Grammar", "neutral"],
      [0, "مرحبا بالعالم", "Meaning", "critical"],
      [0, null, "Style", "neutral"],
    ]);
    expect({ clean, fixed, scores }).toEqual({ clean: [], fixed: { choice: "unchanged", place: 0 }, scores: [31] });
  });

  it("are marked by dragging, changed and removed with the mouse", async () => {
    const id = await projectAsking(
      admin,
      "Marked by mouse",
      [spans],
      [{ prompt: "?", completions: ["x\r\nab😀接收 cd ef"] }],
    );
    await page.goto(`/work/${id}`);
    await desk.shown();
    // Lines that end as on Windows are counted as they are stored.
    await drag(page, 5, 9);
    await page.getByText("“😀接收”: what is wrong?").waitFor();
    await page.getByRole("button", { name: "Style", exact: true }).click();
    await page.getByRole("button", { name: "major", exact: true }).click();
    await drag(page, 9, 13);
    await page.getByRole("button", { name: "Meaning", exact: true }).click();
    await page.getByRole("button", { name: "major", exact: true }).click();
    await page.getByRole("button", { name: "Change mark 1" }).click();
    await page.getByRole("button", { name: "Grammar", exact: true }).click();
    await page.getByRole("button", { name: "minor", exact: true }).click();
    await page.getByRole("button", { name: "Remove mark 2" }).click();
    await page.getByRole("button", { name: "Submit" }).click();
    expect(await sent(id)).toMatchObject({ marks: [[0, "😀接收", "Grammar", "minor"]], scores: [1] });
  });

  it("are marked by a finger that rests on a word at 390 px, and that nothing is wrong is one tap", async () => {
    const rows = [{ prompt: "?", completions: ["The 😀 reception went on", "完全没有问题的翻译"] }];
    const id = await projectAsking(admin, "Marked by finger", [spans], rows);
    const how = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true } as const;
    const phone = await arrive(product.browser, product.touchstone.url, "phone", how);
    await signIn(phone, adminLogin.email, adminLogin.password);
    await phone.page.goto(`/work/${id}`);
    const hand = new Desk(phone.page);
    const shown = await hand.shown();
    const english = shown.answers.findIndex((answer) => answer.startsWith("The"));
    const answer = (place: number) => `answer ${"AB"[place]}`;
    await rest(phone.page, english, 4);
    await phone.page.getByText("“😀”: what is wrong?").waitFor();
    const last = await pointOf(phone.page, english, 10);
    await phone.page.touchscreen.tap(last.x, last.y);
    await phone.page.getByText("“😀 reception”: what is wrong?").waitFor();
    await phone.page.getByRole("button", { name: "Meaning" }).tap();
    await phone.page.getByRole("button", { name: "critical" }).tap();
    await phone.page.getByRole("button", { name: new RegExp(`Nothing wrong.*${answer(1 - english)}`) }).tap();
    expect([await overflow(phone.page), ...(await violations(phone.page))]).toEqual([0]);
    await phone.page.getByRole("button", { name: "Submit" }).tap();
    const { marks, clean } = await sent(id, phone.page, hand);
    expect(marks).toEqual([[english, "😀 reception", "Meaning", "critical"]]);
    expect(clean).toEqual([1 - english]);
    await phone.page.context().close();
  });
});

/** Where a place of an answer's text, in UTF-16 units, lies on the screen. */
async function pointOf(on: Page, answer: number, unit: number, middle = true) {
  return on
    .locator(".selectable")
    .nth(answer)
    .evaluate(
      (box, [at, inside]) => {
        let left = Number(at);
        const texts = document.createTreeWalker(box, NodeFilter.SHOW_TEXT);
        for (let node = texts.nextNode(); node; node = texts.nextNode()) {
          const length = node.textContent?.length ?? 0;
          if (left < length) {
            const range = new Range();
            range.setStart(node, left);
            range.setEnd(node, left + 1);
            const { left: x, width, top, height } = range.getBoundingClientRect();
            return { x: x + (inside ? width / 2 : 1), y: top + height / 2 };
          }
          left -= length;
        }
        throw new Error("the text ends before that");
      },
      [unit, middle] as const,
    );
}

async function drag(on: Page, from: number, to: number): Promise<void> {
  const start = await pointOf(on, 0, from, false);
  const end = await pointOf(on, 0, to, false);
  await on.mouse.move(start.x, start.y);
  await on.mouse.down();
  await on.mouse.move(end.x, end.y, { steps: 4 });
  await on.mouse.up();
}

/** A finger that stays where it is until something is selected. */
async function rest(on: Page, answer: number, unit: number): Promise<void> {
  const { x, y } = await pointOf(on, answer, unit);
  const touch = await on.context().newCDPSession(on);
  await touch.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: [{ x, y }] });
  await on.getByText(/: what is wrong\?$/).waitFor();
  await touch.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
}
