#!/usr/bin/env bash
# A Python environment for each library that is to read our exports, or for those that are named, outside the repository:
# their pins exclude each other.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
there=${TOUCHSTONE_PYTHON_ENVIRONMENTS:-$HOME/.cache/touchstone-python}
# llama.cpp is compiled for any processor: tuned to the one at hand, it crashed on some machines.
export CMAKE_ARGS=${CMAKE_ARGS:--DGGML_NATIVE=OFF}
if [ $# -eq 0 ]; then set -- trl llama-factory ms-swift; fi
mkdir -p "$there"
for name in "$@"; do
  wanted=$here/$name.requirements.txt
  # What was installed is kept until what is wanted is something else.
  if cmp -s "$wanted" "$there/$name/installed.txt"; then continue; fi
  rm -rf "${there:?}/$name"
  python3 -m venv "$there/$name"
  "$there/$name/bin/pip" install --quiet --requirement "$wanted"
  cp "$wanted" "$there/$name/installed.txt"
done
