import fc from "fast-check";
import { z } from "zod";

/** The part of JSON Schema that the OpenAPI document uses. */
export interface Schema {
  $ref?: string | undefined;
  type?: string | string[] | undefined;
  const?: unknown;
  enum?: unknown[] | undefined;
  anyOf?: Schema[] | undefined;
  oneOf?: Schema[] | undefined;
  properties?: Record<string, Schema> | undefined;
  required?: string[] | undefined;
  additionalProperties?: Schema | boolean | undefined;
  items?: Schema | boolean | undefined;
  format?: string | undefined;
  pattern?: string | undefined;
  minLength?: number | undefined;
  maxLength?: number | undefined;
  minimum?: number | undefined;
  maximum?: number | undefined;
  minItems?: number | undefined;
  maxItems?: number | undefined;
}

export const Schema: z.ZodType<Schema> = z.lazy(() =>
  z.looseObject({
    $ref: z.string().optional(),
    type: z.union([z.string(), z.array(z.string())]).optional(),
    enum: z.array(z.unknown()).optional(),
    anyOf: z.array(Schema).optional(),
    oneOf: z.array(Schema).optional(),
    properties: z.record(z.string(), Schema).optional(),
    required: z.array(z.string()).optional(),
    additionalProperties: z.union([z.boolean(), Schema]).optional(),
    items: z.union([z.boolean(), Schema]).optional(),
    format: z.string().optional(),
    pattern: z.string().optional(),
    minLength: z.number().optional(),
    maxLength: z.number().optional(),
    minimum: z.number().optional(),
    maximum: z.number().optional(),
    minItems: z.number().optional(),
    maxItems: z.number().optional(),
  }),
);

/** What values are made of beside chance: things that exist, so that a request gets further than "there is no such". */
export interface Known {
  /** By the names of tables. */
  readonly ids: Readonly<Record<string, readonly string[]>>;
  readonly words: readonly string[];
  /** What fits fields of these names. */
  readonly fitting: Readonly<Record<string, readonly string[]>>;
  readonly schemas: Readonly<Record<string, Schema>>;
}

/** Longer texts and lists would only cost time: lengths beyond a limit come from `strange`. */
const longest = { text: 40, list: 4 };

/** Whose ids a field of this name, or an address below this noun, takes. */
const tableOf: Readonly<Record<string, string>> = {
  ...{ projects: "project", work: "project", projectId: "project", members: "member", memberId: "member" },
  ...{ links: "link", tokens: "api_token", judgements: "judgement", skips: "lease", leases: "lease", leaseId: "lease" },
  ...{ imports: "import", runs: "run", runId: "run", schedules: "schedule", evaluations: "evaluation" },
  ...{ models: "model_version", modelId: "model_version", modelVersionId: "model_version", "label-sets": "label_set" },
  ...{
    policyId: "model_version",
    rewardId: "model_version",
    candidateId: "model_version",
    baselineId: "model_version",
  },
};

/**
 * Values that a schema describes.
 *
 * @param name of the field or the noun of the address that they stand in
 */
export function described(schema: Schema, known: Known, name = ""): fc.Arbitrary<unknown> {
  if (schema.$ref !== undefined) return referred(schema.$ref, known, name);
  if ("const" in schema) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  const either = schema.anyOf ?? schema.oneOf;
  if (either) return fc.oneof(...either.map((one) => described(one, known, name)));
  if (Array.isArray(schema.type))
    return fc.oneof(...schema.type.map((type) => described({ ...schema, type }, known, name)));
  switch (schema.type) {
    case "string":
      return textOf(schema, known, name);
    case "integer":
      return fc.integer({
        min: Math.max(schema.minimum ?? -5, -(2 ** 31)),
        max: Math.min(schema.maximum ?? 200, 2 ** 31 - 1),
      });
    case "number":
      return fc.double({ min: schema.minimum ?? -5, max: schema.maximum ?? 200, noNaN: true });
    case "boolean":
      return fc.boolean();
    case "null":
      return fc.constant(null);
    case "array":
      return fc.array(described(typeof schema.items === "object" ? schema.items : {}, known), {
        minLength: schema.minItems ?? 0,
        maxLength: Math.max(schema.minItems ?? 0, Math.min(schema.maxItems ?? longest.list, longest.list)),
      });
    case "object":
      return objectOf(schema, known);
    default:
      return fc.jsonValue({ maxDepth: 2 });
  }
}

/** Schemas that stand around the one that is described: one that stands in itself (any JSON does) ends there. */
const around = new Set<string>();

function referred(ref: string, known: Known, name: string): fc.Arbitrary<unknown> {
  if (around.has(ref)) return fc.jsonValue({ maxDepth: 1 });
  around.add(ref);
  try {
    return described(known.schemas[ref.split("/").at(-1) ?? ""] ?? {}, known, name);
  } finally {
    around.delete(ref);
  }
}

function objectOf({ properties = {}, required = [], additionalProperties }: Schema, known: Known) {
  const fields = Object.entries(properties).map(([name, field]) => [name, described(field, known, name)] as const);
  const record = fc.record(Object.fromEntries(fields), { requiredKeys: required.filter((name) => name in properties) });
  if (typeof additionalProperties !== "object") return record;
  const more = fc.dictionary(fc.constantFrom(...known.words), described(additionalProperties, known), { maxKeys: 3 });
  return fc.tuple(record, more).map(([own, others]) => ({ ...others, ...own }));
}

function textOf(
  { format, pattern, minLength = 0, maxLength = longest.text }: Schema,
  known: Known,
  name: string,
): fc.Arbitrary<string> {
  const fitting = known.fitting[name];
  if (fitting) return fc.constantFrom(...fitting);
  if (format === "uuid") return idOf(known, name);
  if (format === "email")
    return fc.oneof(fc.constantFrom(...known.words.filter((word) => word.includes("@"))), fc.emailAddress());
  if (format === "date-time") return fc.date({ noInvalidDate: true }).map((date) => date.toISOString());
  const length = { minLength, maxLength: Math.max(minLength, Math.min(maxLength, longest.text)) };
  // By chance alone a text hardly ever has the form that a name must have.
  const formed = pattern === undefined ? [] : known.words.filter((word) => new RegExp(pattern).test(word));
  if (formed.length > 0) return fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...formed) }, fc.string(length));
  return fc.oneof(fc.constantFrom(...known.words), fc.string(length), fc.string({ ...length, unit: "binary" }));
}

function idOf({ ids }: Known, name: string): fc.Arbitrary<string> {
  const all = Object.values(ids).flat();
  const fitting = ids[tableOf[name] ?? ""] ?? [];
  const some = fitting.length > 0 ? fitting : all;
  return fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom(...some) },
    { weight: 1, arbitrary: fc.constantFrom(...all) },
    { weight: 1, arbitrary: fc.uuid() },
  );
}

/** What nobody who reads the document would send. */
export const strange: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    -1,
    0,
    1e308,
    -0.5,
    2 ** 53,
    1e21,
    "",
    " ",
    "\0",
    "\ud800",
    "\u202e",
    "__proto__",
  ),
  fc.constantFrom<unknown>("../..", "%00", "' OR 1=1 --", "NaN", "2026-13-45T99:99:99Z", "ts_", "$1", "{}", "\\N"),
  fc.constantFrom<unknown>([], {}, [[[[[[[[]]]]]]]], { constructor: { prototype: 1 } }, "x".repeat(20_000)),
  fc.jsonValue({ maxDepth: 3 }),
);

/** Mostly what was asked for; else with one part of it, or all, in the place of something strange. */
export function nearly(valid: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  const spoilt = fc.tuple(valid, fc.nat(), strange).map(([value, where, other]) => spoil(value, where, other));
  return fc.oneof({ weight: 3, arbitrary: valid }, { weight: 2, arbitrary: spoilt });
}

function spoil(value: unknown, where: number, other: unknown): unknown {
  if (typeof value !== "object" || value === null) return other;
  const names = Object.keys(value);
  const name = names[where % (names.length + 2)];
  // One that isn't there is added, and one that is there left out, replaced or spoilt in its turn.
  if (name === undefined) return Array.isArray(value) ? [...value, other] : { ...value, surprise: other };
  const inner: unknown = Reflect.get(value, name);
  const rest = Math.floor(where / (names.length + 2));
  const copy: object = Array.isArray(value) ? [...value] : { ...value };
  if (rest % 3 === 0) Reflect.deleteProperty(copy, name);
  else Reflect.set(copy, name, rest % 3 === 1 ? other : spoil(inner, rest, other));
  return copy;
}
