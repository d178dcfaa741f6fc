import { createHash } from "node:crypto";
import { callLine, type Route, type RouteCall, routes } from "@touchstone/contracts";
import { openApiDocument } from "./document.ts";

/** How a route is called, as far as pages need to know. */
function callFor({ method, path, access, produces }: Route): RouteCall {
  return { method, path, open: access === "public" && method !== "GET", streams: produces !== undefined };
}

/** Changes with anything that the API describes of itself. */
function versionOfContract(): string {
  return createHash("sha256").update(JSON.stringify(openApiDocument())).digest("hex").slice(0, 12);
}

/** Whether annotators may call it, and with them everybody. */
const isEverybodys = ({ access }: Route): boolean => access === "public" || access.includes("annotator");

function linesOf(isWanted: (route: Route) => boolean): string[] {
  return Object.entries<Route>(routes)
    .filter(([, route]) => isWanted(route))
    .map(([name, route]) => `  ${name}: "${callLine(callFor(route))}",`);
}

/** The module that every page carries instead of the route table with its schemas. */
export function callModule(): string {
  return [
    'import type { CallLine } from "./route-call.ts";',
    "",
    "/** Of the routes that annotators may call too. Written by `npm run openapi` from the route table; a test fails when it lags behind. */",
    "export const calls = {",
    ...linesOf(isEverybodys),
    "} as const satisfies Readonly<Record<string, CallLine>>;",
    "",
    "/** Written along with it: a digest of all that the API describes of itself. */",
    `export const contractVersion = "${versionOfContract()}";`,
    "",
  ].join("\n");
}

/** The rest, which is fetched with the first call of it, so that whoever judges does not wait for it. */
export function staffCallModule(): string {
  return [
    'import type { CallLine } from "./route-call.ts";',
    "",
    "/** Of the routes that annotators may not call. Written by `npm run openapi` along with `calls.ts`. */",
    "export const staffCalls = {",
    ...linesOf((route) => !isEverybodys(route)),
    "} as const satisfies Readonly<Record<string, CallLine>>;",
    "",
  ].join("\n");
}
