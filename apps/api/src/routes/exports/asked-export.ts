import { type ExportFormat, type ExportOptions, refused, type ShapedFormat, shapeRules } from "@touchstone/contracts";
import { type AskedExport, isLlamaFactory, isShaped } from "@touchstone/datasets";

/**
 * What is asked of an export, where it fits together: nothing is passed over that somebody asked for.
 *
 * @throws DomainError invalid_value, which names what does not fit.
 */
export function askedExport(query: ExportOptions & { readonly format: ExportFormat }): AskedExport {
  const { format, aggregation, container, compression, part, license, tokens, model } = query;
  const margin = query.margin === "true";
  if (aggregation !== "votes" && format !== "trl-preference" && !rulesOf(format)?.pairs) {
    throw refused("aggregatedPairs", { aggregation, at: "aggregation" });
  }
  if (aggregation === "soft" && format !== "trl-preference") throw refused("softShare", { format, at: "aggregation" });
  if (margin && !rulesOf(format)?.margin) throw refused("marginUnread", { format, at: "margin" });
  if (part === "sidecar" && !isShaped(format)) throw refused("sidecarOfShapes", { format, at: "part" });
  if (part === "dataset-info" && !isLlamaFactory(format)) {
    throw refused("datasetInfoOfLlamaFactory", { format, at: "part" });
  }
  const compressed = container === "parquet" || container === "folder";
  if (compression === "gzip" && compressed && part === "rows")
    throw refused("compressedAlready", { at: "compression" });
  if (model !== undefined && tokens === undefined) throw refused("modelCountsTokens", { at: "model" });
  if (license !== undefined && container !== "folder") throw refused("licenseOfFolders", { at: "license" });
  const written = part === "rows" ? container : "jsonl";
  return { format, aggregation, margin, container: written, compression, part, license, tokens };
}

const rulesOf = (format: ExportFormat) => (isShaped(format) ? shapeRules[format satisfies ShapedFormat] : undefined);

/** What the answer is, by how it is written. */
export function mediaTypeOf({ container, compression, part, format }: AskedExport): string {
  if (part === "dataset-info") return "application/json";
  if (compression === "gzip") return "application/gzip";
  if (container === "jsonl")
    return format === "label-studio" && part === "rows" ? "application/json" : "application/x-ndjson";
  return { csv: "text/csv; charset=utf-8", parquet: "application/vnd.apache.parquet", folder: "application/zip" }[
    container
  ];
}
