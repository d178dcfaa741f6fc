import type { Range as Stretch } from "../../text/cut-by.ts";

/** Elements that hold a part of the text say by this where it begins there. */
const parts = "[data-at]";

/** What is selected of a text that is drawn in an element, in UTF-16 units; null where nothing is, or another text is meant. */
export function selectedIn(element: Element, text: string): Stretch | null {
  const selection = document.getSelection();
  if (!selection || selection.isCollapsed || !element.contains(selection.anchorNode)) return null;
  const range = selection.getRangeAt(0);
  // A third click selects up to the beginning of what comes next, which may lie outside.
  const start = element.contains(range.startContainer)
    ? placeOf(element, range.startContainer, range.startOffset, text)
    : 0;
  const end = element.contains(range.endContainer)
    ? placeOf(element, range.endContainer, range.endOffset, text)
    : text.length;
  return start < end ? [start, end] : null;
}

/** Which place of the text lies under a finger; null where none does. */
export function placeUnder(element: Element, text: string, { x, y }: { x: number; y: number }): number | null {
  const found = document.caretPositionFromPoint?.(x, y);
  if (found) return element.contains(found.offsetNode) ? placeOf(element, found.offsetNode, found.offset, text) : null;
  // The older name of the same thing, which Safari has.
  const range = document.caretRangeFromPoint?.(x, y);
  return range && element.contains(range.startContainer)
    ? placeOf(element, range.startContainer, range.startOffset, text)
    : null;
}

/** Where the end that moves is, of a selection within the element. */
function focusIn(element: Element, text: string): number | null {
  const selection = document.getSelection();
  if (!selection?.focusNode || !element.contains(selection.focusNode)) return null;
  return placeOf(element, selection.focusNode, selection.focusOffset, text);
}

/** Which place of the text a point of the page is. */
function placeOf(element: Element, node: Node, offset: number, text: string): number {
  if (node instanceof Text) return beginsAt(node.parentElement?.closest(parts)) + offset;
  const all = [...element.querySelectorAll(parts)];
  const child = node.childNodes[offset];
  const next =
    child &&
    all.find((part) => child.contains(part) || child.compareDocumentPosition(part) & Node.DOCUMENT_POSITION_FOLLOWING);
  if (next) return beginsAt(next);
  const last = all.findLast(
    (part) => node.contains(part) || node.compareDocumentPosition(part) & Node.DOCUMENT_POSITION_PRECEDING,
  );
  return last ? Math.min(beginsAt(last) + (last.textContent?.length ?? 0), text.length) : 0;
}

const beginsAt = (part: Element | null | undefined): number =>
  part instanceof HTMLElement ? Number(part.dataset.at) : 0;

/** A stretch of the text as the page has it; null where it isn't drawn. */
export function rangeOf(element: Element, [start, end]: Stretch): Range | null {
  const from = pointAt(element, start, "after");
  const to = pointAt(element, end, "before");
  if (!from || !to) return null;
  const range = new Range();
  range.setStart(...from);
  range.setEnd(...to);
  return range;
}

/** Between two parts a place belongs to the one that the stretch lies in. */
function pointAt(element: Element, place: number, side: "after" | "before"): [Text, number] | null {
  for (const part of element.querySelectorAll(parts)) {
    const { firstChild } = part;
    const start = beginsAt(part);
    if (!(firstChild instanceof Text)) continue;
    const end = start + firstChild.length;
    if (side === "after" ? place < end : place <= end) return [firstChild, Math.max(0, place - start)];
  }
  return null;
}

/** Selects a stretch, as a hand would, and brings it into sight between the bar and the foot of the desk. */
export function select(element: Element, stretch: Stretch): void {
  const range = rangeOf(element, stretch);
  const selection = document.getSelection();
  if (!range || !selection) return;
  selection.setBaseAndExtent(range.startContainer, range.startOffset, range.endContainer, range.endOffset);
  const { top, bottom } = range.getBoundingClientRect();
  const least = edge(".workbench-bar", "bottom", 0) + margin;
  const most = edge(".workbench-foot", "top", window.innerHeight) - margin;
  if (top < least) window.scrollBy({ top: top - least, behavior: "instant" });
  else if (bottom > most) window.scrollBy({ top: Math.min(bottom - most, top - least), behavior: "instant" });
}

/** Room for the letter of an answer, which stays in sight below the bar, in px. */
const margin = 40;

function edge(selector: string, side: "top" | "bottom", otherwise: number): number {
  return document.querySelector(selector)?.getBoundingClientRect()[side] ?? otherwise;
}

/** Where the line above or below would put a caret that stands at a place of the text; null at the first and the last line. */
export function lineFrom(element: Element, text: string, place: number, way: "backward" | "forward"): number | null {
  const selection = document.getSelection();
  const point = pointAt(element, place, "after");
  if (!selection || !point) return null;
  selection.collapse(...point);
  selection.modify("move", way, "line");
  return focusIn(element, text);
}
