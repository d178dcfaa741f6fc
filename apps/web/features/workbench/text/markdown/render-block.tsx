import type { BlockContent, Code, DefinitionContent, List, ListItem, Nodes, RootContent, Table } from "mdast";
import { Fragment, type ReactNode } from "react";
import { restoreMath } from "./math-spans.ts";
import type { RenderContext } from "./render-context.ts";
import { asWritten, keyOf, renderInlines } from "./render-inline.tsx";

/** Titles of a text stand below those of the page, whose last is the name of the answer. */
const headings = { 1: "h3", 2: "h4", 3: "h5", 4: "h6", 5: "h6", 6: "h6" } as const;

/** One block of a text: a title, a paragraph, a list, a table, code. What we do not know is shown as written. */
export function renderBlock(node: RootContent, context: RenderContext): ReactNode {
  switch (node.type) {
    case "paragraph":
      return isLaidOutBySpaces(node, context) ? (
        <p dir="auto">{linesAsWritten(node, context)}</p>
      ) : (
        <p dir="auto">{renderInlines(node.children, context)}</p>
      );
    case "heading": {
      const Heading = headings[node.depth];
      return (
        <Heading dir="auto" data-depth={node.depth}>
          {renderInlines(node.children, context)}
        </Heading>
      );
    }
    case "thematicBreak":
      return <hr />;
    case "blockquote":
      // An indented ">" belongs to a drawing more often than to a quotation.
      if (isLaidOutBySpaces(node, context)) return <p dir="auto">{linesAsWritten(node, context)}</p>;
      return <blockquote dir="auto">{renderBlocks(node.children, context)}</blockquote>;
    case "list":
      return renderList(node, context);
    case "code":
      return renderCode(node, context);
    case "table":
      return renderTable(node, context);
    case "footnoteDefinition":
      return (
        <div className="footnote">
          <sup>[{restoreMath(node.label ?? node.identifier, context.spans)}]</sup>
          <div>{renderBlocks(node.children, context)}</div>
        </div>
      );
    default:
      return renderAsWritten(node, context);
  }
}

/** HTML, addresses of links and the like: in the fixed face, and nothing in them runs or is fetched. */
function renderAsWritten(node: Nodes, context: RenderContext): ReactNode {
  return (
    <p dir="auto" className="as-written">
      {asWritten(node, context)}
    </p>
  );
}

function renderBlocks(nodes: readonly (BlockContent | DefinitionContent)[], context: RenderContext): ReactNode {
  return nodes.map((node, place) => <Fragment key={keyOf(node, place)}>{renderBlock(node, context)}</Fragment>);
}

/** A paragraph from the beginning of its first line, where its spaces are. */
function linesAsWritten(node: Nodes, { text, spans }: RenderContext): string {
  const { start, end } = node.position ?? {};
  return restoreMath(text.slice(text.lastIndexOf("\n", (start?.offset ?? 0) - 1) + 1, end?.offset), spans);
}

/** Drawings and columns made with spaces: Markdown would push their lines together. */
function isLaidOutBySpaces(node: Nodes, context: RenderContext): boolean {
  // In lists and quotations the spaces are those of the list.
  if (!context.topLevel.has(node)) return false;
  const lines = linesAsWritten(node, context).split("\n");
  const isAlone = node.type === "paragraph" && lines.length === 1;
  return !isAlone && lines.some((line) => /^[ \t]+\S/.test(line));
}

function renderList(list: List, context: RenderContext): ReactNode {
  const items = list.children.map((item, place) => {
    const number = list.ordered ? numberOf(item, context) : undefined;
    return (
      // A list counts as its author did, also where that is 1, 1, 1.
      <li key={keyOf(item, place)} value={number} dir="auto" data-task={typeof item.checked === "boolean" || undefined}>
        {renderTick(item)}
        {renderItem(list, item, context)}
      </li>
    );
  });
  return list.ordered ? <ol dir="auto">{items}</ol> : <ul dir="auto">{items}</ul>;
}

/** In a list without blank lines items are lines, not paragraphs. */
function renderItem(list: List, item: ListItem, context: RenderContext): ReactNode {
  const isTight = !(list.spread || item.spread);
  return item.children.map((child, place) => (
    <Fragment key={keyOf(child, place)}>
      {isTight && child.type === "paragraph" ? (
        <span className="item-line">{renderInlines(child.children, context)}</span>
      ) : (
        renderBlock(child, context)
      )}
    </Fragment>
  ));
}

function renderTick({ checked }: ListItem): ReactNode {
  if (typeof checked !== "boolean") return null;
  return (
    <span role="img" aria-label={checked ? "[x]" : "[ ]"} className="tick">
      {checked ? "☑" : "☐"}
    </span>
  );
}

function numberOf(item: ListItem, context: RenderContext): number | undefined {
  const written = /^\d+/.exec(asWritten(item, context))?.[0];
  return written === undefined ? undefined : Number(written);
}

/** Code scrolls sideways in a box of its own, so that its lines and their indentation stand as written. */
function renderCode(node: Code, context: RenderContext): ReactNode {
  const code = restoreMath(node.value, context.spans);
  const info = restoreMath([node.lang, node.meta].filter((part) => part).join(" "), context.spans);
  const language = node.lang?.toLowerCase();
  return (
    <div className="code-block">
      {info === "" ? null : (
        <div dir="ltr" className="code-info">
          {info}
        </div>
      )}
      {/* What scrolls must be reachable by keyboard (WCAG 2.1.1). */}
      <figure tabIndex={0} aria-label={context.words.code}>
        <pre dir="ltr">
          <code>{(language && context.tools.highlightCode?.(code, language)) || code}</code>
        </pre>
      </figure>
    </div>
  );
}

function renderTable(table: Table, context: RenderContext): ReactNode {
  const [head, ...rows] = table.children;
  const cellsOf = (row: Table["children"][number], Cell: "th" | "td"): ReactNode =>
    row.children.map((cell, place) => (
      <Cell key={keyOf(cell, place)} dir="auto" align={table.align?.[place] ?? undefined}>
        {renderInlines(cell.children, context)}
      </Cell>
    ));
  return (
    <figure className="table-box" tabIndex={0} aria-label={context.words.table}>
      <table>
        {head ? (
          <thead>
            <tr>{cellsOf(head, "th")}</tr>
          </thead>
        ) : null}
        <tbody>
          {rows.map((row, place) => (
            <tr key={keyOf(row, place)}>{cellsOf(row, "td")}</tr>
          ))}
        </tbody>
      </table>
    </figure>
  );
}
