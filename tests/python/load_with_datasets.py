"""Loads each file with Hugging Face's datasets, and says how many rows it has and which columns. Arguments: files."""

import json
import sys

from datasets import load_dataset

KINDS = {"jsonl": "json", "json": "json", "csv": "csv", "parquet": "parquet"}

loaded = {}
for path in sys.argv[1:]:
    rows = load_dataset(KINDS[path.rsplit(".", 1)[1]], data_files=path, split="train", cache_dir=f"{path}.cache")
    loaded[path] = {"rows": len(rows), "columns": rows.column_names}
print(json.dumps(loaded))
