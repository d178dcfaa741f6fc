import type { Element, Nodes } from "hast";
import { fromHtmlIsomorphic } from "hast-util-from-html-isomorphic";
import { createElement, Fragment } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { highlightCode } from "./highlight-code.ts";
import { type RenderedBlock, renderMarkdown } from "./render-markdown.tsx";
import { typesetMath } from "./typeset-math.ts";

const words = { picture: "Not fetched:", table: "The table", code: "The code" };

/** A text with everything that sets formulas and colours code. */
export const render = (source: string): readonly RenderedBlock[] =>
  renderMarkdown(source, words, { typesetMath, highlightCode });

/** The HTML that a browser is given. */
export function htmlOf(blocks: readonly RenderedBlock[]): string {
  const parts = blocks.map(({ shown, start }) => createElement(Fragment, { key: start }, shown));
  return renderToStaticMarkup(createElement(Fragment, null, parts));
}

/** The words that a reader finds in that HTML, read anew from it: texts, ticks, numbers of lists, formulas' sources. */
export function wordsOnPage(html: string): readonly string[] {
  return pieces(fromHtmlIsomorphic(html, { fragment: true })).flatMap(
    (piece) => piece.match(/[\p{L}\p{M}\p{N}]+/gu) ?? [],
  );
}

function pieces(node: Nodes): readonly string[] {
  if (node.type === "text") return [node.value];
  if (!("children" in node)) return [];
  if (node.type === "element" && hasClass(node, "katex-html")) return [];
  const inside = node.children.flatMap(pieces);
  if (node.type !== "element") return inside;
  // Colours cut words of code into pieces that are read as one.
  if (node.tagName === "code") return [inside.join("")];
  const { value, ariaLabel, role } = node.properties;
  const labels = [node.tagName === "li" ? value : undefined, role === "img" ? ariaLabel : undefined];
  return [...labels.map((label) => String(label ?? "")), ...inside];
}

const hasClass = ({ properties }: Element, name: string): boolean =>
  Array.isArray(properties.className) && properties.className.includes(name);
