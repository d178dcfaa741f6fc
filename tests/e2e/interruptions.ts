import type { Page } from "playwright-core";
import { expect, vi } from "vitest";
import { type Desk, sameTask } from "./desk.ts";
import { patienceMs } from "./people.ts";

/** An undo, a skip, a reload in the middle of a comment and a cut connection, one after the other. */
export async function undoSkipReloadAndCut(desk: Desk): Promise<void> {
  const { page } = desk;
  const undone = await desk.choose("1");
  expect(sameTask(await desk.undo(), undone)).toBe(true);
  const before = undone.answers.length === 1 ? "1 of 5, bad" : "A much better";
  await page.getByText(`You chose “${before}” before.`).waitFor();
  await desk.choose("5");

  await desk.flag("Not fit to be read");
  const skipped = await desk.skip();
  await page.getByText("Skipped. Undo brings it back.").waitFor();
  expect(sameTask(await desk.undoSkip(), skipped)).toBe(true);
  expect(await page.getByRole("textbox", { name: "What is wrong?" }).inputValue()).toBe("Not fit to be read");
  await desk.skip();
  await desk.saved();

  await desk.flag("Both break off");
  const flagged = await desk.shown();
  await draftKept(page, "Both break off");
  await page.reload();
  expect(sameTask(await desk.shown(), flagged)).toBe(true);
  expect(await page.getByRole("textbox", { name: "What is wrong?" }).inputValue()).toBe("Both break off");
  await desk.choose("2");
  await desk.saved();

  await page.context().setOffline(true);
  let kept = 0;
  while (await desk.hasTask()) {
    await desk.choose("3");
    kept += 1;
  }
  expect(kept).toBeGreaterThan(0);
  await page.getByText(`Offline, ${kept} kept here`).waitFor();
  await page.context().setOffline(false);
  await desk.saved();
}

/** An answer that the server never received, kept over a reload of the page. */
export async function reloadWithUnsentAnswer(desk: Desk): Promise<void> {
  const { page } = desk;
  await page.route("**/api/judgements", (route) => route.abort());
  await desk.choose("2");
  await page.getByText("Offline, 1 kept here").waitFor();
  await page.reload();
  await page.getByText("Offline, 1 kept here").waitFor();
  await page.unroute("**/api/judgements");
  await page.getByRole("button", { name: "Offline, 1 kept here" }).press("Enter");
  await desk.saved();
}

/** Browsers write to their database when they like; a reload at once would test the browser and not the page. */
async function draftKept(page: Page, comment: string): Promise<void> {
  await vi.waitUntil(
    () =>
      page.evaluate(
        (wanted) =>
          new Promise<boolean>((resolve) => {
            const opening = indexedDB.open("touchstone-workbench");
            opening.onsuccess = () => {
              const reading = opening.result.transaction("drafts").objectStore("drafts").getAll();
              reading.onsuccess = () => {
                opening.result.close();
                resolve(JSON.stringify(reading.result).includes(wanted));
              };
            };
          }),
        comment,
      ),
    { timeout: patienceMs, interval: 50 },
  );
}
