import { labelSetFileName } from "@touchstone/contracts";
import { type ChosenExport, fitting } from "../exports/asked-export.ts";

/** The name of the file that holds what was chosen. A name says nothing of a licence. */
export function fileNameOf(chosen: ChosenExport): string {
  const { format, aggregation, container, gzip, margin } = fitting(chosen);
  return labelSetFileName({
    ...{ format, aggregation, container, part: "rows" },
    compression: gzip ? "gzip" : "none",
    margin: margin ? "true" : "false",
  });
}

/** Where a file of a set lies, for whoever may read it. */
export const fileHref = (labelSetId: string, name: string): string => `/api/label-sets/${labelSetId}/files/${name}`;
