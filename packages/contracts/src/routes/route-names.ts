import { calls } from "./calls.ts";
import { staffCalls } from "./staff-calls.ts";
import type { RouteName } from "./table.ts";

const all = { ...calls, ...staffCalls };
const isRouteName = (name: string): name is RouteName => Object.hasOwn(all, name);

/** Of all routes, from the light tables of calls. */
export const routeNames: readonly RouteName[] = Object.keys(all).filter(isRouteName);
