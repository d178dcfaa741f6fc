import type { ModelName, RunKind } from "@touchstone/contracts";

/** "RM-3", "P-2": short, the same in every language, and unique in the workspace. */
export function codeOfModel({ kind, number }: Pick<ModelName, "kind" | "number">): string {
  return `${kind === "reward" ? "RM" : "P"}-${number}`;
}

interface Words {
  readonly practice: string;
  readonly kind: (trainer: RunKind) => string;
}

/** The name that the practice model is stored under, and that models trained from it begin with. */
const practiceName = "Practice model";

/** Its number and what it is, in the reader's words: what a run published goes by where it began and how it was trained. */
export function nameOfModel(model: Omit<ModelName, "id">, words: Words): string {
  const code = codeOfModel(model);
  if (model.givenName !== null) return `${code} · ${model.givenName}`;
  const [origin = model.name] = model.trainer ? model.name.split(" · ") : [model.name];
  const root = model.practice || origin === practiceName ? words.practice : origin;
  return [code, root, ...(model.trainer ? [words.kind(model.trainer)] : [])].join(" · ");
}
