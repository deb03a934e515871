#!/bin/sh
# Make $VENV with gradreel in it, after seeing to the system packages that pip must compile against.
set -eu

PYTHON=${PYTHON:-python3}
VENV=${VENV:-.venv}

say() { printf '%s\n' "$*" >&2; }

if ! command -v "$PYTHON" >/dev/null 2>&1; then
    say "There is no '$PYTHON' here. Install Python 3.11 or later, or name one: make film PYTHON=python3.12"
    exit 1
fi
if ! "$PYTHON" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
    say "gradreel needs Python 3.11 or later and '$PYTHON' is $("$PYTHON" -V 2>&1). Name another: make film PYTHON=python3.12"
    exit 1
fi

# Prints what is missing, one word each; nothing when the machine is ready.
missing() {
    if ! command -v pkg-config >/dev/null 2>&1; then
        echo pkg-config
    else
        pkg-config --exists cairo || echo cairo
        pkg-config --exists pangocairo || echo pango
    fi
    command -v cc >/dev/null 2>&1 || command -v gcc >/dev/null 2>&1 || echo compiler
    "$PYTHON" -c 'import os, sys, sysconfig
sys.exit(not os.path.exists(os.path.join(sysconfig.get_path("include"), "Python.h")))' || echo headers
    "$PYTHON" -c 'import ensurepip, venv' >/dev/null 2>&1 || echo venv
}

# Debian names a Python's own packages after it: python3.12 -> python3.12-dev.
case $(basename "$PYTHON") in
    python3.[0-9]*) debian_python=$(basename "$PYTHON") ;;
    *) debian_python=python3 ;;
esac
debian_packages="build-essential pkg-config libcairo2-dev libpango1.0-dev $debian_python-dev $debian_python-venv"

need=$(missing | tr '\n' ' ')
if [ -n "$need" ]; then
    sudo=
    if [ "$(id -u)" -ne 0 ]; then
        sudo=none
        if command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then sudo='sudo -n'; fi
    fi
    if command -v apt-get >/dev/null 2>&1 && [ "$sudo" != none ]; then
        say "Installing with apt-get, because these are missing: $need"
        $sudo apt-get update
        # shellcheck disable=SC2086  # a list of words on purpose
        $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $debian_packages
        need=$(missing | tr '\n' ' ')
    fi
fi
if [ -n "$need" ]; then
    say "Manim needs system packages that are missing here: $need"
    say "Install them with the line for your system, then run make again:"
    say "  Debian, Ubuntu:  sudo apt-get update && sudo apt-get install $debian_packages"
    say "  Fedora:          sudo dnf install gcc gcc-c++ pkgconf-pkg-config cairo-devel pango-devel python3-devel"
    say "  macOS:           xcode-select --install; brew install pkg-config cairo pango"
    exit 1
fi

# A virtual environment left half made, or of a Python that is gone, is made anew; any other folder is left alone.
if ! "$VENV/bin/python" -m pip --version >/dev/null 2>&1; then
    if [ -e "$VENV" ] && [ ! -e "$VENV/pyvenv.cfg" ]; then
        say "$VENV is there and is no virtual environment. Move it away, then run make again."
        exit 1
    fi
    "$PYTHON" -m venv --clear "$VENV"
fi
"$VENV/bin/python" -m pip install -e '.[dev,voice]'
