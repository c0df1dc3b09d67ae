#!/usr/bin/env bash
# Makes .venv with uv in it, from whatever Python >= 3.11 there is. `$1`: the Python to use.
set -euo pipefail
python=${1:-python3}
uv_version=0.13.8
cd "$(dirname "$0")/.."

if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    echo "MockLoop needs Python 3.11 or newer; this is $("$python" --version 2>&1 || echo missing). Try: make run PYTHON=python3.12" >&2
    exit 1
fi
if [ ! -x .venv/bin/python ]; then
    echo "Making .venv"
    if ! "$python" -m venv .venv 2>/dev/null; then
        rm -rf .venv
        # Debian and Ubuntu keep ensurepip in a package of its own.
        version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
        scripts/system-packages.sh "ensurepip:python$version-venv"
        "$python" -m venv .venv
    fi
fi
if [ "$(.venv/bin/uv --version 2>/dev/null | cut -d' ' -f2)" != "$uv_version" ]; then
    .venv/bin/python -m pip install -q --disable-pip-version-check "uv==$uv_version"
fi
