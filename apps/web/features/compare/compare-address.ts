/** As many as the palette has colours, and as anybody tells apart. */
export const mostCompared = 6;

/** What the curves are drawn over. */
export const compareScales = ["steps", "examples", "time"] as const;
export type CompareScale = (typeof compareScales)[number];

/** A comparison as it stands in an address, to be sent to somebody else. */
export interface Comparison {
  readonly models: readonly string[];
  readonly runs: readonly string[];
  /** The figure whose curves are drawn; null: the first that most of them have. */
  readonly metric: string | null;
  readonly over: CompareScale;
}

type Search = Readonly<Record<string, string | string[] | undefined>>;

const id = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** Ids between commas, or from a parameter that comes several times; each once, and what is none is left out. */
function idsOf(value: string | string[] | undefined): string[] {
  const named = [value ?? []].flat().flatMap((part) => part.split(","));
  return [...new Set(named.map((one) => one.trim().toLowerCase()))].filter((one) => id.test(one));
}

/** What an address asks for; of more than can be compared, the first. */
export function comparisonOf(search: Search): Comparison {
  const models = idsOf(search.models).slice(0, mostCompared);
  const runs = idsOf(search.runs).slice(0, mostCompared - models.length);
  const metric = typeof search.metric === "string" && search.metric !== "" ? search.metric : null;
  return { models, runs, metric, over: compareScales.find((one) => one === search.over) ?? "steps" };
}

/** The address of a comparison; without what goes without saying. */
export function compareHref({ models = [], runs = [], metric = null, over = "steps" }: Partial<Comparison>): string {
  // Commas stay as they are: an address is read, too.
  const parts = [
    ...(models.length > 0 ? [`models=${models.join(",")}`] : []),
    ...(runs.length > 0 ? [`runs=${runs.join(",")}`] : []),
    ...(metric === null ? [] : [`metric=${encodeURIComponent(metric)}`]),
    ...(over === "steps" ? [] : [`over=${over}`]),
  ];
  return parts.length === 0 ? "/models/compare" : `/models/compare?${parts.join("&")}`;
}
