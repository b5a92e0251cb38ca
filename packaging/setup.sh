#!/bin/sh
# Make a Debian 12 or 13 machine that has git and python3 ready for Inclusion Desk: missing system packages
# (as root or through sudo), then .venv at the root of the repository, from packaging/requirements.lock.
#   sh packaging/setup.sh         what the program needs
#   sh packaging/setup.sh tests   and what its tests need (a PostgreSQL server that nothing starts by itself)
# A machine already set up is left alone, without network nor root. Called by run.sh and test.sh.
set -eu

root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)
venv=$root/.venv
lock=$root/packaging/requirements.lock

# What Qt loads: without them the window, the keyboard, fonts or printing fail.
packages='libegl1 libgl1 libdbus-1-3 libfontconfig1 libglib2.0-0 libxkbcommon-x11-0 libxcb-cursor0 libxcb-icccm4
    libxcb-keysyms1 libxcb-randr0 libxcb-shape0 libxcb-sync1 libxcb-xfixes0 libwayland-cursor0 libcups2'
[ "${1:-}" != tests ] || packages="$packages postgresql"

say() { echo "setup: $*" >&2; }
die() { say "$*"; exit 1; }

# Run a command silently; show what it said only if it fails.
quietly() {
    log=$(mktemp)
    if "$@" </dev/null >"$log" 2>&1 9<&-; then
        rm -f "$log"
    else
        cat "$log" >&2
        rm -f "$log"
        return 1
    fi
}

# The asked packages that are not installed; a name counts when an installed package provides it (libcups2t64).
missing_of() {
    installed=$(dpkg-query --show --showformat='${db:Status-Status} ${Package}, ${Provides}\n' |
        sed -n 's/^installed //p' | tr ',' '\n' | sed 's/^ *//; s/[ (].*//' | tr '\n' ' ')
    for package in "$@"; do
        case " $installed" in
        *" $package "*) ;;
        *) printf '%s ' "$package" ;;
        esac
    done
}

install_packages() {
    sudo=
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null || die "these packages are missing, and installing them needs root or sudo: $*"
        sudo=sudo
    fi
    say "installing system packages: $*"
    case " $* " in
    *' postgresql '*)
        # The tests start their own throw-away server: ask Debian not to start one for the whole machine.
        conf=/etc/postgresql-common/createcluster.conf
        if [ ! -e "$conf" ]; then
            $sudo mkdir -p "${conf%/*}"
            echo 'create_main_cluster = false' | $sudo tee "$conf" >/dev/null
        fi
        ;;
    esac
    apt="$sudo env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0"
    # shellcheck disable=SC2086  # $apt is a command and its arguments
    quietly $apt update || say 'apt-get update failed; going on with the package lists at hand.'
    # shellcheck disable=SC2086
    quietly $apt install --no-install-recommends "$@" || die "apt-get could not install: $*"
}

# One set-up at a time, whoever starts it.
exec 9<"$root/packaging"
if command -v flock >/dev/null; then
    flock --nonblock 9 || { say 'waiting for another set-up to end'; flock 9; }
fi

command -v python3 >/dev/null || die 'python3 is not on the PATH; Python 3.11 or newer is needed.'
# The interpreter behind python3 (an activated .venv or a shim may stand before it), its version, ensurepip or not.
python_facts() {
    python3 -c '
import importlib.util, os, sys
print(os.path.realpath(sys.executable))
print(*sys.version_info[:3], sep=".")
print("old" if sys.version_info < (3, 11) else "ok" if importlib.util.find_spec("ensurepip") else "no-ensurepip")'
}
facts=$(python_facts)
python=$(echo "$facts" | sed -n 1p)
version=$(echo "$facts" | sed -n 2p)
state=$(echo "$facts" | sed -n 3p)
[ "$state" != old ] || die "python3 is Python $version; Python 3.11 or newer is needed."

if command -v dpkg-query >/dev/null; then
    [ "$state" = ok ] || packages="$packages python3-venv"
    # shellcheck disable=SC2086  # a list of names
    missing=$(missing_of $packages)
    # shellcheck disable=SC2086
    [ -z "$missing" ] || install_packages $missing
else
    say 'not a Debian system: the system libraries listed in packaging/setup.sh are taken for granted.'
fi

wanted="$(sha256sum <"$lock") python $version $python in $venv"
if [ "$(cat "$venv/.locked" 2>/dev/null)" != "$wanted" ]; then
    [ "$state" = ok ] || [ "$(python_facts | sed -n 3p)" = ok ] || die "$python has no ensurepip, which making .venv needs."
    if [ "$(uname -m)" = aarch64 ]; then
        libc=$(getconf GNU_LIBC_VERSION | sed 's/[^0-9]*[0-9]*\.//')
        [ "$libc" -ge 39 ] || die "on aarch64 Qt for Python needs glibc 2.39 (Debian 13); here it is 2.$libc."
    fi
    say "making .venv with Python $version from packaging/requirements.lock (about a minute)"
    rm -rf "$venv"
    quietly "$python" -m venv "$venv" || die "$python could not make $venv."
    export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore PIP_NO_INPUT=1
    quietly "$venv/bin/python" -m pip install --quiet --require-hashes --only-binary :all: --requirement "$lock" ||
        die 'pip could not install the locked dependencies.'
    echo "$wanted" >"$venv/.locked"
fi

wanted=$(cat "$root/pyproject.toml" "$root/inclusion_desk/__init__.py" | sha256sum)
if [ "$(cat "$venv/.project" 2>/dev/null)" != "$wanted" ]; then
    say 'installing Inclusion Desk itself into .venv'
    export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore PIP_NO_INPUT=1
    quietly "$venv/bin/python" -m pip install --quiet --no-deps --no-build-isolation --no-index --editable "$root" ||
        die 'pip could not install the project.'
    quietly "$venv/bin/python" -m pip check ||
        die 'packaging/requirements.lock does not satisfy pyproject.toml: sh packaging/lock.sh renews it.'
    echo "$wanted" >"$venv/.project"
fi
