import type { Root } from "hast";
import { toJsxRuntime } from "hast-util-to-jsx-runtime";
import { common, createLowlight } from "lowlight";
import type { ReactElement } from "react";
import { Fragment, jsx, jsxs } from "react/jsx-runtime";

/** Beyond this colouring takes longer than anybody waits, and code that long is not read by its colours. */
const mostCharacters = 20_000;

const lowlight = createLowlight(common);

/** Code in colours, or undefined where its language is none that we know: a wrong guess reads worse than no colour. */
export function highlightCode(code: string, language: string): ReactElement | undefined {
  if (code.length > mostCharacters || !lowlight.registered(language)) return undefined;
  const tree: Root = lowlight.highlight(language, code);
  return toJsxRuntime(tree, { Fragment, jsx, jsxs });
}
