import type { Page } from "playwright-core";
import { vi } from "vitest";
import { patienceMs } from "./people.ts";

/** What stood on the screen: the answers from left to right. One answer is to be rated, two are to be compared. */
export interface Shown {
  readonly prompt: string;
  readonly answers: readonly string[];
}

/** A key that was pressed over what was shown. */
export interface Click extends Shown {
  readonly key: string;
  readonly comment: string;
}

export const sameTask = (one: Shown, other: Shown) =>
  JSON.stringify([one.prompt, one.answers]) === JSON.stringify([other.prompt, other.answers]);

/** The workbench under somebody's fingers: keys only, and a log of what was pressed over what. */
export class Desk {
  readonly page: Page;
  /** What stands: taken back judgements are gone from it. */
  readonly clicks: Click[] = [];
  readonly skipped: Shown[] = [];
  /** Every text that was on the screen while a task was, and every answer of the API about tasks. */
  readonly seen: string[] = [];
  #comment = "";
  #skippedWith = "";

  constructor(page: Page) {
    this.page = page;
    page.on("response", (response) => {
      if (!/\/api\/(work|leases|judgements)/.test(response.url())) return;
      // A response may be gone with its page before it is read; what matters was shown on the page too.
      void response.text().then(
        (text) => this.seen.push(text),
        () => undefined,
      );
    });
  }

  /** Waits for a task on the screen whose keys answer: nobody judges what has only just appeared. */
  async shown(): Promise<Shown> {
    const shown = await this.#settle((state) => state !== "rest");
    if (shown === "rest") throw new Error("No task is left.");
    return shown;
  }

  /** Whether a task is there, once it is clear. */
  async hasTask(): Promise<boolean> {
    return (await this.#settle(() => true)) !== "rest";
  }

  async choose(key: string): Promise<Shown> {
    const shown = await this.shown();
    this.clicks.push({ ...shown, key, comment: this.#comment });
    await this.page.keyboard.press(key);
    this.#comment = "";
    await this.#leave(shown);
    return shown;
  }

  async skip(): Promise<Shown> {
    const shown = await this.shown();
    this.skipped.push(shown);
    await this.page.keyboard.press("s");
    this.#skippedWith = this.#comment;
    this.#comment = "";
    await this.#leave(shown);
    return shown;
  }

  /** Takes the last skip back; resolves with what stands on the screen then. */
  async undoSkip(): Promise<Shown> {
    const last = this.skipped.pop();
    if (!last) throw new Error("Nothing was skipped yet.");
    this.#comment = this.#skippedWith;
    await this.saved();
    await this.hasTask();
    await this.page.keyboard.press("z");
    await this.#settle((state) => state !== "rest" && sameTask(state, last));
    return this.shown();
  }

  /** Takes the last choice back; resolves with what stands on the screen then. */
  async undo(): Promise<Shown> {
    const last = this.clicks.pop();
    if (!last) throw new Error("Nothing was chosen yet.");
    this.#comment = last.comment;
    await this.saved();
    await this.hasTask();
    await this.page.keyboard.press("z");
    await this.#settle((state) => state !== "rest" && sameTask(state, last));
    return this.shown();
  }

  /** Flags the task and says why, without a pointer. */
  async flag(comment: string): Promise<void> {
    await this.shown();
    await this.page.keyboard.press("f");
    await this.page.keyboard.type(comment);
    await this.page.keyboard.press("Enter");
    this.#comment = comment;
  }

  /** Until nothing waits to be sent. */
  async saved(): Promise<void> {
    await this.page.getByText("Saved", { exact: true }).waitFor();
  }

  /** Until none is left: one key after the other, as `key` decides from what is shown. */
  async finish(key: (shown: Shown, turn: number) => string): Promise<void> {
    for (let turn = 0; await this.hasTask(); turn++) await this.choose(key(await this.shown(), turn));
    await this.page.getByText("No task is left for you here.").waitFor();
    await this.saved();
  }

  async #leave(shown: Shown): Promise<void> {
    await this.#settle((state) => state === "rest" || !sameTask(state, shown));
  }

  async #settle(wanted: (state: Shown | "rest") => boolean): Promise<Shown | "rest"> {
    return vi.waitUntil(
      async () => {
        const state = await this.#look();
        // As people do when they are told to scroll until they have seen the answers.
        if (state === "unseen") await this.page.mouse.wheel(0, 200);
        if (state === "unseen") return false;
        return state !== null && wanted(state) ? state : false;
      },
      { timeout: patienceMs, interval: 25 },
    );
  }

  /** All in one look, so that no two tasks are mixed. Null while the screen is between two states. */
  async #look(): Promise<Shown | "rest" | "unseen" | null> {
    const { state, text } = await this.page.evaluate(() => {
      // Every word, also of headings, list lines and cells; a new line for each block that holds words of its own.
      const whole = (root: Element | null) => {
        const lines = new Map<Element | null, string>();
        const words = document.createTreeWalker(root ?? document.createElement("i"), NodeFilter.SHOW_TEXT);
        for (let node = words.nextNode(); node; node = words.nextNode()) {
          const block = node.parentElement?.closest("p, pre, h1, h2, h3, h4, h5, h6, li, td, th") ?? null;
          if (block || node.textContent?.trim()) lines.set(block, (lines.get(block) ?? "") + node.textContent);
        }
        return [...lines.values()].join("\n");
      };
      const prompt = whole(document.querySelector(".workbench-prompt .reading"));
      const answers = [...document.querySelectorAll("article .reading")].map(whole);
      const asleep = document.querySelector<HTMLElement>("[data-asleep]")?.dataset.asleep;
      const atRest = /No task is left for you here|You are offline/.test(
        document.querySelector("main")?.textContent ?? "",
      );
      const text = document.body.innerText;
      if (asleep === "moment") return { state: null, text };
      if (asleep === "unseen") return { state: "unseen" as const, text };
      if (atRest) return { state: "rest" as const, text };
      return { state: prompt === "" ? null : { prompt, answers }, text };
    });
    if (this.seen.at(-1) !== text) this.seen.push(text);
    return state;
  }
}
