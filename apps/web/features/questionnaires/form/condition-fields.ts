import { contractOf, type Question } from "@touchstone/contracts";
import { z } from "zod";
import { questionParts } from "../../workbench/questions/kinds.ts";
import type { QuestionParts } from "../../workbench/questions/question-parts.ts";

export type ConditionValue = string | number | boolean;

/** A field of the answers to a question that a follow-up may ask after. */
export interface ConditionField {
  readonly name: string;
  /** What it can say, or what is typed. */
  readonly values: Values;
}
type Values = readonly ConditionValue[] | "texts" | "numbers";

/** More values than this are typed and not ticked. */
const mostTicked = 12;

/**
 * What answers to a question can say, as far as a follow-up can ask after it: by its scale where it has one, so that only
 * what the scale offers is offered, else by the schema of its answers and the names that its settings give.
 */
export function conditionFields(question: Question): readonly ConditionField[] {
  const parts: QuestionParts = questionParts[question.kind];
  if (parts.form === "scale") {
    const { parts: steps, beside } = parts.scale(question);
    return fieldsOfAnswers([...steps, ...beside].map(({ answer }) => answer));
  }
  return fieldsOfSchema(contractOf(question.kind).answer, namesIn(question.settings));
}

function fieldsOfAnswers(answers: readonly Readonly<Record<string, unknown>>[]): readonly ConditionField[] {
  const names = [...new Set(answers.flatMap((answer) => Object.keys(answer)))];
  return names
    .map((name) => ({ name, values: [...new Set(answers.map((answer) => answer[name]).filter(isValue))] }))
    .filter(({ values }) => values.length > 1);
}

/** @param names what texts of the answers can be, where settings say so */
export function fieldsOfSchema(schema: z.ZodType, names: readonly string[]): readonly ConditionField[] {
  const whole = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" });
  const said = new Map<string, Values>();
  for (const form of whole.oneOf ?? whole.anyOf ?? [whole]) {
    for (const [name, field] of Object.entries(typeof form === "object" ? (form.properties ?? {}) : {})) {
      const values = valuesOf(field, names);
      if (values === undefined) continue;
      const known = said.get(name);
      said.set(name, isList(values) && isList(known) ? [...new Set([...known, ...values])] : values);
    }
  }
  const fields = [...said].map(([name, values]) => ({ name, values }));
  return fields.filter(({ values }) => !isList(values) || values.length > 1);
}

/** The values of a field; undefined where no follow-up can ask after it. */
function valuesOf(schema: z.core.JSONSchema._JSONSchema, names: readonly string[]): Values | undefined {
  if (typeof schema !== "object") return undefined;
  const listed = schema.enum ?? (schema.const === undefined ? undefined : [schema.const]);
  if (listed) return listed.filter(isValue);
  switch (schema.type) {
    case "boolean":
      return [true, false];
    case "string":
      return names.length > 0 ? names : "texts";
    case "integer":
    case "number":
      return numbersOf(schema);
    case "array": {
      const { items } = schema;
      return typeof items === "object" && !Array.isArray(items) && items.type === "string"
        ? valuesOf(items, names)
        : undefined;
    }
    default:
      return undefined;
  }
}

function numbersOf({ type, minimum = 0, maximum = Number.MAX_SAFE_INTEGER }: z.core.JSONSchema.JSONSchema): Values {
  if (type !== "integer" || maximum - minimum >= mostTicked) return "numbers";
  return Array.from({ length: maximum - minimum + 1 }, (_, index) => minimum + index);
}

/** What settings offer to choose from: the first list in them of texts, or of things with names. */
function namesIn(settings: Question["settings"]): readonly string[] {
  for (const setting of Object.values(settings)) {
    if (!Array.isArray(setting)) continue;
    const names = setting.map((one) => (typeof one === "object" && one !== null ? Reflect.get(one, "name") : one));
    const texts = names.filter((name) => typeof name === "string");
    if (texts.length > 0 && texts.length === names.length) return texts;
  }
  return [];
}

/** What is typed, one value a line. What is no number stays as it is written, so that nothing is lost while one types. */
export function typedValues(text: string, kind: "texts" | "numbers"): ConditionValue[] {
  const lines = text.split("\n").map((line) => line.trim());
  const said = lines.filter((line) => line !== "");
  return kind === "texts" ? said : said.map((line) => (Number.isFinite(Number(line)) ? Number(line) : line));
}

const isList = (values: Values | undefined): values is readonly ConditionValue[] => Array.isArray(values);

function isValue(value: unknown): value is ConditionValue {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}
