import { type Bucket, buckets } from "./buckets.ts";
import { type Box, landingOf } from "./landing.ts";
import type { Landing } from "./ranks.ts";
import type { Point } from "./use-letter-drag.ts";

/** What a letter that is let go does: it takes its place in the order, or goes into a bucket. */
export type DropTarget =
  | { readonly kind: "order"; readonly landing: Landing }
  | { readonly kind: "bucket"; readonly bucket: Bucket };

/** What lies under a letter that is dragged within the question's part of the foot; null where that is nothing for it. */
export function dropTarget(within: HTMLElement | null, place: number, point: Point, ties: boolean): DropTarget | null {
  const line = within?.querySelector<HTMLElement>(".ranking-line");
  const strip = within?.querySelector<HTMLElement>(".ranking-strip");
  const bucket = buckets.find((one) => holds(within?.querySelector(`[data-bucket="${one}"]`), point));
  if (bucket) return { kind: "bucket", bucket };
  // A letter of the order stays in it wherever it is let go; one from a bucket has to be brought there.
  const isRanked = strip?.querySelector(`[data-place="${place}"]`) !== null;
  if (!isRanked && !holds(line, point)) return null;
  return { kind: "order", landing: landingOf(boxesWithout(strip, place), point, ties) };
}

function holds(element: Element | null | undefined, { x, y }: Point): boolean {
  const box = element?.getBoundingClientRect();
  return box !== undefined && x >= box.left && x <= box.right && y >= box.top && y <= box.bottom;
}

/** Where the groups of the strip lie that are left when one answer is taken out. */
function boxesWithout(strip: HTMLElement | null | undefined, place: number): Box[] {
  const groups = [...(strip?.querySelectorAll(":scope > li") ?? [])];
  return groups.flatMap((group) => {
    const others = [...group.querySelectorAll(`button:not([data-place="${place}"])`)];
    const boxes = others.map((other) => other.getBoundingClientRect());
    const [first, last] = [boxes[0], boxes.at(-1)];
    return first && last ? [{ left: first.left, right: last.right, top: first.top, bottom: last.bottom }] : [];
  });
}
