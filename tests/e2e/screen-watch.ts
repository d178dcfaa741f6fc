import type { Page } from "playwright-core";

/** How long a task stood on the screen before another took its place. Times of one document's clock. */
export interface Glimpse {
  readonly text: string;
  /** Null when it was gone before it was painted. */
  readonly paintedAt: number | null;
  readonly goneAt: number;
  /** Another window took the desk over: the task went, and nobody did anything about it here. */
  readonly takenOver: boolean;
}

/**
 * Watches which task is on the screen, from outside the product's own code: the list grows by each task that another one
 * took the place of. A task that a reload took away is no glimpse, since nobody acted on it.
 */
export async function watchScreen(page: Page): Promise<readonly Glimpse[]> {
  const glimpses: Glimpse[] = [];
  await page.exposeFunction("reportGlimpse", (glimpse: Glimpse) => {
    const known = glimpses.findIndex(({ text, goneAt }) => text === glimpse.text && goneAt === glimpse.goneAt);
    if (known < 0) glimpses.push(glimpse);
    else glimpses[known] = glimpse;
  });
  await page.addInitScript(() => {
    const report: unknown = Reflect.get(window, "reportGlimpse");
    let text = "";
    let paintedAt: number | null = null;
    let gone: Omit<Glimpse, "takenOver"> | null = null;
    const tell = (takenOver: boolean): void => {
      if (gone && typeof report === "function") report({ ...gone, takenOver });
    };
    const look = (): void => {
      const now = document.querySelector(".workbench-prompt .reading")?.textContent ?? "";
      const takenOver =
        document.querySelector("main")?.textContent?.includes("already open in another window") === true;
      // What says so is fetched then, and may come a moment after the task went.
      if (takenOver) tell(true);
      if (now === text) return;
      gone = text === "" ? null : { text, paintedAt, goneAt: performance.now() };
      tell(takenOver);
      text = now;
      paintedAt = null;
      if (now === "") return;
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        if (text === now) paintedAt = performance.now();
      };
      requestAnimationFrame(() => port2.postMessage(null));
    };
    new MutationObserver(look).observe(document, { subtree: true, childList: true, characterData: true });
  });
  return glimpses;
}
