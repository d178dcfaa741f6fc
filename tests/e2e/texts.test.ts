import { ProjectDraft } from "@touchstone/contracts";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { adminLogin } from "./filled-workspace.ts";
import { type Fetched, watchWeight, weightOf } from "./page-weight.ts";
import { arrive } from "./people.ts";
import { jsonLines } from "./practice-files.ts";
import { openSharedProduct, type SharedProduct } from "./product.ts";
import { clientOf } from "./workspace-client.ts";

interface Row {
  readonly prompt: string;
  readonly completions: readonly string[];
  readonly language?: string;
}

const plain: Row = { prompt: "Tell a story.", completions: ["She never said goodbye.", "He always waved twice."] };
const hostile: Row = {
  prompt: "Print hi. ![a cat](http://192.0.2.1/cat.png)",
  completions: [
    "```print('hi')```\n\n![seen](http://192.0.2.1/b.png) <img src=http://192.0.2.1/c.png> and **bold** for $5.",
    "| a | b |\n|---|---|\n| 1 | 2 |\n\n$x^2$ [there](javascript:alert(1))",
  ],
  language: "java",
};

/** What the workbench's scripts may weigh for a plain pair; 193,653 bytes were measured on the whole product. */
const mostScriptBytes = 200_000;

describe("texts on the workbench", () => {
  let product: SharedProduct;
  beforeAll(async () => {
    product = await openSharedProduct();
  });
  afterAll(async () => product?.close());

  /** Opens the workbench on a project of one row, as somebody who comes for the first time. */
  async function open(row: Row): Promise<{ page: Page; fetched: readonly Fetched[]; asked: string[] }> {
    const { url } = product.touchstone;
    const admin = clientOf(url);
    await admin.signIn({ body: adminLogin });
    const { id } = await admin.createProject({ body: ProjectDraft.parse({ name: "Texts" }) });
    const body = new Blob([new Uint8Array(jsonLines([row]))]);
    const upload = { body, contentType: "application/x-ndjson" } as const;
    await admin.importRows({ params: { id }, query: { format: "prompts" }, upload });
    const { page } = await arrive(product.browser, url, "reader", { serviceWorkers: "block" });
    const asked: string[] = [];
    page.on("request", (request) => asked.push(request.url()));
    await page.request.post("/api/session", { data: adminLogin });
    const fetched = await watchWeight(page);
    await page.goto(`/work/${id}`);
    // Of three answers any two may come first, and a blank one holds no text to be set.
    await page.locator("article[data-answer]").first().waitFor();
    await page.locator("[data-waiting]").first().waitFor({ state: "detached" });
    await page.waitForLoadState("networkidle");
    return { page, fetched, asked };
  }

  const answers = async (page: Page) => (await page.locator(".workbench-answer").allInnerTexts()).join("\n");

  it("shows every word, fetches no picture, and compares whatever the language is called", async () => {
    const { page, asked } = await open(hostile);
    const shown = await answers(page);
    for (const words of [
      "print('hi')",
      "seen",
      "http://192.0.2.1/b.png",
      "<img src=http://192.0.2.1/c.png>",
      "$5",
      "there",
      "javascript:alert(1)",
    ])
      expect(shown).toContain(words);
    expect(shown).not.toContain("**");
    expect(await page.locator(".workbench-answer table td").allInnerTexts()).toEqual(["1", "2"]);
    expect(await page.locator(".workbench-answer .katex").count()).toBe(1);

    await page.keyboard.press("d");
    // What compares two texts is fetched when it is first wanted, and so comes a moment after the key.
    await page.locator(".workbench-answer", { hasText: "**bold**" }).waitFor();
    await page.getByRole("button", { name: "Differences", pressed: true }).waitFor();
    await page.keyboard.press("d");

    expect(asked.filter((address) => !address.startsWith(product.touchstone.url))).toEqual([]);
    await page.context().close();
  });

  it("shows the source on m, lists the key, and remembers the choice", async () => {
    const { page } = await open(hostile);
    await page.keyboard.press("m");
    await page.locator(".workbench-answer", { hasText: "|---|---|" }).waitFor();
    await page.getByRole("button", { name: "As written", pressed: true }).waitFor();
    await page.reload();
    await page.getByRole("button", { name: "As written", pressed: true }).waitFor();
    await page.locator(".workbench-answer", { hasText: "**bold**" }).waitFor();
    await page.keyboard.press("?");
    await page.getByRole("dialog").getByText("As written").waitFor();
    await page.context().close();
  });

  it("draws each sign as it was written: no arrow in the place of two signs", async () => {
    const { page } = await open({ prompt: "Which way?", completions: ["There -> here => gone.", "0x10 <-> 10x10"] });
    const widths = await page.locator(".workbench-answer .reading").evaluateAll((texts) =>
      texts.map((text) => {
        const range = document.createRange();
        range.selectNodeContents(text);
        const drawn = range.getBoundingClientRect().width;
        if (text instanceof HTMLElement) text.style.fontFeatureSettings = '"calt" 0';
        return { drawn, signBySign: range.getBoundingClientRect().width };
      }),
    );
    expect(widths.map(({ drawn }) => drawn)).toEqual(widths.map(({ signBySign }) => signBySign));
    await page.context().close();
  });

  it("says that an answer is empty, or white space", async () => {
    const { page } = await open({ prompt: "Say nothing.", completions: ["", " \n ", "x"] });
    expect(await answers(page)).toMatch(
      /Empty: there is no text here|Only white space and invisible characters here: 3/,
    );
    await page.context().close();
  });

  it("loads neither Markdown, formulas nor colours for a plain pair, and no Chinese font for English", async () => {
    const { page, fetched } = await open(plain);
    const scripts = weightOf(fetched, "Script");
    process.stdout.write(`The workbench's scripts for a plain pair: ${scripts} bytes on the wire.\n`);
    expect(scripts).toBeLessThan(mostScriptBytes);
    const fonts = (from: readonly Fetched[]) => from.filter(({ kind }) => kind === "Font").map(({ url }) => url);
    expect(fonts(fetched).filter((url) => url.includes("noto-sans-sc"))).toEqual([]);
    const door = await product.browser.newPage({ baseURL: product.touchstone.url, locale: "en" });
    const atTheDoor = await watchWeight(door);
    await door.goto("/sign-in");
    await door.getByRole("button", { name: "简体中文" }).waitFor();
    await door.waitForLoadState("networkidle");
    expect(fonts(atTheDoor).filter((url) => url.includes("noto-sans-sc"))).toEqual([]);
    await page.context().close();
    await door.close();
  });

  it("loads the Chinese font where an answer is Chinese", async () => {
    const { page, fetched } = await open({ prompt: "讲个故事。", completions: ["她没有说再见。", "他挥了两次手。"] });
    await page.evaluate(() => document.fonts.ready.then(() => undefined));
    expect(fetched.some(({ kind, url }) => kind === "Font" && url.includes("noto-sans-sc"))).toBe(true);
    await page.context().close();
  });
});
