"""Loads a Parquet file from its address as docs/label-sets.md says, whole and streamed. Arguments: the address, a token or nothing."""

import json
import sys

import pandas as pd
from datasets import load_dataset

url, *token = sys.argv[1:]
headers = {"Authorization": f"Bearer {token[0]}"} if token else {}
rows = load_dataset("parquet", data_files=url, split="train", storage_options={"headers": headers})
streamed = load_dataset("parquet", data_files=url, split="train", storage_options={"headers": headers}, streaming=True)
table = pd.read_parquet(url, storage_options=headers)
print(json.dumps({"rows": list(rows), "streamed": list(streamed) == list(rows), "table": len(table)}))
