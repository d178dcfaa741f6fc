import { type ItemFilter, StandingQuery } from "@touchstone/contracts";
import { itemsHref } from "../browse/item-filter.ts";

type Search = Readonly<Record<string, string | string[] | undefined>>;

/** What a standing is narrowed to, as it stands in an address: texts, without what is not set. */
export type StandingFilter = { readonly [Name in keyof StandingQuery]?: string };

/** The filter that stands in an address. What is out of form there is left out, as if it had not been asked for. */
export function standingOf(search: Search): StandingFilter {
  return Object.fromEntries(
    Object.entries(StandingQuery.shape).flatMap(([name, schema]) => {
      const value = search[name];
      return typeof value === "string" && schema.safeParse(value).success ? [[name, value]] : [];
    }),
  );
}

/** The address of a project's standing of models. */
export function standingHref(projectId: string, filter: StandingFilter = {}): string {
  const set = Object.entries(filter).filter(([, value]) => value !== undefined && value !== "");
  const query = new URLSearchParams(set).toString();
  return `/projects/${projectId}/models${query === "" ? "" : `?${query}`}`;
}

/** How many fields narrow it, beside how it is counted and told apart. */
export const narrowedBy = ({ ties: _ties, by: _by, includeSimulated: _simulated, ...others }: StandingFilter): number =>
  Object.values(others).filter((value) => value !== undefined).length;

type Preferred = NonNullable<ItemFilter["preferred"]>;

/** Where Browse shows the items of two models, or those where one was preferred; as far as it knows the same filters. */
export function pairsHref(
  projectId: string,
  { question, language, origin, import: importId, split, from, to }: StandingFilter,
  pair: { readonly model: string; readonly against: string; readonly preferred?: Preferred },
): string {
  const known = { question, language, origin, import: importId, split, from, to };
  const set = Object.entries(known).filter(([, value]) => value !== undefined);
  return itemsHref(projectId, { ...Object.fromEntries(set), ...pair });
}
