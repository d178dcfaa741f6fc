import { ItemFilter } from "@touchstone/contracts";

type Search = Readonly<Record<string, string | string[] | undefined>>;

/** The filter that stands in an address. What is out of form there is left out, as if it had not been asked for. */
export function filterOf(search: Search): ItemFilter {
  const { shape } = ItemFilter;
  const all: ItemFilter = {
    q: shape.q.safeParse(search.q).data,
    question: shape.question.safeParse(search.question).data,
    person: shape.person.safeParse(search.person).data,
    agreement: shape.agreement.safeParse(search.agreement).data,
    from: shape.from.safeParse(search.from).data,
    to: shape.to.safeParse(search.to).data,
    flagged: shape.flagged.safeParse(search.flagged).data,
    origin: shape.origin.safeParse(search.origin).data,
    import: shape.import.safeParse(search.import).data,
    model: shape.model.safeParse(search.model).data,
    against: shape.against.safeParse(search.against).data,
    preferred: shape.preferred.safeParse(search.preferred).data,
    language: shape.language.safeParse(search.language).data,
    split: shape.split.safeParse(search.split).data,
    state: shape.state.safeParse(search.state).data,
    fasterThanReading: shape.fasterThanReading.safeParse(search.fasterThanReading).data,
    sensitive: shape.sensitive.safeParse(search.sensitive).data,
  };
  return askedOfTwo(withoutUnset(all));
}

/** Which of two models was preferred is asked of two: with one of them gone, it is not asked any more. */
export function askedOfTwo({ preferred, ...filter }: ItemFilter): ItemFilter {
  const { model, against } = filter;
  return preferred === undefined || !model || !against ? filter : { ...filter, preferred };
}

/** Whether judgements are read one by one to find these items, so that a page may hold few of them and go on. */
export const isCompared = ({ agreement, preferred, fasterThanReading }: ItemFilter): boolean =>
  (agreement ?? preferred ?? fasterThanReading) !== undefined;

/** The same without the fields that are not set, so that equal filters are equal. */
function withoutUnset(filter: ItemFilter): ItemFilter {
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined));
}

/** The address of a project's items, such as those that a saved view finds. */
export function itemsHref(projectId: string, filter: ItemFilter = {}): string {
  const set = Object.entries(filter).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, String(value)]],
  );
  const query = new URLSearchParams(set).toString();
  return `/projects/${projectId}/browse${query === "" ? "" : `?${query}`}`;
}

/** How many fields beside the search itself narrow the list. */
export const narrowedBy = ({ q: _q, ...others }: ItemFilter): number =>
  Object.values(others).filter((value) => value !== undefined).length;

const pad = (number: number): string => String(number).padStart(2, "0");

/** The day of a moment where the reader is, as date fields have it. */
export function dayOf(moment: string | undefined, earlierMs = 0): string {
  if (moment === undefined) return "";
  const at = new Date(new Date(moment).getTime() - earlierMs);
  return `${at.getFullYear()}-${pad(at.getMonth() + 1)}-${pad(at.getDate())}`;
}

/** The first moment of a day where the reader is, `later` so many days after it; nothing for a field left empty. */
export function momentOf(day: string, later = 0): string | undefined {
  const [year, month, date] = day.split("-").map(Number);
  if (year === undefined || month === undefined || date === undefined) return undefined;
  const at = new Date(year, month - 1, date + later);
  return Number.isNaN(at.getTime()) ? undefined : at.toISOString();
}
