import type { ProblemIssue, ReceiptWarning } from "@touchstone/contracts";

/** A warning as the issue of a problem, which pages say in their own language by its code. */
export function warningIssue(warning: ReceiptWarning): Omit<ProblemIssue, "path"> {
  return { message: warningText(warning), reason: `warning.${warning.code}`, values: warning.values };
}

const keptOnceTexts: Readonly<Record<string, string>> = {
  language: "language of a prompt",
  source: "source text of a prompt",
  gold: "known answer of a task",
  model: "model of an answer",
};

/** A warning in a sentence, for callers without a page. */
export function warningText({ code, values, lines }: ReceiptWarning): string {
  const { column = "", field = "", nearest = "", known = "", count = 0 } = values;
  const where = lines.length > 0 ? ` (line ${lines.join(", ")})` : "";
  switch (code) {
    case "unusedColumn":
      return `Column “${column}” is not imported. Map it, or name it in the mapping's “ignore”.`;
    case "unknownColumn":
      return `${field}: there is no column “${column}” in any row.${nearest === "" ? "" : ` Did you mean “${nearest}”?`} There are ${known || "no columns"}.`;
    case "noPrompt":
      return `No column is the prompt. Say which one is: ${known}. An id names an answer only within its prompt, so that rows of ids need the prompt too.`;
    case "noTasks":
      return `${count} answers, and no task: a prompt needs two answers to compare, or the question “rating”.`;
    case "promptsOnly":
      return "These are prompts without answers: nobody is asked anything yet.";
    case "noVotes":
      return "No row has a vote or a score, though the mapping names where they are.";
    case "voteValues":
      return `Column “${column}” looks like votes, and what ${values.values ?? ""} mean is not known. Say so in “values”, or name the column in “ignore”.`;
    case "gradeDirection":
      return `Negative numbers of “${column}” were taken for the first answer being better.`;
    case "promptFromAnswers":
      return `${count} rows have no prompt: what both answers begin with is taken for it.`;
    case "promptEndsWithAnswer":
      return `${count} prompts end with an answer${where}.`;
    case "contradictingVotes":
      return `${count} votes contradict an earlier one of the same annotator on the same answers and are left out${where}.`;
    case "firstCounts":
      return `${count} rows say another ${keptOnceTexts[field] ?? field} than an earlier row does${where}: the earlier row counts.`;
    case "repeatedVotes":
      return `${count} votes repeat an earlier one of the same annotator and count once${where}.`;
    case "differingPrefixes":
      return `${count} transcripts differ before their last turn: their prompt is what they share.`;
    case "repeatedAnswers":
      return `${count} answers equal another one of their row and are taken once.`;
    case "skipRows":
      return `${count} rows are skips${where}: what was said with them is not imported.`;
    case "withoutText":
      return `${count} answers are named without their text: where the project does not know them either, their tasks stay closed until a text comes.`;
    case "badRows":
      return `${count} rows cannot be taken${where}.`;
    case "unreadable":
      return String(values.message ?? "The file cannot be read to its end.");
  }
}
