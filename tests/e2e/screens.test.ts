import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { adminLogin, annotatorLogin, endpointKey, fillWorkspace } from "./filled-workspace.ts";
import {
  overflow,
  rawMessages,
  untranslated,
  violations,
  wordsInTabularFigures,
  wrongPlurals,
} from "./inspect-page.ts";
import { arrive, type Person } from "./people.ts";
import { openProduct, type Product } from "./product.ts";
import { quiet } from "./quiet.ts";
import { lookedAtInEveryWidth, type Screen, screens, shown } from "./screens.ts";

const folder = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const [output, forReadme] = [folder("output/"), folder("../../docs/screenshots/")];
/** Pictures are for people, and nothing is asserted of them. With them, each screen is seen in every look. */
const pictured = Boolean(process.env.TOUCHSTONE_SCREENSHOTS);
const desk = { width: 1280, height: 800 };
const phone = { width: 390, height: 844 };
const otherSizes = [
  { width: 768, height: 1024 },
  { width: 1920, height: 1080 },
];
const themes = ["light", "dark"] as const;
/** A4 between margins of a centimetre, at 96 dots an inch. */
const paper = { width: 718, height: 1047 };

/**
 * Each size in both themes; the sizes between and beyond in one, for the main screens of one language. Without pictures
 * half of them: every pair of a language, a size and a theme is seen still, in half of the time.
 */
function looks(name: string, locale: "en" | "zh") {
  const [light, dark] = themes;
  const all = [desk, phone].flatMap((size) => themes.map((theme) => ({ size, theme })));
  const [onDesk, onPhone] = locale === "en" ? [light, dark] : [dark, light];
  const half = all.filter(({ size, theme }) => theme === (size === desk ? onDesk : onPhone));
  const more = locale === "en" && lookedAtInEveryWidth.has(name) ? otherSizes : [];
  return [...(pictured ? all : half), ...more.map((size) => ({ size, theme: light }))];
}

describe("every screen, on a desk and on a phone, light and dark", () => {
  let product: Product;
  let places: Awaited<ReturnType<typeof fillWorkspace>>;

  beforeAll(async () => {
    product = await openProduct();
    places = await fillWorkspace(product.touchstone.url);
    if (pictured) for (const into of [output, forReadme]) mkdirSync(into, { recursive: true });
  }, 600_000);
  afterAll(async () => product?.close());

  /** Somebody who reads this language, signed in if they can. */
  async function reader(language: string, login?: object): Promise<Person> {
    const { url } = product.touchstone;
    const person = await arrive(product.browser, url, language, { reducedMotion: "reduce" });
    await person.page.context().addCookies([{ name: "touchstone-locale", value: language, url }]);
    if (login) await person.page.request.post("/api/session", { data: login });
    return person;
  }

  // Both languages at once, for half of the time is waiting; one from the middle on, since both sit at the same desk.
  describe.concurrent.each(["en", "zh"] as const)("in %s", (locale) => {
    let people: Record<Screen["who"], Person>;
    beforeAll(async () => {
      const [nobody, admin, annotator] = [reader(locale), reader(locale, adminLogin), reader(locale, annotatorLogin)];
      people = { nobody: await nobody, admin: await admin, annotator: await annotator };
    });

    const first = locale === "en" ? 0 : Math.floor(screens.length / 2);
    const inTurn = [...screens.slice(first), ...screens.slice(0, first)];
    it.sequential.each(inTurn)(
      "$name fits, is legible, complains of nothing and leaves nothing untranslated",
      async (screen) => {
        const { page, complaints } = people[screen.who];
        complaints.length = 0;
        await page.setViewportSize(desk);
        await page.goto(screen.path(places));
        await settled(page);
        await screen.act?.(page);
        await settled(page);
        const faults: Record<string, unknown> = {};
        for (const { size, theme } of looks(screen.name, locale)) {
          await page.setViewportSize(size);
          await page.emulateMedia({ colorScheme: theme });
          await settled(page);
          const name = `${screen.name}-${locale}-${size.width}-${theme}`;
          faults[`${name}: beyond the edge`] = await overflow(page);
          faults[`${name}: violations`] = await violations(page, pictured && theme !== themes[0] ? "colours" : "all");
          if (pictured) await page.screenshot({ path: `${output}${name}.png`, fullPage: true });
          if (pictured && shown.has(name)) await page.screenshot({ path: `${forReadme}${name}.png` });
        }
        const printed = pictured ? `${output}${screen.name}-${locale}.pdf` : undefined;
        if (screen.printed) Object.assign(faults, await onPaper(page, printed));
        faults["words in tabular figures"] = await wordsInTabularFigures(page);
        faults["wrong plurals"] = await wrongPlurals(page);
        faults.untranslated = await untranslated(page, locale);
        faults["placeholders and keys of messages"] = await rawMessages(page);
        faults["the key of an endpoint"] = Number((await page.content()).includes(endpointKey));
        const refused = `the server responded with a status of ${screen.refusal}`;
        faults.complaints = complaints.filter((text) => !screen.refusal || !text.includes(refused));
        const found = Object.entries(faults).filter(([, value]) => value !== 0 && String(value) !== "");
        expect(found).toEqual([]);
      },
    );
  });
});

/** What is wrong with a page on a sheet of paper, where nothing scrolls and nothing is pressed; afterwards it is a screen again. */
async function onPaper(page: Page, path?: string): Promise<Record<string, unknown>> {
  await page.setViewportSize(paper);
  await page.emulateMedia({ media: "print" });
  await settled(page);
  const faults = {
    "on paper: beyond the edge": await overflow(page),
    "on paper: to be pressed": await page.locator("button:visible").allInnerTexts(),
  };
  const margin = { top: "1cm", right: "1cm", bottom: "1cm", left: "1cm" };
  if (path) await page.pdf({ path, format: "A4", margin });
  await page.emulateMedia({ media: "screen" });
  return faults;
}

/** Until everything that was on its way is there. */
async function settled(page: Page): Promise<void> {
  await page.locator("h1").first().waitFor({ state: "attached" });
  await page.locator("[data-waiting]").first().waitFor({ state: "detached" });
  await quiet(page);
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
}
