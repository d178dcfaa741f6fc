import type { ProblemIssue } from "@touchstone/contracts";

/** A refusal of the API in lines of text: its own sentence, then each fault that the sentence does not say already. */
export function problemSentences(message: string, issues: readonly ProblemIssue[], cure = ""): string {
  const unsaid = issues.filter((issue) => !isSaid(message, issue, issues.length === 1));
  return [`${message} ${cure}`.trimEnd(), ...unsaid.map((issue) => `  ${placed(issue)}`)].join("\n");
}

/** Where there is one fault, the sentence is made of it; where there are several, it names the place of those it says. */
function isSaid(message: string, issue: ProblemIssue, isOnly: boolean): boolean {
  if (isOnly && message.endsWith(issue.message)) return true;
  return [placed(issue), `${issue.path}: ${issue.message}`].some((sentence) => message.includes(sentence));
}

/** "Line 2, rejected: is missing.": the path of a row in the words that the API's sentences name it by. */
function placed({ path, message }: ProblemIssue): string {
  const [, line, field] = /^lines\.(\d+)(?:\.(.+))?$/.exec(path) ?? [];
  if (line === undefined) return `${path}: ${message}`;
  return field === undefined ? `Line ${line}: ${message}` : `Line ${line}, ${field}: ${message}`;
}
