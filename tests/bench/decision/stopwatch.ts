import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";

const pageScript = fileURLToPath(new URL("page-stopwatch.js", import.meta.url));
/** No paint in this time is no slow paint, but none. */
const paintedWithinMs = 20_000;

/**
 * Measures on the page, from outside the product's own code: from the moment that the browser was given a key to the
 * end of the frame that shows another prompt. Ask for it before the page is opened.
 *
 * @returns presses the key, and resolves with the milliseconds.
 */
export async function stopwatch(page: Page): Promise<(key: string) => Promise<number>> {
  let told: (milliseconds: number) => void = () => {};
  await page.exposeFunction("reportPainted", (milliseconds: number) => told(milliseconds));
  await page.addInitScript({ path: pageScript });
  return async (key) => {
    const painted = new Promise<number>((resolve) => {
      told = resolve;
    });
    await page.keyboard.press(key);
    const none = sleep(paintedWithinMs, null, { ref: false });
    const milliseconds = await Promise.race([painted, none]);
    if (milliseconds === null) throw new Error(`The key ${key} brought no other task to ${page.url()}.`);
    return milliseconds;
  };
}
