import type { z } from "zod";
import { type ReasonValues, sentenceOf } from "./reason-sentences.ts";
import { unfoldedIssues } from "./unfolded-issues.ts";

type Issue = z.core.$ZodIssue;

/**
 * Why a field is not accepted, in the API's English: what zod finds, and rules of ours, in sentences. Forms say each in
 * words of their own, in every language; a rule that has a message says that one instead.
 */
export const fieldSentences = {
  required: "is missing or empty.",
  email: "must be a whole e-mail address, such as ada@example.org.",
  invalid: "is not in the right form.",
  integer: "must be a whole number.",
  number: "must be a number.",
  text: "must be text.",
  yesOrNo: "must be true or false.",
  list: "must be a list.",
  object: "must be an object with fields by name.",
  id: "must be an id, as the API writes them.",
  time: "must be a time such as 2026-01-31T12:00:00Z.",
  url: "must be a whole address, such as https://example.org.",
  choice: "must be one of these: {known}.",
  unwanted: "must be left out.",
  unknownFields: "has fields that there are not: {names}.",
  unstorable: "contains characters that cannot be stored.",
  tooShort: "must have at least {limit} characters.",
  tooLong: "must have at most {limit} characters.",
  tooSmall: "must be {limit} or more.",
  tooLarge: "must be {limit} or less.",
  above: "must be more than {limit}.",
  below: "must be less than {limit}.",
  tooFew: "has too few entries: the least is {limit}.",
  tooMany: "has too many entries: the most is {limit}.",
  multiple: "must be a multiple of {limit}.",
  loraOrFrozen: "lora adapts the body and freezeBody leaves it as it is: leave one of the two out.",
  widthOfHeads: "width must be a multiple of twice the heads (rotary positions pair up).",
  sharedHeads: "heads must be a multiple of kvHeads.",
  nameOfStandard: "is the name of a standard questionnaire: choose another.",
  nameTaken: "is the name of an earlier question.",
  askedLater: "is no question before this one.",
  askedOnce: "can be asked once only: its answer is given in the answers shown.",
  lengthsDisagree: "is below “minLength”: no text could be both.",
  differentNumbers: "are about different numbers of answers, so that no task can ask them all.",
  repeated: "is there already.",
  choiceBounds: "does not go with the options and the other bound.",
  numberBounds: "does not go with min and max.",
  notListed: "is none of the names in the list above it.",
  languageTag: "is no language tag, such as en, zh-Hans or pt-BR.",
  notAProject: "is not that of an exported project.",
  newerProject: "is of a newer installation than this one: update this one first.",
} as const;

export type FieldFault = keyof typeof fieldSentences;

/** Why a field is not accepted, without words, with the values that its sentence names. */
export type FieldReason =
  | {
      readonly key: Exclude<FieldFault, "choice" | "unknownFields" | "multiple" | `too${string}` | "above" | "below">;
    }
  | { readonly key: "choice"; readonly known: string }
  | { readonly key: "unknownFields"; readonly names: string }
  | {
      readonly key: Extract<FieldFault, "multiple" | `too${string}` | "above" | "below">;
      readonly limit: number;
    };

/** Faults that the contracts find by rules of their own. A name of blanks is a field left empty. */
const ruleFaults = {
  unstorable_text: "unstorable",
  blank: "required",
  loraOrFrozen: "loraOrFrozen",
  configWidthOfHeads: "widthOfHeads",
  configSharedHeads: "sharedHeads",
  nameOfStandard: "nameOfStandard",
  nameTaken: "nameTaken",
  askedLater: "askedLater",
  askedOnce: "askedOnce",
  lengthsDisagree: "lengthsDisagree",
  differentNumbers: "differentNumbers",
  repeated: "repeated",
  choiceBounds: "choiceBounds",
  numberBounds: "numberBounds",
  notListed: "notListed",
  languageTag: "languageTag",
  notAProject: "notAProject",
  newerProject: "newerProject",
} as const;

const typeFaults = {
  string: "text",
  number: "number",
  int: "integer",
  bigint: "integer",
  boolean: "yesOrNo",
  array: "list",
  tuple: "list",
  set: "list",
  object: "object",
  record: "object",
  map: "object",
  date: "time",
  never: "unwanted",
  undefined: "unwanted",
} as const;

const formatFaults = {
  email: "email",
  uuid: "id",
  guid: "id",
  url: "url",
  datetime: "time",
  date: "time",
  time: "time",
} as const;

/** What zod found, for pages in any language. Only with `reportInput` is what is missing told from what is out of form. */
export function fieldReasonOf(issue: Issue): FieldReason {
  switch (issue.code) {
    case "invalid_type":
      return { key: issue.input === undefined ? "required" : (found(typeFaults, issue.expected) ?? "invalid") };
    case "invalid_format":
      // Of a pattern of ours nothing is a form; a format with a name has a sentence that says it.
      if (issue.format === "regex" && issue.input === "") return { key: "required" };
      return { key: found(formatFaults, issue.format) ?? "invalid" };
    case "too_small":
      return tooSmall(issue.origin, Number(issue.minimum), issue.inclusive ?? true);
    case "too_big":
      return tooBig(issue.origin, Number(issue.maximum), issue.inclusive ?? true);
    case "not_multiple_of":
      return { key: "multiple", limit: issue.divisor };
    case "invalid_value":
      return choiceOf(issue.values);
    case "unrecognized_keys":
      return { key: "unknownFields", names: someOf(issue.keys) };
    case "invalid_union":
      return "options" in issue && issue.options ? choiceOf(issue.options) : { key: "invalid" };
    case "custom":
      return { key: found(ruleFaults, String(issue.params?.code)) ?? "invalid" };
    default:
      return { key: "invalid" };
  }
}

/** What comes back must not grow with what was sent. */
const mostNames = 10;
const mostLetters = 60;

function someOf(names: readonly string[]): string {
  const shown = names
    .slice(0, mostNames)
    .map((name) => (name.length > mostLetters ? `${name.slice(0, mostLetters)}…` : name));
  const more = names.length - shown.length;
  return [...shown, ...(more > 0 ? [`… (+${more})`] : [])].join(", ");
}

function tooSmall(origin: string, limit: number, inclusive: boolean): FieldReason {
  if (origin === "string") return limit <= 1 ? { key: "required" } : { key: "tooShort", limit };
  if (hasEntries(origin)) return { key: "tooFew", limit };
  return { key: inclusive ? "tooSmall" : "above", limit };
}

function tooBig(origin: string, limit: number, inclusive: boolean): FieldReason {
  if (origin === "string") return { key: "tooLong", limit };
  if (hasEntries(origin)) return { key: "tooMany", limit };
  return { key: inclusive ? "tooLarge" : "below", limit };
}

const hasEntries = (origin: string) => ["array", "set", "map", "record"].includes(origin);

function choiceOf(values: readonly z.core.util.Primitive[]): FieldReason {
  return { key: "choice", known: values.map(String).join(", ") };
}

function found<Table extends object>(table: Table, name: string): Table[keyof Table] | undefined {
  const isKnown = (key: PropertyKey): key is keyof Table => Object.hasOwn(table, key);
  return isKnown(name) ? table[name] : undefined;
}

/** One fault as a problem carries it, below its part of the request. */
interface FieldIssue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly reason: string;
  readonly values?: ReasonValues;
}

/** What zod found as a problem carries it: of alternatives, the one that was meant, and no word of zod's own. */
export function fieldIssuesOf(issue: Issue): FieldIssue[] {
  return unfoldedIssues(issue).map((one) => {
    const { key, ...values } = fieldReasonOf(one);
    const isOwn = one.code === "custom" && one.message !== "Invalid input";
    return {
      path: one.path,
      message: isOwn ? one.message : sentenceOf(fieldSentences[key], values),
      reason: `field.${key}`,
      ...(Object.keys(values).length > 0 ? { values } : {}),
    };
  });
}
