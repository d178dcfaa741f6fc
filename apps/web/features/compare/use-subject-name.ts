import { useTranslations } from "next-intl";
import { codeOfModel } from "../models/model-name.ts";
import { useModelName } from "../models/use-model-name.ts";
import { nameOfRun } from "../runs/run-state.ts";
import type { Subject } from "./subject.ts";

/** What those that are compared are called: in full, and as short as a column’s head. */
export interface SubjectNames {
  readonly full: (subject: Subject) => string;
  /** Short, with the number that it has on the page. */
  readonly numbered: (subject: Subject) => string;
}

export function useSubjectNames(): SubjectNames {
  const runs = useTranslations("runs");
  const nameOf = useModelName();
  const short = ({ chosenAs, model, run }: Subject): string =>
    chosenAs === "model" && model ? codeOfModel(model) : `#${run?.number ?? "–"}`;
  return {
    numbered: (subject) => `${subject.number} · ${short(subject)}`,
    full({ chosenAs, model, run }) {
      if (chosenAs === "model" && model) return nameOf(model);
      if (!run) return model ? nameOf(model) : "";
      return runs("number", { number: run.number, name: nameOfRun(run, (kind) => runs(`kinds.${kind}`)) });
    },
  };
}
