"""Aligns our exports with LLaMA-Factory's own loader, by the dataset_info.json that comes with them. Arguments: its folder, and sets."""

import json
import sys
from types import SimpleNamespace

from llamafactory.data.loader import _load_single_dataset
from llamafactory.data.parser import get_dataset_list
from llamafactory.hparams import DataArguments, ModelArguments

folder, *names = sys.argv[1:]
aligned = {}
for name in names:
    data = DataArguments(dataset_dir=folder, dataset=[name], template="default", overwrite_cache=True)
    model = ModelArguments(model_name_or_path="none", cache_dir=f"{folder}/cache")
    training = SimpleNamespace(local_process_index=0, seed=1)
    (attributes,) = get_dataset_list([name], folder)
    rows = _load_single_dataset(attributes, model, data, training)
    aligned[name] = {
        "rows": len(rows),
        "prompts": [row["_prompt"] for row in rows],
        "responses": [row["_response"] for row in rows],
        "systems": [row["_system"] for row in rows],
    }
print("\n" + json.dumps(aligned))
