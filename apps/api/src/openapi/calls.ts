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

/** The module that pages carry instead of the route table with its schemas. */
export function callModule(): string {
  const lines = Object.entries<Route>(routes).map(([name, route]) => `  ${name}: "${callLine(callFor(route))}",`);
  return [
    'import type { CallLine } from "./route-call.ts";',
    'import type { RouteName } from "./table.ts";',
    "",
    "/** Written by `npm run openapi` from the route table; a test fails when it lags behind. */",
    "export const calls = {",
    ...lines,
    "} as const satisfies Readonly<Record<RouteName, CallLine>>;",
    "",
    "/** Written along with it: a digest of all that the API describes of itself. */",
    `export const contractVersion = "${versionOfContract()}";`,
    "",
  ].join("\n");
}
