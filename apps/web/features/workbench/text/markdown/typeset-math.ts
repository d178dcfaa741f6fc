import type { Element, Nodes } from "hast";
import { fromHtmlIsomorphic } from "hast-util-from-html-isomorphic";
import { toJsxRuntime } from "hast-util-to-jsx-runtime";
import katex from "katex";
import type { ReactElement } from "react";
import { Fragment, jsx, jsxs } from "react/jsx-runtime";

/** KaTeX's style sheet names its fonts: both come from this origin, and only when the first formula does. */
import "katex/dist/katex.min.css";

/** What moves, hides or covers other letters: such a formula is shown as it was written. */
const tricks =
  /\\(?:kern|mkern|hskip|mskip|[lr]lap|clap|math[lrc]lap|smash|raisebox|[hv]?phantom|def|gdef|let|newcommand|renewcommand)\b/;

/**
 * A formula as it is set, or undefined if KaTeX does not know how, or if a letter or digit of it would not be seen
 * (a comment, the name of a colour).
 */
export function typesetMath(tex: string, display: boolean): ReactElement | undefined {
  if (tricks.test(tex)) return undefined;
  let markup: string;
  try {
    markup = katex.renderToString(tex, {
      displayMode: display,
      throwOnError: true,
      strict: false,
      trust: false,
      maxSize: 20,
      maxExpand: 200,
    });
  } catch {
    return undefined;
  }
  const tree = fromHtmlIsomorphic(markup, { fragment: true });
  if (!showsLettersOf(tree, tex)) return undefined;
  return toJsxRuntime(tree, { Fragment, jsx, jsxs });
}

/** Whether the letters and digits of a formula's source, but for its commands, are seen. Fractions turn their order. */
function showsLettersOf(tree: Nodes, tex: string): boolean {
  const commands = /\\(?:begin|end)\s*\{[^{}]*\}(?:\{[lcr|@\s]*\})?|\\\\\[[^\]]*\]|\\[a-zA-Z]+/g;
  const seen = lettersOf(seenText(tree));
  for (const letter of lettersOf(tex.replace(commands, " "))) {
    const at = seen.indexOf(letter);
    if (at < 0) return false;
    seen.splice(at, 1);
  }
  return true;
}

/** Double-struck and other shapes of a letter are that letter. */
const lettersOf = (text: string): string[] => text.normalize("NFKC").match(/[\p{L}\p{N}]/gu) ?? [];

/** What is seen: KaTeX writes every formula twice, and one of them is for assistive technology only. */
function seenText(node: Nodes): string {
  if (node.type === "text") return node.value;
  if (!("children" in node) || (node.type === "element" && isUnseen(node))) return "";
  return node.children.map((child) => seenText(child)).join("");
}

function isUnseen({ properties }: Element): boolean {
  const { className } = properties;
  return Array.isArray(className) && className.includes("katex-mathml");
}
