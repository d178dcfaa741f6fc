import type { QuestionnaireListItem } from "@touchstone/contracts";

/** A questionnaire with the version that imports ask now, and those that only earlier tasks ask. */
export interface QuestionnaireVersions {
  readonly name: string;
  readonly newest: QuestionnaireListItem;
  readonly earlier: readonly QuestionnaireListItem[];
  /** One that every project has; it is asked as it is. */
  readonly standard: boolean;
}

/** Names that the API keeps for what every project has. */
const standardNames: ReadonlySet<string> = new Set(["preference", "rating"]);

/** Versions by their questionnaire: a project's own first, since the standard ones are the same everywhere. */
export function versionsByName(items: readonly QuestionnaireListItem[]): readonly QuestionnaireVersions[] {
  const names = [...new Set(items.map(({ name }) => name))];
  const all = names.flatMap((name): QuestionnaireVersions[] => {
    const [newest, ...earlier] = items
      .filter((item) => item.name === name)
      .toSorted((one, other) => other.version - one.version);
    return newest ? [{ name, newest, earlier, standard: standardNames.has(name) }] : [];
  });
  return all.toSorted((one, other) => Number(one.standard) - Number(other.standard));
}
