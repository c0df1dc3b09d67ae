#!/bin/sh
# Build the image of the runner's Docker backend and print its name.
#   build.sh               from debian:bookworm-slim, with `docker build`
#   build.sh debootstrap   from Debian packages alone, for machines without an image registry (needs root)
set -eu
here=$(cd "$(dirname "$0")" && pwd)
python=${PYTHON:-$here/../../.venv/bin/python}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp "$here/Dockerfile" "$here/trim.sh" "$work/"
name=$("$python" -m mockloop.runner.image "$work")
if [ "${1:-}" = debootstrap ]; then
    tree=${TREE:-$work/tree}
    [ -d "$tree/usr" ] || debootstrap --variant=minbase --include=python3,libstdc++6,tzdata bookworm "$tree" >&2
    cp "$work/node" "$tree/usr/bin/node"
    rm -rf "$tree/box" && cp -r "$work/box" "$tree/box"
    sh "$work/trim.sh" "$tree" "$work/image"
    tar -C "$work/image" --numeric-owner -c . | docker import - "$name" >&2
else
    docker build --quiet --tag "$name" "$work" >&2
fi
echo "$name"
