import type { Client } from "@touchstone/api-client";
import { type MediaRef, ProjectDraft } from "@touchstone/contracts";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { png, wav } from "../harness/made-media.ts";
import type { Desk } from "./desk.ts";
import { adminLogin } from "./filled-workspace.ts";
import { overflow, violations } from "./inspect-page.ts";
import { openDesk } from "./open-desk.ts";
import { arrive, type Person, patienceMs, picture, signIn } from "./people.ts";
import { jsonLines } from "./practice-files.ts";
import type { SharedProduct } from "./product.ts";

let product: SharedProduct;
let admin: Client;
let person: Person;
let page: Page;
let desk: Desk;
beforeAll(async () => {
  ({ product, admin, person, page, desk } = await openDesk());
}, 240_000);
afterAll(() => product?.close());
afterEach(({ task }) =>
  task.result?.state === "fail" ? picture(person, `media ${task.name.slice(0, 20)}`) : undefined,
);

/** A name that would run where it is taken for markup. */
const hostile = `"><img src=x onerror="document.title='run'">.png`;
const files = {
  "warm.png": png(640, 480, [210, 120, 40]),
  "cold.png": png(480, 640, [40, 90, 200]),
  [hostile]: png(320, 200, [90, 160, 90]),
  "low.wav": wav(8, 220),
  "high.wav": wav(8, 660),
};
const uploaded = Object.entries(files).map(([name, buffer]) => ({
  name,
  mimeType: name.endsWith(".wav") ? "audio/wav" : "image/png",
  buffer,
}));
const pictures = { prompt: "Which picture is warmer?", media: [hostile], completions: ["warm.png", "cold.png"] };
const sounds = { prompt: "Which sound is deeper?", completions: ["low.wav", "high.wav"] };

/** A fresh project with the files, and a row in it. @returns its id. */
async function projectOf(rows: readonly object[]): Promise<string> {
  const body = ProjectDraft.parse({
    name: "By eye and ear",
    guideline: "Trust your senses.",
    mustRead: false,
    overlap: 1,
  });
  const { id } = await admin.createProject({ body });
  for (const [name, file] of Object.entries(files)) {
    const upload = { body: new Blob([new Uint8Array(file)]), contentType: "application/octet-stream" } as const;
    await admin.uploadMedia({ params: { id }, query: { name }, upload });
  }
  const upload = { body: new Blob([new Uint8Array(jsonLines(rows))]), contentType: "application/x-ndjson" } as const;
  await admin.importRows({ params: { id }, query: { format: "prompts", open: "true" }, upload });
  return id;
}

const zoom = (of: Page) => of.locator("dialog.zoom-layer");
/** Of each picture among the answers: whether it is there, and the room that it takes. */
const shownPictures = (of: Page) =>
  of.evaluate(() =>
    [...document.querySelectorAll<HTMLImageElement>("[data-answer] .media-image img")].map((one) => ({
      loaded: one.complete && one.naturalWidth > 0,
      ratio: Number((one.getBoundingClientRect().width / one.getBoundingClientRect().height).toFixed(2)),
      natural: Number((one.naturalWidth / one.naturalHeight).toFixed(2)),
      within: one.getBoundingClientRect().right <= window.innerWidth,
    })),
  );
const playing = (of: Page) =>
  of.evaluate(() => [...document.querySelectorAll("audio")].map(({ paused }) => (paused ? "–" : "plays")).join(" "));
/** The type and content of the answer that a project's one comparison prefers, by its export. */
async function preferred(id: string): Promise<MediaRef & { path: string }> {
  const response = await admin.exportRows({ params: { id }, query: { format: "trl-preference" } });
  const row = JSON.parse(await response.text());
  return row.chosen[0].media[0];
}
async function bytesAt(path: string): Promise<Buffer> {
  return (await page.request.get(path)).body();
}

describe("pictures and sounds", () => {
  it("come in beside the rows that name them, whatever they are called, and lies are refused by name", async () => {
    const body = ProjectDraft.parse({
      name: "Brought in",
      guideline: "Trust your senses.",
      mustRead: false,
      overlap: 1,
    });
    const { id } = await admin.createProject({ body });
    await page.goto(`/projects/${id}/import`);
    const rows = { name: "rows.jsonl", mimeType: "application/x-ndjson", buffer: jsonLines([pictures, sounds]) };
    const lie = { name: "page.png", mimeType: "image/png", buffer: Buffer.from("<html><script>1</script></html>") };
    await page.locator("input[type=file]").setInputFiles([rows, lie, ...uploaded]);
    await page.getByText("5 pictures and sounds are here").waitFor();
    await page.getByText("“page.png” is no picture or sound that can be shown here").waitFor();
    const receipt = page.getByRole("form", { name: "Receipt" });
    await receipt.getByText("5 pictures and sounds are shown.").waitFor();
    // The first rows are folded away under the tasks that come of them.
    await receipt.getByText(`[${hostile}]`, { exact: true }).waitFor({ state: "attached" });
    expect(await violations(page)).toEqual([]);
    await receipt.getByRole("button", { name: "Import" }).click();
    await receipt.getByRole("status").filter({ hasText: "2 tasks" }).waitFor();
    expect(await page.title()).not.toBe("run");
  });

  it("of which two pictures stand side by side in room of their own, are enlarged, and judged by keyboard", async () => {
    const id = await projectOf([pictures, { ...pictures, prompt: "And which of these?" }]);
    const asked: string[] = [];
    page.on("request", (request) => asked.push(new URL(request.url()).pathname));
    await page.goto(`/work/${id}`);
    await desk.shown();
    await expect
      .poll(() => shownPictures(page), { timeout: patienceMs })
      .toMatchObject([{ loaded: true }, { loaded: true }]);
    for (const one of await shownPictures(page)) expect(one).toMatchObject({ ratio: one.natural, within: true });
    expect(await violations(page)).toEqual([]);
    expect(await page.locator("body").innerText()).not.toContain("warm.png");

    await page.keyboard.press("v");
    await zoom(page).waitFor();
    const share = () => zoom(page).locator("output").innerText();
    // It is known once the picture's own size is.
    await expect.poll(share).not.toBe("");
    const whole = await share();
    await page.keyboard.press("+");
    await expect.poll(share).not.toBe(whole);
    await page.keyboard.press("ArrowRight");
    // What lies below the glass hears no key.
    await page.keyboard.press("1");
    await page.keyboard.press("0");
    await expect.poll(share).toBe(whole);
    await page.mouse.move(300, 300);
    await page.mouse.wheel(0, -300);
    await expect.poll(share).not.toBe(whole);
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await zoom(page).waitFor({ state: "detached" });
    expect((await admin.listJudgements({ params: { id }, query: {} })).items).toEqual([]);

    const warmIsFirst = (await shownPictures(page))[0]?.natural === 1.33;
    await desk.choose(warmIsFirst ? "1" : "7");
    await desk.shown();
    // The same files: they were there before the task was.
    expect(await shownPictures(page)).toMatchObject([{ loaded: true }, { loaded: true }]);
    await desk.saved();
    const chosen = await preferred(id);
    expect(chosen).toMatchObject({ name: "warm.png", type: "image/png", width: 640, height: 480 });
    expect((await bytesAt(chosen.path)).equals(files["warm.png"])).toBe(true);
    const [judged] = (await admin.listJudgements({ params: { id }, query: {} })).items;
    await page.goto(`/judgements/${judged?.id}`);
    await page.locator(".media-image img").nth(2).waitFor();
    expect(await violations(page)).toEqual([]);
    expect(await page.title()).not.toBe("run");
  });

  it("of which sounds are played one at a time, sought in and judged by keyboard alone", async () => {
    const id = await projectOf([sounds]);
    await page.goto(`/work/${id}`);
    await desk.shown();
    await page.getByRole("button", { name: "Play: Sound" }).nth(1).waitFor();
    await page.keyboard.press("p");
    await expect.poll(() => playing(page), { timeout: patienceMs }).toBe("plays –");
    await page.keyboard.press("o");
    await expect.poll(() => playing(page), { timeout: patienceMs }).toBe("– plays");
    const at = () => page.evaluate(() => document.querySelectorAll("audio")[1]?.currentTime ?? 0);
    await page.keyboard.press("]");
    await expect.poll(at).toBeGreaterThanOrEqual(5);
    await page.keyboard.press("[");
    await expect.poll(at).toBeLessThan(4);
    await page.keyboard.press("p");
    await expect.poll(() => playing(page)).toBe("– –");
    expect(await violations(page)).toEqual([]);
    const [task] = (await admin.claimTasks({ params: { id }, body: { count: 1 } })).tasks;
    const lowIsFirst = (await bytesAt(`/api/media/${task?.completions[0]?.media?.[0]?.id}`)).equals(files["low.wav"]);
    await desk.choose(lowIsFirst ? "1" : "7");
    await desk.saved();
    expect(await preferred(id)).toMatchObject({ name: "low.wav", kind: "audio", seconds: 8 });
  });

  it("are judged by touch at 390 px, where a picture is pinched open", async () => {
    const [seen, heard] = [await projectOf([pictures]), await projectOf([sounds])];
    const phone = await arrive(product.browser, product.touchstone.url, "phone", {
      viewport: { width: 390, height: 844 },
      hasTouch: true,
      isMobile: true,
    });
    await signIn(phone, adminLogin.email, adminLogin.password);
    const hand = phone.page;
    await hand.goto(`/work/${seen}`);
    await expect.poll(() => shownPictures(hand), { timeout: patienceMs }).toMatchObject([{ loaded: true }, {}]);
    expect(await overflow(hand)).toBe(0);
    await hand.locator("[data-answer='0'] .media-image").tap();
    await zoom(hand).waitFor();
    await zoom(hand).getByRole("button", { name: "Larger" }).tap();
    expect(await violations(hand)).toEqual([]);
    await zoom(hand).getByRole("button", { name: "Close" }).tap();
    await zoom(hand).waitFor({ state: "detached" });
    const warmIsFirst = (await shownPictures(hand))[0]?.natural === 1.33;
    await hand
      .locator(".workbench-foot")
      .getByRole("button")
      .nth(warmIsFirst ? 0 : 6)
      .tap();
    await hand.getByText("No task is left for you here.").waitFor();
    await hand.getByText("Saved").waitFor();
    expect(await preferred(seen)).toMatchObject({ name: "warm.png" });

    await hand.goto(`/work/${heard}`);
    await hand.getByRole("button", { name: "Play: Sound" }).first().tap();
    await expect.poll(() => playing(hand), { timeout: patienceMs }).toBe("plays –");
    await hand.getByRole("button", { name: "Pause: Sound" }).tap();
    await expect.poll(() => playing(hand)).toBe("– –");
    expect(await overflow(hand)).toBe(0);
    expect(phone.complaints).toEqual([]);
    expect(person.complaints.filter((one) => !one.includes("422"))).toEqual([]);
  });
});
