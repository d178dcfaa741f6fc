import { fieldIssuesOf, type ProblemIssue, ProjectFile, type ProjectFileView } from "@touchstone/contracts";
import type { z } from "zod";

/** What a file was read as: a project to make, or why it is none, fault by fault. */
export type ProjectReading =
  | { readonly file: z.input<typeof ProjectFile> & { readonly name: string } }
  | { readonly faults: readonly ProblemIssue[] };

/** By the very schema by which the API will check it. A text that is no JSON is a file without a format. */
export function readProjectFile(text: string): ProjectReading {
  const given = jsonOf(text);
  const parsed = ProjectFile.safeParse(given, { reportInput: true });
  if (parsed.success) return { file: { ...given, ...parsed.data } };
  const issues = parsed.error.issues.flatMap(fieldIssuesOf);
  return { faults: issues.map(({ path, ...issue }) => ({ ...issue, path: path.map(String).join(".") })) };
}

function jsonOf(text: string): object {
  try {
    return Object(JSON.parse(text));
  } catch {
    return {};
  }
}

/** The name of the file under which a project is saved. */
export function fileNameOf({ name }: Pick<ProjectFileView, "name">): string {
  const plain = name
    .normalize("NFC")
    .replaceAll(/[^\p{L}\p{N}]+/gu, "-")
    .replaceAll(/^-+|-+$/g, "");
  return `${plain || "project"}.touchstone.json`;
}
