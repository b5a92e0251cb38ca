#!/bin/sh
# Set the machine up if need be (see setup.sh), then start Inclusion Desk.
#   sh packaging/run.sh             the demonstration: its base and its documents in demo/, then the window
#   sh packaging/run.sh ARGUMENT…   inclusion-desk ARGUMENT…, for instance --version
# Without a display the program draws off screen.
set -eu

root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)
sh "$root/packaging/setup.sh"

if [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
    export QT_QPA_PLATFORM=offscreen
fi
if [ $# -eq 0 ]; then
    cd "$root"
    set -- demo demo
fi
exec "$root/.venv/bin/inclusion-desk" "$@"
