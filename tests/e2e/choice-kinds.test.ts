import type { Client } from "@touchstone/api-client";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { type AskedQuestions, projectAsking, rowsOf } from "./asking.ts";
import { answerByNames, byNames } from "./by-names.ts";
import { Desk } from "./desk.ts";
import { kindOf, projectOfEveryKind } from "./every-kind.ts";
import { adminLogin } from "./filled-workspace.ts";
import { violations } from "./inspect-page.ts";
import { judgedOf, openDesk } from "./open-desk.ts";
import { arrive, type Person, picture, signIn } from "./people.ts";
import type { SharedProduct } from "./product.ts";

const Row = z.object({ answers: z.record(z.string(), z.unknown()) });

let product: SharedProduct;
let admin: Client;
let person: Person;
let page: Page;
let desk: Desk;
beforeAll(async () => {
  ({ product, admin, person, page, desk } = await openDesk());
});
afterAll(async () => product?.close());
afterEach(({ task }) => (task.result?.state === "fail" ? picture(person, "choice-kinds") : undefined));

type Asked = AskedQuestions[number];
const aspects: Asked = { name: "said", kind: "aspects", settings: { aspects: ["Truth", "Tone"], steps: 7 } };
const bestWorst: Asked = { name: "said", kind: "best-worst" };
const number: Asked = { name: "said", kind: "number", settings: { max: 1, step: 0.1 } };
const one: Asked = { name: "said", kind: "choice", settings: { options: ["Ask back", "Answer", "Refuse"] } };
const several: Asked = { ...one, settings: { ...one.settings, multiple: true, most: 2 } };

async function open(id: string): Promise<void> {
  await page.goto(`/work/${id}`);
  await desk.shown();
}

const press = async (...keys: string[]) => {
  for (const key of keys) await page.keyboard.press(key);
};
const inFocus = (on: Page) => on.evaluate(() => document.activeElement?.getAttribute("aria-label"));

/** The one answer of a project that has one task, once it is judged. */
async function sent(id: string, on = page, at = desk): Promise<unknown> {
  await on.getByText("No task is left for you here.").waitFor();
  await at.saved();
  const lines = (await (await on.request.get(`/api/projects/${id}/exports?format=judgements`)).text())
    .trim()
    .split("\n");
  expect(lines).toHaveLength(1);
  return Row.parse(JSON.parse(lines[0] ?? "")).answers.said;
}

describe("by Tab, Enter and the names that are read out", () => {
  it("a task of each kind is asked, answered, told of and saved", async () => {
    const id = await projectOfEveryKind(admin, 1);
    await admin.changeProject({ params: { id }, body: { repeatShare: 0 } });
    await page.goto(`/work/${id}`);
    const expected: Record<string, unknown> = {};
    for (let left = Object.keys(byNames).length; left > 0; left--) {
      await desk.shown();
      const kind = kindOf(
        await page.getByRole("region", { name: "Prompt" }).getByRole("paragraph").first().innerText(),
      );
      if (!kind) throw new Error("The task does not say of which kind it is.");
      for (const answer of await page.getByRole("article", { name: /^Answer( [A-I])?$/ }).all()) await answer.focus();
      await answerByNames(page, kind);
      expected[kind] = byNames[kind].saved;
    }
    await page.getByText("No task is left for you here.").waitFor();
    await page.getByRole("status").filter({ hasText: "Saved" }).waitFor();
    const judged = (await judgedOf(admin, id)).map(({ answers, prompt }) => [
      kindOf(prompt.messages[0]?.content ?? null),
      answers?.said,
    ]);
    expect(Object.fromEntries(judged)).toEqual(expected);
  });
});

describe("by keys alone", () => {
  it("a digit is a choice, and sends it", async () => {
    const id = await projectAsking(admin, "One choice", [one], rowsOf(1, 2));
    await open(id);
    await press("2");
    expect(await sent(id)).toEqual({ chosen: ["Answer"] });
  });

  it("of several options digits come and go, survive a reload, and Enter sends them", async () => {
    const id = await projectAsking(admin, "Several choices", [several], rowsOf(1, 2));
    await open(id);
    await press("3", "1", "2");
    await page.getByText("Take one back to choose another.").waitFor();
    await press("3");
    await page.reload();
    await desk.shown();
    await page.getByText("1 chosen; choose 1 to 2.").waitFor();
    await press("2", "Enter");
    expect(await sent(id)).toEqual({ chosen: ["Ask back", "Answer"] });
  });

  it("digits rate cell after cell, and the focus goes along", async () => {
    const id = await projectAsking(admin, "Aspects", [aspects], rowsOf(1, 2));
    await open(id);
    await press("7");
    expect(await inFocus(page)).toBe("Truth, answer B");
    await press("1");
    expect(await inFocus(page)).toBe("Tone, answer A");
    await page.getByRole("group", { name: "Truth, answer A" }).focus();
    await press("6");
    expect(await inFocus(page)).toBe("Tone, answer A");
    await press("4", "5");
    expect(await sent(id)).toEqual({ ratings: { Truth: [6, 1], Tone: [4, 5] } });
  });

  it("two digits are the best and the worst", async () => {
    const id = await projectAsking(admin, "Best and worst", [bestWorst], rowsOf(1, 4));
    await open(id);
    await press("1", "1", "3");
    await page.getByText("Now the worst answer.").waitFor();
    await press("2");
    expect(await sent(id)).toEqual({ best: 2, worst: 1 });
  });

  it("a digit goes to a number, Enter to the next, and from the last it sends", async () => {
    const id = await projectAsking(admin, "Numbers", [number], rowsOf(1, 2));
    await open(id);
    await press("2");
    await page.keyboard.type("0.25");
    await page.getByText("Use a number from 0 to 1, in steps of 0.1.").waitFor();
    await press("Backspace", "Enter");
    expect(await inFocus(page)).toBe("Number for answer A");
    await page.keyboard.type("1");
    await press("Enter");
    expect(await sent(id)).toEqual({ values: [1, 0.2] });
  });
});

const solution = ["3 × 4 = 12.", "12 − 5 = 8.", "So **8** are left."];
const solved = [
  { prompt: "Three boxes of four, five are eaten: how many are left?", completions: [solution.join("\n\n")] },
];

describe("the steps of an answer", () => {
  it("get a digit each, and the focus goes along; arrows go back, and a reload keeps what was said", async () => {
    const id = await projectAsking(admin, "Steps", [{ name: "said", kind: "steps" }], solved);
    await open(id);
    await press("1", "1");
    expect(await inFocus(page)).toBe("Step 3");
    await press("ArrowUp", "3");
    await page.getByText("2 of 3 steps labelled.").waitFor();
    await page.reload();
    await desk.shown();
    await page.getByText("2 of 3 steps labelled.").waitFor();
    expect(await violations(page)).toEqual([]);
    await press("2");
    expect(await sent(id)).toEqual({ choice: "labelled", labels: ["good", "bad", "neutral"] });
  });

  it("up to the first that is wrong are right, and one key says which it is", async () => {
    const first = { name: "said", kind: "steps", settings: { firstError: true } } as const;
    const id = await projectAsking(admin, "First error", [first], solved);
    await open(id);
    await press("1", "2");
    expect(await sent(id)).toEqual({ choice: "first-error", step: 1 });
  });
});

describe("with a finger at 390 px", () => {
  async function onPhone(id: string) {
    const how = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true } as const;
    const phone = await arrive(product.browser, product.touchstone.url, `phone of ${id}`, how);
    await signIn(phone, adminLogin.email, adminLogin.password);
    await phone.page.goto(`/work/${id}`);
    const hand = { page: phone.page, desk: new Desk(phone.page) };
    await hand.desk.shown();
    return hand;
  }

  /** Every button is as large as a fingertip and none is out of the window. */
  async function fits(on: Page): Promise<void> {
    for (const button of await on.locator(".pick-button").all()) {
      const box = await button.boundingBox();
      expect(box?.width).toBeGreaterThanOrEqual(44);
      expect(box?.height).toBeGreaterThanOrEqual(44);
      expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(390);
    }
  }

  it("seven scores stand in a line, and taps rate", async () => {
    const id = await projectAsking(admin, "Aspects by finger", [aspects], rowsOf(1, 2));
    const hand = await onPhone(id);
    await fits(hand.page);
    for (const [cell, score] of [
      ["Tone, answer B", 2],
      ["Truth, answer A", 7],
      ["Truth, answer B", 1],
      ["Tone, answer A", 4],
    ] as const) {
      await hand.page
        .getByRole("group", { name: cell })
        .getByRole("button", { name: `${score} of 7` })
        .tap();
    }
    expect(await sent(id, hand.page, hand.desk)).toEqual({ ratings: { Truth: [7, 1], Tone: [4, 2] } });
    await hand.page.context().close();
  });

  it("the best and the worst are two taps under the thumbs", async () => {
    const id = await projectAsking(admin, "Best by finger", [bestWorst], rowsOf(1, 4));
    const hand = await onPhone(id);
    await fits(hand.page);
    await hand.page.getByRole("button", { name: "Answer D" }).tap();
    await hand.page.getByRole("button", { name: "Answer A" }).tap();
    expect(await sent(id, hand.page, hand.desk)).toEqual({ best: 3, worst: 0 });
    await hand.page.context().close();
  });

  it("a step is labelled by a tap", async () => {
    const id = await projectAsking(admin, "Steps by finger", [{ name: "said", kind: "steps" }], solved);
    const hand = await onPhone(id);
    await fits(hand.page);
    for (const name of ["good, step 1", "bad, step 2", "neutral, step 3"]) {
      await hand.page.getByRole("button", { name }).tap();
    }
    expect(await sent(id, hand.page, hand.desk)).toEqual({ choice: "labelled", labels: ["good", "bad", "neutral"] });
    await hand.page.context().close();
  });

  it("a slider gives a number, also where its handle stands already", async () => {
    const id = await projectAsking(admin, "Numbers by finger", [number], rowsOf(1, 1));
    const hand = await onPhone(id);
    await hand.page.getByRole("slider").tap();
    await hand.page.getByRole("button", { name: "Submit" }).tap();
    expect(await sent(id, hand.page, hand.desk)).toEqual({ values: [0.5] });
    await hand.page.context().close();
  });
});
