#!/bin/sh
# Regenerate packaging/requirements.lock from pyproject.toml: the dependencies, the "postgres" extra, the "dev" group,
# the build backend and what it needs for an editable install, with the sha256 of every published file, for any
# platform and Python >= 3.11. Needs uv.
# Extras stay in the lock: without them an older pip tries the newest release of coverage[toml] and refuses its hash.
# Versions already locked are kept; to renew them: sh packaging/lock.sh --upgrade (or --upgrade-package NAME).
set -eu

root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)
lock=packaging/requirements.lock
new=$lock.new
cd "$root"

trap 'rm -f "$new"' EXIT
[ ! -f "$lock" ] || cp "$lock" "$new"
{
    python3 -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["build-system"]["requires"], sep="\n")'
    echo editables
} |
    uv pip compile pyproject.toml - --quiet --universal --python-version 3.11 \
        --extra postgres --group pyproject.toml:dev \
        --generate-hashes --no-build --no-strip-extras --no-header --no-annotate --no-emit-index-url --no-emit-find-links \
        "$@" --output-file "$new" >/dev/null

{
    echo '# Written by packaging/lock.sh from pyproject.toml: do not edit by hand.'
    grep -v '^#' "$new"
} >"$lock.tmp"
mv "$lock.tmp" "$lock"
