import { calls } from "./calls.ts";
import { ofOthers, ofOurs, type RouteCall } from "./route-call.ts";

type EverybodysRoute = keyof typeof calls;

/** The routes that annotators may call too. */
export const everybodysRoutes = Object.keys(calls) as readonly EverybodysRoute[];

const isEverybodys = (name: string): name is EverybodysRoute => Object.hasOwn(calls, name);

/** How a route is called; undefined where there is none. Those that annotators may not call are fetched with the first of them. */
export async function callOf(name: string): Promise<RouteCall | undefined> {
  if (isEverybodys(name)) return everybodysCall(name);
  const { staffCalls } = await import("./staff-calls.ts");
  const line = new Map<string, string>(Object.entries(staffCalls)).get(name);
  return line === undefined ? undefined : callIn(line);
}

/** How a route is called that annotators may call too. */
export function everybodysCall(name: EverybodysRoute): RouteCall {
  return callIn(calls[name]);
}

/** The inverse of `callLine`. */
function callIn(line: string): RouteCall {
  const [short = "", ...marks] = line.split(" ");
  const path = short.startsWith(ofOthers) ? short : ofOurs + short;
  const method = marks.find((mark) => mark === mark.toUpperCase()) ?? "GET";
  // Each line was written by `callLine`, and a test compares.
  return { path, method, open: marks.includes("open"), streams: marks.includes("stream") } as RouteCall;
}
