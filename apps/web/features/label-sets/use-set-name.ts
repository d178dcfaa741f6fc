import type { LabelSetRow } from "@touchstone/contracts";
import { useTranslations } from "next-intl";

/** What a set goes by: its name, or the beginning of its hash. */
export function useSetName(): (set: Pick<LabelSetRow, "name" | "sha256">) => string {
  const t = useTranslations("labelSets");
  return ({ name, sha256 }) => name ?? t("unnamed", { hash: sha256.slice(0, 8) });
}
