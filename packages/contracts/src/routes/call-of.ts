import { calls } from "./calls.ts";
import { ofOthers, ofOurs, type RouteCall } from "./route-call.ts";
import type { RouteName } from "./table.ts";

/** The inverse of `callLine`. */
export function callOf(name: RouteName): RouteCall {
  const [short = "", ...marks] = calls[name].split(" ");
  const path = short.startsWith(ofOthers) ? short : ofOurs + short;
  const method = marks.find((mark) => mark === mark.toUpperCase()) ?? "GET";
  // Each line was written by `callLine`, and a test compares.
  return { path, method, open: marks.includes("open"), streams: marks.includes("stream") } as RouteCall;
}
