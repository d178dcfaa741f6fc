import type { ModelName } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import { nameOfModel } from "./model-name.ts";

/** Names models in the reader's language. */
export function useModelName(): (model: ModelName) => string {
  const models = useTranslations("models");
  const kinds = useTranslations("runs.kinds");
  return (model) => nameOfModel(model, { practice: models("practice"), kind: (trainer) => kinds(trainer) });
}
