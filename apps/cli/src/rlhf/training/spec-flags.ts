import { type TrainingSpec, TrainingSpec as TrainingSpecSchema } from "@touchstone/contracts";
import { Option } from "commander";
import { z } from "zod";

/** One setting of a trainer as a flag: `--learning-rate`, `--objective.beta`. */
export interface SpecFlag {
  readonly flag: string;
  /** Path of the setting in the spec. */
  readonly path: readonly string[];
  readonly type: "number" | "boolean" | "text" | "list";
  readonly choices: readonly string[];
  readonly description: string;
}

/** Every setting of a trainer, from the schema that also checks it: the flags can never fall behind. */
export function specFlags(trainer: TrainingSpec["trainer"]): SpecFlag[] {
  const schema = TrainingSpecSchema.options.find(({ shape }) => shape.trainer.value === trainer);
  if (!schema) throw new RangeError(`there is no trainer ${trainer}`);
  return flagsOf(schema).filter(({ flag }) => flag !== "--trainer");
}

/** Every setting of a schema. */
export function flagsOf(schema: z.ZodType): SpecFlag[] {
  const flags = new Map<string, SpecFlag>();
  for (const found of leaves(z.toJSONSchema(schema, { io: "input" }), [])) {
    const known = flags.get(found.flag);
    // Variants of an objective share settings, and name themselves by one that has a single value each.
    flags.set(found.flag, known ? { ...known, choices: [...new Set([...known.choices, ...found.choices])] } : found);
  }
  return [...flags.values()];
}

/** As commander shows and parses it. */
export function optionOf({ flag, type, choices, description }: SpecFlag): Option {
  const option = new Option(
    `${flag} <${type === "number" ? "n" : "value"}${type === "list" ? "..." : ""}>`,
    description,
  );
  // Lists may also be one word with commas, and the schema checks their parts.
  return choices.length > 0 && type !== "list" ? option.choices([...choices]) : option;
}

type JsonSchema = z.core.JSONSchema.BaseSchema;

function* leaves(schema: JsonSchema | boolean, path: readonly string[]): Generator<SpecFlag> {
  if (typeof schema === "boolean") return;
  const variants = schema.anyOf ?? schema.oneOf;
  if (variants) {
    for (const variant of variants) yield* leaves(variant, path);
  } else if (schema.properties) {
    for (const [name, property] of Object.entries(schema.properties)) yield* leaves(property, [...path, name]);
  } else if (schema.type !== "object") {
    yield {
      flag: `--${path.map(kebab).join(".")}`,
      path,
      type: typeOf(schema),
      choices: choicesOf(schema),
      description: described(schema),
    };
  }
}

function typeOf({ type }: JsonSchema): SpecFlag["type"] {
  if (type === "boolean") return "boolean";
  if (type === "array") return "list";
  return type === "string" ? "text" : "number";
}

function choicesOf(schema: JsonSchema): string[] {
  if (schema.type === "boolean") return ["true", "false"];
  if (schema.type === "array") return itemsOf(schema);
  return (schema.enum ?? (schema.const === undefined ? [] : [schema.const])).map(String);
}

function itemsOf({ items }: Pick<JsonSchema, "items">): string[] {
  return typeof items === "object" && !Array.isArray(items) ? choicesOf(items) : [];
}

function described({ description = "", default: preset, type, items }: JsonSchema): string {
  const shown = preset === undefined ? "" : `(default: ${JSON.stringify(preset)})`;
  const parts = type === "array" ? itemsOf({ ...(items === undefined ? {} : { items }) }) : [];
  const listed = parts.length > 0 ? `(of ${parts.join(", ")})` : "";
  return [description, listed, shown].filter((part) => part !== "").join(" ");
}

function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
