#!/bin/sh
# Set the machine up if need be (see setup.sh), then check everything, stopping at the first failure:
# format, lint, types, layers, tests. Arguments go to pytest.
set -eu

root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)
sh "$root/packaging/setup.sh" tests

cd "$root"
export PATH="$root/.venv/bin:$PATH" QT_QPA_PLATFORM=offscreen
ruff format --check .
ruff check .
mypy
lint-imports
exec pytest -n 2 "$@"
