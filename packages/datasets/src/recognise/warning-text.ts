import type { ProblemIssue, ReceiptWarning } from "@touchstone/contracts";

/** A warning as the issue of a problem, which pages say in their own language by its code. */
export function warningIssue(warning: ReceiptWarning): Omit<ProblemIssue, "path"> {
  return { message: warningText(warning), reason: `warning.${warning.code}`, values: warning.values };
}

const keptOnceTexts: Readonly<Record<string, string>> = {
  language: "another language of a prompt",
  source: "another source text of a prompt",
  gold: "another known answer of a task",
  metadata: "other metadata of a task",
  model: "another model of an answer",
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
      return `${oneOrMany(count, "One answer", "answers")}, and no task: a prompt needs two answers to compare, or the question “rating”.`;
    case "promptsOnly":
      return "These are prompts without answers: nobody is asked anything yet.";
    case "noVotes":
      return "No row has a vote or a score, though the mapping names where they are.";
    case "voteValues":
      return `Column “${column}” looks like votes, and what ${values.values ?? ""} mean is not known. Say so in “values”, or name the column in “ignore”.`;
    case "gradeDirection":
      return `Negative numbers of “${column}” were taken for the first answer being better.`;
    case "aspectScale":
      return `The aspects’ numbers were taken to be on a scale from ${values.from ?? 1} to ${values.to ?? 5}. Say another one in the mapping’s “aspectScale”.`;
    case "promptFromAnswers":
      return `${oneOrMany(count, "One row has", "rows have")} no prompt: what both answers begin with is taken for it.`;
    case "promptEndsWithAnswer":
      return `${oneOrMany(count, "One prompt ends", "prompts end")} with an answer${where}.`;
    case "contradictingVotes":
      return `${oneOrMany(count, "One vote contradicts", "votes contradict")} an earlier one of the same annotator on the same answers${where}: the earlier one counts.`;
    case "firstCounts":
      return `${oneOrMany(count, "One row says", "rows say")} ${keptOnceTexts[field] ?? `another ${field}`} than an earlier row does${where}: the earlier row counts.`;
    case "idOfOtherPrompt":
      return `${oneOrMany(count, "One row has", "rows have")} the id of an earlier row in “${column}” and another prompt, the first of them “${values.value ?? ""}”${where}: each is a task of its own, and the id names them all. If ids name rows, mend the file; if they name something else, keep “${column}” as metadata.`;
    case "idOfOtherAnswers":
      return `${oneOrMany(count, "One row has", "rows have")} the id of an earlier row, the same prompt and other answers${where}: each is a task of its own, and the id names them all.`;
    case "repeatedVotes":
      return `${oneOrMany(count, "One vote repeats", "votes repeat")} an earlier one of the same annotator; the two count once${where}.`;
    case "differingPrefixes":
      return `${oneOrMany(count, "One row’s transcripts differ", "rows’ transcripts differ")} before their last turn: the prompt is what they share.`;
    case "repeatedAnswers":
      return `${oneOrMany(count, "One answer equals", "answers equal")} another one of the same row: each is taken once.`;
    case "filesNotThere":
      return `${oneOrMany(count, "One row has", "rows have")} a text that is called as a picture or a sound is, and no file of this project is called so${where}: it would be shown as text. Upload the files under these names.`;
    case "tooFewAnswers":
      return `${oneOrMany(count, "One row has", "rows have")} fewer answers than a task of this questionnaire shows, and ${count === 1 ? "makes" : "make"} no task${where}.`;
    case "leftOverAnswers":
      return `${oneOrMany(count, "One row has", "rows have")} answers that stand in no task${where}: too few are left for one more. Show more or fewer at once.`;
    case "votedPair":
      return `${oneOrMany(count, "One row has", "rows have")} votes on a pair that is not among those chosen${where}: it is a task all the same, so that they are kept.`;
    case "votesOfSeveral":
      return `${oneOrMany(count, "One row has", "rows have")} votes and more than two answers${where}: between which two is not said, so that the votes are left out. Say in ranks which is best.`;
    case "promptAlone":
      return `${oneOrMany(count, "One row has", "rows have")} no answers: ${count === 1 ? "its task asks" : "their tasks ask"} about the prompt alone.`;
    case "identicalAnswers":
      return `${oneOrMany(count, "One row has", "rows have")} the same text as two of its answers${where}: a choice between them teaches nothing. It is imported all the same.`;
    case "skipRows":
      return `${oneOrMany(count, "One row is a skip", "rows are skips")}${where}: what was said there is not imported.`;
    case "leftOutRows":
      return `${oneOrMany(count, "One row was left out where the file comes from", "rows were left out where the file comes from")}${where}: here ${count === 1 ? "it counts" : "they count"} like all others. Take ${count === 1 ? "it" : "them"} out of the file, or leave ${count === 1 ? "it" : "them"} out again after the import.`;
    case "withoutText":
      return `${oneOrMany(count, "One answer is", "answers are")} named without a text: where the project does not know it either, the task stays closed until a text comes.`;
    case "bringsQuestionnaire":
      return `${oneOrMany(count, "One judgement answers", "judgements answer")} the questionnaire “${values.name ?? ""}”, which the project gets with the import.`;
    case "decoded":
      return `The file is not UTF-8. It was read as ${values.encoding ?? ""}: look at the first rows.`;
    case "apostrophes":
      return `${oneOrMany(count, "One cell begins", "cells begin")} with an apostrophe before a sign of a formula${where}, as tables write it to keep programs from reckoning: one apostrophe was taken off.`;
    case "allThere":
      return `All ${oneOrMany(count, "one row is", "rows are")} in the project already: importing adds nothing.`;
    case "someThere":
      return `${oneOrMany(count, "One row is", "rows are")} in the project already; ${oneOrMany(values.fresh ?? 0, "one is", "are")} new.`;
    case "longerPreferred":
      return `The longer answer is preferred in ${values.percent ?? ""} % of ${oneOrMany(count, "one vote", "votes")}: what is learned of them may be length.`;
    case "namedModels":
      return `${oneOrMany(count, "One answer names", "answers name")} the model that wrote ${count === 1 ? "it" : "them"} (${values.names ?? ""})${where}: whoever reads that is not blind any more.`;
    case "personalData":
      return `${oneOrMany(count, "One row holds", "rows hold")} what looks like personal data (${values.kinds ?? ""})${where}: whoever labels will read it.`;
    case "emptyAnswers":
      return `${oneOrMany(count, "One row has an empty answer", "rows have an empty answer")}${where}.`;
    case "badRows":
      return `${oneOrMany(count, "One row", "rows")} cannot be taken${where}.`;
    case "unreadable":
      return String(values.message ?? "The file cannot be read to its end.");
  }
}

/** “One row is”, “1,204 rows are”. */
function oneOrMany(count: string | number, one: string, many: string): string {
  const number = Number(count);
  return number === 1 ? one : `${number.toLocaleString("en")} ${many}`;
}
