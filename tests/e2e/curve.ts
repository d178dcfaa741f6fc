import type { Page } from "playwright-core";

/** Frames of the live socket that brought points of a curve; listen before the page is opened. */
export function metricFrames(page: Page): { readonly count: () => number } {
  let count = 0;
  page.on("websocket", (socket) => {
    socket.on("framereceived", ({ payload }) => {
      if (String(payload).includes('"type":"metrics"')) count += 1;
    });
  });
  return { count: () => count };
}

/**
 * Keeps, in the page itself, each different shape that the curves of a run take from now on: a poll from outside could
 * miss them on a fast machine.
 */
export async function watchCurves(page: Page): Promise<{ shapes(): Promise<number> }> {
  await page.evaluate(() => {
    const shapes = new Set<string>();
    const look = () => {
      const lines = [...document.querySelectorAll("figure .chart-area svg path")].map(
        (path) => path.getAttribute("d") ?? "",
      );
      if (lines.some((line) => line !== "")) shapes.add(lines.join("|"));
      document.documentElement.dataset.curveShapes = String(shapes.size);
    };
    new MutationObserver(look).observe(document.body, { subtree: true, childList: true, attributes: true });
    look();
  });
  return {
    shapes: async () => Number(await page.evaluate(() => document.documentElement.dataset.curveShapes ?? "0")),
  };
}
