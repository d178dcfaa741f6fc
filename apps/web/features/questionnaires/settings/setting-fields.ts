import { contractOf, type Question, type QuestionKind } from "@touchstone/contracts";
import { z } from "zod";

/** How a setting is filled in, told by the schema of its kind: another kind needs no form of its own. */
export type SettingShape =
  | { readonly form: "checkbox" }
  | { readonly form: "number"; readonly least?: number; readonly most?: number; readonly nullable: boolean }
  | { readonly form: "choice"; readonly options: readonly (string | number)[]; readonly nullable: boolean }
  | { readonly form: "text"; readonly nullable: boolean }
  /** A list of texts, one a line. */
  | { readonly form: "lines" }
  | { readonly form: "group"; readonly fields: readonly SettingField[] }
  /** A list of groups, each with the same fields. */
  | { readonly form: "rows"; readonly fields: readonly SettingField[] }
  /** What no field can hold: written as JSON. */
  | { readonly form: "json" };

/** What a setting holds. */
export type Setting = Question["settings"][string];

export interface SettingField {
  readonly name: string;
  readonly shape: SettingShape;
}

type Schema = z.core.JSONSchema.JSONSchema;
type SchemaOrNot = z.core.JSONSchema._JSONSchema | undefined;

/** The settings of a kind, in the order in which its contract has them. */
export function settingFields(kind: QuestionKind): readonly SettingField[] {
  return fieldsOfSchema(contractOf(kind).settings);
}

/** The fields of any schema of an object. */
export function fieldsOfSchema(schema: z.ZodType): readonly SettingField[] {
  return fieldsOf(z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }));
}

function fieldsOf({ properties = {} }: Schema): readonly SettingField[] {
  return Object.entries(properties).map(([name, schema]) => ({ name, shape: shapeOf(schema) }));
}

function shapeOf(schema: SchemaOrNot): SettingShape {
  if (typeof schema !== "object") return { form: "json" };
  const [only, ...more] = alternatives(schema).filter((one) => one.type !== "null");
  if (!only || more.length > 0) return { form: "json" };
  const nullable = only !== schema;
  if (only.type === "boolean" && !nullable) return { form: "checkbox" };
  const options = only.enum?.filter((value) => typeof value === "string" || typeof value === "number");
  if (options && options.length === only.enum?.length) return { form: "choice", options, nullable };
  switch (only.type) {
    case "integer":
    case "number":
      return { form: "number", ...boundsOf(only), nullable };
    case "string":
      return { form: "text", nullable };
    case "object":
      return only.properties && !nullable ? { form: "group", fields: fieldsOf(only) } : { form: "json" };
    case "array":
      return nullable ? { form: "json" } : listOf(only);
    default:
      return { form: "json" };
  }
}

/** A schema that is one of several, as those; `nullable()` is one of them and null, which short ones say by two types. */
function alternatives(schema: Schema): readonly Schema[] {
  const { type } = schema;
  if (Array.isArray(type)) return type.map((one) => ({ ...schema, type: one }));
  const several = schema.anyOf ?? schema.oneOf;
  return several ? several.filter((one) => typeof one === "object") : [schema];
}

function listOf({ items }: Schema): SettingShape {
  if (typeof items !== "object" || Array.isArray(items)) return { form: "json" };
  const item = shapeOf(items);
  if (item.form === "text" && !item.nullable) return { form: "lines" };
  return item.form === "group" ? { form: "rows", fields: item.fields } : { form: "json" };
}

/** Bounds that somebody chose: an integer without any is bounded by what a computer can count. */
function boundsOf({ minimum, maximum }: Schema): { least?: number; most?: number } {
  return {
    ...(minimum !== undefined && minimum > Number.MIN_SAFE_INTEGER ? { least: minimum } : {}),
    ...(maximum !== undefined && maximum < Number.MAX_SAFE_INTEGER ? { most: maximum } : {}),
  };
}

/** A row of a list before anything is filled in. */
export function blankRow(fields: readonly SettingField[]): Record<string, Setting> {
  return Object.fromEntries(fields.map(({ name, shape }) => [name, blankOf(shape)]));
}

function blankOf(shape: SettingShape): Setting {
  switch (shape.form) {
    case "checkbox":
      return false;
    case "choice":
      return shape.nullable ? null : (shape.options[0] ?? null);
    case "number":
    case "json":
      return null;
    case "text":
      return shape.nullable ? null : "";
    case "lines":
    case "rows":
      return [];
    case "group":
      return blankRow(shape.fields);
  }
}
