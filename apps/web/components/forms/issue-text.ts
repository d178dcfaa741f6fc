import type {
  FieldFault,
  ProblemIssue,
  ReadingReason,
  ReasonValues,
  ReasonWord,
  RefusalReason,
  WarningCode,
} from "@touchstone/contracts";

/** The messages by which a page says what the API found, in its language. */
export interface IssueMessages {
  readonly isEnglish: boolean;
  /** Which codes this page has words for: its messages know, without the API's table of sentences. */
  readonly isReason: (code: string) => code is ReadingReason;
  readonly isRefusal: (code: string) => code is RefusalReason;
  readonly isWord: (word: string | number) => word is ReasonWord;
  readonly isFault: (key: string) => key is FieldFault;
  readonly isWarning: (code: string) => code is WarningCode;
  readonly reason: (code: ReadingReason, values: ReasonValues) => string;
  readonly refusal: (code: RefusalReason, values: ReasonValues) => string;
  readonly word: (word: ReasonWord) => string;
  readonly warning: (code: WarningCode, values: ReasonValues) => string;
  readonly field: (fault: FieldFault, values: ReasonValues) => string;
  readonly line: (values: { readonly line: string }) => string;
  readonly lineField: (values: { readonly line: string; readonly field: string }) => string;
  readonly named: (values: { readonly field: string }) => string;
}

/** What a page has words for, by its messages under `problems` and those of an import's warnings. */
export function wordsOfPage(
  texts: Readonly<Record<"reasons" | "refusals" | "words" | "fields", object>>,
  { warnings }: { readonly warnings: object },
): Pick<IssueMessages, "isReason" | "isRefusal" | "isWord" | "isFault" | "isWarning"> {
  return {
    isReason: (code): code is ReadingReason => Object.hasOwn(texts.reasons, code),
    isRefusal: (code): code is RefusalReason => Object.hasOwn(texts.refusals, code),
    isWord: (word): word is ReasonWord => Object.hasOwn(texts.words, word),
    isFault: (key): key is FieldFault => Object.hasOwn(texts.fields, key),
    isWarning: (code): code is WarningCode => Object.hasOwn(warnings, code),
  };
}

/** A warning names only the values it has; its message may ask for any of these. */
export const warningBlanks = {
  ...{ column: "", field: "", nearest: "", known: "", count: 0, values: "", message: "", name: "", encoding: "" },
  ...{ fresh: 0, of: 0, percent: 0, names: "", kinds: "" },
};

const ofField = "field.";
const ofWarning = "warning.";

/** One fault in the page's language; in the API's words where it gives no reason that this page knows. */
export function issueText({ message, reason, values = {} }: Omit<ProblemIssue, "path">, say: IssueMessages): string {
  if (reason === undefined) return message;
  // The API's own sentences are the English ones, and their table is no compiled message that could take values.
  if (say.isEnglish && (say.isReason(reason) || say.isRefusal(reason))) return message;
  if (say.isReason(reason)) return say.reason(reason, withWord(values, say));
  if (say.isRefusal(reason)) return say.refusal(reason, withWord(values, say));
  const warning = reason.startsWith(ofWarning) ? reason.slice(ofWarning.length) : "";
  if (say.isWarning(warning)) return say.warning(warning, values);
  const fault = reason.startsWith(ofField) ? reason.slice(ofField.length) : "";
  // In English the API's own sentence says more than that the form is wrong.
  if (!say.isFault(fault) || (fault === "invalid" && say.isEnglish)) return message;
  return say.field(fault, values);
}

/** The same with the line and the field that it is about. */
export function placedIssueText(issue: ProblemIssue, say: IssueMessages): string {
  return `${placeOf(issue, say)}${issueText(issue, say)}`;
}

function placeOf({ path, reason = "" }: ProblemIssue, say: IssueMessages): string {
  // These are about the file as a whole, or name their field themselves.
  if (reason.startsWith("file") || reason.startsWith("warning.") || reason === "tableNoRows") return "";
  const [, line, field] = /^lines\.(\d+)(?:\.(.+))?$/.exec(path) ?? [];
  if (line !== undefined) return field === undefined ? say.line({ line }) : say.lineField({ line, field });
  const named = /^(?:mapping|spec|query|params)\.(.+)$/.exec(path)?.[1];
  if (named !== undefined) return say.named({ field: named });
  // A fault of a form says nothing without its field: "At least 12 characters."
  return reason.startsWith(ofField) ? say.named({ field: path.replace(/^body\./, "") }) : "";
}

function withWord(values: ReasonValues, say: IssueMessages): ReasonValues {
  const { kind } = values;
  return kind !== undefined && say.isWord(kind) ? { ...values, kind: say.word(kind) } : values;
}
