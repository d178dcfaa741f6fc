import { JudgementFilter } from "@touchstone/contracts";

/** The filter that stands in an address. What is out of form there is left out, as if it had not been asked for. */
export function filterOf(search: Readonly<Record<string, string | string[] | undefined>>): JudgementFilter {
  const { shape } = JudgementFilter;
  return {
    state: shape.state.safeParse(search.state).data,
    source: shape.source.safeParse(search.source).data,
    member: shape.member.safeParse(search.member).data,
    hours: shape.hours.safeParse(search.hours).data,
  };
}

/** The address of a project's judgements, such as those that one of its figures counts. */
export function judgementsHref(projectId: string, filter: JudgementFilter = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(filter)) if (value !== undefined) search.set(name, String(value));
  const query = search.toString();
  return `/projects/${projectId}/judgements${query === "" ? "" : `?${query}`}`;
}
