import { type ExportFormat, RecordFormat } from "./datasets.ts";
import { Aggregation, type ExportOptions, ShapedFormat } from "./export-shapes.ts";

/** What a file of a label set holds: the name says all of it, and nothing of it is asked beside the name. */
export type LabelSetFileAsked = Omit<ExportOptions, "license" | "tokens" | "model"> & { readonly format: ExportFormat };

const formats: readonly ExportFormat[] = [...RecordFormat.options, ...ShapedFormat.options];

/** Ending → what kind of file it is. Label Studio imports a list, and no lines. */
const endings = {
  parquet: { container: "parquet", compression: "none" },
  jsonl: { container: "jsonl", compression: "none" },
  "jsonl.gz": { container: "jsonl", compression: "gzip" },
  csv: { container: "csv", compression: "none" },
  "csv.gz": { container: "csv", compression: "gzip" },
  zip: { container: "folder", compression: "none" },
} as const satisfies Record<string, Pick<ExportOptions, "container" | "compression">>;

const isEnding = (text: string): text is keyof typeof endings => Object.hasOwn(endings, text);
const listEnding = /^json(?=$|\.gz$)/;

/**
 * What a name asks for: `FORMAT[.majority|.soft][.margin][.sidecar].ENDING`, so that each file has one address and the
 * address ends as programs expect. Null for what is no such name; whether its parts fit together is not looked at.
 *
 * @example parseLabelSetFileName("openrlhf.majority.parquet")
 */
export function parseLabelSetFileName(name: string): LabelSetFileAsked | null {
  const [first = "", ...rest] = name.split(".");
  const format = formats.find((one) => one === first);
  if (format === undefined) return null;
  const aggregation = takeFirst(rest, ["majority", "soft"]) ?? "votes";
  const margin = takeFirst(rest, ["margin"]) === undefined ? "false" : "true";
  const part = takeFirst(rest, ["sidecar"]) === undefined ? "rows" : "sidecar";
  const ending = rest.join(".");
  const told = format === "label-studio" && part === "rows" ? ending.replace(listEnding, "jsonl") : ending;
  if (!isEnding(told) || (part === "sidecar" && endings[told].container !== "jsonl")) return null;
  const asked = { format, aggregation: Aggregation.parse(aggregation), margin, part, ...endings[told] } as const;
  // One name for each file: of two that mean the same, that which is written here.
  return labelSetFileName(asked) === name ? asked : null;
}

/** The name that asks for it. */
export function labelSetFileName(asked: LabelSetFileAsked): string {
  const { format, aggregation, margin, part, container, compression } = asked;
  const isList = format === "label-studio" && part === "rows";
  const lines = isList ? "json" : "jsonl";
  const ending = { jsonl: lines, csv: "csv", parquet: "parquet", folder: "zip" }[part === "rows" ? container : "jsonl"];
  const parts = [
    format,
    ...(aggregation === "votes" ? [] : [aggregation]),
    ...(margin === "true" ? ["margin"] : []),
    ...(part === "rows" ? [] : [part]),
    ending,
    ...(compression === "gzip" ? ["gz"] : []),
  ];
  return parts.join(".");
}

/** Takes the first word off where it is one of these. */
function takeFirst(words: string[], these: readonly string[]): string | undefined {
  return these.includes(words[0] ?? "") ? words.shift() : undefined;
}
