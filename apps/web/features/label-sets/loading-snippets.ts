import { parseLabelSetFileName } from "@touchstone/contracts";

export interface LoadingSnippet {
  readonly id: "python" | "curl";
  readonly text: string;
}

/** What loads each kind of file in Hugging Face's datasets; a folder is a zip, which is taken apart first. */
const builders = { parquet: "parquet", jsonl: "json", csv: "csv", folder: null } as const;

/**
 * How a file is read from its address with an API token, which stands in an environment variable: what is pasted into a
 * notebook is shared with it. `tests/python/label-set-files.test.ts` has the same loaded for real.
 */
export function loadingSnippets(origin: string, path: string, name: string): readonly LoadingSnippet[] {
  const url = `${origin}${path}`;
  const asked = parseLabelSetFileName(name);
  const builder = asked === null || asked.compression === "gzip" ? null : builders[asked.container];
  const curl = `curl --fail --location --header "Authorization: Bearer $TOUCHSTONE_TOKEN" \\
  --output ${name} ${url}`;
  if (builder === null) return [{ id: "curl", text: curl }];
  const python = `# pip install datasets "fsspec[http]"
import os
from datasets import load_dataset

url = "${url}"
headers = {"Authorization": f"Bearer {os.environ['TOUCHSTONE_TOKEN']}"}
rows = load_dataset("${builder}", data_files=url, split="train", storage_options={"headers": headers})`;
  return [
    { id: "python", text: python },
    { id: "curl", text: curl },
  ];
}
