#!/usr/bin/env bash
# Installs system packages where that is possible, else names them. Arguments: PROGRAM:DEBIAN_PACKAGE ...
set -euo pipefail

missing=()
for pair in "$@"; do
    command -v "${pair%%:*}" >/dev/null 2>&1 || missing+=("${pair##*:}")
done
[ ${#missing[@]} -eq 0 ] && exit 0

apt=(apt-get)
if [ "$(id -u)" -ne 0 ]; then
    if command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then apt=(sudo -n apt-get); else apt=(); fi
fi
if [ ${#apt[@]} -gt 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing ${missing[*]}"
    export DEBIAN_FRONTEND=noninteractive
    log=$(mktemp)
    trap 'rm -f "$log"' EXIT
    # The list of packages may be old or missing; that only matters when the first try fails.
    "${apt[@]}" install -y -qq --no-install-recommends "${missing[@]}" >"$log" 2>&1 && exit 0
    if "${apt[@]}" update -qq >"$log" 2>&1 &&
        "${apt[@]}" install -y -qq --no-install-recommends "${missing[@]}" >>"$log" 2>&1; then exit 0; fi
    tail -n 3 "$log" >&2
fi
echo "Please install with your system's package manager, then try again: ${missing[*]}" >&2
# Without a sandbox MockLoop still runs, only not candidates' code; `mockloop doctor` says so.
[ "${OPTIONAL:-}" = 1 ] && exit 0
exit 1
