import { calls } from "./calls.ts";
import type { RouteName } from "./table.ts";

const isRouteName = (name: string): name is RouteName => Object.hasOwn(calls, name);

/** Of all routes, from the light table of calls, which pages carry anyway. */
export const routeNames: readonly RouteName[] = Object.keys(calls).filter(isRouteName);
