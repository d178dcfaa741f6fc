import { readdirSync, readFileSync } from "node:fs";
import axe from "axe-core";
import type { Page } from "playwright-core";
import { z } from "zod";

const folder = (locale: string) => new URL(`../../apps/web/messages/${locale}/`, import.meta.url);
type Tree = { readonly [key: string]: string | Tree };
const Tree: z.ZodType<Tree> = z.record(
  z.string(),
  z.lazy(() => z.union([z.string(), Tree])),
);

function leaves(tree: Tree, path: string): [path: string, text: string][] {
  return Object.entries(tree).flatMap(([key, value]): [string, string][] =>
    typeof value === "string" ? [[`${path}.${key}`, value]] : leaves(value, `${path}.${key}`),
  );
}

function messages(locale: string): Map<string, string> {
  const files = readdirSync(folder(locale)).filter((name) => name.endsWith(".json"));
  return new Map(
    files.flatMap((name) => {
      const tree = Tree.parse(JSON.parse(readFileSync(new URL(name, folder(locale)), "utf8")));
      return leaves(tree, name.replace(".json", ""));
    }),
  );
}

const all = { en: messages("en"), zh: messages("zh") };

/** Texts of the other language that this one says differently: where one of them stands, a message is missing. */
function foreign(locale: "en" | "zh"): Set<string> {
  const own = new Set(all[locale].values());
  const other = all[locale === "en" ? "zh" : "en"];
  return new Set([...other.values()].filter((text) => !own.has(text) && !text.includes("{")));
}
const strangers = { en: foreign("en"), zh: foreign("zh") };

/** What the seed calls things, which happens to be what some message says too. */
const names = new Set(["Admin", "Touchstone", "Practice model"]);

/** What the page says in text and in the names of its parts, but for what stands in elements of these kinds. */
function wordsOf(page: Page, exempt: string): Promise<string[]> {
  return page.evaluate((content) => {
    const found: string[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (!node.parentElement?.closest(`script, style, ${content}`)) found.push(node.textContent?.trim() ?? "");
    }
    for (const element of document.querySelectorAll("[aria-label], [placeholder], [title]"))
      for (const name of ["aria-label", "placeholder", "title"]) found.push(element.getAttribute(name) ?? "");
    return found.filter((text) => text !== "");
  }, exempt);
}

/** What carries a language of its own is content, in whatever language it was written. */
const content = "[lang]:not(html)";

/** Words of the page that are of the other language, or the bare names of messages. */
export async function untranslated(page: Page, locale: "en" | "zh"): Promise<string[]> {
  const words = await wordsOf(page, content);
  return words.filter((text) => !names.has(text) && (strangers[locale].has(text) || all.en.has(text)));
}

/** "{name}", "{count, plural": a value that nobody filled in. */
const placeholder = /\{\s*\w+\s*(?:\}|,\s*(?:number|plural|select|selectordinal|date|time)\b)/;
const paths = [...all.en.keys(), ...all.zh.keys()];
const namespaces = new Set(paths.map((path) => path.split(".")[0] ?? ""));
const features = new Set(paths.map((path) => path.split(".").slice(0, 2).join(".")));
/** "people.audit.title", also one that no file has; "runs.jsonl" is a file's name. */
const dotted = /(?<![\w./@-])[a-z]\w*(?:\.[\w-]+)+/g;

function isKey(word: string): boolean {
  const [namespace = "", feature = "", ...rest] = word.split(".");
  return namespaces.has(namespace) && (features.has(`${namespace}.${feature}`) || rest.length > 0);
}

/** Messages that stand on the page as programs write them. Texts that people wrote and settings as JSON may hold anything. */
export async function rawMessages(page: Page): Promise<string[]> {
  const words = await wordsOf(page, `${content}, [dir=auto], .reading, code, pre, textarea, input`);
  return words.filter((text) => placeholder.test(text) || (text.match(dotted) ?? []).some(isKey));
}

/** Words with a hyphen that are set in tabular figures: Inter's tabular hyphen is half as wide again and tears them apart. */
export function wordsInTabularFigures(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const { parentElement: holder, textContent: text } = node;
      if (!holder || !text || !/\p{L}-\p{L}/u.test(text) || holder.closest("script, style")) continue;
      if (getComputedStyle(holder).fontVariantNumeric.includes("tabular-nums")) found.push(text.trim());
    }
    return found;
  });
}

/** One thing counted as many: "1 tasks". */
export async function wrongPlurals(page: Page): Promise<string[]> {
  const text = await page.locator("body").innerText();
  const things = "prompts|tasks|judgements|rows|answers|votes|pairs|runs|projects|places|people|steps|annotators";
  return text.match(new RegExp(`(?<![\\d.,#])1 (?:open )?(?:${things})\\b`, "g")) ?? [];
}

/** How far the page reaches beyond its right edge, in CSS pixels. */
export function overflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

declare global {
  interface Window {
    axe: typeof axe;
  }
}

/**
 * Serious and critical violations of WCAG 2.2 A and AA, and landmarks of one name, each with where it is. Between two
 * themes of the same page only colours differ, so that of the second only the rules about colours are asked.
 */
export async function violations(page: Page, rules: "all" | "colours" = "all"): Promise<string[]> {
  // Evaluated by the debugger, which the page's content policy does not govern.
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axe.source);
  return page.evaluate(async (asked) => {
    const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
    const about = window.axe.getRules(tags).filter((rule) => asked === "all" || rule.tags.includes("cat.color"));
    const landmarks = asked === "all" ? ["landmark-unique"] : [];
    const runOnly = { type: "rule" as const, values: [...about.map(({ ruleId }) => ruleId), ...landmarks] };
    const { violations: found } = await window.axe.run(document, { runOnly, resultTypes: ["violations"] });
    return found
      .filter(({ id, impact }) => impact === "serious" || impact === "critical" || id === "landmark-unique")
      .flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id} at ${target}: ${failureSummary}`));
  }, rules);
}
