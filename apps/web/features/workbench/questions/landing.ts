import type { Landing } from "./ranks.ts";

/** Where a group of the strip lies on the screen. */
export type Box = Pick<DOMRect, "left" | "right" | "top" | "bottom">;

/** How much of a group's width, in its middle, takes what is dropped there into a tie. */
const tieShare = 0.5;

/**
 * Where an answer that is dropped at a point would land among the groups of the others, which stand in lines from left to
 * right: on the middle of a group in a tie with it where ties are taken, else before the first group that lies behind.
 */
export function landingOf(boxes: readonly Box[], { x, y }: { x: number; y: number }, ties: boolean): Landing {
  const [first, last] = [boxes[0], boxes.at(-1)];
  for (const [index, { left, right, top, bottom }] of boxes.entries()) {
    // Above the first line the first one is meant, and below the last one the last.
    if (y > bottom && last && last.top >= bottom) continue;
    if (y < top && first && top >= first.bottom) return { to: index, tie: false };
    const edge = ties ? ((right - left) * (1 - tieShare)) / 2 : (right - left) / 2;
    if (x < left + edge) return { to: index, tie: false };
    if (ties && x <= right - edge) return { to: index, tie: true };
  }
  return { to: boxes.length, tie: false };
}
