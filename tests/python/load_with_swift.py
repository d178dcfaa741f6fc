"""Loads our exports with ms-swift's own loader. Arguments: files."""

import json
import sys

from swift.dataset import load_dataset

loaded = {}
for path in sys.argv[1:]:
    rows, _ = load_dataset([path], load_from_cache_file=False, strict=True)
    loaded[path] = {"rows": len(rows), "columns": rows.column_names, "messages": [row["messages"] for row in rows]}
print("\n" + json.dumps(loaded))
