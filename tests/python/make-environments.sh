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
  # Of what stands in this file single modules are read, without all that it asks for.
  alone=$here/$name.no-deps.txt
  wanted=$(cat "$here/$name.requirements.txt" && if [ -e "$alone" ]; then cat "$alone"; fi)
  # What was installed is kept until what is wanted is something else.
  if [ "$wanted" = "$(cat "$there/$name/installed.txt" 2>/dev/null)" ]; then continue; fi
  rm -rf "${there:?}/$name"
  python3 -m venv "$there/$name"
  "$there/$name/bin/pip" install --quiet --requirement "$here/$name.requirements.txt"
  if [ -e "$alone" ]; then
    "$there/$name/bin/pip" install --quiet --no-deps --requirement "$alone" ||
      echo "$alone has no build for this Python; its tests will be skipped." >&2
  fi
  printf '%s\n' "$wanted" >"$there/$name/installed.txt"
done
