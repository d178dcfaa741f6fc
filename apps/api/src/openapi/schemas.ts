import * as contracts from "@touchstone/contracts";
import { z } from "zod";

export type Json = Record<string, unknown>;
type Direction = "input" | "output";

const JsonObject = z.record(z.string(), z.unknown());

/** Schemas that contracts exports, by their names. */
const registry = z.registry<{ id: string }>();
for (const [id, value] of Object.entries(contracts)) {
  if (value instanceof z.ZodType && !registry.has(value)) registry.add(value, { id });
}

/** Turns schemas into JSON Schema with each named one standing once, referred to from wherever it is used. */
export class SchemaCollector {
  private readonly found = new Map<string, Json>();

  /** What may be sent ("input", defaults left out) or what is answered ("output"). */
  schemaOf(schema: z.ZodType, direction: Direction): Json {
    const options = { io: direction, unrepresentable: "any", metadata: registry } as const;
    const text = JSON.stringify(z.toJSONSchema(schema, options));
    const suffix = direction === "input" ? "Input" : "";
    const referring = text.replaceAll(/"#\/\$defs\/(\w+)"/g, `"#/components/schemas/$1${suffix}"`);
    const { $schema: _, $defs, ...json } = JsonObject.parse(JSON.parse(referring));
    for (const [name, inner] of Object.entries(JsonObject.parse($defs ?? {}))) this.keep(name + suffix, inner);
    const own = registry.get(schema)?.id;
    if (own === undefined || "$ref" in json) return json;
    this.keep(own + suffix, json);
    return { $ref: `#/components/schemas/${own}${suffix}` };
  }

  /** Those met so far, in order of name. */
  named(): Json {
    return Object.fromEntries([...this.found].sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  private keep(name: string, schema: unknown): void {
    const { id: _, ...json } = JsonObject.parse(schema);
    this.found.set(name, json);
  }
}
