import { writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { Browser, BrowserContextOptions, Locator, Page } from "playwright-core";
import { countRequests } from "./quiet.ts";

/** Nothing here waits for time to pass; this is how long a crowded machine may take over one step. */
export const patienceMs = 60_000;

/** Somebody in a browser of their own. */
export interface Person {
  readonly name: string;
  readonly page: Page;
  /** Whatever the browser complained of: script errors, refused content, failed requests. */
  readonly complaints: string[];
}

/** Opens a browser context: cookies, storage and cache are this person's alone. */
export async function arrive(browser: Browser, url: string, name: string, how: BrowserContextOptions = {}) {
  const context = await browser.newContext({
    baseURL: url,
    locale: "en",
    viewport: { width: 1280, height: 800 },
    ...how,
  });
  context.setDefaultTimeout(patienceMs);
  context.on("page", countRequests);
  const page = await context.newPage();
  const person: Person = { name, page, complaints: [] };
  page.on("pageerror", (error) => person.complaints.push(`${page.url()}: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() !== "error") return;
    const from = message.location().url;
    // The page asks who is signed in, and "nobody" is an answer; cut connections are cut on purpose; a guideline
    // that is to be read first is a refused claim.
    const words = message.text();
    const cut = /net::ERR_(INTERNET_DISCONNECTED|FAILED)/.test(words);
    const reading = from.endsWith("/claims") && words.includes("409");
    const expected = from.endsWith("/api/session") || cut || reading;
    if (!expected) person.complaints.push(`${page.url()}: ${message.text()} (${from})`);
  });
  return person;
}

/** What somebody sees now, for whoever looks into a failure: a picture and the words in tests/e2e/output/. */
export async function picture({ name, page, complaints }: Person, occasion: string): Promise<void> {
  const file = fileURLToPath(new URL(`output/${occasion}-${name}`, import.meta.url));
  await page.screenshot({ path: `${file}.png`, fullPage: true });
  const words = await page.locator("body").innerText();
  await writeFile(`${file}.txt`, `${page.url()}\n${complaints.join("\n")}\n\n${words}\n`);
}

export async function signIn({ page }: Person, email: string, password: string): Promise<void> {
  await page.goto("/sign-in");
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("heading", { level: 1, name: "Projects" }).waitFor();
}

/** Makes a link on the page for people; the form's fields by their labels. @returns its address. */
export async function makeLink({ page }: Person, kind: string, fields: Record<string, string>): Promise<string> {
  await page.goto("/people");
  const form = page.getByRole("form", { name: "New link" });
  await form.getByLabel("Kind of link").selectOption({ label: kind });
  for (const [label, value] of Object.entries(fields)) {
    const field = form.getByLabel(label);
    if ((await field.evaluate((element) => element.tagName)) === "SELECT") await field.selectOption({ label: value });
    else await field.fill(value);
  }
  await form.getByRole("button", { name: "Make link" }).click();
  return page.getByRole("textbox", { name: `Address of the link: ${kind}` }).inputValue();
}

/** Moves the focus with the Tab key alone, as somebody without a pointer does. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.waitFor();
  for (let stop = 0; stop < 60; stop++) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`The keyboard does not reach ${target}.`);
}

/** Follows a link and joins by keyboard alone, filling the fields that the link asks for. */
export async function joinByKeyboard(person: Person, address: string, fields: Record<string, string>, submit: string) {
  const { page } = person;
  await page.goto(address);
  const consent = page.getByRole("checkbox", { name: "I have read this and agree." });
  await page.getByRole("button", { name: submit }).waitFor();
  if (await consent.isVisible()) {
    await tabTo(page, consent);
    await page.keyboard.press("Space");
  }
  for (const [label, value] of Object.entries(fields)) {
    await tabTo(page, page.getByRole("textbox", { name: label }));
    await page.keyboard.type(value);
  }
  await tabTo(page, page.getByRole("button", { name: submit }));
  await page.keyboard.press("Enter");
}

/** From the annotator's home to the workbench of a project. */
export async function openWorkByKeyboard({ page }: Person, project: string): Promise<void> {
  await page.getByRole("heading", { level: 1, name: "Your work" }).waitFor();
  await tabTo(page, page.getByRole("link", { name: new RegExp(`^(Start|Continue).*${project}$`) }));
  await page.keyboard.press("Enter");
}

/** Says that a guideline has been read, as it stands in the place of the next task. */
export async function readByKeyboard(page: Page): Promise<void> {
  await tabTo(page, page.getByRole("button", { name: "I have read it" }));
  await page.keyboard.press("Enter");
}
