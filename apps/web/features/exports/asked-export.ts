import {
  type Aggregation,
  type ExportContainer,
  type ExportFormat,
  ShapedFormat,
  shapeRules,
} from "@touchstone/contracts";

/** What somebody has chosen on the page; some of it fits some formats alone. */
export interface ChosenExport {
  readonly format: ExportFormat;
  readonly container: ExportContainer;
  readonly gzip: boolean;
  readonly aggregation: Aggregation;
  readonly margin: boolean;
  readonly license: string;
  /** What rows were measured against, which the card of a folder counts by too; null where none were. */
  readonly tokens: number | null;
  readonly includeSimulated: boolean;
  readonly includeRepeats: boolean;
  readonly includeLeftOut: boolean;
}

export const plainExport: ChosenExport = {
  ...{ format: "trl-preference", container: "jsonl", gzip: false, aggregation: "votes", margin: false, license: "" },
  ...{ tokens: null, includeSimulated: false, includeRepeats: false, includeLeftOut: false },
};

export const isShaped = (format: ExportFormat): format is ShapedFormat => ShapedFormat.safeParse(format).success;

/** The ways in which several judgements can become a row of this format. */
export function aggregationsOf(format: ExportFormat): readonly Aggregation[] {
  if (format === "trl-preference") return ["votes", "majority", "soft"];
  return isShaped(format) && shapeRules[format].pairs ? ["votes", "majority"] : ["votes"];
}

export const takesMargin = (format: ExportFormat): boolean => isShaped(format) && shapeRules[format].margin;

/** Whether this kind of file gets smaller with gzip. */
export const compresses = (container: ExportContainer): boolean => container === "jsonl" || container === "csv";

/** What a licence may be named by: an identifier of SPDX or of the Hub. Empty is none. */
export const isLicense = (text: string): boolean => /^[A-Za-z0-9.+-]{0,60}$/.test(text);

/** What was chosen, without what does not fit the format or the file: that is asked for by nobody who sees this page. */
export function fitting(chosen: ChosenExport): ChosenExport {
  const { format, container, aggregation } = chosen;
  return {
    ...chosen,
    aggregation: aggregationsOf(format).includes(aggregation) ? aggregation : "votes",
    margin: chosen.margin && takesMargin(format),
    gzip: chosen.gzip && compresses(container),
    license: container === "folder" && isLicense(chosen.license) ? chosen.license : "",
    tokens: container === "folder" ? chosen.tokens : null,
    includeRepeats: chosen.includeRepeats && format === "judgements",
    includeLeftOut: chosen.includeLeftOut && format === "judgements",
  };
}

/** Where the file is, or a part beside it. */
export function addressOf(projectId: string, chosen: ChosenExport, part?: "sidecar" | "dataset-info"): string {
  const asked = fitting(chosen);
  const { format, ...further } = fileAsked(asked, part);
  const told: Record<string, string> = {
    format,
    includeSimulated: String(asked.includeSimulated),
    ...(asked.includeRepeats ? { includeRepeats: "true" } : {}),
    ...(asked.includeLeftOut ? { includeLeftOut: "true" } : {}),
    ...further,
  };
  return `/api/projects/${projectId}/exports?${new URLSearchParams(told)}`;
}

/** The same of a label set that is frozen already: what is in it was said when it was. */
export function addressOfSet(labelSetId: string, chosen: ChosenExport): string {
  return `/api/label-sets/${labelSetId}/export?${new URLSearchParams(fileAsked(fitting(chosen)))}`;
}

/** As which file the rows go out, whichever they are. */
function fileAsked(asked: ChosenExport, part?: "sidecar" | "dataset-info") {
  return {
    format: asked.format,
    ...(asked.aggregation === "votes" ? {} : { aggregation: asked.aggregation }),
    ...(part === undefined && asked.container !== "jsonl" ? { container: asked.container } : {}),
    ...(part === undefined && asked.gzip ? { compression: "gzip" } : {}),
    ...(asked.margin ? { margin: "true" } : {}),
    ...(part === undefined && asked.license !== "" ? { license: asked.license } : {}),
    ...(part === undefined && asked.tokens !== null ? { tokens: String(asked.tokens) } : {}),
    ...(part === undefined ? {} : { part }),
  };
}
