import { calls } from "./calls.ts";
import type { RouteName } from "./table.ts";

/** Whether the table has a route of this name. Asks the light table of calls, which pages carry anyway. */
export const isRouteName = (name: string): name is RouteName => Object.hasOwn(calls, name);

/** Of all routes. */
export const routeNames: readonly RouteName[] = Object.keys(calls).filter(isRouteName);
