import type { QuestionnaireListItem } from "@touchstone/contracts";
import { added, entriesOf } from "./form/entries.ts";
import type { Written } from "./form/form-faults.ts";
import { versionsByName } from "./versions.ts";

/** What a form is opened for, as its address says. */
export interface StartWish {
  /** A questionnaire by name, for its next version. */
  readonly of: string | undefined;
  /** One to copy the questions of. */
  readonly like: string | undefined;
}

export interface FormStart {
  /** Under which this tab keeps what is written and not saved. */
  readonly place: string;
  readonly written: Written;
  /** The version that is read here, 0 for a new questionnaire. */
  readonly basedOn: number;
}

/** What the form begins with; null where the project has no questionnaire of that name to write on. */
export function startOf({ of, like }: StartWish, items: readonly QuestionnaireListItem[]): FormStart | null {
  const wanted = of ?? like;
  const place = of === undefined ? `like ${like ?? ""}` : `of ${of}`;
  if (wanted === undefined) return { place, written: { name: "", entries: added([], "preference") }, basedOn: 0 };
  const found = versionsByName(items).find(({ name }) => name === wanted);
  if (!found || (of !== undefined && found.standard)) return null;
  const entries = entriesOf(found.newest.questions);
  return of === undefined
    ? { place, written: { name: "", entries }, basedOn: 0 }
    : { place, written: { name: of, entries }, basedOn: found.newest.version };
}
