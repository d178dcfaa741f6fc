import type { Answer, QuestionKind } from "@touchstone/contracts";
import type { Locator, Page } from "playwright-core";
import { tabTo } from "./people.ts";

/** Something on the page by its role and the name that a screen reader says, within what else is named so. */
export type Named = (page: Page) => Locator;

interface Walk {
  /** What is asked, as it is read out: a group or a region of this name, or a line that is announced. */
  readonly asks: Named;
  /** Each is reached with Tab and pressed with Enter, or typed into. */
  readonly presses: readonly (Named | readonly [Named, typed: string])[];
  /** What is said to be chosen before the last press; nothing where the first one sends it. */
  readonly chosen?: Named;
  readonly submits: boolean;
  /** How the answer is read out once it is sent. */
  readonly announced: RegExp;
  readonly saved: Answer;
}

const button =
  (name: string | RegExp, pressed?: boolean): Named =>
  (page) =>
    page.getByRole("button", { name, exact: true, ...(pressed === undefined ? {} : { pressed }) });
const inGroup =
  (group: string, name: string, pressed?: boolean): Named =>
  (page) =>
    page
      .getByRole("group", { name: group, exact: true })
      .last()
      .getByRole("button", { name, exact: true, ...(pressed === undefined ? {} : { pressed }) });
const region =
  (name: string): Named =>
  (page) =>
    page.getByRole("region", { name, exact: true });
const group =
  (name: string): Named =>
  (page) =>
    page.getByRole("group", { name, exact: true });
const field =
  (name: string): Named =>
  (page) =>
    page.getByRole("textbox", { name, exact: true });
/** One task of each kind as somebody answers it who goes by Tab, by Enter and by what is read out; all kinds, or it does not compile. */
export const byNames: { readonly [K in QuestionKind]: Walk } = {
  preference: {
    asks: group("Which answer is better?"),
    presses: [button("A better")],
    submits: false,
    announced: /^Pair \d+: A better$/,
    saved: { choice: "graded", step: 2 },
  },
  ranking: {
    asks: region("Rank the answers, the best first."),
    presses: [button(/^Rank 1 for answer B/), button(/^Rank 2 for answer C/), button(/^Rank 3 for answer A/)],
    chosen: button(/^Answer C has rank 2/),
    submits: false,
    announced: /^Task \d+: .*B.*C.*A/,
    saved: { ranks: [3, 1, 2] },
  },
  rating: {
    asks: group("How good is this answer?"),
    presses: [button("4 of 5, good")],
    submits: false,
    announced: /^Answer \d+: 4 of 5, good$/,
    saved: { choice: "rated", score: 4 },
  },
  text: {
    asks: region("What do you say to this?"),
    presses: [[field("What do you say to this?"), "It says what is true."]],
    submits: true,
    announced: /^Answer \d+: .*It says what is true\./,
    saved: { text: "It says what is true." },
  },
  correction: {
    asks: region("Correct the answer."),
    presses: [button("Right as it stands")],
    submits: false,
    announced: /^Answer \d+: /,
    saved: { choice: "unchanged", place: 0 },
  },
  demonstration: {
    asks: region("Write the answer that you would want."),
    presses: [[field("Write the answer that you would want."), "The shortest way."]],
    submits: true,
    announced: /^Answer \d+: .*The shortest way\./,
    saved: { text: "The shortest way." },
  },
  choice: {
    asks: group("Which of these fits?"),
    presses: [inGroup("Which of these fits?", "Ask back")],
    submits: false,
    announced: /^Answer \d+: Ask back$/,
    saved: { chosen: ["Ask back"] },
  },
  aspects: {
    asks: region("How good is each answer in these respects?"),
    presses: [inGroup("Truth", "4 of 5"), inGroup("Tone", "2 of 5")],
    chosen: inGroup("Truth", "4 of 5", true),
    submits: false,
    announced: /^Answer \d+: .*Truth.*4.*Tone.*2/,
    saved: { ratings: { Truth: [4], Tone: [2] } },
  },
  "best-worst": {
    asks: region("Which answer is the best, and which the worst?"),
    presses: [button("Answer A"), button("Answer C")],
    chosen: button("Answer A is the best; press to take it back", true),
    submits: false,
    announced: /^Task \d+: .*A.*C/,
    saved: { best: 0, worst: 2 },
  },
  steps: {
    asks: region("Is each step right?"),
    presses: [button("good, step 1")],
    submits: false,
    announced: /^Answer \d+: /,
    saved: { choice: "labelled", labels: ["good"] },
  },
  spans: {
    asks: region("Mark what is wrong in each answer."),
    presses: [button("Nothing wrong")],
    submits: false,
    announced: /^Answer \d+: /,
    saved: { spans: [], clean: [0] },
  },
  number: {
    asks: region("Which number fits each answer?"),
    presses: [[(page) => page.getByRole("spinbutton", { name: "Number", exact: true }), "64"]],
    chosen: (page) => page.getByRole("slider", { name: "Slider" }),
    submits: true,
    announced: /^Answer \d+: 64$/,
    saved: { values: [64] },
  },
};

/** Answers the task that is on the page. @returns once it has been said what was chosen. */
export async function answerByNames(page: Page, kind: QuestionKind): Promise<void> {
  const { asks, presses, chosen, submits, announced } = byNames[kind];
  await asks(page).first().waitFor();
  for (const one of presses) {
    const [target, typed] = typeof one === "function" ? [one, undefined] : one;
    if (chosen && !submits && one === presses.at(-1)) await chosen(page).waitFor();
    await tabTo(page, target(page));
    if (typed === undefined) await page.keyboard.press("Enter");
    else await page.keyboard.type(typed);
  }
  if (submits) {
    if (chosen) await chosen(page).waitFor();
    await tabTo(page, page.getByRole("button", { name: "Submit", exact: true }));
    await page.keyboard.press("Enter");
  }
  await page.getByRole("status").filter({ hasText: announced }).first().waitFor();
}
