import { createHash } from "node:crypto";
import { type Route, type RouteCall, type RouteName, routes } from "@touchstone/contracts";
import { openApiDocument } from "./document.ts";

const names = Object.keys(routes) as RouteName[];

function callOf(route: Route): RouteCall {
  const answers = route.produces ? "stream" : "json";
  return {
    method: route.method,
    path: route.path,
    ...(route.access === "public" ? { open: true } : {}),
    ...(route.produces || route.response ? { answers } : {}),
    ...(route.produces ? { produces: route.produces } : {}),
  };
}

/** How each route is called, derived from the route table. */
function callTable(): Record<RouteName, RouteCall> {
  return Object.fromEntries(names.map((name) => [name, callOf(routes[name])])) as Record<RouteName, RouteCall>;
}

/** Changes with anything that the API describes of itself. */
function versionOfContract(): string {
  return createHash("sha256").update(JSON.stringify(openApiDocument())).digest("hex").slice(0, 12);
}

/** The module that pages carry instead of the route table with its schemas. */
export function callModule(): string {
  const lines = Object.entries(callTable()).map(([name, call]) => {
    const fields = Object.entries(call).map(([key, value]) => `${key}: ${JSON.stringify(value)}`);
    return `  ${name}: { ${fields.join(", ")} },`;
  });
  return [
    'import type { RouteCall } from "./route-call.ts";',
    'import type { RouteName } from "./table.ts";',
    "",
    "/** Written by `npm run openapi` from the route table; a test fails when it lags behind. */",
    "export const calls = {",
    ...lines,
    "} as const satisfies Readonly<Record<RouteName, RouteCall>>;",
    "",
    "/** Written along with it: a digest of all that the API describes of itself. */",
    `export const contractVersion = "${versionOfContract()}";`,
    "",
  ].join("\n");
}
