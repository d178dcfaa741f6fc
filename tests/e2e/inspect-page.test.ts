import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { launchBrowser } from "../harness/browser.ts";
import { rawMessages } from "./inspect-page.ts";

let browser: Browser;
let page: Page;
beforeAll(async () => {
  browser = await launchBrowser();
  page = await browser.newPage();
});
afterAll(async () => browser?.close());

async function found(html: string): Promise<string[]> {
  await page.setContent(html);
  return rawMessages(page);
}

it.each([
  "<p>There are {count, plural, one {# task} other {# tasks}}.</p>",
  "<h1>Tasks of {name}</h1>",
  "<button aria-label='Revoke { link }'>x</button>",
  "<p>people.audit.title</p>",
  "<p>Did what: people.audit.actions.run.nothing</p>",
  "<input placeholder='work.nothing.here'>",
])("finds a message that stands as programs write it: %s", async (html) => {
  expect(await found(html)).toHaveLength(1);
});

it("leaves alone what people wrote, settings as JSON, names of files and sentences without a space", async () => {
  const pages = [
    "<p lang='und'>Fill in {name} of people.audit.title.</p>",
    "<code>{count}</code><pre>runs.reasons.fileKey</pre><textarea>{name}</textarea>",
    '<p>judgements.jsonl, evaluations.json, model.safetensors, ada@work.example.org, {"name": 1}, { }</p>',
    "<p>https://common.example.org/people.audit.title</p><script>{name}</script>",
  ];
  expect(await found(pages.join(""))).toEqual([]);
});
