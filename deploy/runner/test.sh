#!/bin/sh
# The runner's contract suite on Docker. Uses the engine that answers; without one it starts dockerd for the time of the
# test (root, Debian's docker.io), in a folder of its own and without touching the network, and builds the image from
# Debian packages with debootstrap.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/../.."
python=${PYTHON:-.venv/bin/python}
if ! docker info > /dev/null 2>&1; then
    folder=$(mktemp -d)
    export DOCKER_HOST="unix://$folder/socket"
    dockerd --iptables=false --ip6tables=false --bridge=none --ip-forward=false --ip-masq=false \
        --data-root "$folder/data" --exec-root "$folder/exec" --pidfile "$folder/pid" --host "$DOCKER_HOST" \
        > "$folder/log" 2>&1 &
    engine=$!
    trap 'kill "$engine"; wait "$engine" || true; rm -rf "$folder"' EXIT
    for _ in $(seq 100); do docker info > /dev/null 2>&1 && break; sleep 0.2; done
    PYTHON=$python sh "$here/build.sh" debootstrap
else
    image=$("$python" -c "from mockloop.runner.image import image_name; print(image_name())")
    docker image inspect "$image" > /dev/null 2>&1 || PYTHON=$python sh "$here/build.sh"
fi
MOCKLOOP_TEST_DOCKER=1 "$python" -m pytest tests/contracts/test_runner_contract.py tests/contracts/test_runner_hostile.py \
    tests/runner/test_docker.py \
    -k docker --timeout 900 "$@"
