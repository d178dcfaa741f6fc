import { ColumnMapping, DomainError, fieldIssuesOf, type ProblemIssue } from "@touchstone/contracts";
import { closest as nearest } from "fastest-levenshtein";
import type { z } from "zod";
import { mappingProblem, readingIssue } from "../read/line-problem.ts";

/**
 * Reads a mapping from its JSON and refuses one that can never give a row something to judge.
 *
 * @throws DomainError invalid_mapping, naming each field at fault.
 */
export function parseMapping(json: string | undefined): ColumnMapping {
  if (json === undefined) throw mappingProblem("prompt", null, "mappingMissing");
  const parsed = ColumnMapping.safeParse(parse(json), { reportInput: true });
  if (!parsed.success) {
    const issues = parsed.error.issues.flatMap(issuesOf);
    const sentences = issues.map(({ path, message }) => `${path}: ${message}`).join(" ");
    throw new DomainError("invalid_mapping", `Some fields of the mapping are out of form. ${sentences}`, {
      path: issues[0]?.path ?? "mapping",
      issues,
    });
  }
  return checkMapping(parsed.data);
}

/** Names a field that there is not, and the nearest one that there is. */
function issuesOf(issue: z.core.$ZodIssue): ProblemIssue[] {
  const path = ["mapping", ...issue.path].join(".");
  if (issue.code !== "unrecognized_keys") {
    return fieldIssuesOf(issue).map((one) => ({ ...one, path: ["mapping", ...one.path].join(".") }));
  }
  const known = issue.path[0] === "values" ? Object.keys(plainFields) : Object.keys(ColumnMapping.shape);
  return issue.keys.map((key) => ({
    path: `${path}.${key}`,
    ...readingIssue("mappingUnknownField", { nearest: nearest(key, known), known: known.join(", ") }),
  }));
}

const plainFields = { a: [], b: [], tie: [], bothBad: [], grades: {} } satisfies ColumnMapping["values"];

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw mappingProblem(null, null, "mappingNotJson");
  }
}

/** @throws DomainError invalid_mapping */
function checkMapping(mapping: ColumnMapping): ColumnMapping {
  const { prompt, turns, a, b, aId, bId, votes, winner, answers, completion, score, values } = mapping;
  const hasA = a !== undefined || aId !== undefined;
  const hasB = b !== undefined || bId !== undefined;
  // Conversations hold their prompt.
  if (prompt === undefined && turns === undefined && a === undefined && completion === undefined) {
    throw mappingProblem("prompt", null, "mappingNoPrompt");
  }
  if (hasA !== hasB && completion === undefined) {
    throw mappingProblem(hasA ? "b" : "a", null, "mappingOneSide");
  }
  if (hasB && completion !== undefined) {
    throw mappingProblem("completion", null, "mappingPairOrCompletion");
  }
  if (answers !== undefined && (hasB || completion !== undefined)) {
    throw mappingProblem("answers", null, "mappingAnswersTwice");
  }
  if (votes !== undefined && !hasB && answers === undefined) {
    throw mappingProblem("votes", null, "mappingVotesWithoutSides");
  }
  if (winner !== undefined && !hasB) throw mappingProblem("winner", null, "mappingWinnerWithoutSides");
  if (winner !== undefined && votes !== undefined) {
    throw mappingProblem("winner", null, "mappingWinnerAndVotes");
  }
  if (score !== undefined && completion === undefined) {
    throw mappingProblem("completion", null, "mappingScoreWithoutCompletion");
  }
  checkJudged(mapping, hasB);
  if (values)
    refuseAmbiguous([...values.a, ...values.b, ...values.tie, ...values.bothBad, ...Object.keys(values.grades)]);
  return mapping;
}

/** What ranks, scores, aspects and a label are about. */
function checkJudged(mapping: ColumnMapping, hasB: boolean): void {
  const { answers, completion, scores, score, ranks, aspects, label, votes, winner } = mapping;
  const several = hasB || answers !== undefined;
  const hasRanks = ranks !== undefined || (answers !== undefined && "list" in answers && answers.rank !== undefined);
  if (hasRanks && !several) throw mappingProblem("ranks", null, "mappingRanksWithoutAnswers");
  if (hasRanks && (votes !== undefined || winner !== undefined)) {
    throw mappingProblem("ranks", null, "mappingRanksAndVotes");
  }
  const places = answers === undefined || "list" in answers ? 2 : answers.columns.length;
  const inList = answers !== undefined && "list" in answers;
  if (ranks !== undefined && "columns" in ranks && (inList || ranks.columns.length !== places)) {
    throw mappingProblem("ranks", null, "mappingRankCount", {
      count: ranks.columns.length,
      expected: inList ? 1 : places,
    });
  }
  if (scores !== undefined && (score !== undefined || !several || inList || scores.length !== places)) {
    throw mappingProblem("scores", null, "mappingScoreCount", { count: scores.length, expected: several ? places : 1 });
  }
  if (aspects !== undefined && completion === undefined) {
    throw mappingProblem("aspects", null, "mappingAspectsWithoutCompletion");
  }
  if (label !== undefined && completion === undefined) {
    throw mappingProblem("label", null, "mappingLabelWithoutCompletion");
  }
}

function refuseAmbiguous(values: readonly string[]): void {
  const twice = values.find((value, index) => values.indexOf(value) !== index);
  if (twice !== undefined) throw mappingProblem("values", null, "mappingAmbiguous", { value: twice });
}
