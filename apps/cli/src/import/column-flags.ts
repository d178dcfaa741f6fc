import { type ColumnChoice, type ColumnRole, choosableRoles, type ImportReceipt } from "@touchstone/contracts";
import { UsageError } from "../rlhf/usage-error.ts";

/** What `--column` says: each `role=name`. @throws UsageError */
export function choicesOf(flags: readonly string[]): ColumnChoice[] {
  return flags.map((flag) => {
    const at = flag.indexOf("=");
    const role = choosableRoles.find((one) => one === flag.slice(0, at));
    const path = flag.slice(at + 1);
    if (at > 0 && role && path !== "") return { role, path };
    throw new UsageError(
      `--column: “${flag}” is not role=name, where the role is one of ${choosableRoles.join(", ")}.`,
    );
  });
}

/** Answers are said in one of two ways; saying one takes back the other. */
const otherWay: Partial<Record<ColumnRole, readonly ColumnRole[]>> = {
  answer: ["better", "worse"],
  better: ["answer"],
  worse: ["answer"],
};

/**
 * The columns as the receipt took them, without those that were taken for something that other columns are now said to
 * be. They are not left out on purpose: if nothing else is said of them, the next receipt warns of them.
 *
 * @throws UsageError naming a column that is not in the file
 */
export function withoutReplaced(columns: ImportReceipt["columns"], choices: readonly ColumnChoice[]) {
  const known = columns.map(({ path }) => path);
  for (const { path, role } of choices) {
    if (!known.includes(path)) {
      throw new UsageError(`--column: the file has no column “${path}”. It has ${known.join(", ")}.`);
    }
    if (path.includes(".*.") && role !== "unused") {
      throw new UsageError(`--column: “${path}” lies inside the entries of a list. Say what it is with --mapping.`);
    }
  }
  const said = choices.flatMap(({ role }) => (role === "unused" ? [] : [role, ...(otherWay[role] ?? [])]));
  return columns.map((column) => (said.includes(column.role) ? { ...column, role: "unused" as const } : column));
}
