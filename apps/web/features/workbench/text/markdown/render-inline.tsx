import type { Image, ImageReference, Link, LinkReference, Nodes, PhrasingContent } from "mdast";
import { Fragment, type ReactNode } from "react";
import { cutAtMath, type MathSpan, restoreMath } from "./math-spans.ts";
import type { RenderContext } from "./render-context.ts";
import { safeAddress } from "./safe-address.ts";

/** Words, formulas and emphasis of a line, in order. */
export function renderInlines(nodes: readonly PhrasingContent[], context: RenderContext): ReactNode {
  return nodes.map((node, place) => <Fragment key={keyOf(node, place)}>{renderInline(node, context)}</Fragment>);
}

/** Nodes never move within a text: where one begins is who it is. */
export function keyOf(node: Nodes, place: number): number {
  return node.position?.start.offset ?? -place - 1;
}

/** A node as it was written: for whatever we have no other way to show. */
export function asWritten(node: Nodes, { text, spans }: RenderContext): string {
  const { start, end } = node.position ?? {};
  return restoreMath(text.slice(start?.offset, end?.offset), spans);
}

function renderInline(node: PhrasingContent, context: RenderContext): ReactNode {
  switch (node.type) {
    case "text":
      return cutAtMath(node.value, context.spans).map((part, place) => {
        const key = `${keyOf(node, 0)} ${place}`;
        return <Fragment key={key}>{typeof part === "string" ? part : renderMath(part, context)}</Fragment>;
      });
    case "emphasis":
      return <em>{renderInlines(node.children, context)}</em>;
    case "strong":
      return <strong>{renderInlines(node.children, context)}</strong>;
    case "delete":
      return <del>{renderInlines(node.children, context)}</del>;
    case "inlineCode":
      return <code>{restoreMath(node.value, context.spans)}</code>;
    case "break":
      return <br />;
    case "link":
      return renderLink(node, node.url, node.title, context);
    case "linkReference":
      return renderLink(node, context.addresses.get(node.identifier) ?? "", null, context);
    case "image":
      return renderPicture(node, node.url, node.title, context);
    case "imageReference":
      return renderPicture(node, context.addresses.get(node.identifier) ?? "", null, context);
    case "footnoteReference":
      return <sup>[{restoreMath(node.label ?? node.identifier, context.spans)}]</sup>;
    default:
      // HTML among it: it is shown, and never run.
      return <code className="as-written">{asWritten(node, context)}</code>;
  }
}

function renderMath(span: MathSpan, { tools }: RenderContext): ReactNode {
  const set = tools.typesetMath?.(span.tex, span.display);
  if (!set) return <code className="as-written">{span.source}</code>;
  return (
    <span dir="ltr" data-not-counted={true} className={span.display ? "math-block" : "math"}>
      {set}
    </span>
  );
}

type Title = string | null | undefined;

/** A link says where it leads, in words: its text may say anything. */
function renderLink(node: Link | LinkReference, url: string, title: Title, context: RenderContext): ReactNode {
  const address = restoreMath(url, context.spans);
  const inside = renderInlines(node.children, context);
  const written = asWritten(node, context);
  // A bare address is its own text.
  const isBare = node.type === "link" && !written.startsWith("[");
  return (
    <>
      {linkTo(address, inside)}
      {labelOf(node)}
      {isBare ? null : addressAfter(address, title, context)}
    </>
  );
}

function linkTo(address: string, inside: ReactNode): ReactNode {
  const href = safeAddress(address);
  if (!href) return <span>{inside}</span>;
  return (
    <a href={href} target="_blank" rel="noopener noreferrer nofollow" referrerPolicy="no-referrer">
      {inside}
    </a>
  );
}

/** `[text][label]`: the label is a word of the author's too. */
function labelOf(node: Link | LinkReference | Image | ImageReference): ReactNode {
  return "referenceType" in node && node.referenceType === "full" ? ` [${node.label ?? node.identifier}]` : null;
}

function addressAfter(address: string, title: Title, { spans }: RenderContext): ReactNode {
  if (address === "" && !title) return null;
  return (
    <bdi className="address">
      {" ("}
      {address}
      {title ? ` “${restoreMath(title, spans)}”` : ""}
      {")"}
    </bdi>
  );
}

/** A picture is never fetched: its address could tell whoever wrote the answer who reads it, and when. */
function renderPicture(node: Image | ImageReference, url: string, title: Title, context: RenderContext): ReactNode {
  const address = restoreMath(url, context.spans);
  return (
    <span className="picture">
      <span data-not-counted={true} className="picture-label">
        {context.words.picture}
      </span>{" "}
      {restoreMath(node.alt ?? "", context.spans)}
      {labelOf(node)} {linkTo(address, <bdi className="address">{address}</bdi>)}
      {title ? <bdi className="address"> “{restoreMath(title, context.spans)}”</bdi> : null}
    </span>
  );
}
