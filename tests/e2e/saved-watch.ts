import type { Page } from "playwright-core";

/** What stands on the screen of a desk at one moment, as a person reads it. */
interface Sight {
  /** Of the task; empty where there is none. */
  readonly prompt: string;
  /** The answer in one line that was given last, with its number: "Pair 3: A better". Empty where something else is told. */
  readonly last: string;
  /** Whether nothing waits to be sent. */
  readonly saved: boolean;
  /** What was typed into the fields of the task. */
  readonly typed: readonly string[];
}

/** What somebody saw: which answer of theirs to which prompt was said to be saved. */
export interface Seen {
  /** The answer in one line, without its number. */
  readonly words: string;
  readonly typed: readonly string[];
}

/**
 * Remembers what a person has seen as saved. It knows nothing but the screen: before and after each act it looks, and an
 * answer that the page names while it says "Saved" is one that must never be lost from then on, until it is undone.
 */
export class SavedWatch {
  readonly saved = new Map<string, Seen>();
  /** All that was ever in `saved`, also what was undone or corrected since. */
  readonly ever: (Seen & { readonly prompt: string })[] = [];
  /** How many earlier answers were said otherwise. */
  corrections = 0;
  /** Named by a page that was still sending. */
  readonly #named = new Map<string, Seen>();

  /** One act of the person, and what it came to. */
  async during(page: Page, act: () => Promise<void>): Promise<void> {
    const before = await settledSight(page);
    // What stands there is still to be said: an undo may have taken longer than the act that asked for it.
    if (before.prompt !== "") this.#forget(before.prompt);
    await act();
    const after = await settledSight(page);
    // An undone task stands there again.
    if (after.prompt !== "") this.#forget(after.prompt);
    if (after.last !== "" && after.last !== before.last && before.prompt !== "" && after.prompt !== before.prompt) {
      this.#named.set(before.prompt, { words: after.last.replace(/^\S+ [\d,]+: /, ""), typed: before.typed });
    }
    if (after.saved) this.#keep();
  }

  /** What the list says that they say now of a task that they had judged before. */
  async corrected(page: Page, prompt: string, words: string): Promise<void> {
    this.corrections++;
    this.#named.set(prompt, { words, typed: [] });
    if ((await settledSight(page)).saved) this.#keep();
  }

  /** They said otherwise of a task, and left before the page told what it came to. */
  leftUntold(prompt: string): void {
    this.#forget(prompt);
  }

  /** The person sees that nothing waits any more. */
  allSaved(): void {
    this.#keep();
  }

  #keep(): void {
    for (const [prompt, seen] of this.#named) {
      this.saved.set(prompt, seen);
      this.ever.push({ prompt, ...seen });
    }
    this.#named.clear();
  }

  #forget(prompt: string): void {
    this.saved.delete(prompt);
    this.#named.delete(prompt);
  }
}

/** Once the screen stays as it is for a moment: a task leaves a little after its key. */
async function settledSight(page: Page): Promise<Sight> {
  let before = JSON.stringify(await look(page));
  for (;;) {
    await page.waitForTimeout(120);
    const now = await look(page);
    if (JSON.stringify(now) === before) return now;
    before = JSON.stringify(now);
  }
}

const look = (page: Page): Promise<Sight> =>
  page.evaluate(() => {
    const words = (selector: string) => document.querySelector(selector)?.textContent?.trim() ?? "";
    const fields = [...document.querySelectorAll<HTMLTextAreaElement>("textarea.writing-field")];
    const last = words(".workbench-last [role=status] > span:first-child");
    return {
      prompt: words(".workbench-prompt .reading"),
      last: /^\S+ [\d,]+: /.test(last) ? last : "",
      saved: document.querySelector("[data-outbox=saved]") !== null,
      typed: fields.map(({ value }) => value).filter((value) => value !== ""),
    };
  });
