import type { ModelStandingView } from "@touchstone/contracts";
import { csvOf } from "../../components/csv.ts";
import type { NameOf } from "./standing-sight.ts";

const header = [
  "table",
  "rank_best",
  "rank_worst",
  "model",
  "model_id",
  "strength",
  "strength_low",
  "strength_high",
  "preferred",
  "preferred_low",
  "preferred_high",
  "comparisons",
  "answers",
];

/** The tables as a file of comma-separated values (RFC 4180), a row a model; an end that nothing sets is an empty cell. */
export function standingCsv({ groups, models }: Pick<ModelStandingView, "groups" | "models">, nameOf: NameOf): string {
  const answers = new Map(models.map((one) => [one.model, one.answers]));
  const rows = groups.flatMap((group, table) =>
    group.map(({ model, rank, strength, preferred, comparisons }) => [
      table + 1,
      rank.best,
      rank.worst,
      nameOf(model),
      model,
      ...ends(strength),
      ...ends(preferred),
      comparisons,
      answers.get(model) ?? 0,
    ]),
  );
  return csvOf(header, rows);
}

const ends = ({ value, low, high }: { value: number; low: number | null; high: number | null }) => [value, low, high];
