import { createHash } from "node:crypto";
import { type Route, type RouteCall, routes } from "@touchstone/contracts";
import { openApiDocument } from "./document.ts";

/** How a route is called, as far as pages need to know. */
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

/** Changes with anything that the API describes of itself. */
function versionOfContract(): string {
  return createHash("sha256").update(JSON.stringify(openApiDocument())).digest("hex").slice(0, 12);
}

/** The module that pages carry instead of the route table with its schemas. */
export function callModule(): string {
  const lines = Object.entries<Route>(routes).map(([name, route]) => {
    const fields = Object.entries(callOf(route)).map(([key, value]) => `${key}: ${JSON.stringify(value)}`);
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
