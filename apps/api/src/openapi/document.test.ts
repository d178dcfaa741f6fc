import { readFileSync } from "node:fs";
import { type Route, routes } from "@touchstone/contracts";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { callModule, staffCallModule } from "./calls.ts";
import { openApiDocument } from "./document.ts";

const Document = z.object({
  paths: z.record(z.string(), z.record(z.string(), z.object({ operationId: z.string() }))),
});

const Components = z.object({
  components: z.object({ schemas: z.record(z.string(), z.looseObject({ $ref: z.string().optional() })) }),
});

describe("the OpenAPI document", () => {
  it("is committed as the route table stands (npm run openapi writes it anew)", () => {
    const committed: unknown = JSON.parse(readFileSync(new URL("../../openapi.json", import.meta.url), "utf8"));
    expect(committed).toEqual(JSON.parse(JSON.stringify(openApiDocument())));
  });

  it("has beside it how pages call each route, as the table stands (npm run openapi writes it anew)", () => {
    const committed = (name: string) =>
      readFileSync(new URL(`../../../../packages/contracts/src/routes/${name}.ts`, import.meta.url), "utf8");
    expect(committed("calls")).toBe(callModule());
    expect(committed("staff-calls")).toBe(staffCallModule());
  });

  it("describes every route of the table once", () => {
    const { paths } = Document.parse(openApiDocument());
    const described = Object.values(paths).flatMap((path) => Object.values(path).map((o) => o.operationId));
    expect(described.sort()).toEqual(Object.keys(routes).sort());
    expect(new Set(Object.values<Route>(routes).map((route) => `${route.method} ${route.path}`)).size).toBe(
      described.length,
    );
  });

  it("refers only to schemas it holds, and none is a mere reference to itself", () => {
    const text = JSON.stringify(openApiDocument());
    const { schemas } = Components.parse(openApiDocument()).components;
    const targets = [...text.matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => name);
    expect([...new Set(targets)].filter((name) => name === undefined || !(name in schemas))).toEqual([]);
    expect(Object.entries(schemas).filter(([name, s]) => s.$ref === `#/components/schemas/${name}`)).toEqual([]);
  });

  it("calls every schema by a name of its own", () => {
    const { schemas } = Components.parse(openApiDocument()).components;
    expect(Object.keys(schemas).filter((name) => !/^[A-Z][A-Za-z0-9]*$/.test(name))).toEqual([]);
    expect(schemas).toHaveProperty("Json");
  });
});
