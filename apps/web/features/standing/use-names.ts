import type { ModelStandingView } from "@touchstone/contracts";
import { useModelName } from "../models/use-model-name.ts";
import { type NameOf, namesOf } from "./standing-sight.ts";

/** Names a standing's models in the reader's words. */
export function useNames(standing: Pick<ModelStandingView, "models">): NameOf {
  return namesOf(standing, useModelName());
}
